"""Intents from example phrasings: kernel ridge regression on embeddings and n-grams, edited exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from engine.understanding.calibration import Calibration, Evidence
from engine.understanding.exemplar_rows import ITSELF, ExemplarRows
from engine.understanding.exemplar_scores import columns_of, highest, scales_of, targets_of
from engine.understanding.ground import Floor, Ground
from engine.understanding.intents import OUT_OF_SCOPE
from engine.understanding.interpretation import RunnerUp
from engine.understanding.kernel_ridge import Array, Factor, KernelInverse
from engine.understanding.ngrams import Codes, ngram_codes
from engine.understanding.plain import plain
from engine.understanding.prediction import LeftOut, Prediction
from engine.understanding.solution import RIDGE, KnownSolution, exemplar_key

LEARNED_RIDGE = 3.0
"""λ of a learned exemplar, ten times that of those that ship.

Its own words are understood as it says in any case. On its neighbours it has a say all the same, but takes far less
from rival intents. On the replay 1.5 takes away half a point of defects more, and loses half as much again that went
well; 0.8 loses more than twice as much.
"""

_RUNNERS_UP = 3
_NONE: Mapping[str, str] = MappingProxyType({})
_NO_CODES: Mapping[str, Codes] = MappingProxyType({})
_MOST_EDITS = 512  # beyond this the factor is made afresh


@dataclass(frozen=True, eq=False)
class ExemplarClassifier:
    """A frozen classifier; editing gives another one, equal to fitting afresh.

    `numbers` maps each plain text in force to its row, `labels` gives the rows' labels (None for removed ones), and
    `solution` (rows, intents) is P · Y for 0/1 targets Y. Balance scales the intents' scores, so that P and the
    solution stay free of it. `verbatim` gives the labels of plain texts that mean something of their own and have no
    say in anything else; they come before exemplars of the same words. `ground` is what ships, once more was learned.
    """

    intents: tuple[str, ...]
    numbers: Mapping[str, int]
    labels: tuple[str | None, ...]
    rows: ExemplarRows
    inverse: KernelInverse
    solution: Array
    calibration: Calibration
    ridges: tuple[float, ...] = ()
    verbatim: Mapping[str, str] = field(default_factory=lambda: _NONE)
    ground: Ground | None = None

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: npt.NDArray[np.float32],
        calibration: Calibration | None = None,
        *,
        known: KnownSolution | None = None,
        ridges: Sequence[float] = (),
        codes: Mapping[str, Codes] = _NO_CODES,
        ground: Ground | None = None,
    ) -> ExemplarClassifier:
        """Fit texts with their labels and vectors, shape (n, dim); of equal plain texts the last one counts.

        Without a calibration the shipped one is used, which was measured with the bundled model. A known solution is
        taken where it is that of these very exemplars, and nothing is factorised then before the first edit. `ridges`
        are λ of each text, the usual one for all where none are given, and `codes` the n-grams of plain texts as far as
        they are known. `ground` is what ships, where these are more.
        """
        last = {plain(text): number for number, text in enumerate(texts)}
        ridges = ridges or [RIDGE] * len(texts)
        forms = sorted(last, key=lambda form: (ridges[last[form]], form))  # what comes last is removed the fastest
        chosen = [last[form] for form in forms]
        kept = [labels[number] for number in chosen]
        rows = ExemplarRows.of(forms, np.asarray(vectors, np.float32)[chosen], codes)
        weights = [ridges[number] for number in chosen]
        inverse = KernelInverse.of(Factor(len(forms), rows.factor_rows, np.asarray(weights)))
        intents = tuple(sorted(set(kept)))
        fits = known is not None and known.fits(forms, kept, rows, weights)
        solution = known.weights if known is not None and fits else inverse.times(targets_of(kept, intents))
        numbers = {form: number for number, form in enumerate(forms)}
        calibrated = calibration or Calibration.load()
        placed = ground.placed(numbers) if ground is not None else None
        return cls(intents, numbers, tuple(kept), rows, inverse, solution, calibrated, tuple(weights), ground=placed)

    def solved(self, encoder: str) -> KnownSolution:
        """Return the solution for the exemplars in force, to be known next time."""
        chosen = [self.numbers[form] for form in self._forms]
        return KnownSolution.of(self.key, self.rows.vectors()[chosen], self.solution[chosen], encoder)

    @property
    def key(self) -> str:
        """The SHA-256 of the exemplars in force with their labels and λ."""
        chosen = [self.numbers[form] for form in self._forms]
        labels = [self.labels[number] or "" for number in chosen]
        return exemplar_key(self._forms, labels, [self.ridges[number] for number in chosen])

    @property
    def _forms(self) -> list[str]:
        """The plain texts in force in the order in which they are fitted."""
        return sorted(self.numbers, key=lambda form: (self.ridges[self.numbers[form]], form))

    def __len__(self) -> int:
        """Return the number of exemplars in force."""
        return len(self.numbers)

    def label_of(self, text: str) -> str | None:
        """Return the label of these very words, or None."""
        form = plain(text)
        return self.verbatim.get(form) or self._fitted_label(form)

    def _fitted_label(self, form: str) -> str | None:
        number = self.numbers.get(form)
        return None if number is None else self.labels[number]

    def saying(self, verbatim: Mapping[str, str]) -> ExemplarClassifier:
        """Return the classifier with these labels of very words and no others."""
        return self if verbatim == self.verbatim else replace(self, verbatim=verbatim)

    def add(self, text: str, label: str, vector: Array, ridge: float = RIDGE) -> ExemplarClassifier:
        """Return the classifier with one more exemplar; known words get the new label, and the new λ with it."""
        form = plain(text)
        if form in self.numbers:
            return self if self._fitted_label(form) == label else self.remove(form).add(form, label, vector, ridge)
        vector = np.asarray(vector, np.float32)
        likeness = self.rows.likeness(vector, ngram_codes(form))
        corner = float(np.exp((vector @ vector - 1.0) / 0.5)) + (ITSELF - 1.0) + ridge
        inverse, term = self.inverse.bordered(likeness.kernel, corner)
        labels = (*self.labels, label)
        intents = self.intents if label in self.intents else tuple(sorted((*self.intents, label)))
        padded = np.vstack([columns_of(self.intents, self.solution, intents), np.zeros((1, len(intents)), np.float32)])
        padded += np.outer(term, term @ targets_of(labels, intents))
        numbers = {**self.numbers, form: len(self.labels)}
        rows = self.rows.with_row(form, vector)
        return replace(
            self,
            intents=intents,
            numbers=numbers,
            labels=labels,
            rows=rows,
            inverse=inverse,
            solution=padded,
            ridges=(*self.ridges, ridge),
            ground=self.grounded if ridge > RIDGE else self.ground,
        ).compacted()

    @cached_property
    def grounded(self) -> Ground | None:
        """What ships: all of this where nothing was learned yet; None where that cannot be told."""
        if self.ground is not None or any(ridge > RIDGE for ridge in self.ridges):
            return self.ground
        rows = np.asarray(list(self.numbers.values()), np.int64)
        strange = np.asarray([self.labels[row] == OUT_OF_SCOPE for row in rows], np.bool_)
        weights = self.solution[rows] * self.scales
        return Ground(tuple(self.numbers), rows, strange, self.intents, weights, self.calibration)

    def remove(self, text: str) -> ExemplarClassifier:
        """Return the classifier without the exemplar of these words; a KeyError when there is none."""
        form = plain(text)
        number = self.numbers[form]
        inverse, term = self.inverse.reduced(number)
        solution = self.solution - np.outer(term, term @ targets_of(self.labels, self.intents))
        solution[number] = 0.0
        labels = (*self.labels[:number], None, *self.labels[number + 1 :])
        numbers = dict(self.numbers)
        del numbers[form]
        left = frozenset(labels)
        intents = tuple(intent for intent in self.intents if intent in left)
        solution = columns_of(self.intents, solution, intents)
        return replace(
            self, intents=intents, numbers=numbers, labels=labels, inverse=inverse, solution=solution
        ).compacted()

    def compacted(self) -> ExemplarClassifier:
        """Return the same classifier, fitted afresh when its edits have become too many to carry along."""
        if len(self.inverse.signs) <= _MOST_EDITS:
            return self
        forms = self._forms
        chosen = [self.numbers[form] for form in forms]
        labels = [self.labels[number] or "" for number in chosen]
        ridges = [self.ridges[number] for number in chosen]
        vectors, ground = self.rows.vectors()[chosen], self.ground
        fitted = ExemplarClassifier.fit(forms, labels, vectors, self.calibration, ridges=ridges, ground=ground)
        return fitted.saying(self.verbatim)

    def predict(self, vector: Array, text: str) -> Prediction:
        """Return the intent of one utterance, given its vector."""
        if not self.numbers:
            return Prediction(OUT_OF_SCOPE, 0.0, oos_score=float("inf"))
        form = plain(text)
        likeness = self.rows.likeness(np.asarray(vector, np.float32), ngram_codes(form))
        scores = (likeness.kernel @ self.solution) * self.scales
        nearest = (highest(likeness.cosines[self._known]), highest(likeness.cosines[self._strange]))
        floor = self.ground.floor(likeness.kernel[None], likeness.cosines[None]) if self.ground is not None else None
        return self._judge(scores, nearest, self.label_of(form), floor)

    def predict_many(self, vectors: npt.NDArray[np.float32], texts: Sequence[str]) -> list[Prediction]:
        """Return the intents of several utterances, as `predict` does."""
        return [self.predict(vector, text) for vector, text in zip(vectors, texts, strict=True)]

    def leave_one_out(self) -> list[LeftOut]:
        """Return every exemplar as the others judge it, in closed form: f₋ᵢ(xᵢ) = yᵢ - (P·Y)ᵢ / Pᵢᵢ."""
        if not self.numbers:
            return []
        diagonal = self.inverse.diagonal()
        counts = self._counts
        nearest = zip(self._nearest_others(self._known), self._nearest_others(self._strange), strict=True)
        by_row = [(float(known), float(strange)) for known, strange in nearest]
        found = []
        for form, number in self.numbers.items():
            label = self.labels[number] or ""
            own = self.intents.index(label)
            scores = -self.solution[number] / diagonal[number]
            scores[own] += 1.0
            others = counts.copy()
            others[own] -= 1.0
            scores = np.where(others > 0, scores * scales_of(others), -np.inf)
            judged = self._judge(scores, by_row[number], None)
            found.append(LeftOut(form, label, judged, float(scores[own])))
        return sorted(found, key=lambda left: left.text)

    def _judge(
        self, scores: Array, nearest: tuple[float, float], exact: str | None, floor: Floor | None = None
    ) -> Prediction:
        order = np.argsort(-scores, kind="stable")
        best, score = int(order[0]), float(scores[order[0]])
        evidence = self._evidence(scores[order], order, nearest)
        figures = (score, max(nearest), -self.calibration.familiarity(evidence))
        if exact is not None:
            others = tuple(self.intents[at] for at in order if self.intents[at] != exact)[:_RUNNERS_UP]
            runners = tuple(RunnerUp(intent, 0.0) for intent in others)
            return Prediction(exact, 1.0, runners, *figures, exact=True, evidence=evidence)
        confidence = self.calibration.confidence(evidence, in_scope=self.intents[best] != OUT_OF_SCOPE)
        if floor is not None and floor.intents[0] == self.intents[best]:
            confidence = max(confidence, float(floor.confidence[0]))
        shares = np.exp((scores[order] - score) / self.calibration.score_spread)
        rest = max(float(shares[1:].sum()), 1e-9)
        runners = tuple(
            RunnerUp(self.intents[at], min(confidence, (1.0 - confidence) * float(share) / rest))
            for at, share in zip(order[1 : 1 + _RUNNERS_UP], shares[1:], strict=False)
        )
        return Prediction(self.intents[best], confidence, runners, *figures, evidence=evidence)

    def _evidence(self, scores: Array, order: npt.NDArray[np.int64], nearest: tuple[float, float]) -> Evidence:
        """Weigh scores given in falling order, `order` naming their intents."""
        strange = np.flatnonzero(order == self._stranger)
        outside = float(scores[strange[0]]) if len(strange) else 0.0
        inside = float(scores[1 if len(strange) and strange[0] == 0 and len(scores) > 1 else 0])
        lead = float(scores[0] - scores[1]) if len(scores) > 1 else float(scores[0])
        # Where an intent's only exemplar was left out its score is -inf: it lies as far below as anything can.
        return Evidence(max(inside, -1.0) - max(outside, -1.0), nearest[0] - nearest[1], min(lead, 1.0))

    @cached_property
    def _stranger(self) -> int:
        return self.intents.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in self.intents else -1

    @cached_property
    def _known(self) -> npt.NDArray[np.int64]:
        return np.flatnonzero([label not in {None, OUT_OF_SCOPE} for label in self.labels])

    @cached_property
    def _strange(self) -> npt.NDArray[np.int64]:
        return np.flatnonzero([label == OUT_OF_SCOPE for label in self.labels])

    @cached_property
    def _counts(self) -> npt.NDArray[np.float64]:
        positions = {intent: at for at, intent in enumerate(self.intents)}
        known = [positions[label] for label in self.labels if label is not None]
        return np.bincount(known, minlength=len(self.intents)).astype(np.float64)

    @cached_property
    def scales(self) -> Array:
        """What an intent's scores are multiplied by, for it to have no advantage of its many exemplars."""
        return scales_of(self._counts)

    def _nearest_others(self, among: npt.NDArray[np.int64]) -> Array:
        """Return each row's cosine with the nearest of the rows `among`, itself apart; 0.0 where there is none."""
        vectors = self.rows.vectors()
        nearest = np.zeros(len(vectors), np.float32)
        for first in range(0, len(vectors) if len(among) else 0, 512):
            cosines = vectors[first : first + 512] @ vectors[among].T
            cosines[np.arange(first, first + len(cosines))[:, None] == among] = -1.0
            nearest[first : first + 512] = cosines.max(axis=1)
        return np.maximum(nearest, 0.0)
