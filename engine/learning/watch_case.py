"""The case of one improvement under watch: the turns it changed, what came of each, and how strongly they speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from engine.learning.e_process import LIMIT, AttributedProcess, Outcome, corrected_bound
from engine.learning.metrics import Guard, Window, guards
from engine.learning.watched import Watched, live_since_version
from engine.learning.watching import Without
from store import Store, observations, people, turns
from store.observations import Observation

_HOUSEHOLD_TURNS = 1500
_MOST_TOLD = 12
_SAID = {"R": "taken back", "C": "put right", "A": "let stand"}


@dataclass(frozen=True)
class Case:
    """What was seen of an improvement since it was put in force; `corrected` is the bound on P(C) held against it."""

    watched: Watched
    seen: tuple[Observation, ...]
    corrected: float = AttributedProcess().corrected

    @classmethod
    def of(cls, store: Store, watched: Watched) -> Case:
        """Read the observations of the present watch.

        Where they would take the change back the household's own rate of corrections is asked, too, from the turns
        before the first it changed.
        """
        version = live_since_version(store, watched.number)
        found = observations.of_improvement(store, watched.number, since=watched.since)
        return _held_to_own_rate(store, cls(watched, tuple(one for one in found if _version(one, version) >= version)))

    def after(self, store: Store, turn: int, outcome: Outcome, at: datetime) -> Case:
        """Return the case as it will stand with what came of a turn that is still open."""
        seen = (replace(one, outcome=outcome, settled_at=at) if one.turn == turn else one for one in self.seen)
        return _held_to_own_rate(store, Case(self.watched, tuple(seen)))

    @cached_property
    def settled(self) -> tuple[Observation, ...]:
        """The turns whose outcome is known, in the order in which it became known."""
        known = [one for one in self.seen if one.outcome is not None and one.settled_at is not None]
        return tuple(sorted(known, key=lambda one: (one.settled_at, one.turn)))

    @property
    def waits(self) -> bool:
        """Whether the outcome of a turn is still to come."""
        return len(self.settled) < len(self.seen)

    @cached_property
    def e(self) -> float:
        """The highest E there was: what had to be taken back once stays so until it is done."""
        outcomes = [one.outcome for one in self.settled if one.outcome is not None]
        usual, own = (
            AttributedProcess(bound).values(outcomes) for bound in (AttributedProcess().corrected, self.corrected)
        )
        return max((min(pair) for pair in zip(usual, own, strict=True)), default=1.0)

    @cached_property
    def guards(self) -> tuple[Guard, ...]:
        """The metrics that speak against it by themselves."""
        return guards([Without.from_json(one.without) for one in self.seen if one.without])

    @property
    def reached(self) -> bool:
        """Whether it is to be taken back."""
        return self.e >= LIMIT or bool(self.guards)

    @cached_property
    def partners(self) -> frozenset[int]:
        """The improvements that answer with it for turns that did not go well, itself among them."""
        bad = (one for one in self.settled if one.outcome != "A")
        return frozenset({self.watched.number, *(number for one in bad for number in one.charged)})

    def counts(self) -> dict[str, int]:
        """Return how many turns were reverted, corrected and accepted."""
        return {x: sum(one.outcome == x for one in self.settled) for x in ("R", "C", "A")}

    def reason(self) -> str:
        """Return why it is taken back, with the evidence: E, and each turn with its outcome."""
        if self.e < LIMIT:
            return "; ".join(f"{g.metric} is worse with it, E = {g.e:.1f} over {g.pairs} turns" for g in self.guards)
        told = ", ".join(f"turn {one.turn} {one.outcome}" for one in self.settled[-_MOST_TOLD:])
        more = len(self.settled) - _MOST_TOLD
        earlier = f"{more} earlier, " if more > 0 else ""
        return f"people put right what it did, E = {self.e:.1f} (limit {LIMIT:.0f}): {earlier}{told}"

    def results(self) -> dict[str, Any]:
        """Return what the watch saw as JSON values."""
        return {"changed_turns": len(self.settled), "outcomes": self.counts(), "e": round(self.e, 4)}


def _held_to_own_rate(store: Store, case: Case) -> Case:
    if not case.reached or not any(one.outcome == "C" for one in case.settled):
        return case
    window = Window.of(turns.recent(store, _HOUSEHOLD_TURNS, until=case.seen[0].turn - 1))
    return replace(case, corrected=corrected_bound(window.corrections, window.turns))


def together(cases: Sequence[Case]) -> list[list[Case]]:
    """Return cases in groups that answer for the same turns, each group to be taken back at once."""
    groups: list[list[Case]] = []
    for case in sorted(cases, key=lambda one: one.watched.number):
        joined = [group for group in groups if any(case.partners & other.partners for other in group)]
        merged = [one for group in joined for one in group]
        groups = [group for group in groups if group not in joined]
        groups.append([*merged, case])
    return groups


def lines_of(store: Store, number: int, until: datetime) -> tuple[str, ...]:
    """Return the evidence on an improvement known at an instant, for people: a line a turn."""
    seen = observations.of_improvement(store, number)
    known = [one for one in seen if one.outcome is not None and one.settled_at is not None and one.settled_at <= until]
    return tuple(f"#{number}, {_turn_words(store, one.turn)}: {_SAID[str(one.outcome)]}" for one in known[-_MOST_TOLD:])


def _turn_words(store: Store, number: int) -> str:
    """Return a turn by its number and whose it was; their words are not repeated, for these lines outlive them."""
    turn = turns.get(store, number)
    return f"turn {number}, said by {people.name_of(store, turn.user)}" if turn else f"turn {number}"


def _version(one: Observation, otherwise: int) -> int:
    """Return the version that changed a turn; where the turn's owner had it erased, its instant has to do."""
    return int(one.without["version"]) if one.without else otherwise
