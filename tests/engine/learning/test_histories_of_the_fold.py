"""100,000 random histories of proposing, testing, deploying, rolling back and redoing, over the pure fold.

What is in force after a history is what its history without the things rolled back leads to; a test made over other
knowledge than is in force deploys nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import pytest

from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, SynonymChange
from engine.learning.fold import ActiveChange, fold, in_order
from engine.understanding.knowledge import BaseKnowledge, Knowledge

BATCHES, IN_A_BATCH = 10, 10_000
ENCODER = "an encoder"
BASE = BaseKnowledge((), "", "a base")
# Few, and of one phrase mostly, so that what replaces what depends on nothing but the order.
CHANGES: tuple[Change, ...] = (
    AliasChange("bertha", "entity", "light.one"),
    AliasChange("Bertha", "area", "kitchen"),
    AliasChange("bertha", "entity", "light.two", "personal", "ana"),
    SynonymChange("bertha", "turn on"),
    CommandChange("bertha", "turn off the lamp"),
    ExemplarChange("bertha please", "light_control"),
)
NUMBERS = range(1, 5)
Active = tuple[ActiveChange, ...]
Step = tuple[str, int]


@cache
def folded(arrived: Active) -> Knowledge:
    """Fold changes in the order they arrived; the same few sets come again and again."""
    return fold(BASE, arrived)


@cache
def digest(arrived: Active) -> str:
    """Return the digest of changes in the order they arrived."""
    return folded(arrived).digest(ENCODER)


@dataclass(frozen=True)
class Passed:
    """A pass: the version it is bound to, what was in force then, and what would be in force with the change.

    The digest does not tell apart a change taught twice under two numbers, one of which is in force; the version does.
    """

    over: int
    before: Active
    arrived: Active


@dataclass
class Ledger:
    """What learning keeps, without a store: the steps refuse what the status or a stale test does not allow."""

    changes: dict[int, Change]
    active: Active = ()
    head: str = digest(())
    version: int = 0
    status: dict[int, str] = field(default_factory=dict)
    tests: dict[int, Passed] = field(default_factory=dict)
    refused: int = 0

    def take(self, step: Step) -> None:
        """Take one step."""
        kind, number = step
        getattr(self, kind)(number)

    def propose(self, number: int) -> None:
        self.status.setdefault(number, "pending")

    def test(self, number: int) -> None:
        if self.status.get(number) in {"pending", "rolled_back"}:
            added = ActiveChange(number, self.changes[number])
            self.tests[number] = Passed(self.version, self.active, (*self.active, added))

    def deploy(self, number: int) -> None:
        if self.status.get(number) == "pending":
            self._put_in_force(number)

    def redo(self, number: int) -> None:
        if self.status.get(number) == "rolled_back":
            self._put_in_force(number)

    def roll_back(self, number: int) -> None:
        if self.status.get(number) == "applied":
            self.active = tuple(active for active in self.active if active.number != number)
            self._move(digest(self.active), number, "rolled_back")

    def _put_in_force(self, number: int) -> None:
        tested = self.tests.get(number)
        if tested is None or tested.over != self.version:
            self.refused += 1
            return
        assert tested.before == self.active, "a stale test was taken for a fresh one"
        self.active = in_order(tested.arrived)
        self._move(digest(tested.arrived), number, "applied")

    def _move(self, head: str, number: int, status: str) -> None:
        self.head, self.version, self.status[number] = head, self.version + 1, status


@cache
def payloads(arrived: Active) -> object:
    """Return what the digest is to cover."""
    return folded(arrived).payloads


def some_history(chance: random.Random) -> tuple[dict[int, Change], list[Step]]:
    """Return the changes that are proposed, and steps of which about half are possible."""
    changes = {number: chance.choice(CHANGES) for number in NUMBERS}
    steps: list[Step] = []
    for number in chance.sample(NUMBERS, chance.randint(1, 4)):
        steps += [("propose", number), ("test", number), ("deploy", number)]
        if chance.random() < 0.3:
            chance.shuffle(steps)
    for _ in range(chance.randint(1, 4)):
        number = chance.choice(NUMBERS)
        steps += chance.choice(
            (
                [("roll_back", number)],
                [("roll_back", number), ("test", number), ("redo", number)],
                [("test", number), ("roll_back", chance.choice(NUMBERS)), ("redo", number)],
                [("test", number), ("deploy", number)],
            )
        )
    return changes, steps


def without_what_was_rolled_back(steps: Sequence[Step], left: set[int]) -> list[Step]:
    """Return a history in which only what is left in the end was ever proposed, each tested as it is deployed."""
    order = dict.fromkeys(number for kind, number in steps if kind == "deploy" and number in left)
    return [(kind, number) for number in order for kind in ("propose", "test", "deploy")]


@pytest.mark.parametrize("seed", range(BATCHES))
def test_the_digest_is_that_of_the_history_without_what_was_rolled_back(seed: int) -> None:
    """10,000 histories a seed; each also leaves the same knowledge as folding what is left from scratch."""
    chance = random.Random(seed)
    stale = moved = 0
    for _ in range(IN_A_BATCH):
        changes, steps = some_history(chance)
        lived, shorter = Ledger(changes), Ledger(changes)
        for step in steps:
            lived.take(step)
        left = {number for number, status in lived.status.items() if status == "applied"}
        for step in without_what_was_rolled_back(steps, left):
            shorter.take(step)
        assert lived.head == shorter.head, steps
        assert lived.active == shorter.active == tuple(ActiveChange(n, changes[n]) for n in sorted(left)), steps
        backwards = tuple(ActiveChange(n, changes[n]) for n in sorted(left, reverse=True))
        assert folded(lived.active) == folded(backwards), steps
        assert lived.head == digest(backwards), steps
        stale += lived.refused
        moved += lived.head != digest(())
    assert stale > IN_A_BATCH // 4
    assert moved > IN_A_BATCH // 2


def test_a_digest_tells_apart_whatever_is_not_the_same() -> None:
    """Two sets of changes have one digest only if they are the same changes in the same order of numbers."""
    chance = random.Random(0)
    seen: dict[str, object] = {}
    for _ in range(8_000):
        numbers = chance.sample(NUMBERS, chance.randint(0, 4))
        arrived = tuple(ActiveChange(number, chance.choice(CHANGES)) for number in numbers)
        assert seen.setdefault(digest(arrived), payloads(arrived)) == payloads(arrived)
    assert len(seen) > 1_000
