"""The exemplar classifier: exact edits, order, leave-one-out, strangeness."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.embedding import FastembedEncoder, HashedEncoder, VectorCache
from engine.understanding.calibrate import logistic
from engine.understanding.calibration import Calibration, Evidence
from engine.understanding.exemplars import ExemplarClassifier
from engine.understanding.prediction import Prediction

VERBS = {
    "light_control": "switch turn dim brighten",
    "cover_control": "open close raise lower",
    "time_query": "what tell",
}
OBJECTS = {
    "light_control": "lamp light bulb",
    "cover_control": "blind curtain shutter",
    "time_query": "time clock hour",
}
PLACES = ["kitchen", "hall", "bedroom", "study", "cellar", "attic", "porch", "garden"]
ENCODER = VectorCache(HashedEncoder())
PROBES = [
    "dim the lamp in the attic",
    "what is the hour",
    "close every curtain",
    "sing me a song",
    "brighten the hal lamp",
]


def phrases() -> list[tuple[str, str]]:
    return [
        (f"{verb} the {thing} in the {place}", intent)
        for intent, verbs in VERBS.items()
        for verb in verbs.split()
        for thing in OBJECTS[intent].split()
        for place in PLACES
    ]


def fitted(pairs: list[tuple[str, str]]) -> ExemplarClassifier:
    texts = [text for text, _ in pairs]
    return ExemplarClassifier.fit(texts, [intent for _, intent in pairs], ENCODER.encode(texts))


def judged(classifier: ExemplarClassifier, texts: list[str] = PROBES) -> list[Prediction]:
    return classifier.predict_many(ENCODER.encode(texts), texts)


def assert_same(left: ExemplarClassifier, right: ExemplarClassifier) -> None:
    assert left.intents == right.intents
    assert len(left) == len(right)
    for one, other in zip(judged(left), judged(right), strict=True):
        assert one.intent == other.intent
        assert one.score == pytest.approx(other.score, abs=1e-5)
        assert one.confidence == pytest.approx(other.confidence, abs=1e-5)
        assert one.nearest_cosine == pytest.approx(other.nearest_cosine, abs=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_editing_equals_fitting_afresh(seed: int, edits: int) -> None:
    """Any run of additions and removals gives what fitting the remaining exemplars gives."""
    chance = random.Random(seed)
    pool = phrases()
    chance.shuffle(pool)
    kept, spare = pool[:60], pool[60:]
    classifier = fitted(kept)
    for _ in range(edits):
        if chance.random() < 0.5:
            text, intent = spare.pop()
            kept.append((text, intent))
            classifier = classifier.add(text, intent, ENCODER.vector(text))
        else:
            text, intent = kept.pop(chance.randrange(len(kept)))
            spare.insert(0, (text, intent))
            classifier = classifier.remove(text)
    assert_same(classifier, fitted(kept))


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_additions_does_not_matter(chance: random.Random) -> None:
    """The same exemplars added in any order, or fitted in any order, give the same classifier."""
    pool = phrases()
    base, added = pool[::4], pool[1::16]
    shuffled = chance.sample(added, len(added))
    one, other = fitted(base), fitted(chance.sample(base, len(base)))
    for (text, intent), (text_, intent_) in zip(added, shuffled, strict=True):
        one = one.add(text, intent, ENCODER.vector(text))
        other = other.add(text_, intent_, ENCODER.vector(text_))
    assert_same(one, other)


def test_many_edits_fold_without_a_difference() -> None:
    """After more edits than are kept as terms the classifier still equals a fresh fit."""
    pool = phrases()
    classifier = fitted(pool[:20])
    for _ in range(3):
        for text, intent in pool[20:]:
            classifier = classifier.add(text, intent, ENCODER.vector(text))
        for text, _ in pool[25:]:
            classifier = classifier.remove(text)
    assert_same(classifier, fitted(pool[:25]))


def test_a_new_intent_can_be_added_and_taken_away() -> None:
    """The first exemplar of an intent brings it, the last one takes it away."""
    classifier = fitted(phrases())
    added = classifier.add("Tell me a joke!", "smalltalk", ENCODER.vector("tell me a joke"))
    assert added.intents == ("cover_control", "light_control", "smalltalk", "time_query")
    assert judged(added, ["tell me a good joke"])[0].intent == "smalltalk"
    assert_same(added.remove("tell me a joke"), classifier)


def test_editing_leaves_the_old_classifier_as_it_was() -> None:
    """A classifier is a value: whoever holds it sees no edit."""
    classifier = fitted(phrases())
    before = judged(classifier)
    classifier.add("sing me a song", "time_query", ENCODER.vector("sing me a song")).remove(phrases()[0][0])
    assert judged(classifier) == before


def test_the_same_words_are_certain() -> None:
    """An exemplar's own words, whatever their case and marks, get its label for certain, against all others."""
    odd = fitted(phrases()).add("open the lamp in the hall", "time_query", ENCODER.vector("open the lamp in the hall"))
    said = "Open the lamp in the hall!"
    (found,) = judged(odd, [said])
    assert (found.intent, found.confidence, found.exact) == ("time_query", 1.0, True)
    assert not judged(odd, ["open the lamp in the halls"])[0].exact


def test_known_words_take_a_new_label() -> None:
    """Adding known words with another label replaces the label."""
    text, _ = phrases()[0]
    classifier = fitted(phrases())
    changed = classifier.add(text.upper(), "time_query", ENCODER.vector(text))
    assert len(changed) == len(classifier)
    assert changed.label_of(text) == "time_query"
    assert classifier.label_of(text) == "light_control"


