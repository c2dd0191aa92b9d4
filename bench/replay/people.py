"""What a simulated person says of a turn: each turn has dice of its own, so that all policies meet the same people."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from rapidfuzz import fuzz

from bench.replay.stream import Life, Spoken

REACTS = 0.5
RENAMES, REPHRASES = 0.6, 0.3
SLIPS = 0.05
COMPLAINS = 0.003
CONFIRMS = 0.8
"""How often somebody presses a button at all: whether a guess was meant, a turn was right, a correction is to stay."""

SOON = 120
_AT_ONCE = 5
NEAREST = 5
"""Who says it again takes one of the five wordings most like the first."""


@dataclass(frozen=True)
class Waiting:
    """A change that waits for an admin: that a text means a label."""

    number: int
    text: str
    label: str


@dataclass(frozen=True)
class Reaction:
    """What is said within 120 s: another meaning (`named`), other words (`text`), "undo", or that it was wrong.

    A press names what it is on.

    `remember` is the answer when asked whether that is to be remembered, None when nobody answers.
    """

    kind: Literal["press", "correction", "rephrase", "undo", "complaint"]
    seconds: int
    named: str | None = None
    text: str | None = None
    remember: bool | None = None


@dataclass(frozen=True)
class Person:
    """Whoever speaks a turn; `verdict` is the answer to "was that right?", None when nobody answers."""

    spoken: Spoken
    reaction_to_wrong: Reaction | None
    complaint: Reaction | None
    confirms: bool

    def says_of(self, outcome: str | None, *, acted: bool) -> Reaction | None:
        """Return what the person says of an outcome; somebody for whom nothing was done has nothing to undo."""
        if self.spoken.lie is not None:
            return None if outcome == self.spoken.lie else self.reaction_to_wrong
        if outcome == self.spoken.truth:
            return self.complaint if acted else None
        undo = self.reaction_to_wrong is not None and self.reaction_to_wrong.kind == "undo"
        return None if undo and not acted else self.reaction_to_wrong

    def picks(self, guess: str) -> bool | None:
        """Return the press on "did you mean that?"."""
        if self.spoken.lie is not None:
            return guess == self.spoken.lie
        return guess == self.spoken.truth if self.confirms else None

    def presses(self, outcome: str | None, instead: Sequence[str]) -> Reaction | None:
        """Return the press on what was meant, if something else came and it is offered: nobody is asked again."""
        meant = self.spoken.truth if self.spoken.lie is None else self.spoken.lie
        if meant == outcome or meant not in instead or not self.confirms:
            return None
        return Reaction("press", _AT_ONCE, named=meant)

    def verdict(self, outcome: str | None) -> bool | None:
        """Return the press on "was that right?": true of honest people, and of the liar that the lie is right."""
        if self.spoken.lie is not None:
            return outcome == self.spoken.lie
        return outcome == self.spoken.truth if self.confirms else None


@dataclass
class Admin:
    """Who runs the household, and is asked once of each change that waits for them whether the text means that."""

    life: Life
    seed: int
    asked: set[int] = field(default_factory=set)

    def answers(self, waits: Waiting, at: datetime) -> bool | None:
        """Return the press, now and then a wrong one, on what waits; None when there is none, or was before."""
        if waits.number in self.asked:
            return None
        self.asked.add(waits.number)
        dice = random.Random(f"{self.seed}:{waits.text}:{waits.label}:admin")  # no secret
        answered, slips = dice.random() < CONFIRMS, dice.random() < SLIPS
        return (self.life.meaning(waits.text, at) == waits.label) is not slips if answered else None


def person(spoken: Spoken, life: Life, labels: Sequence[str], seed: int) -> Person:
    """Return whoever speaks a turn, with all of their dice thrown."""
    dice = random.Random(f"{seed}:{spoken.number}:{spoken.text}")  # no secret
    seconds = dice.randrange(8, SOON - 20)
    reacts, how, slips, answers = dice.random(), dice.random(), dice.random(), dice.random()
    complains, confirms, slip, words = dice.random(), dice.random(), dice.choice(labels), dice.random()
    if spoken.lie is not None:
        return Person(spoken, Reaction("correction", seconds, named=spoken.lie, remember=True), None, confirms=True)
    complaint = Reaction("complaint", seconds) if complains < COMPLAINS else None
    wrong: Reaction | None = None
    if reacts < REACTS:
        wrong = Reaction("undo", seconds)
        others = life.paraphrases.get(spoken.truth or "", ())
        if spoken.truth is not None and how < RENAMES:
            slipped = slips < SLIPS and slip != spoken.truth
            remember = None if answers >= CONFIRMS else not slipped
            wrong = Reaction("correction", seconds, named=slip if slipped else spoken.truth, remember=remember)
        elif spoken.truth is not None and how < RENAMES + REPHRASES and others:
            alike = sorted(others, key=lambda text: -fuzz.token_sort_ratio(text, spoken.text))[:NEAREST]
            wrong = Reaction("rephrase", seconds, text=alike[int(words * len(alike))])
    return Person(spoken, wrong, complaint, confirms=confirms < CONFIRMS)
