"""Parts of the classifier's arithmetic: targets, scales and columns of its solution."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from engine.understanding.kernel_ridge import Array

BALANCE = 0.25  # an intent's scores are divided by its share of the exemplars to this power


def highest(values: Array) -> float:
    """Return the highest of cosines, at least 0.0."""
    return max(float(values.max()), 0.0) if len(values) else 0.0


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
