"""What the watch took back, read from the audit, so that a kill between the deed and the notice loses neither."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from engine.learning.watch_case import lines_of
from store import Action, Store, facts, improvements
from store.improvements import AuditEntry

TOLD = "watch_told"
_LATEST = 200


@dataclass(frozen=True)
class TakenBack:
    """Improvements that went out of force together, why, and a line for each of the turns that speak against them.

    `audit` is the number of the last of their audit rows.
    """

    numbers: tuple[int, ...]
    reason: str
    evidence: tuple[str, ...]
    at: datetime
    audit: int


def told_until(store: Store) -> int:
    """Return the audit row up to which the admins were told."""
    return int(facts.get(store, TOLD) or 0)


def taken_back(store: Store, after: int) -> tuple[TakenBack, ...]:
    """Return what the watch took back, of the audit rows after one."""
    rows = improvements.audit_of(store, Action.ROLLED_BACK, "system", after=after, latest=_LATEST)
    return tuple(_of(store, list(group)) for _, group in groupby(rows, key=lambda one: one.details["version"]))


def _of(store: Store, rows: Iterable[AuditEntry]) -> TakenBack:
    entries = list(rows)
    numbers = tuple(sorted(int(one.improvement_id.rpartition("-")[2]) for one in entries))
    details: Any = entries[-1].details
    lines = tuple(line for number in numbers for line in lines_of(store, number, entries[-1].created_at))
    return TakenBack(numbers, str(details["reason"]), lines, entries[-1].created_at, entries[-1].number)