def test_removing_unknown_words_is_an_error() -> None:
    """Words that are no exemplar cannot be removed."""
    with pytest.raises(KeyError):
        fitted(phrases()).remove("never heard of")


def test_nothing_learned_means_nothing_known() -> None:
    """Without exemplars everything is out of scope, and the first exemplar can be added."""
    empty = fitted([])
    assert judged(empty)[0].intent == "out_of_scope"
    assert empty.leave_one_out() == []
    assert judged(empty.add("hello there", "greeting", ENCODER.vector("hello there")))[0].intent == "greeting"


def test_leaving_one_out_equals_removing_it() -> None:
    """The closed form gives the scores that a classifier without the exemplar gives."""
    pool = phrases()[::3]
    classifier = fitted(pool).add("what now", "time_query", ENCODER.vector("what now")).remove(pool[5][0])
    for left in classifier.leave_one_out()[::5]:
        (expected,) = judged(classifier.remove(left.text), [left.text])
        assert left.prediction.intent == expected.intent
        assert left.prediction.score == pytest.approx(expected.score, abs=1e-4)
        assert left.prediction.nearest_cosine == pytest.approx(expected.nearest_cosine, abs=1e-5)


def test_leaving_one_out_finds_a_wrong_label() -> None:
    """An exemplar with a wrong label is the one that the others judge otherwise."""
    pool = [(text, "time_query" if text == "dim the bulb in the attic" else intent) for text, intent in phrases()]
    assert "dim the bulb in the attic" in {left.text for left in fitted(pool).leave_one_out() if not left.fits}


def test_the_strange_is_less_sure_than_the_known() -> None:
    """Confidence is a probability, falls with strangeness, and runners-up are never surer than the winner."""
    known, *_, strange, _ = judged(fitted(phrases()))
    assert 0 <= strange.confidence < known.confidence <= 1
    assert strange.oos_score > known.oos_score
    for found in (known, strange):
        assert all(0 <= runner.confidence <= found.confidence for runner in found.runners_up)
        assert found.intent not in {runner.intent for runner in found.runners_up}


def test_a_big_intent_does_not_swallow_a_small_one() -> None:
    """With sixty exemplars of one intent and four of another, the small one still gets its own."""
    pool = phrases()
    big = [pair for pair in pool if pair[1] == "light_control"][:60]
    small = [(f"raise the blind in the {place}", "cover_control") for place in PLACES[:4]]
    (found,) = judged(fitted([*big, *small]), ["raise the blind in the garden"])
    assert found.intent == "cover_control"


def test_the_same_exemplars_give_the_same_figures() -> None:
    """Fitting twice gives bit for bit the same predictions."""
    assert judged(fitted(phrases())) == judged(fitted(phrases()))


def test_paraphrases_are_understood_with_the_real_model() -> None:
    """With the bundled model a few exemplars carry over to other words."""
    pairs = [
        ("turn on the lamp", "light_control"),
        ("make it brighter in here", "light_control"),
        ("what time is it", "time_query"),
        ("could you tell me the time", "time_query"),
        ("thanks a lot", "thanks"),
        ("cheers mate", "thanks"),
    ]
    cache = VectorCache(FastembedEncoder())
    texts = [text for text, _ in pairs]
    classifier = ExemplarClassifier.fit(texts, [label for _, label in pairs], cache.encode(texts))
    asked = ["it is too dark, switch the lights on", "got the time?", "thank you so much"]
    assert [found.intent for found in classifier.predict_many(cache.encode(asked), asked)] == [
        "light_control",
        "time_query",
        "thanks",
    ]


def test_calibration_is_data(tmp_path: Path) -> None:
    """What is saved is what is read, and confidence follows it."""
    path = tmp_path / "calibration.json"
    figures = Calibration(0.4, 0.2, 0.7, 0.1, 1.5, 0.5, 0.25, "abc")
    figures.save(path)
    assert Calibration.load(path) == figures
    evidence = Evidence(score_gap=0.6, cosine_gap=0.8, lead=0.2)
    assert figures.familiarity(evidence) == pytest.approx(2.0)
    assert figures.confidence(evidence) == pytest.approx(1 / (1 + np.exp(-3.75)))
    assert figures.confidence(evidence, in_scope=False) == pytest.approx(1 / (1 + np.exp(2.25)))


def test_what_is_out_of_scope_is_told_from_the_rest() -> None:
    """Taught what it does not do, the classifier finds the like of it strange, and is sure of that."""
    asked = ["book a flight to Rome", "order a pizza", "book a table for two", "order a taxi", "book a flight to Oslo"]
    classifier = fitted([*phrases(), *((text, "out_of_scope") for text in asked)])
    known, strange = judged(classifier, ["dim the lamp in the atic", "book a flight to Bern"])
    assert strange.intent == "out_of_scope"
    assert strange.oos_score > known.oos_score
    assert strange.confidence > 0.5


def test_the_logistic_is_the_one_that_made_the_data() -> None:
    """Fitting outcomes drawn from a logistic gives its slope and offset back."""
    values = np.linspace(-4, 4, 4_000)
    chances = 1 / (1 + np.exp(-(1.5 * values - 0.5)))
    right = (np.random.default_rng(3).uniform(size=values.size) < chances).astype(np.float64)
    assert logistic(values[:, None], right, np.ones_like(values)) == pytest.approx([1.5, -0.5], abs=0.15)


def test_the_shipped_figures_belong_to_the_bundled_model() -> None:
    """The calibration names the encoder that the program ships with."""
    assert Calibration.load().encoder == FastembedEncoder().id
