"""Named reads and writes of what the watch saw: turns that an improvement changed, and what came of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from store.database import Store
from store.fields import canonical_json, utc_datetime, utc_text

Outcome = Literal["R", "C", "A"]

_INSERT = (
    "INSERT INTO watch_observations (improvement, turn, at, outcome, without, charged, asked, settled_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (improvement, turn) DO NOTHING"
)
_SELECT = (
    "SELECT improvement, turn, at, outcome, without, charged, asked, settled_at FROM watch_observations WHERE {where} "
    "ORDER BY turn, improvement"
)


@dataclass(frozen=True)
class Observation:
    """A turn that came out differently because of an improvement.

    `outcome` is R when the person went back to what it would have been without, C for any other correction, A when
    they let it stand, None while it is open. `without` is that other interpretation's document, `charged` are all
    improvements that answer for it together, `asked` says whether the person was asked to confirm it.
    """

    improvement: int
    turn: int
    at: datetime
    outcome: Outcome | None = None
    without: Any = None
    charged: tuple[int, ...] = ()
    asked: bool = False
    settled_at: datetime | None = None


@dataclass(frozen=True)
class Counts:
    """How many changed turns an improvement has, by what came of them."""

    reverted: int
    corrected: int
    accepted: int
    waiting: int
    asked: int

    @property
    def settled(self) -> int:
        """How many of them are decided."""
        return self.reverted + self.corrected + self.accepted


def add(store: Store, observations: Sequence[Observation]) -> None:
    """Record observations, each exactly once however often it comes."""
    if observations:
        with store.atomic():
            store.database.seam().cursor().executemany(_INSERT, [_values(one) for one in observations])


def settle(
    store: Store, turn: int, outcome: Outcome, at: datetime, *, improvement: int | None = None
) -> tuple[int, ...]:
    """Decide what came of a turn, once, and return the improvements that were waiting for it.

    Where several changed a turn, each its own part of it, what came of it may differ: `improvement` decides for one.
    """
    with store.atomic():
        waiting = "SELECT improvement FROM watch_observations WHERE turn = ? AND outcome IS NULL ORDER BY improvement"
        found = tuple(row[0] for row in store.database.fetch(waiting, (turn,)) if improvement in {None, row[0]})
        sql = "UPDATE watch_observations SET outcome = ?, settled_at = ? WHERE turn = ? AND improvement = ?"
        for number in found:
            store.database.fetch(sql, (outcome, utc_text(at), turn, number))
    return found


def reopen(store: Store, turn: int) -> tuple[int, ...]:
    """Take what came of a turn as undecided again, and return the improvements it had been decided for."""
    with store.atomic():
        decided = (
            "SELECT improvement FROM watch_observations WHERE turn = ? AND outcome IS NOT NULL ORDER BY improvement"
        )
        found = tuple(int(row[0]) for row in store.database.fetch(decided, (turn,)))
        sql = "UPDATE watch_observations SET outcome = NULL, settled_at = NULL WHERE turn = ? AND improvement = ?"
        for number in found:
            store.database.fetch(sql, (turn, number))
    return found


def open_before(store: Store, at: datetime) -> list[Observation]:
    """Return what is undecided of turns before an instant, oldest first."""
    return _read(store, "outcome IS NULL AND at < ?", (utc_text(at),))


def of_turn(store: Store, turn: int) -> list[Observation]:
    """Return what was seen of a turn."""
    return _read(store, "turn = ?", (turn,))


def of_improvement(store: Store, improvement: int, *, since: datetime | None = None) -> list[Observation]:
    """Return what was seen of an improvement, oldest first; `since` leaves out what lies before its present watch."""
    return _read(store, "improvement = ? AND at >= ?", (improvement, _from(since)))


def counts(store: Store, improvement: int, *, since: datetime | None = None) -> Counts:
    """Return how many changed turns an improvement has, by what came of them."""
    sql = (
        "SELECT outcome, count(*), sum(asked) FROM watch_observations WHERE improvement = ? AND at >= ? "
        "GROUP BY outcome"
    )
    found = {row[0]: row[1:] for row in store.database.fetch(sql, (improvement, _from(since)))}
    reverted, corrected, accepted, waiting = (int(found.get(outcome, (0,))[0]) for outcome in ("R", "C", "A", None))
    return Counts(reverted, corrected, accepted, waiting, sum(int(row[1]) for row in found.values()))


def _from(since: datetime | None) -> str:
    return "" if since is None else utc_text(since)


def _values(one: Observation) -> tuple[Any, ...]:
    return (
        one.improvement,
        one.turn,
        utc_text(one.at),
        one.outcome,
        None if one.without is None else canonical_json(one.without),
        canonical_json(list(one.charged)),
        one.asked,
        None if one.settled_at is None else utc_text(one.settled_at),
    )


def _read(store: Store, where: str, values: tuple[Any, ...]) -> list[Observation]:
    return _observations(store.database.fetch(_SELECT.format(where=where), values))


def _observations(rows: Iterable[tuple[Any, ...]]) -> list[Observation]:
    return [
        Observation(
            row[0],
            row[1],
            utc_datetime(row[2]),
            row[3],
            json.loads(row[4]) if row[4] else None,
            tuple(json.loads(row[5])),
            bool(row[6]),
            utc_datetime(row[7]) if row[7] else None,
        )
        for row in rows
    ]
