"""Measure the classifier's calibration from the shipped exemplars and the bundled model.

What is known is judged by leaving
each exemplar out; what is strange, by leaving out whole intents, whose exemplars then count as right only where they
are taken for out of scope. The logistic gives the strange one sixth of the weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.understanding.calibration import Calibration
from engine.understanding.exemplars import ExemplarClassifier
from engine.understanding.intents import OUT_OF_SCOPE
from engine.understanding.prediction import Prediction

_FOLDS = 8
_STRANGE_WEIGHT = 1 / 6
Figures = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A prediction of an exemplar made without its own help, and whether it was right."""

    prediction: Prediction
    label: str
    right: bool

    @property
    def gaps(self) -> tuple[float, float]:
        """The lead of what is in scope over out_of_scope, in score and in nearest cosine."""
        return self.prediction.evidence.score_gap, self.prediction.evidence.cosine_gap


@dataclass(frozen=True)
class Measured:
    """A calibration; the share of exemplars the others judge rightly, and the AUROC of what is out of scope."""

    calibration: Calibration
    right: float
    separation: float


def known(classifier: ExemplarClassifier) -> list[Judged]:
    """Judge every exemplar by all others."""
    return [Judged(left.prediction, left.label, left.fits) for left in classifier.leave_one_out()]


def strange(texts: Sequence[str], labels: Sequence[str], vectors: npt.NDArray[np.float32]) -> list[Judged]:
    """Judge the exemplars of every intent but out_of_scope by a classifier that knows nothing of that intent."""
    intents = sorted(set(labels) - {OUT_OF_SCOPE})
    found: list[Judged] = []
    for fold in range(_FOLDS):
        gone = set(intents[fold::_FOLDS])
        kept = [at for at, label in enumerate(labels) if label not in gone]
        classifier = ExemplarClassifier.fit([texts[at] for at in kept], [labels[at] for at in kept], vectors[kept])
        for at in (at for at, label in enumerate(labels) if label in gone):
            judged = classifier.predict(vectors[at], texts[at])
            found.append(Judged(judged, labels[at], judged.intent == OUT_OF_SCOPE))
    return found


def calibrate(usual: Sequence[Judged], unusual: Sequence[Judged], encoder: str = "") -> Calibration:
    """Return the usual gaps and the logistic that makes confidence a probability."""
    gaps = np.asarray([each.gaps for each in usual if each.label != OUT_OF_SCOPE])
    means, spreads = gaps.mean(axis=0), gaps.std(axis=0)
    everything = [*usual, *unusual]
    familiarity = ((np.asarray([each.gaps for each in everything]) - means) / spreads).sum(axis=1)
    signs = np.asarray([-1.0 if each.prediction.intent == OUT_OF_SCOPE else 1.0 for each in everything])
    leads = np.asarray([each.prediction.evidence.lead for each in everything]) / spreads[0]
    right = np.asarray([each.right for each in everything], np.float64)
    shares = [1 - _STRANGE_WEIGHT] * len(usual) + [_STRANGE_WEIGHT * len(usual) / max(len(unusual), 1)] * len(unusual)
    columns = np.column_stack([signs * familiarity, leads])
    weights = logistic(columns, right, np.asarray(shares))
    slope, lead_slope, offset = (round(float(weight), 5) for weight in weights)
    score_mean, cosine_mean = (round(float(mean), 5) for mean in means)
    score_spread, cosine_spread = (round(float(spread), 5) for spread in spreads)
    return Calibration(score_mean, score_spread, cosine_mean, cosine_spread, slope, lead_slope, offset, encoder)


def logistic(columns: Figures, right: Figures, weights: Figures) -> Figures:
    """Return the weighted logistic regression of `right` on `columns`, the offset last, by Newton's method."""
    columns = np.column_stack([columns, np.ones(len(columns))])
    solution = np.zeros(columns.shape[1])
    for _ in range(50):
        chances = 1.0 / (1.0 + np.exp(-columns @ solution))
        slope = columns.T @ (weights * (right - chances)) - 1e-3 * solution
        bend = (columns * (weights * chances * (1 - chances))[:, None]).T @ columns + 1e-3 * np.eye(len(solution))
        solution = solution + np.linalg.solve(bend, slope)
    return solution


def separation(usual: Sequence[Judged], unusual: Sequence[Judged]) -> float:
    """Return the AUROC of `oos_score`: how often one that is strange is told from one that is not."""
    low = np.sort([each.prediction.oos_score for each in usual])
    return float(np.mean(np.searchsorted(low, [each.prediction.oos_score for each in unusual]) / len(low)))


def measure(texts: Sequence[str], labels: Sequence[str], vectors: npt.NDArray[np.float32], encoder: str) -> Measured:
    """Return the calibration of exemplars, and how well they are understood when left out."""
    classifier = ExemplarClassifier.fit(texts, labels, vectors)
    usual = known(classifier)
    figures = replace(calibrate(usual, strange(texts, labels, vectors), encoder), exemplars=classifier.key)
    outside = [each for each in usual if each.label == OUT_OF_SCOPE]
    inside = [each for each in usual if each.label != OUT_OF_SCOPE]
    return Measured(figures, float(np.mean([each.right for each in usual])), separation(inside, outside))
