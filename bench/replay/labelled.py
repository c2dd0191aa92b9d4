"""Understanding for a labelled data set: the program's own classifier, on the labels of the set."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from bench.replay.dataset import Dataset, Said
from bench.replay.scores import Desk, Guesses
from engine.embedding import Encoder
from engine.learning.golden import Case, Clause, GoldenSet
from engine.understanding import calibrate
from engine.understanding.exemplars import LEARNED_RIDGE, ExemplarClassifier
from engine.understanding.intents import OUT_OF_SCOPE
from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, Stage
from engine.understanding.knowledge import Exemplar, Knowledge
from engine.understanding.plain import plain
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from engine.understanding.solution import RIDGE

HOME = Snapshot()
"""A home with nothing in it: labels have no targets."""

_KEPT = 96  # understanders by what they learned
_FEW = 12  # asked of fewer texts than these, each is judged alone

ASKED = 0.05
"""The share of what ships that would be asked about, were it not known."""

Learned = frozenset[tuple[str, str, bool]]


@dataclass(eq=False)
class Shelf:
    """What all understanders of a set share: likenesses, understanders met before, and below what they ask."""

    desk: Desk
    guarded: frozenset[str]
    unsure: float
    known: OrderedDict[Learned, LabelledUnderstander] = field(default_factory=OrderedDict)


@dataclass(eq=False)
class Heard:
    """What an understander said before: of single texts, and once there were several, of all."""

    alone: dict[str, tuple[str, float]] = field(default_factory=dict)
    all: Guesses | None = None


@dataclass(eq=False)
class LabelledUnderstander:
    """Understands by exemplars alone; equal words override, what is unsure is asked, guarded labels need a press."""

    knowledge: Knowledge
    classifier: ExemplarClassifier
    shelf: Shelf
    heard: Heard = field(default_factory=Heard)

    def with_knowledge(self, knowledge: Knowledge) -> LabelledUnderstander:
        """Return an understander of `knowledge`, its classifier edited by the exemplars that differ."""
        wanted = _learned(knowledge)
        known = self.shelf.known.get(wanted)
        if known is not None:
            self.shelf.known.move_to_end(wanted)
            return LabelledUnderstander(knowledge, known.classifier, self.shelf, known.heard)
        made = LabelledUnderstander(knowledge, self._edited(knowledge), self.shelf)
        self.shelf.known[wanted] = made
        if len(self.shelf.known) > _KEPT:
            self.shelf.known.popitem(last=False)
        return made

    def understand(self, text: str, situation: Situation) -> Interpretation:
        """Return what `text` means; who says it and when does not matter here."""
        del situation
        form = plain(text)
        known = self.heard.alone.get(form)
        intent, confidence = known if known is not None else self._guess(form)
        disposition, reason, choices = self._disposed(intent, confidence)
        return Interpretation(
            text, intent, confidence, Stage.EXEMPLAR, disposition=disposition, reason=reason, choices=choices
        )

    def others(self, found: Interpretation, situation: Situation) -> tuple[Interpretation, ...]:
        """Return what else the words of a guess may mean, the likeliest first."""
        form = plain(found.text)
        guessed = self.classifier.predict(self.shelf.desk.vector(form), form)
        intents = [runner.intent for runner in guessed.runners_up if runner.intent != OUT_OF_SCOPE]
        read = (self.read_as(found.text, intent, situation) for intent in intents)
        return tuple([other for other in read if other is not None])

    def read_as(self, text: str, intent: str, situation: Situation) -> Interpretation | None:
        """Return what `text` means where somebody says what it is about: labels have nothing else to be read."""
        del situation
        return Interpretation(text, intent, 1.0, Stage.EXEMPLAR, disposition=Disposition.ACT)

    def _disposed(self, intent: str, confidence: float) -> tuple[Disposition, Reason | None, tuple[Choice, ...]]:
        if intent == OUT_OF_SCOPE:
            return Disposition.NONE, Reason.NOT_UNDERSTOOD, ()
        if confidence < self.shelf.unsure:
            return Disposition.ASK, Reason.UNSURE, (Choice("Yes", ()),)
        if intent in self.shelf.guarded:
            return Disposition.CONFIRM, Reason.GUARDED, ()
        return Disposition.ACT, None, ()

    def _guess(self, form: str) -> tuple[str, float]:
        desk, heard = self.shelf.desk, self.heard
        row = desk.row(form)
        if heard.all is None and len(heard.alone) < _FEW:
            found, at = desk.guesses(self.classifier, np.asarray([row])), 0
        else:
            heard.all = found = heard.all or desk.guesses(self.classifier)
            at = row
        heard.alone[form] = known = found.intents[int(found.best[at])], float(found.confidence[at])
        return known

    def _edited(self, knowledge: Knowledge) -> ExemplarClassifier:
        classifier = self.classifier
        base = {plain(exemplar.text): exemplar for exemplar in knowledge.base.exemplars}
        then, now = _by_form(self.knowledge), _by_form(knowledge)
        for form in sorted(then.keys() | now.keys()):
            wanted = now.get(form) or base.get(form)
            if wanted is None:
                if form in classifier.numbers:
                    classifier = classifier.remove(form)
            else:
                ridge = RIDGE if wanted.improvement is None else LEARNED_RIDGE
                classifier = classifier.add(form, wanted.intent, self.shelf.desk.vector(form), ridge)
        verbatim = {form: one.intent for form, one in _latest(knowledge).items() if one.verbatim}
        return classifier.saying(verbatim)


def _by_form(knowledge: Knowledge) -> dict[str, Exemplar]:
    """Return the learned exemplars that are examples, by their plain words: of equal ones the latest counts."""
    return {plain(exemplar.text): exemplar for exemplar in knowledge.learned if not exemplar.verbatim}


def _latest(knowledge: Knowledge) -> dict[str, Exemplar]:
    return {plain(exemplar.text): exemplar for exemplar in knowledge.learned}


def _learned(knowledge: Knowledge) -> Learned:
    wide = ((form, exemplar.intent, False) for form, exemplar in _by_form(knowledge).items())
    return frozenset((*wide, *((form, one.intent, True) for form, one in _latest(knowledge).items() if one.verbatim)))


@dataclass(frozen=True, eq=False)
class Shipped:
    """What ships for a data set: its base knowledge, fitted, and calibrated on its own exemplars.

    Below `unsure` a guess is asked about: one in twenty of the exemplars falls there when the others judge it.
    """

    dataset: Dataset
    encoder: Encoder
    classifier: ExemplarClassifier
    unsure: float

    @classmethod
    def of(cls, dataset: Dataset, encoder: Encoder) -> Shipped:
        """Fit and calibrate (seconds)."""
        exemplars = dataset.knowledge.exemplars
        texts = [plain(exemplar.text) for exemplar in exemplars]
        labels = [exemplar.intent for exemplar in exemplars]
        vectors = encoder.encode(texts)
        measured = calibrate.measure(texts, labels, vectors, encoder.id).calibration
        classifier = ExemplarClassifier.fit(texts, labels, vectors, measured)
        alone = [left.prediction.confidence for left in classifier.leave_one_out() if left.label != OUT_OF_SCOPE]
        return cls(dataset, encoder, classifier, round(float(np.quantile(alone, ASKED)), 4))

    def understander(self, texts: Iterable[str]) -> LabelledUnderstander:
        """Return an understander of base knowledge; `texts` are all that will ever be said to it."""
        own = (exemplar.text for exemplar in self.dataset.knowledge.exemplars)
        forms = sorted({plain(text) for text in (*texts, *own)})
        shelf = Shelf(Desk(forms, self.encoder.encode(forms)), self.dataset.guarded, self.unsure)
        return LabelledUnderstander(Knowledge(self.dataset.knowledge), self.classifier, shelf)


def golden_of(dataset: Dataset, base: LabelledUnderstander) -> GoldenSet:
    """Return the rows of the golden split that base knowledge understands: what works, and must not be lost."""
    situation = Situation(HOME)

    def is_understood(said: Said) -> bool:
        found = base.understand(said.text, situation)
        return found.intent == said.label and found.disposition in {Disposition.ACT, Disposition.CONFIRM}

    cases = [
        Case(f"{dataset.name}:{number}", said.text, Clause(str(said.label)))
        for number, said in enumerate(dataset.golden)
        if is_understood(said)
    ]
    return GoldenSet(tuple(cases), (), frozenset(), HOME, f"{dataset.name}:{dataset.knowledge.sha256}")
