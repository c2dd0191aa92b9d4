"""Named reads and writes of traces: the log of every stage of every turn and job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee

from store.database import Store
from store.fields import canonical_json, storable_text, utc_text
from store.models import ExecutionLog
from store.statements import among

# Plain SQL: every turn pays for this, and building the query costs ten times as much as running it.
_INSERT = (
    "INSERT INTO execution_logs (trace_id, turn, stage, component, decision, outcome, confidence, duration_ms, "
    "metadata, created_at, project_id, model) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_AT_ONCE = 500
"""Bound values in one statement, well below what SQLite takes."""


@dataclass(frozen=True)
class TraceEntry:
    """One stage: what was decided, by what, how surely (0 to 1) and how long it took.

    A language model that had a part in it is named, and the project it was about is its number.
    """

    trace_id: str
    stage: str
    component: str
    created_at: datetime
    turn: int | None = None
    decision: str | None = None
    outcome: str | None = None
    confidence: float | None = None
    duration_ms: float | None = None
    metadata: Any = None
    project: int | None = None
    model: str | None = None


def append(store: Store, entries: Iterable[TraceEntry]) -> None:
    """Write a batch of entries in one transaction."""
    rows = [_values(entry) for entry in entries]
    if rows:
        with store.atomic():
            store.database.seam().cursor().executemany(_INSERT, rows)


def by_turn(store: Store, turn: int) -> list[TraceEntry]:
    """Return the entries of a turn in the order they were written."""
    model = store.model(ExecutionLog)
    return _entries(store, model.select().where(model.turn == turn).order_by(model.id))


def longest(store: Store, stage: str, numbers: Iterable[int]) -> list[float]:
    """Return the milliseconds of a stage in each of these turns that had it, the longest where there were several.

    They come in the order of the turns' numbers; an entry without a duration took none.
    """
    wanted = sorted(set(numbers))
    found: list[float] = []
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        sql = (
            f"SELECT max(coalesce(duration_ms, 0.0)) FROM execution_logs WHERE {among('turn', part)} AND stage = ? "  # noqa: S608  # marks only
            "GROUP BY turn ORDER BY turn"
        )
        found += [milliseconds for (milliseconds,) in store.database.fetch(sql, (*part, stage))]
    return found


def by_trace(store: Store, trace_id: str) -> list[TraceEntry]:
    """Return the entries of a trace in the order they were written."""
    model = store.model(ExecutionLog)
    return _entries(store, model.select().where(model.trace_id == trace_id).order_by(model.id))


def _values(entry: TraceEntry) -> tuple[Any, ...]:
    return (
        entry.trace_id,
        entry.turn,
        entry.stage,
        entry.component,
        _storable(entry.decision),
        _storable(entry.outcome),
        entry.confidence,
        entry.duration_ms,
        None if entry.metadata is None else canonical_json(entry.metadata),
        utc_text(entry.created_at),
        entry.project,
        _storable(entry.model),
    )


def _storable(text: str | None) -> str | None:
    return None if text is None else storable_text(text)


def _entries(store: Store, query: peewee.ModelSelect[ExecutionLog]) -> list[TraceEntry]:
    return [TraceEntry(**{name: row[name] for name in row if name != "id"}) for row in store.rows(query)]
