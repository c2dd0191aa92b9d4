"""Parts of the classifier's arithmetic: targets, scales and columns of its solution."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.understanding.calibration import Calibration
from engine.understanding.intents import OUT_OF_SCOPE
from engine.understanding.kernel_ridge import Array

BALANCE = 0.25  # an intent's scores are divided by its share of the exemplars to this power


def highest(values: Array) -> float:
    """Return the highest of cosines, at least 0.0."""
    return max(float(values.max()), 0.0) if len(values) else 0.0


def highest_each(cosines: Array) -> Array:
    """Return the highest cosine of every row, at least 0.0."""
    if not cosines.shape[1]:
        return np.zeros(len(cosines), np.float32)
    result: Array = np.maximum(cosines.max(axis=1), np.float32(0.0))
    return result


@dataclass(frozen=True, eq=False)
class Judged:
    """Per text: the place of the best intent, its lead over the second, and the probability that it is right."""

    best: npt.NDArray[np.int64]
    lead: npt.NDArray[np.float64]
    confidence: npt.NDArray[np.float64]


def judge_many(scores: Array, nearest: tuple[Array, Array], intents: Sequence[str], calibration: Calibration) -> Judged:
    """Judge texts by their balanced scores, shape (texts, intents), by the same rules as a single prediction.

    `nearest` are the highest cosines with exemplars in scope and out of it.
    """
    at, best = np.arange(len(scores)), np.argmax(scores, axis=1)
    rest = scores.copy()
    rest[at, best] = -np.inf
    top = scores[at, best].astype(np.float64)
    lead = top - rest.max(axis=1) if scores.shape[1] > 1 else top
    stranger = intents.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in intents else -1
    outside = scores[:, stranger] if stranger >= 0 else np.zeros(len(scores))
    inside = np.delete(scores, stranger, axis=1) if stranger >= 0 and scores.shape[1] > 1 else scores
    gap = np.maximum(inside.max(axis=1), -1.0).astype(np.float64) - np.maximum(outside, -1.0)
    familiarity = (gap - calibration.score_mean) / calibration.score_spread
    familiarity += (nearest[0] - nearest[1] - calibration.cosine_mean) / calibration.cosine_spread
    support = np.where(best == stranger, -familiarity, familiarity)
    power = calibration.slope * support + calibration.lead_slope * np.minimum(lead, 1.0) / calibration.score_spread
    confidence = 1.0 / (1.0 + np.exp(-np.clip(power + calibration.offset, -60.0, 60.0)))
    return Judged(best, lead, confidence)


def scales_of(counts: npt.NDArray[np.float64]) -> Array:
    """Return what the scores of each intent are multiplied by, given how many exemplars each has."""
    usual = max(float(counts.mean()), 1.0)
    scales: Array = ((np.maximum(counts, 1.0) / usual) ** -BALANCE).astype(np.float32)
    return scales


def targets_of(labels: Iterable[str | None], intents: Sequence[str]) -> Array:
    """Return 0/1 targets, shape (labels, intents); a removed row's are all 0."""
    positions = {intent: at for at, intent in enumerate(intents)}
    known = [-1 if label is None else positions[label] for label in labels]
    targets = np.zeros((len(known), len(intents)), np.float32)
    at = np.asarray(known, np.int64)
    targets[np.flatnonzero(at >= 0), at[at >= 0]] = 1.0
    return targets


def columns_of(intents: Sequence[str], solution: Array, wanted: Iterable[str]) -> Array:
    """Return the columns of `solution` that belong to `wanted` intents: zeros for a new one."""
    positions = {intent: at for at, intent in enumerate(intents)}
    empty = np.zeros(len(solution), np.float32)
    columns = [solution[:, positions[each]] if each in positions else empty for each in wanted]
    return np.column_stack(columns) if columns else np.zeros((len(solution), 0), np.float32)
