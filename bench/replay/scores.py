"""What a classifier says of many known texts at once: the same figures as one by one, from shared likenesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.understanding.exemplar_rows import Block, kernel_of
from engine.understanding.exemplar_scores import highest_each, judge_many
from engine.understanding.exemplars import ExemplarClassifier
from engine.understanding.ground import Floor, Ground
from engine.understanding.intents import OUT_OF_SCOPE
from engine.understanding.kernel_ridge import Array
from engine.understanding.ngrams import ngram_codes

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Guesses:
    """The intent of each of several texts, as its place among `intents`, and the probability that it is right."""

    intents: tuple[str, ...]
    best: npt.NDArray[np.int64]
    confidence: npt.NDArray[np.float64]


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
    _floors: dict[int, tuple[Ground, Floor]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._row = {form: row for row, form in enumerate(self.forms)}
        self._index = Block.of(self.vectors, [ngram_codes(form) for form in self.forms])

    def vector(self, form: str) -> Array:
        """Return the vector of a text."""
        found: Array = self.vectors[self._row[form]]
        return found

    def row(self, form: str) -> int:
        """Return the place of a text."""
        return self._row[form]

    def guesses(self, classifier: ExemplarClassifier, rows: Rows | None = None) -> Guesses:
        """Return what a classifier says of texts given by their places, or of all."""
        rows = np.arange(len(self.forms)) if rows is None else rows
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
        floor = self._floor(classifier)
        at = floor.of(rows) if floor is not None else None
        found = _judged(classifier, scores * classifier.scales, cosines, labels, at)
        self._exactly(classifier, rows, found)
        return found

    def _exactly(self, classifier: ExemplarClassifier, rows: Rows, found: Guesses) -> None:
        """Let the exemplars' own words mean what the exemplars say."""
        asked = {self.forms[row]: at for at, row in enumerate(rows)}
        for form in asked.keys() & (classifier.numbers.keys() | classifier.verbatim.keys()):
            label = classifier.label_of(form)
            if label is not None:
                found.best[asked[form]], found.confidence[asked[form]] = classifier.intents.index(label), 1.0

    def _fitted(self, block: Block) -> _Likeness:
        kept = self._first.get(id(block))
        if kept is None:
            cosines = self.vectors @ block.vectors.T
            letters = np.stack([block.postings.cosines(codes) for codes in self._index.codes])
            kept = self._first[id(block)] = (block, _Likeness(cosines, kernel_of(cosines, letters)))
        return kept[1]

    def _floor(self, classifier: ExemplarClassifier) -> Floor | None:
        """Return what ships says of all texts, found once."""
        ground = classifier.ground
        if ground is None:
            return None
        kept = self._floors.get(id(ground))
        if kept is None:
            first = self._fitted(classifier.rows.first)
            kept = self._floors[id(ground)] = (ground, ground.floor(first.kernel, first.cosines))
        return kept[1]

    def _column(self, form: str) -> tuple[Array, Array]:
        known = self._columns.get(form)
        if known is None:
            cosines = self.vectors @ self.vector(form)
            letters = self._index.postings.cosines(ngram_codes(form))
            known = self._columns[form] = (cosines, kernel_of(cosines, letters))
        return known


def _judged(
    classifier: ExemplarClassifier, scores: Array, cosines: Array, labels: Sequence[str | None], floor: Floor | None
) -> Guesses:
    known = np.asarray([label not in {None, OUT_OF_SCOPE} for label in labels])
    strange = np.asarray([label == OUT_OF_SCOPE for label in labels])
    near = highest_each(cosines[:, known]), highest_each(cosines[:, strange])
    judged = judge_many(scores, near, classifier.intents, classifier.calibration)
    confidence = judged.confidence
    if floor is not None:
        confidence = floor.raised(np.asarray(classifier.intents)[judged.best], confidence)
    return Guesses(classifier.intents, judged.best, confidence)
