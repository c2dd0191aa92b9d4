"""The golden set as a whole: how much of it is understood, and that it is a fair judge."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding.precompute import EXEMPLARS, SHIPPED, missing
from engine.learning.golden import Case, GoldenSet, Verdict, run_case
from engine.understanding.intents import INTENTS
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge
from engine.understanding.plain import plain
from engine.understanding.snapshot import Snapshot

EXEMPLAR_FILES = sorted(EXEMPLARS.glob("*.txt"))


@pytest.fixture(scope="module")
def verdicts(golden: GoldenSet, interpreter: Interpreter, house: Snapshot) -> dict[str, Verdict]:
    """Return the verdict of every case by its id, each run once."""
    return {case.id: run_case(case, interpreter, house) for case in golden.all_cases}


def told(cases: list[Case], verdicts: dict[str, Verdict]) -> str:
    """Return a line for each case, for whoever reads a failure."""
    return "\n" + "\n".join(f"{case.id}: {case.utterance!r}: {verdicts[case.id].why or 'passes'}" for case in cases)


def test_the_golden_set_is_big_enough(golden: GoldenSet) -> None:
    """There are at least 800 sentences to understand and 200 that must not act."""
    assert len(golden.cases) >= 800
    assert len(golden.must_not_act) >= 200


def test_every_golden_id_is_given_once(golden: GoldenSet) -> None:
    """No two cases share an id, those that must not act included."""
    counted = Counter(case.id for case in golden.all_cases)
    assert [name for name, count in counted.items() if count > 1] == []


def test_every_golden_sentence_is_given_once(golden: GoldenSet) -> None:
    """No sentence is judged twice in the same circumstances."""
    counted = Counter((plain(case.utterance), case.context, case.user, case.now) for case in golden.cases)
    assert [said for said, count in counted.items() if count > 1] == []


def test_every_intent_is_measured(golden: GoldenSet) -> None:
    """Each intent there is has golden sentences, and no other is expected."""
    assert {case.expected.intent for case in golden.cases if case.expected} == set(INTENTS)


def test_golden_targets_are_in_the_house(golden: GoldenSet, house: Snapshot) -> None:
    """Every expected or forbidden device exists."""
    expected = [case.expected.entities.get("device", ()) for case in golden.cases if case.expected]
    named = {name for names in expected for name in ([names] if isinstance(names, str) else names)}
    named |= {name for case in golden.must_not_act for name in case.must_not_touch}
    assert named - set(house.by_id) == set()


def test_golden_understanding_is_good_overall(golden: GoldenSet, verdicts: dict[str, Verdict]) -> None:
    """At least 97 of a hundred golden sentences are understood wholly: intent, targets, values, disposition."""
    failed = [case for case in golden.cases if not verdicts[case.id].passed]
    share = 1 - len(failed) / len(golden.cases)
    assert share >= 0.97, f"{share:.2%} of {len(golden.cases)}{told(failed, verdicts)}"


def test_golden_understanding_is_good_in_every_intent(golden: GoldenSet, verdicts: dict[str, Verdict]) -> None:
    """At least nine in ten sentences of each intent are understood."""
    cases: defaultdict[str, list[Case]] = defaultdict(list)
    for case in golden.cases:
        if case.expected:
            cases[case.expected.intent].append(case)
    weak = [
        f"{intent}: {len(failed)} of {len(group)}{told(failed, verdicts)}"
        for intent, group in sorted(cases.items())
        if len(failed := [case for case in group if not verdicts[case.id].passed]) > len(group) / 10
    ]
    assert weak == [], "\n".join(weak)


def test_what_must_not_act_never_acts(golden: GoldenSet, verdicts: dict[str, Verdict]) -> None:
    """Not one of the sentences that must not act does."""
    failed = [case for case in golden.must_not_act if not verdicts[case.id].passed]
    assert not failed, told(failed, verdicts)


def test_known_failures_still_fail(golden: GoldenSet, verdicts: dict[str, Verdict]) -> None:
    """A case listed as a known failure that passes is to be taken off the list."""
    mended = [case for case in golden.all_cases if case.id in golden.known_failures and verdicts[case.id].passed]
    assert not mended, told(mended, verdicts)


def test_a_known_failure_is_never_one_that_acts(golden: GoldenSet) -> None:
    """What must not act may not be excused."""
    assert golden.known_failures.isdisjoint(case.id for case in golden.must_not_act)


def test_no_golden_sentence_is_an_exemplar(golden: GoldenSet) -> None:
    """What is measured was not learned by heart: no golden text equals an exemplar in plain form."""
    exemplars = {plain(exemplar.text) for exemplar in BaseKnowledge.load().exemplars}
    assert [case.id for case in golden.all_cases if plain(case.utterance) in exemplars] == []


def test_no_golden_sentence_is_a_whole_pattern(golden: GoldenSet) -> None:
    """No golden text stands in the sentence patterns word for word."""
    quoted = {plain(line.strip(' -"')) for line in BaseKnowledge.load().patterns.splitlines() if "- " in line}
    assert [case.id for case in golden.cases if plain(case.utterance) in quoted] == []


@pytest.mark.parametrize("path", EXEMPLAR_FILES, ids=lambda path: path.stem)
def test_every_intent_has_exemplars_enough(path: Path) -> None:
    """Each file is of a known intent and holds at least forty different lines."""
    lines = {plain(line) for line in path.read_text("utf-8").splitlines() if line.strip()}
    assert path.stem in INTENTS
    assert len(lines) >= 40


def test_every_intent_has_an_exemplar_file() -> None:
    """No intent is left without examples."""
    assert {path.stem for path in EXEMPLAR_FILES} == set(INTENTS)


def test_no_sentence_is_an_exemplar_of_two_intents() -> None:
    """One text cannot exemplify two meanings."""
    intents: defaultdict[str, set[str]] = defaultdict(set)
    for exemplar in BaseKnowledge.load().exemplars:
        intents[plain(exemplar.text)].add(exemplar.intent)
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}


def test_the_shipped_vectors_are_fresh() -> None:
    """Every exemplar and golden text has its vector in the shipped file, so that starting never waits for the model."""
    assert missing() == []


def test_the_shipped_vectors_are_of_the_bundled_model() -> None:
    """Vectors of another model would be passed over."""
    assert VectorCache(FastembedEncoder(), SHIPPED).precomputed is not None
