"""A solution computed before: taken where it fits, refused where anything differs, edited as exactly as a fresh one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.embedding import HashedEncoder, VectorCache
from engine.understanding.exemplars import ExemplarClassifier
from engine.understanding.solution import KnownSolution

ENCODER = VectorCache(HashedEncoder())
PLACES = "kitchen hall bedroom study cellar attic porch garden".split()
PAIRS = sorted(
    (f"{verb} the {thing} in the {place}", intent)
    for intent, verb, thing in (
        ("light_control", "dim", "lamp"),
        ("cover_control", "close", "blind"),
        ("time_query", "tell", "hour"),
    )
    for place in PLACES
)
TEXTS = [text for text, _ in PAIRS]
LABELS = [label for _, label in PAIRS]
PROBES = ["dim the lamp in the attic room", "close every blind", "what hour is it", "sing me a song"]


def fit(known: KnownSolution | None = None, texts: list[str] = TEXTS, labels: list[str] = LABELS) -> ExemplarClassifier:
    return ExemplarClassifier.fit(texts, labels, ENCODER.encode(texts), known=known)


def scores(classifier: ExemplarClassifier) -> list[float]:
    return [found.score for found in classifier.predict_many(ENCODER.encode(PROBES), PROBES)]


@pytest.fixture
def known(tmp_path: Path) -> KnownSolution:
    fit().solved(ENCODER.id).save(tmp_path / "solution.npz")
    found = KnownSolution.load(ENCODER.id, tmp_path / "solution.npz")
    assert found is not None
    return found


def test_with_a_known_solution_nothing_is_factorised_before_the_first_edit(known: KnownSolution) -> None:
    """Predictions need no factor; the first edit makes it, for all classifiers that stem from the same fit."""
    classifier = fit(known)
    assert scores(classifier) == pytest.approx(scores(fit()), abs=1e-5)
    assert not classifier.inverse.factor.is_made
    classifier.remove(TEXTS[0])
    assert classifier.inverse.factor.is_made


def test_edits_over_a_known_solution_equal_fitting_afresh(known: KnownSolution) -> None:
    """Adding and removing gives what fitting the remaining exemplars gives."""
    edited = fit(known).remove(TEXTS[3]).add("sing the hours", "time_query", ENCODER.vector("sing the hours"))
    texts, labels = [*TEXTS[:3], *TEXTS[4:], "sing the hours"], [*LABELS[:3], *LABELS[4:], "time_query"]
    assert scores(edited) == pytest.approx(scores(fit(texts=texts, labels=labels)), abs=1e-5)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda known: replace(known, weights=known.weights + np.float32(0.01)),
        lambda known: replace(known, prints=known.prints[::-1]),
        lambda known: replace(known, key="another"),
    ],
    ids=["another kernel", "other vectors", "other exemplars"],
)
def test_a_solution_that_does_not_fit_is_not_used(
    spoil: Callable[[KnownSolution], KnownSolution], known: KnownSolution
) -> None:
    """Where weights, vectors or exemplars differ, the classifier is fitted afresh."""
    classifier = fit(spoil(known))
    assert classifier.inverse.factor.is_made
    assert scores(classifier) == pytest.approx(scores(fit()), abs=1e-6)


def test_a_changed_label_or_text_is_noticed(known: KnownSolution) -> None:
    """One exemplar with other words or another label makes the known solution useless."""
    assert fit(known, labels=["time_query", *LABELS[1:]]).inverse.factor.is_made
    assert fit(known, texts=["Sing to me", *TEXTS[1:]]).inverse.factor.is_made


def test_vectors_of_another_model_have_no_known_solution(known: KnownSolution, tmp_path: Path) -> None:
    """A file made with another encoder counts as missing, as does no file at all."""
    assert KnownSolution.load("another", tmp_path / "solution.npz") is None
    assert KnownSolution.load(ENCODER.id, tmp_path / "nothing.npz") is None
