from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.learning.golden import GoldenError, GoldenSet, run_case, try_case
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.situation import Situation

HOUSE = {"entities": [{"entity_id": "light.a", "name": "A"}, {"entity_id": "lock.b", "name": "B"}]}
WANTED: dict[str, Any] = {
    "id": "w", "utterance": "a on", "expected_intent": "light_control",
    "expected_entities": {"action": "on", "device": "light.a"},
}  # fmt: skip


class Scripted:
    """Understands what it was told to, and remembers in which situation."""

    def __init__(self, **answers: Interpretation) -> None:
        self.answers = {text.replace("_", " "): answer for text, answer in answers.items()}
        self.heard: list[tuple[str, Situation]] = []
        self.knowledge = Knowledge(BaseKnowledge((), "", ""))

    def with_knowledge(self, _: Knowledge) -> Scripted:
        return self

    def understand(self, text: str, situation: Situation) -> Interpretation:
        self.heard.append((text, situation))
        return self.answers.get(text, Interpretation(text, "out_of_scope"))


def act(intent: str = "light_control", *targets: str, **slots: object) -> Interpretation:
    return Interpretation("", intent, 1.0, None, slots, targets, Disposition.ACT)


def golden(folder: Path, *cases: Mapping[str, Any], silent: str = "", known: str = "") -> GoldenSet:
    (folder / "cases").mkdir(exist_ok=True)
    (folder / "house.json").write_text(json.dumps(HOUSE))
    (folder / "cases" / "all.jsonl").write_text("\n".join(json.dumps(case) for case in cases))
    (folder / "must_not_act.jsonl").write_text(silent)
    (folder / "known_failures.txt").write_text(known)
    return GoldenSet.load(folder)


def test_the_dataset_that_ships_has_its_cases_and_its_house() -> None:
    packaged = GoldenSet.packaged()
    assert len(packaged.cases) >= 800
    assert len(packaged.must_not_act) >= 200
    assert "light.floor_lamp" in packaged.house.by_id


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (act("light_control", "light.a", action="on"), ""),
        (act("light_control", "light.a", action="on", area="hall"), ""),
        (act("light_control", "light.a", action="off"), "action"),
        (act("light_control", action="on"), "device"),
        (act("light_control", "light.a", "lock.b", action="on"), "device"),
        (act("switch_control", "light.a", action="on"), "intent"),
    ],
)
def test_a_case_passes_when_intent_slots_and_targets_are_right(
    tmp_path: Path, answer: Interpretation, why: str
) -> None:
    found = golden(tmp_path, WANTED)
    verdict = run_case(found.cases[0], Scripted(a_on=answer), found.house)
    assert (verdict.passed, verdict.why.partition(" ")[0]) == (not why, why)


def test_the_disposition_counts_where_it_is_given(tmp_path: Path) -> None:
    found = golden(tmp_path, WANTED | {"expected_disposition": "confirm"})
    assert not run_case(found.cases[0], Scripted(a_on=act("light_control", "light.a", action="on")), found.house).passed


def test_what_was_said_before_is_understood_first_and_the_last_that_acted_is_remembered(tmp_path: Path) -> None:
    found = golden(tmp_path, WANTED | {"context": ["b on", "blah"]})
    acted = act("light_control", "lock.b")
    scripted = Scripted(a_on=act("light_control", "light.a", action="on"), b_on=acted)
    trial = try_case(found.cases[0], scripted, found.house)
    assert trial.verdict.passed
    assert [(text, s.previous) for text, s in scripted.heard] == [("b on", None), ("blah", acted), ("a on", acted)]


SILENT = '{"id": "s", "utterance": "do not", "category": "negation"}'
WATCHED = '{"id": "s", "utterance": "do not", "must_not_touch": ["lock.b"]}'


@pytest.mark.parametrize(
    ("case", "answer", "passed"),
    [
        (SILENT, act("light_control", "light.a"), False),
        (SILENT, act("help"), True),
        (SILENT, Interpretation("", "lock_control", targets=("lock.b",), disposition=Disposition.CONFIRM), True),
        (SILENT, Interpretation("", "light_control", disposition=Disposition.ASK), True),
        (WATCHED, act("light_control", "light.a"), True),
        (WATCHED, act("lock_control", "lock.b"), False),
        (
            WATCHED,
            Interpretation(
                "", "light_control", clauses=(act("light_control", "light.a"), act("lock_control", "lock.b"))
            ),
            False,
        ),
    ],
)
def test_what_must_not_act_passes_when_nothing_would_be_called(
    tmp_path: Path, case: str, answer: Interpretation, passed: bool
) -> None:
    found = golden(tmp_path, silent=case)
    assert run_case(found.must_not_act[0], Scripted(do_not=answer), found.house).passed is passed


def test_every_clause_of_a_compound_counts(tmp_path: Path) -> None:
    first = {"intent": "light_control", "entities": {"device": "light.a"}}
    second = {"intent": "lock_control", "entities": {"device": "lock.b"}}
    found = golden(tmp_path, WANTED | {"expected_entities": {}, "expected_clauses": [first, second]})
    light, lock = act("light_control", "light.a"), act("lock_control", "lock.b")
    for clauses, passed in (((light, lock), True), ((lock, light), False), ((light,), False)):
        whole = Interpretation("", "light_control", clauses=clauses)
        assert run_case(found.cases[0], Scripted(a_on=whole), found.house).passed is passed


def test_the_digest_moves_with_every_file(tmp_path: Path) -> None:
    one = golden(tmp_path, WANTED).digest
    assert golden(tmp_path, WANTED).digest == one
    assert golden(tmp_path, WANTED | {"id": "v"}).digest != one
    assert golden(tmp_path, WANTED, silent=SILENT).digest != one
    assert golden(tmp_path, WANTED, known="w").digest != one


@pytest.mark.parametrize(
    "faulty",
    [
        {"cases": (WANTED, WANTED)},
        {"cases": ({"id": "x"},)},
        {"cases": (WANTED | {"expected_disposition": "dance"},)},
        {"cases": (), "silent": "{"},
        {"cases": (), "known": "nobody"},
    ],
)
def test_a_faulty_dataset_says_what_is_wrong(tmp_path: Path, faulty: dict[str, Any]) -> None:
    cases = faulty.pop("cases")
    with pytest.raises(GoldenError, match="golden: "):
        golden(tmp_path, *cases, **faulty)
