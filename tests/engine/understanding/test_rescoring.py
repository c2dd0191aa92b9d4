"""What the classifier decides about many texts at once, and what one more exemplar changes about it."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding.precompute import SHIPPED
from engine.learning.golden import DEFAULT_NOW, GoldenSet
from engine.understanding.interpretation import Interpretation
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Exemplar, Knowledge
from engine.understanding.rescoring import Scores
from engine.understanding.situation import Situation

WORDS = (
    "could you maybe please the a some kitchen bedroom garden lamp heating music timer list groceries meeting weather "
    "dark cold loud bright noisy tired hungry tomorrow friday morning evening ten twenty off on up down again remove "
    "cancel remind show what when who is it my our task note idea alarm wake play stop forget wrong thanks hello"
).split()


@pytest.fixture(scope="module")
def interpreter() -> Interpreter:
    cache = VectorCache(FastembedEncoder(), SHIPPED)
    return Interpreter.build(Knowledge(BaseKnowledge.load()), cache)


@pytest.fixture(scope="module")
def said(interpreter: Interpreter) -> dict[str, tuple[str, ...]]:
    """Return what the classifier is asked about by every fifth golden sentence that it is asked about at all."""
    whole = GoldenSet.packaged()
    found = {case.utterance: heard(interpreter, case.utterance)[1] for case in whole.all_cases[::5]}
    return {text: asked for text, asked in found.items() if asked}


def heard(interpreter: Interpreter, text: str) -> tuple[Interpretation, tuple[str, ...]]:
    return interpreter.noting(text, Situation(GoldenSet.packaged().house, now=DEFAULT_NOW))


def meaning(found: Interpretation) -> object:
    clauses = tuple(meaning(clause) for clause in found.clauses)
    values = sorted((name, repr(value)) for name, value in found.slots.items())
    return found.intent, found.targets, values, found.disposition, found.reason, found.stage, found.mention, clauses


def with_exemplar(interpreter: Interpreter, chance: random.Random, texts: list[str]) -> Interpreter:
    """Return an interpreter with one exemplar more: made-up words, or a golden sentence with a few words replaced."""
    text = " ".join(chance.sample(WORDS, chance.randint(1, 6)))
    if chance.random() < 0.6:
        words = chance.choice(texts).split()
        words[chance.randrange(len(words))] = chance.choice(WORDS)
        text = " ".join(words)
    intent = chance.choice(sorted({exemplar.intent for exemplar in interpreter.knowledge.base.exemplars}))
    learned = (*interpreter.knowledge.learned, Exemplar(text, intent, len(interpreter.knowledge.learned) + 1))
    return interpreter.with_knowledge(replace(interpreter.knowledge, learned=learned))


def test_all_texts_together_are_decided_as_each_alone(
    interpreter: Interpreter, said: dict[str, tuple[str, ...]]
) -> None:
    """Intent and confidence are those of a single prediction, but where rounding could tell them apart."""
    scores = interpreter.scored({text for asked in said.values() for text in asked})
    for page in scores.pages:
        decided = page.decisions(scores.thresholds)
        vectors = interpreter.encoder.encode(page.texts)
        for at, alone in enumerate(interpreter.classifier.predict_many(vectors, page.texts)):
            assert decided.unsettled[at] or decided.intents[at] == alone.intent
            assert decided.confidence[at] == pytest.approx(alone.confidence, abs=2e-4)
        assert decided.unsettled.mean() < 0.05


@pytest.mark.parametrize("seed", range(3))
def test_what_is_not_named_as_unlike_means_exactly_the_same(
    seed: int, interpreter: Interpreter, said: dict[str, tuple[str, ...]]
) -> None:
    """Over random exemplars one after the other, every golden sentence that is left out of the test stays as it was."""
    chance, now = random.Random(seed), interpreter
    texts = {text for asked in said.values() for text in asked}
    scores = now.scored(texts)
    sampled = chance.sample(sorted(said), 30)
    before = {text: meaning(heard(now, text)[0]) for text in sampled}
    for _ in range(3):
        then = with_exemplar(now, chance, sorted(texts))
        after = then.scored(texts, scores)
        unlike = scores.unlike(after)
        assert unlike is not None
        assert len(unlike) < len(texts) / 4
        meanings = {text: meaning(heard(then, text)[0]) for text in sampled}
        changed = [text for text in sampled if meanings[text] != before[text]]
        assert all(not unlike.isdisjoint(said[text]) for text in changed)
        assert any(unlike.isdisjoint(said[text]) for text in sampled)
        now, scores, before = then, after, meanings


def test_scores_brought_up_to_date_are_those_made_afresh(
    interpreter: Interpreter, said: dict[str, tuple[str, ...]]
) -> None:
    """After many exemplars came and one went, nothing has drifted."""
    chance, now = random.Random(3), interpreter
    texts = {text for asked in said.values() for text in asked}
    scores = now.scored(texts)
    for _ in range(18):
        now = with_exemplar(now, chance, sorted(texts))
        scores = now.scored(texts, scores)
    knowledge = replace(now.knowledge, learned=now.knowledge.learned[1:])
    now = now.with_knowledge(knowledge)
    scores, fresh = now.scored(texts, scores), now.scored(texts)
    assert distance(scores, fresh) < 1e-4


def distance(one: Scores, other: Scores) -> float:
    pairs = zip(one.pages, other.pages, strict=True)
    return max(float(np.abs(a.scores - b.scores).max()) for a, b in pairs)


def test_texts_not_scored_before_are_added_and_too_many_old_ones_let_go(interpreter: Interpreter) -> None:
    """A few new texts make a page of their own; a wholly different set is scored anew."""
    first = interpreter.scored([f"is anybody at home {number}" for number in range(700)])
    more = interpreter.scored([*first.texts, "brand new"], first)
    assert set(more.texts) == {*first.texts, "brand new"}
    assert more.pages[0] is first.pages[0]
    assert interpreter.scored(["brand new"], more).texts == ("brand new",)


def test_another_threshold_leaves_nothing_to_tell(interpreter: Interpreter) -> None:
    """Where the thresholds differ, all is run again."""
    scores = interpreter.scored(["hello there"])
    assert scores.unlike(replace(scores, thresholds=(0.1, 0.2, 0.3))) is None


def test_a_verbatim_exemplar_is_decided_otherwise_in_its_own_words_alone(interpreter: Interpreter) -> None:
    texts = ["brew up for the crew", "brew up for a crew", "turn on the lamp"]
    before = interpreter.scored(texts)
    learned = (Exemplar(texts[0], "switch_control", 1, verbatim=True),)
    after = interpreter.with_knowledge(replace(interpreter.knowledge, learned=learned)).scored(texts, before)
    changed = after.unlike(before)
    assert changed is not None
    unsettled = before.unlike(before) or frozenset()
    assert changed - unsettled == {texts[0]}
