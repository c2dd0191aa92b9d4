"""A learned exemplar makes no answer less sure that stays the same; which answers it changes is its own affair."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from engine.embedding import HashedEncoder
from engine.understanding.exemplars import LEARNED_RIDGE, ExemplarClassifier
from engine.understanding.knowledge import BaseKnowledge
from engine.understanding.plain import plain
from engine.understanding.prediction import Prediction
from engine.understanding.rescoring import Scores
from engine.understanding.solution import RIDGE

ENCODER = HashedEncoder()
THRESHOLDS = {"understood": 0.4, "act": 0.6, "act_unnamed": 0.7}


@pytest.fixture(scope="module")
def texts() -> Sequence[tuple[str, str]]:
    """Return every twelfth exemplar that ships, with its intent."""
    return [(plain(one.text), one.intent) for one in BaseKnowledge.load().exemplars[::12]]


@pytest.fixture(scope="module")
def base(texts: Sequence[tuple[str, str]]) -> ExemplarClassifier:
    forms, intents = [text for text, _ in texts], [intent for _, intent in texts]
    return ExemplarClassifier.fit(forms, intents, ENCODER.encode(forms))


def learned(base: ExemplarClassifier, seed: int, count: int = 12) -> tuple[ExemplarClassifier, list[tuple[str, str]]]:
    """Return the classifier with exemplars of other intents than their neighbours', and those."""
    dice = random.Random(seed)
    forms, taught = sorted(base.numbers), list[tuple[str, str]]()
    found = base
    for _ in range(count):
        words = dice.choice(forms).split()
        text = " ".join([*words[:3], "please", dice.choice(forms).split()[-1]])
        intent = dice.choice(base.intents)
        taught.append((text, intent))
        found = found.add(text, intent, ENCODER.encode([text])[0], LEARNED_RIDGE)
    return found, taught


def predicted(classifier: ExemplarClassifier, texts: Sequence[str]) -> Iterator[tuple[str, Prediction]]:
    return zip(texts, classifier.predict_many(ENCODER.encode(texts), texts), strict=True)


def others(texts: Sequence[tuple[str, str]], seed: int) -> list[str]:
    dice = random.Random(seed)
    return [" ".join(dice.sample(text.split(), max(1, len(text.split()) - 1))) for text, _ in texts]


@pytest.mark.parametrize("seed", range(3))
def test_what_stays_the_same_is_never_less_sure(
    base: ExemplarClassifier, texts: Sequence[tuple[str, str]], seed: int
) -> None:
    more, taught = learned(base, seed)
    said = others(texts, seed)
    before = dict(predicted(base, said))
    lower = 0
    bare = dict(predicted(without_ground(more), said))
    for text, after in predicted(more, said):
        if after.intent != before[text].intent:
            continue
        lower += bare[text].confidence < before[text].confidence - 1e-6
        assert after.confidence >= before[text].confidence - 1e-6, text
        assert sum(one.confidence for one in after.runners_up) <= 1.0 - after.confidence + 1e-6
    # Without the ground some would be; and what was taught is understood as it was taught.
    assert lower > 0
    assert all(more.label_of(text) == intent for text, intent in dict(taught).items())


def without_ground(classifier: ExemplarClassifier) -> ExemplarClassifier:
    forms = sorted(classifier.numbers, key=classifier.numbers.__getitem__)
    numbers = [classifier.numbers[form] for form in forms]
    return ExemplarClassifier.fit(
        forms,
        [classifier.labels[number] or "" for number in numbers],
        classifier.rows.vectors()[numbers],
        ridges=[classifier.ridges[number] for number in numbers],
    )


def test_taking_all_of_it_back_gives_what_ships(base: ExemplarClassifier, texts: Sequence[tuple[str, str]]) -> None:
    more, taught = learned(base, 7)
    for text, _ in taught:
        if plain(text) in more.numbers:
            more = more.remove(text)
    for (text, now), (_, then) in zip(
        predicted(more, others(texts, 7)), predicted(base, others(texts, 7)), strict=True
    ):
        assert (now.intent, now.confidence) == (then.intent, pytest.approx(then.confidence, abs=1e-4)), text


def test_editing_and_fitting_afresh_come_to_the_same(
    base: ExemplarClassifier, texts: Sequence[tuple[str, str]]
) -> None:
    """One of what ships is taught to mean something else, so that its row is another one."""
    form = sorted(base.numbers)[5]
    edited, _ = learned(base, 3)
    edited = edited.remove(form).add(form, base.intents[0], ENCODER.encode([form])[0], LEARNED_RIDGE)
    forms = sorted(edited.numbers, key=edited.numbers.__getitem__)
    numbers = [edited.numbers[one] for one in forms]
    labels = [edited.labels[number] or "" for number in numbers]
    ridges, vectors = [edited.ridges[number] for number in numbers], edited.rows.vectors()[numbers]
    afresh = ExemplarClassifier.fit(forms, labels, vectors, ridges=ridges, ground=base.grounded)
    assert afresh.ground is not None
    said = others(texts, 4)
    for (text, one), (_, other) in zip(predicted(edited, said), predicted(afresh, said), strict=True):
        assert (one.intent, one.confidence) == (other.intent, pytest.approx(other.confidence, abs=1e-4)), text


def test_many_texts_are_decided_as_each_is(base: ExemplarClassifier, texts: Sequence[tuple[str, str]]) -> None:
    """Page by page, going on from the page before the lesson, and each text by itself."""
    said = others(texts, 9)
    more, _ = learned(base, 9, count=3)
    scored = Scores.of(base, ENCODER, said, THRESHOLDS)
    after = Scores.of(more, ENCODER, said, THRESHOLDS, scored)
    alone = dict(predicted(more, said))
    for page in after.pages:
        decided = page.decisions(after.thresholds)
        for number, text in enumerate(page.texts):
            if not decided.unsettled[number]:
                assert decided.intents[number] == alone[text].intent
                assert decided.confidence[number] == pytest.approx(alone[text].confidence, abs=1e-4)


def test_there_is_no_ground_where_nobody_can_tell_what_ships() -> None:
    forms = ["turn on the lamp", "what time is it"]
    ridges = [RIDGE, LEARNED_RIDGE]
    mixed = ExemplarClassifier.fit(forms, ["light_control", "time_query"], ENCODER.encode(forms), ridges=ridges)
    assert mixed.grounded is None
    assert mixed.add("tell me the time", "time_query", np.zeros(ENCODER.dim, np.float32), LEARNED_RIDGE).ground is None
