"""Understanding for a labelled data set: the program's own classifier, on the labels of the set."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bench.replay.dataset import Dataset, Said
from bench.replay.scores import Desk, Guess
from engine.embedding import Encoder
from engine.learning.golden import Case, Clause, GoldenSet
from engine.understanding import calibrate
from engine.understanding.exemplars import ExemplarClassifier
from engine.understanding.intents import OUT_OF_SCOPE
from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, Stage
from engine.understanding.knowledge import Exemplar, Knowledge
from engine.understanding.plain import plain
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot

HOME = Snapshot()
"""A home with nothing in it: labels have no targets."""

_KEPT = 96  # understanders by what they learned
_FEW = 12  # asked of fewer texts than these, each is judged alone

Learned = frozenset[tuple[str, str]]


@dataclass(eq=False)
class Shelf:
    """What all understanders of a set share: likenesses, and understanders met before."""

    desk: Desk
    guarded: frozenset[str]
    known: OrderedDict[Learned, LabelledUnderstander] = field(default_factory=OrderedDict)


@dataclass(eq=False)
class LabelledUnderstander:
    """Understands by exemplars alone; equal words override, what is unsure is asked, guarded labels need a press."""

    knowledge: Knowledge
    classifier: ExemplarClassifier
    shelf: Shelf
    guesses: dict[str, Guess] = field(default_factory=dict)

    def with_knowledge(self, knowledge: Knowledge) -> LabelledUnderstander:
        """Return an understander of `knowledge`, its classifier edited by the exemplars that differ."""
        wanted = _learned(knowledge)
        known = self.shelf.known.get(wanted)
        if known is not None:
            self.shelf.known.move_to_end(wanted)
            return LabelledUnderstander(knowledge, known.classifier, self.shelf, known.guesses)
        made = LabelledUnderstander(knowledge, self._edited(knowledge), self.shelf)
        self.shelf.known[wanted] = made
        if len(self.shelf.known) > _KEPT:
            self.shelf.known.popitem(last=False)
        return made

    def understand(self, text: str, situation: Situation) -> Interpretation:
        """Return what `text` means; who says it and when does not matter here."""
        del situation
        form = plain(text)
        guess = self.guesses.get(form) or self._guess(form)
        meant = Interpretation(text, guess.intent, guess.confidence, Stage.EXEMPLAR)
        if guess.intent == OUT_OF_SCOPE:
            return replace(meant, reason=Reason.NOT_UNDERSTOOD)
        if guess.confidence < self.knowledge.thresholds["understood"]:
            return replace(meant, disposition=Disposition.ASK, reason=Reason.UNSURE, choices=(Choice("Yes", ()),))
        if guess.intent in self.shelf.guarded:
            return replace(meant, disposition=Disposition.CONFIRM, reason=Reason.GUARDED)
        return replace(meant, disposition=Disposition.ACT)

    def _guess(self, form: str) -> Guess:
        few = len(self.guesses) < _FEW
        forms = [form] if few else [each for each in self.shelf.desk.forms if each not in self.guesses]
        self.guesses.update(zip(forms, self.shelf.desk.guesses(self.classifier, forms), strict=True))
        return self.guesses[form]

    def _edited(self, knowledge: Knowledge) -> ExemplarClassifier:
        classifier = self.classifier
        base = {plain(exemplar.text): exemplar for exemplar in knowledge.base.exemplars}
        then, now = _by_form(self.knowledge), _by_form(knowledge)
        for form in sorted(then.keys() | now.keys()):
            wanted = now.get(form) or base.get(form)
            if wanted is None:
                classifier = classifier.remove(form)
            else:
                classifier = classifier.add(form, wanted.intent, self.shelf.desk.vector(form))
        return classifier


def _by_form(knowledge: Knowledge) -> dict[str, Exemplar]:
    """Return the learned exemplars in force by their plain words: of equal ones the latest counts."""
    return {plain(exemplar.text): exemplar for exemplar in knowledge.learned}


def _learned(knowledge: Knowledge) -> Learned:
    return frozenset((form, exemplar.intent) for form, exemplar in _by_form(knowledge).items())


@dataclass(frozen=True, eq=False)
class Shipped:
    """What ships for a data set: its base knowledge, fitted, and calibrated on its own exemplars."""

    dataset: Dataset
    encoder: Encoder
    classifier: ExemplarClassifier

    @classmethod
    def of(cls, dataset: Dataset, encoder: Encoder) -> Shipped:
        """Fit and calibrate (seconds)."""
        exemplars = dataset.knowledge.exemplars
        texts = [plain(exemplar.text) for exemplar in exemplars]
        labels = [exemplar.intent for exemplar in exemplars]
        vectors = encoder.encode(texts)
        measured = calibrate.measure(texts, labels, vectors, encoder.id).calibration
        return cls(dataset, encoder, ExemplarClassifier.fit(texts, labels, vectors, measured))

    def understander(self, texts: Iterable[str]) -> LabelledUnderstander:
        """Return an understander of base knowledge; `texts` are all that will ever be said to it."""
        own = (exemplar.text for exemplar in self.dataset.knowledge.exemplars)
        forms = sorted({plain(text) for text in (*texts, *own)})
        shelf = Shelf(Desk(forms, self.encoder.encode(forms)), self.dataset.guarded)
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
