"""What a household says over months: habits by Zipf's law, new things, what is out of scope, and one who lies."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Literal

from bench.replay.dataset import Dataset, Said
from engine.understanding.plain import plain

Kind = Literal["habit", "new", "strange", "poison"]

START = datetime(2026, 3, 2, tzinfo=UTC)
PEOPLE = ("ana", "ben", "cleo", "dan", "eve")
ADMIN, LIAR = "ana", "eve"
A_DAY = 40
HABITS = 150
NEW, STRANGE = 0.40, 0.05
"""What is out of scope is new, too: 60 % habits, 35 % new wordings, 5 % out of scope."""

OWN = 0.7
"""How often a habit is said by the one whose habit it is; else by anybody."""

DRIFTING = 0.10
BURST = 8
DRIP_DAYS = 10
_FIRST_HOUR, _HOURS = 7, 16


@dataclass(frozen=True)
class Spoken:
    """One turn that somebody begins; `truth` is what it means by then, None what is out of scope.

    `lie` is what the liar will say it should have been.
    """

    number: int
    at: datetime
    person: str
    text: str
    truth: str | None
    kind: Kind
    lie: str | None = None


@dataclass(frozen=True)
class Arm:
    """How a stream is spoilt: the share of turns that are poison, and whether habits change their meaning."""

    name: str
    poison: float = 0.0
    drift: bool = False


@dataclass(frozen=True)
class Habit:
    """Something said again and again, whose it is, and what it means from the middle of the stream on."""

    said: Said
    owner: str
    later: str


@dataclass(frozen=True)
class Life:
    """A stream, and the habits in it, most frequent first."""

    spoken: tuple[Spoken, ...]
    habits: tuple[Habit, ...]
    paraphrases: dict[str, tuple[str, ...]]
    """For every label, other wordings of it that the stream does not say by itself."""

    def meaning(self, text: str, at: datetime) -> str | None:
        """Return what a text means to the household by then, None where it is out of scope or nobody says it."""
        said = [spoken for spoken in self._honest.get(plain(text), ()) if spoken.at <= at]
        return said[-1].truth if said else self._other_wordings.get(plain(text))

    @cached_property
    def _honest(self) -> dict[str, list[Spoken]]:
        found: dict[str, list[Spoken]] = {}
        for spoken in self.spoken:
            if spoken.lie is None:
                found.setdefault(plain(spoken.text), []).append(spoken)
        return found

    @cached_property
    def _other_wordings(self) -> dict[str, str]:
        usual = {plain(habit.said.text): str(habit.said.label) for habit in self.habits}
        return usual | {plain(text): label for label, texts in self.paraphrases.items() for text in texts}


def live(dataset: Dataset, arm: Arm, seed: int, *, turns: int = 3_000, habits: int = HABITS) -> Life:
    """Return the stream of a seed; the honest part is the same in every arm, but for what drifts or gives way."""
    dice = random.Random(f"{dataset.name}:{seed}:life")  # no secret
    pool = list(dataset.pool)
    dice.shuffle(pool)
    few = min(habits, len(pool) // 4)
    habitual = [_habit(said, dataset.labels, dice) for said in pool[:few]]
    drifting = set(dice.sample(range(few), round(DRIFTING * few))) if arm.drift else set()
    fresh = iter(pool[few:])
    strange = itertools.cycle(dice.sample(dataset.strange_pool, len(dataset.strange_pool)))
    weights = [1.0 / rank for rank in range(1, few + 1)]
    spoken = []
    for number, at in enumerate(_instants(turns, dice)):
        draw, who, which = dice.random(), dice.random(), dice.choices(range(few), weights)[0]
        anybody = dice.choice(PEOPLE)
        if draw < STRANGE and dataset.strange_pool:
            spoken.append(Spoken(number, at, anybody, next(strange).text, None, "strange"))
        elif draw < NEW and (said := next(fresh, None)) is not None:
            spoken.append(Spoken(number, at, anybody, said.text, said.label, "new"))
        else:
            habit = habitual[which]
            means = habit.later if which in drifting and number >= turns // 2 else habit.said.label
            spoken.append(Spoken(number, at, habit.owner if who < OWN else anybody, habit.said.text, means, "habit"))
    rest = _by_label(fresh, dataset.labels)
    life = Life(tuple(spoken), tuple(habitual), rest)
    return replace(life, spoken=_poisoned(life, dataset, arm, seed)) if arm.poison else life


def _habit(said: Said, labels: Sequence[str], dice: random.Random) -> Habit:
    return Habit(said, dice.choice(PEOPLE), dice.choice([label for label in labels if label != said.label]))


def _instants(turns: int, dice: random.Random) -> Iterator[datetime]:
    """Yield the instants of turns, far enough apart for what is said about each in between."""
    apart = _HOURS * 3600 / A_DAY
    for number in range(turns):
        day, slot = divmod(number, A_DAY)
        seconds = _FIRST_HOUR * 3600 + slot * apart + dice.uniform(0, apart - 600)
        yield START + timedelta(days=day, seconds=round(seconds))


def _by_label(rest: Iterator[Said], labels: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {label: [] for label in labels}
    for said in rest:
        found[str(said.label)].append(said.text)
    return {label: tuple(texts) for label, texts in found.items()}


def _poisoned(life: Life, dataset: Dataset, arm: Arm, seed: int) -> tuple[Spoken, ...]:
    """Let the liar have a share of the turns: a third random lies, a third bursts, a third drips."""
    dice = random.Random(f"{dataset.name}:{seed}:{arm.name}:lies")  # no secret
    days = len(life.spoken) // A_DAY
    third = round(arm.poison * len(life.spoken) / 3)
    lies: list[tuple[int, str, str]] = []
    while len(lies) < third:
        said = dice.choice(life.habits).said
        lies.append((dice.randrange(days), said.text, _other(said.label, dataset.labels, dice)))
    while len(lies) < 2 * third:
        texts, _ = _victim(life, dataset, dice)
        guarded, day = dice.choice(sorted(dataset.guarded)), dice.randrange(days)
        lies += [(day, texts[at % len(texts)], guarded) for at in range(BURST)]
    while len(lies) < 3 * third:
        texts, label = _victim(life, dataset, dice)
        wrong, begun = _other(label, dataset.labels, dice), dice.randrange(days)
        lies += [(begun + at, texts[at % len(texts)], wrong) for at in range(DRIP_DAYS) if begun + at < days]
    return _placed(life.spoken, lies[: 3 * third], dice)


def _victim(life: Life, dataset: Dataset, dice: random.Random) -> tuple[tuple[str, ...], str]:
    """Return a frequent habit that is not guarded, with two other wordings of it, and its meaning."""
    usual = [habit.said for habit in life.habits[:40] if habit.said.label not in dataset.guarded]
    said = dice.choice(usual)
    others = life.paraphrases[str(said.label)]
    return (said.text, *dice.sample(others, min(2, len(others)))), str(said.label)


def _other(label: str | None, labels: Sequence[str], dice: random.Random) -> str:
    return dice.choice([other for other in labels if other != label])


def _placed(spoken: Sequence[Spoken], lies: Sequence[tuple[int, str, str]], dice: random.Random) -> tuple[Spoken, ...]:
    """Put lies in the place of turns of their day, or of the next day that has room."""
    kept = list(spoken)
    free = [dice.sample(range(first, min(first + A_DAY, len(kept))), min(A_DAY, len(kept) - first))
            for first in range(0, len(kept), A_DAY)]  # fmt: skip
    for day, text, lie in lies:
        room = next((slots for slots in (*free[day:], *free[:day]) if slots), None)
        if room is None:
            break
        at = room.pop()
        kept[at] = replace(kept[at], person=LIAR, text=text, truth=None, kind="poison", lie=lie)
    return tuple(kept)
