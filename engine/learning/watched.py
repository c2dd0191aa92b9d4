"""Which improvements are under watch, and since when: those applied and not yet completed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.learning.in_force import InForce
from store import Action, Head, Status, Store, improvements
from store.improvements import Improvement

_BY_A_PERSON = frozenset({"voice_command", "user_suggestion"})
_FEW = 20


@dataclass(frozen=True)
class Watched:
    """An improvement under watch since it went live or was redone; `taught_by` is who taught it in so many words."""

    number: int
    since: datetime
    taught_by: str | None = None

    @classmethod
    def of(cls, found: Improvement | None) -> Watched | None:
        """Return the improvement as it is watched, or None when it is not."""
        if found is None or found.status is not Status.APPLIED or found.monitoring_start is None:
            return None
        return cls(found.number, found.monitoring_start, taught_by(found))


def taught_by(found: Improvement) -> str | None:
    """Return who taught an improvement in so many words, None where Butler found it by itself."""
    return found.submitted_by if found.source in _BY_A_PERSON else None


def live_since_version(store: Store, number: int) -> int:
    """Return the version of knowledge from which on an improvement is in force, redone ones afresh."""
    details = improvements.latest_details(store, number, (Action.APPLIED, Action.REDONE))
    return int(details["version"]) if details else 0


class WatchList:
    """Follows the improvements in force; reading one that did not move costs nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._head: Head | None = None
        self._seen: frozenset[int] = frozenset()
        self._watched: dict[int, Watched] = {}
        self.numbers: frozenset[int] = frozenset()

    def follow(self, now: InForce) -> None:
        """Take in what came into force or went out of it."""
        if self._head == now.head:
            return
        active = frozenset(one.number for one in now.active)
        self._drop(self._seen - active)
        self._add(active - self._seen)
        self._seen, self._head = active, now.head

    def read_again(self, now: InForce) -> None:
        """Read everything anew: another process may have completed or redone what it watches, too."""
        self._head, self._seen = None, frozenset()
        self._drop(list(self._watched))
        self.follow(now)

    def ended(self, number: int) -> None:
        """Stop watching one."""
        self._drop([number])

    def get(self, number: int) -> Watched | None:
        """Return one that is under watch, or None."""
        return self._watched.get(number)

    def _add(self, numbers: Iterable[int]) -> None:
        new = frozenset(numbers)
        if len(new) <= _FEW:
            rows: Iterable[Improvement | None] = (improvements.get(self._store, number) for number in new)
        else:
            rows = improvements.listing(self._store, {Status.APPLIED})
        found = (Watched.of(row) for row in rows)
        self._watched |= {one.number: one for one in found if one is not None and one.number in new}
        self.numbers = frozenset(self._watched)

    def _drop(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._watched.pop(number, None)
        self.numbers = frozenset(self._watched)
