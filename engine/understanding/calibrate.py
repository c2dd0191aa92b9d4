"""Measure the classifier's calibration: `python -m engine.understanding.calibrate`.

It writes data/calibration.json from the shipped exemplars and the bundled model. What is known is judged by leaving
each exemplar out; what is strange, by leaving out whole intents, whose exemplars then count as right only where they
are taken for out of scope. The logistic gives the strange one sixth of the weight.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.embedding.fastembed_encoder import FastembedEncoder
from engine.embedding.precompute import EXEMPLARS, SHIPPED
from engine.embedding.vectors import VectorCache
from engine.understanding.calibration import Calibration
from engine.understanding.exemplars import ExemplarClassifier, Prediction
from engine.understanding.intents import OUT_OF_SCOPE

_FOLDS = 8
_STRANGE_WEIGHT = 1 / 6
Figures = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A prediction made without the exemplar's own help, and whether it was right."""

    prediction: Prediction
    right: bool


def known(classifier: ExemplarClassifier) -> list[Judged]:
    """Judge every exemplar by all others."""
    return [Judged(left.prediction, left.fits) for left in classifier.leave_one_out()]


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
            found.append(Judged(judged, judged.intent == OUT_OF_SCOPE))
    return found


def calibrate(usual: Sequence[Judged], unusual: Sequence[Judged], encoder: str = "") -> Calibration:
    """Return means and spreads of what is usual, and the logistic that makes confidence a probability."""
    scores = np.asarray([each.prediction.score for each in usual])
    cosines = np.asarray([each.prediction.nearest_cosine for each in usual])
    plainly = Calibration(
        float(scores.mean()), float(scores.std()), float(cosines.mean()), float(cosines.std()), encoder=encoder
    )
    everything = [*usual, *unusual]
    sums = np.asarray([plainly.familiarity(e.prediction.score, e.prediction.nearest_cosine) for e in everything])
    right = np.asarray([each.right for each in everything], np.float64)
    shares = [1 - _STRANGE_WEIGHT] * len(usual) + [_STRANGE_WEIGHT * len(usual) / max(len(unusual), 1)] * len(unusual)
    slope, offset = logistic(sums, right, np.asarray(shares))
    figures = (plainly.score_mean, plainly.score_spread, plainly.cosine_mean, plainly.cosine_spread, slope, offset)
    return Calibration(*(round(figure, 5) for figure in figures), encoder=encoder)


def logistic(values: Figures, right: Figures, weights: Figures) -> tuple[float, float]:
    """Return slope and offset of the weighted logistic regression of `right` on `values`, by Newton's method."""
    columns = np.column_stack([values, np.ones_like(values)])
    solution = np.zeros(2)
    for _ in range(50):
        chances = 1.0 / (1.0 + np.exp(-columns @ solution))
        slope = columns.T @ (weights * (right - chances)) - 1e-3 * solution
        bend = (columns * (weights * chances * (1 - chances))[:, None]).T @ columns + 1e-3 * np.eye(2)
        solution = solution + np.linalg.solve(bend, slope)
    return float(solution[0]), float(solution[1])


def separation(usual: Sequence[Judged], unusual: Sequence[Judged]) -> float:
    """Return the AUROC of `oos_score`: how often the strange is told from the known."""
    low = np.sort([each.prediction.oos_score for each in usual])
    return float(np.mean(np.searchsorted(low, [each.prediction.oos_score for each in unusual]) / len(low)))


def main() -> int:
    """Measure, write the figures, and print what they mean."""
    texts, labels = _shipped()
    encoder = VectorCache(FastembedEncoder(), SHIPPED)
    vectors = encoder.encode(texts)
    usual = known(ExemplarClassifier.fit(texts, labels, vectors))
    unusual = strange(texts, labels, vectors)
    figures = calibrate(usual, unusual, encoder.id)
    figures.save()
    right = np.mean([each.right for each in usual])
    sys.stdout.write(f"{figures}\nleft one out, right: {right:.1%}\n")
    sys.stdout.write(f"left-out intents told from known ones: AUROC {separation(usual, unusual):.3f}\n")
    return 0


def _shipped() -> tuple[list[str], list[str]]:
    pairs = [
        (line.strip(), path.stem)
        for path in sorted(EXEMPLARS.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    return [text for text, _ in pairs], [label for _, label in pairs]


if __name__ == "__main__":
    sys.exit(main())
