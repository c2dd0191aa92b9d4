"""What a classifier says of many texts, kept so that one more exemplar costs a product and not everything again.

A verdict on an utterance depends on the classifier only by decisions: which intent, and on which side of each threshold
its confidence lies. Where they stay, understanding takes the same way and comes to the same meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from engine.embedding.port import Encoder
from engine.understanding.exemplar_rows import Block, kernel_of
from engine.understanding.exemplar_scores import judge_many
from engine.understanding.exemplars import ExemplarClassifier
from engine.understanding.ground import Floor
from engine.understanding.intents import OUT_OF_SCOPE
from engine.understanding.kernel_ridge import Array
from engine.understanding.knowledge import OF_INTENTS, THRESHOLD_BOUNDS

PAGE = 512  # texts that are scored together
DECIDING = ("understood", "act", "act_unnamed")
SURE_OF_A_LESSON = 0.5
LESSONS = frozenset({"teach", "correction", "forget", "undo"})
_LEAD = 3e-4  # scores this near to each other may change places by rounding alone (errors seen: 1e-5)
_NEAR = 3e-4  # and confidences this near to a threshold its sides (errors seen: 1e-5)
_MOST_STEPS = 16  # after so many steps the scores are computed anew, lest rounding adds up


@dataclass(frozen=True, eq=False)
class Decisions:
    """Per text: the intent, the confidence (1.0 for an exemplar's own words), and whether rounding could change either.

    What only resembles a lesson is decided by the runners-up, so it counts as unsettled too.
    """

    intents: npt.NDArray[np.str_]
    confidence: npt.NDArray[np.float64]
    unsettled: npt.NDArray[np.bool_]

    def unlike(self, other: Decisions, thresholds: Iterable[float]) -> npt.NDArray[np.bool_]:
        """Return for every text whether the decisions differ, or may."""
        differ: npt.NDArray[np.bool_] = (self.intents != other.intents) | self.unsettled | other.unsettled
        for threshold in thresholds:
            differ |= (self.confidence >= threshold) != (other.confidence >= threshold)
        return differ


@dataclass(frozen=True, eq=False)
class Page:
    """Some texts before one classifier.

    `kernels` are the kernel's values with the rows fitted at first and with the added ones, `raw` the scores before
    balance, `known` and `strange` the cosines with the nearest exemplars in scope and out of it. `floor` is what ships
    says by itself, where more was learned.
    """

    texts: tuple[str, ...]
    block: Block
    classifier: ExemplarClassifier
    kernels: tuple[Array, Array]
    raw: Array
    known: Array
    strange: Array
    steps: int = 0
    floor: Floor | None = None

    @classmethod
    def of(cls, classifier: ExemplarClassifier, block: Block, texts: tuple[str, ...]) -> Page:
        """Score texts with all that is to compute."""
        cosines = _cosines(classifier, block)
        fitted = len(classifier.rows.first.codes)
        first = kernel_of(cosines[:, :fitted], _letters(classifier.rows.first, block))
        added = kernel_of(cosines[:, fitted:], _letters(classifier.rows.added, block))
        raw = _product((first, added), classifier.solution)
        floor = _floor(classifier, first, cosines)
        return cls(texts, block, classifier, (first, added), raw, *_nearest(classifier, cosines), floor=floor)

    def after(self, classifier: ExemplarClassifier) -> Page:
        """Return the page before another classifier: cheap where that one stems from this one."""
        if classifier is self.classifier:
            return self
        was = self.classifier
        if classifier.solution is was.solution:
            return replace(self, classifier=classifier)
        if not _stems_from(classifier, was):
            return Page.of(classifier, self.block, self.texts)
        added, since = classifier.rows.added, len(was.rows.added.codes)
        new = Block.of(added.vectors[since:], added.codes[since:])
        cosines = self.block.vectors @ new.vectors.T
        grown = kernel_of(cosines, _letters(new, self.block))
        kernels = self.kernels[0], np.column_stack([self.kernels[1], grown])
        if classifier.labels[: len(was.labels)] == was.labels:
            nearest = _nearer((self.known, self.strange), cosines, classifier.labels[len(was.labels) :])
        else:
            nearest = _nearest(classifier, _cosines(classifier, self.block))
        raw = self._grown(classifier, kernels) if self.steps < _MOST_STEPS else None
        steps = 0 if raw is None else self.steps + 1
        raw = _product(kernels, classifier.solution) if raw is None else raw
        floor = self.floor
        if classifier.ground is not was.ground:
            floor = _floor(classifier, kernels[0], self.block.vectors @ classifier.rows.first.vectors.T)
        return Page(self.texts, self.block, classifier, kernels, raw, *nearest, steps, floor)

    def _grown(self, classifier: ExemplarClassifier, kernels: tuple[Array, Array]) -> Array | None:
        """Return the raw scores where the solution grew by one term ⊗ share, whose share any row tells."""
        term, before = _only_new_term(classifier, self.classifier), self.classifier.solution
        if term is None or classifier.intents != self.classifier.intents:
            return None
        row = int(np.argmax(np.abs(term)))
        share = (classifier.solution[row] - (before[row] if row < len(before) else 0.0)) / term[row]
        grown: Array = self.raw + np.outer(_product(kernels, term), share)
        return grown

    @cached_property
    def scores(self) -> Array:
        """The balanced scores, shape (texts, intents)."""
        scores: Array = self.raw * self.classifier.scales
        return scores

    def decisions(self, thresholds: Iterable[float]) -> Decisions:
        """Return what is decided about every text, by the same rules as a single prediction."""
        classifier = self.classifier
        judged = judge_many(self.scores, (self.known, self.strange), classifier.intents, classifier.calibration)
        intents, confidence = np.asarray(classifier.intents)[judged.best], judged.confidence
        unsettled = judged.lead < _LEAD
        if self.floor is not None:
            confidence = self.floor.raised(intents, confidence)
            unsettled |= self.floor.lead < _LEAD
        for threshold in (*thresholds, SURE_OF_A_LESSON):
            unsettled |= np.abs(confidence - threshold) < _NEAR
        unsettled |= np.isin(intents, sorted(LESSONS)) & (confidence < SURE_OF_A_LESSON)
        for number, text in enumerate(self.texts):
            label = classifier.label_of(text)
            if label is not None:
                intents[number], confidence[number], unsettled[number] = label, 1.0, False
        return Decisions(intents, confidence, unsettled)


@dataclass(frozen=True, eq=False)
class Scores:
    """Any number of texts before one classifier; `thresholds` are those that decide, `own` those of single intents."""

    pages: tuple[Page, ...]
    thresholds: tuple[float, ...]
    own: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(
        cls,
        classifier: ExemplarClassifier,
        encoder: Encoder,
        texts: Iterable[str],
        thresholds: Mapping[str, float],
        known: Scores | None = None,
    ) -> Scores:
        """Score texts, going on from what is known of them."""
        wanted = frozenset(texts)
        kept = known.pages if known and len(known.texts) <= 2 * len(wanted) + PAGE else ()
        pages = [page.after(classifier) for page in kept]
        new = sorted(wanted.difference(*(page.texts for page in pages)))
        for first in range(0, len(new), PAGE):
            part = tuple(new[first : first + PAGE])
            pages.append(Page.of(classifier, classifier.rows.like(part, encoder.encode(part)), part))
        own = tuple(sorted((name, value) for name, value in thresholds.items() if name.startswith(OF_INTENTS)))
        return cls(tuple(pages), _deciding(thresholds, own), own)

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts that were scored."""
        return tuple(text for page in self.pages for text in page.texts)

    def taken_for(self, intent: str) -> frozenset[str]:
        """Return the texts that are taken for an intent, or may be."""
        found: set[str] = set()
        for page in self.pages:
            decided = page.decisions(self.thresholds)
            found.update(page.texts[at] for at in np.flatnonzero((decided.intents == intent) | decided.unsettled))
        return frozenset(found)

    def unlike(self, other: object) -> frozenset[str] | None:
        """Return the texts that another classifier decides otherwise, or may; None where there is no telling."""
        if not isinstance(other, Scores) or (other.thresholds, other.own) != (self.thresholds, self.own):
            return None
        theirs = {page.texts: page for page in other.pages}
        found: set[str] = set()
        for page in self.pages:
            twin = theirs.get(page.texts)
            if twin is None:
                found.update(page.texts)
                continue
            differ = page.decisions(self.thresholds).unlike(twin.decisions(self.thresholds), self.thresholds)
            found.update(page.texts[at] for at in np.flatnonzero(differ))
        return frozenset(found)


def _deciding(thresholds: Mapping[str, float], own: Iterable[tuple[str, float]]) -> tuple[float, ...]:
    """Return the confidences at which understanding takes another way; those of single intents count for all."""
    named = {value for _, value in own}
    unnamed = {max(value, THRESHOLD_BOUNDS["act_unnamed"][0]) for value in named}
    return (*(thresholds[name] for name in DECIDING), *sorted(named | unnamed))


def _letters(rows: Block, texts: Block) -> Array:
    """Return the n-gram cosines, shape (texts, rows), looking up whichever are fewer."""
    if not rows.codes or not texts.codes:
        return np.zeros((len(texts.codes), len(rows.codes)), np.float32)
    if len(rows.codes) < len(texts.codes):
        return np.stack([texts.postings.cosines(codes) for codes in rows.codes], axis=1)
    return np.stack([rows.postings.cosines(codes) for codes in texts.codes])


def _product(kernels: tuple[Array, Array], right: Array) -> Array:
    fitted = kernels[0].shape[1]
    result: Array = kernels[0] @ right[:fitted] + kernels[1] @ right[fitted:]
    return result


def _floor(classifier: ExemplarClassifier, kernel: Array, cosines: Array) -> Floor | None:
    """Return what ships says of texts; its rows are among those fitted at first."""
    return classifier.ground.floor(kernel, cosines) if classifier.ground is not None else None


def _cosines(classifier: ExemplarClassifier, texts: Block) -> Array:
    cosines: Array = texts.vectors @ classifier.rows.vectors().T
    return cosines


def _nearest(classifier: ExemplarClassifier, cosines: Array) -> tuple[Array, Array]:
    nothing = np.zeros(len(cosines), np.float32)
    return _nearer((nothing, nothing), cosines, classifier.labels)


def _nearer(nearest: tuple[Array, Array], cosines: Array, labels: Sequence[str | None]) -> tuple[Array, Array]:
    """Return the highest cosines in scope and out of it: of what is known and of rows with these labels."""
    known = [label not in {None, OUT_OF_SCOPE} for label in labels]
    strange = [label == OUT_OF_SCOPE for label in labels]
    return _raised(nearest[0], cosines, known), _raised(nearest[1], cosines, strange)


def _raised(nearest: Array, cosines: Array, among: Sequence[bool]) -> Array:
    """Return the highest of what is known and of the columns `among`."""
    if not any(among):
        return nearest
    result: Array = np.maximum(nearest, cosines[:, np.flatnonzero(among)].max(axis=1))
    return result


def _stems_from(classifier: ExemplarClassifier, other: ExemplarClassifier) -> bool:
    """Tell whether the rows of a classifier are those of another and perhaps more."""
    known, more = other.rows.added.codes, classifier.rows.added.codes
    same_first = classifier.rows.first is other.rows.first
    return same_first and len(more) >= len(known) and all(a is b for a, b in zip(known, more, strict=False))


def _only_new_term(classifier: ExemplarClassifier, other: ExemplarClassifier) -> Array | None:
    """Return the single term by which a classifier's inverse grew, or None."""
    terms, before = classifier.inverse.terms, other.inverse.terms
    one_more = terms.shape[1] == before.shape[1] + 1 and classifier.inverse.factor is other.inverse.factor
    if not one_more or not np.array_equal(terms[: len(before), :-1], before):
        return None
    last: Array = terms[:, -1]
    return last
