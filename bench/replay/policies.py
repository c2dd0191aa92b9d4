"""What a policy of learning is to the replay, and those that Butler's own is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import numpy as np

from bench.replay.labelled import HOME, LabelledUnderstander
from bench.replay.people import Reaction, Waiting
from bench.replay.stream import Spoken
from engine.learning.golden import GoldenSet
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.knowledge import Exemplar
from engine.understanding.plain import plain
from engine.understanding.situation import Situation

ALIKE = 0.85
OCCURRENCES = 3
ACCURACY = 0.95
SITUATION = Situation(HOME)


@dataclass(frozen=True)
class Heard:
    """What was understood, as which turn, whether the person is asked if it was right, and what is offered instead."""

    found: Interpretation
    turn: int
    asks: bool = False
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a person says of a turn: presses first (None: there is none), then words.

    `picked` answers "did you mean that?" where a guess was too unsure, `verdict` answers "was that right?". A press on
    what is offered instead is a reaction that names it.
    """

    spoken: Spoken
    heard: Heard
    picked: bool | None
    verdict: bool | None
    reaction: Reaction | None

    @property
    def named(self) -> str | None:
        """The label that a correction names, or that was picked."""
        if self.picked:
            return self.heard.found.intent
        return self.reaction.named if self.reaction else None


@dataclass(frozen=True)
class Change:
    """A learned exemplar: when it went live, and when and by whom it was taken back."""

    number: int
    text: str
    label: str
    live: datetime
    back: datetime | None = None


class Policy(Protocol):
    """A way of learning from a stream."""

    def hear(self, spoken: Spoken) -> Heard:
        """Understand a turn and record it."""

    def told(self, answer: Answer) -> None:
        """Take what the person says of a turn."""

    def until(self, at: datetime) -> None:
        """Do what falls due before an instant."""

    def waiting(self) -> Sequence[Waiting]:
        """Return what waits for an admin."""

    def decided(self, number: int, at: datetime, *, approved: bool) -> None:
        """Take an admin's answer."""

    def plant(self, text: str, label: str, at: datetime) -> int:
        """Put a change in force that nothing tested."""

    def changes(self) -> Sequence[Change]:
        """Return every change that was ever in force."""

    def close(self) -> None:
        """Let go of everything."""


def outcome(found: Interpretation) -> str | None:
    """Return what comes of a turn: the label that is carried out, perhaps after a press, or None."""
    return found.intent if found.disposition in {Disposition.ACT, Disposition.CONFIRM} else None


@dataclass
class NoLearning:
    """Base knowledge, for ever."""

    understander: LabelledUnderstander
    learned: list[Change] = field(default_factory=list)

    def hear(self, spoken: Spoken) -> Heard:
        """Understand a turn."""
        return Heard(self.understander.understand(spoken.text, SITUATION), spoken.number)

    def told(self, answer: Answer) -> None:
        """Learn nothing."""

    def until(self, at: datetime) -> None:
        """Do nothing."""

    def waiting(self) -> Sequence[Waiting]:
        """Return nothing: nobody is asked."""
        return ()

    def decided(self, number: int, at: datetime, *, approved: bool) -> None:
        """Do nothing."""

    def plant(self, text: str, label: str, at: datetime) -> int:
        """Put a change in force."""
        return self._deploy([(text, label)], at)

    def changes(self) -> Sequence[Change]:
        """Return what was learned."""
        return self.learned

    def close(self) -> None:
        """Hold nothing that could be let go."""

    def _deploy(self, exemplars: Sequence[tuple[str, str]], at: datetime) -> int:
        for text, label in exemplars:
            self.learned.append(Change(len(self.learned) + 1, text, label, at))
        self.understander = self._with(())
        return len(self.learned)

    def _with(self, more: Sequence[tuple[str, str]]) -> LabelledUnderstander:
        """Return an understander of what was learned and of some more; of equal words the latest counts."""
        rows = [*((change.text, change.label) for change in self.learned), *more]
        last = {plain(text): Exemplar(text, label, number) for number, (text, label) in enumerate(rows, start=1)}
        knowledge = replace(self.understander.knowledge, learned=tuple(last.values()))
        return self.understander.with_knowledge(knowledge)


@dataclass
class Immediate(NoLearning):
    """Every correction is an exemplar at once; nothing is tested, nothing taken back."""

    def told(self, answer: Answer) -> None:
        """Learn the label that a correction names."""
        if answer.named is not None:
            self._deploy([(answer.spoken.text, answer.named)], answer.spoken.at)


@dataclass
class ToTheLetter(NoLearning):
    """The requirements' rules: clusters of cosine above 0.85 with three occurrences, their gates, no watch.

    A cluster whose corrections all name one label adds its utterances as exemplars, once the golden set has no
    regression and an accuracy of 95 %.
    """

    golden: GoldenSet | None = None
    signals: list[tuple[str, str]] = field(default_factory=list)
    day: int = 0

    def told(self, answer: Answer) -> None:
        """Keep a correction for the night."""
        if answer.named is not None:
            self.signals.append((answer.spoken.text, answer.named))

    def until(self, at: datetime) -> None:
        """Analyse once a night."""
        if at.toordinal() != self.day:
            self.day = at.toordinal()
            self._analyse(at)

    def _analyse(self, at: datetime) -> None:
        for cluster in self._clusters():
            labels = {label for _, label in cluster}
            if len(cluster) < OCCURRENCES or len(labels) > 1:
                continue
            for used in cluster:
                self.signals.remove(used)
            exemplars = list(dict.fromkeys(cluster))
            if self._passes(exemplars):
                self._deploy(exemplars, at)

    def _clusters(self) -> list[list[tuple[str, str]]]:
        """Group signals in the order they came, each cluster around its first."""
        desk = self.understander.shelf.desk
        left = list(self.signals)
        found = []
        while left:
            vectors = np.stack([desk.vector(plain(text)) for text, _ in left])
            near = vectors @ vectors[0] > ALIKE
            near[0] = True
            found.append([signal for signal, is_near in zip(left, near, strict=True) if is_near])
            left = [signal for signal, is_near in zip(left, near, strict=True) if not is_near]
        return found

    def _passes(self, exemplars: Sequence[tuple[str, str]]) -> bool:
        assert self.golden is not None
        changed = self._with(exemplars)
        right = [
            (self._is_right(self.understander, number), self._is_right(changed, number))
            for number in range(len(self.golden.cases))
        ]
        accuracy = sum(after for _, after in right) / max(len(right), 1)
        return accuracy >= ACCURACY and not any(before and not after for before, after in right)

    def _is_right(self, understander: LabelledUnderstander, number: int) -> bool:
        assert self.golden is not None
        case = self.golden.cases[number]
        assert case.expected is not None
        return understander.understand(case.utterance, SITUATION).intent == case.expected.intent
