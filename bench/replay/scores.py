"""What a classifier says of many known texts at once: the same figures as one by one, from shared likenesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.understanding.calibration import Evidence
from engine.understanding.exemplar_rows import Block, kernel_of
from engine.understanding.exemplars import BALANCE, ExemplarClassifier
from engine.understanding.intents import OUT_OF_SCOPE
from engine.understanding.kernel_ridge import Array
from engine.understanding.ngrams import ngram_codes


@dataclass(frozen=True)
class Guess:
    """An intent and the probability that it is right; `exact` says that these words are an exemplar."""

    intent: str
    confidence: float
    exact: bool = False


@dataclass(frozen=True, eq=False)
class _Likeness:
    """Cosines and kernel of all texts with the exemplars that were fitted at first, shape (texts, exemplars)."""

    cosines: Array
    kernel: Array


@dataclass(eq=False)
class Desk:
    """Texts by their plain forms, and how like they are to exemplars, found once for all classifiers."""

    forms: Sequence[str]
    vectors: Array
    _row: dict[str, int] = field(init=False)
    _index: Block = field(init=False)
    _first: dict[int, tuple[Block, _Likeness]] = field(default_factory=dict)
    _columns: dict[str, tuple[Array, Array]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._row = {form: row for row, form in enumerate(self.forms)}
        self._index = Block.of(self.vectors, [ngram_codes(form) for form in self.forms])

    def vector(self, form: str) -> Array:
        """Return the vector of a text."""
        found: Array = self.vectors[self._row[form]]
        return found

    def guesses(self, classifier: ExemplarClassifier, forms: Sequence[str]) -> list[Guess]:
        """Return what a classifier says of texts given by their plain forms."""
        rows = np.asarray([self._row[form] for form in forms], np.int64)
        first = self._fitted(classifier.rows.first)
        begun = len(classifier.rows.first.codes)
        added = [(form, number) for form, number in classifier.numbers.items() if number >= begun]
        columns = [self._column(form) for form, _ in added]
        cosines, kernel = first.cosines[rows], first.kernel[rows]
        numbers = [number for _, number in added]
        scores = kernel @ classifier.solution[:begun]
        if columns:
            kernels = np.stack([column[1] for column in columns], axis=1)[rows]
            scores += kernels @ classifier.solution[numbers]
            cosines = np.concatenate([cosines, np.stack([column[0] for column in columns], axis=1)[rows]], axis=1)
        labels = [*classifier.labels[:begun], *(classifier.labels[number] for number in numbers)]
        return _judged(classifier, forms, scores * _scales(classifier), cosines, labels)

    def _fitted(self, block: Block) -> _Likeness:
        kept = self._first.get(id(block))
        if kept is None:
            cosines = self.vectors @ block.vectors.T
            letters = np.stack([block.postings.cosines(codes) for codes in self._index.codes])
            kept = self._first[id(block)] = (block, _Likeness(cosines, kernel_of(cosines, letters)))
        return kept[1]

    def _column(self, form: str) -> tuple[Array, Array]:
        known = self._columns.get(form)
        if known is None:
            cosines = self.vectors @ self.vector(form)
            letters = self._index.postings.cosines(ngram_codes(form))
            known = self._columns[form] = (cosines, kernel_of(cosines, letters))
        return known


def _scales(classifier: ExemplarClassifier) -> Array:
    positions = {intent: at for at, intent in enumerate(classifier.intents)}
    known = [positions[label] for label in classifier.labels if label is not None]
    counts = np.bincount(known, minlength=len(positions)).astype(np.float64)
    scales: Array = ((np.maximum(counts, 1.0) / max(float(counts.mean()), 1.0)) ** -BALANCE).astype(np.float32)
    return scales


def _judged(
    classifier: ExemplarClassifier,
    forms: Sequence[str],
    scores: npt.NDArray[np.float32],
    cosines: Array,
    labels: Sequence[str | None],
) -> list[Guess]:
    best = np.argmax(scores, axis=1)
    two = np.partition(scores, -2, axis=1)[:, -2:]
    near = [
        np.maximum(cosines[:, rows].max(axis=1), 0.0) if len(rows) else np.zeros(len(forms), np.float32)
        for rows in (
            np.flatnonzero([label not in {None, OUT_OF_SCOPE} for label in labels]),
            np.flatnonzero([label == OUT_OF_SCOPE for label in labels]),
        )
    ]
    stranger = classifier.intents.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in classifier.intents else -1
    outside = scores[:, stranger] if stranger >= 0 else np.zeros(len(forms), np.float32)
    inside = np.where(best == stranger, two[:, 0], two[:, 1])
    guesses = []
    for at, form in enumerate(forms):
        exact = classifier.label_of(form)
        if exact is not None:
            guesses.append(Guess(exact, 1.0, exact=True))
            continue
        gap = max(float(inside[at]), -1.0) - max(float(outside[at]), -1.0)
        lead = min(float(two[at, 1] - two[at, 0]), 1.0)
        evidence = Evidence(gap, float(near[0][at]) - float(near[1][at]), lead)
        intent = classifier.intents[int(best[at])]
        guesses.append(Guess(intent, classifier.calibration.confidence(evidence, in_scope=best[at] != stranger)))
    return guesses
