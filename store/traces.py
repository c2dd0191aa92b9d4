"""Named reads and writes of traces: the log of every stage of every turn and job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import peewee

from store.database import Store
from store.fields import storable_text
from store.models import ExecutionLog


@dataclass(frozen=True)
class TraceEntry:
    """One stage: what was decided, by what, how surely (0 to 1) and how long it took."""

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


def append(store: Store, entries: Iterable[TraceEntry]) -> None:
    """Write a batch of entries in one transaction."""
    rows = [asdict(entry) | {"decision": _storable(entry.decision)} for entry in entries]
    if not rows:
        return
    with store.atomic():
        for start in range(0, len(rows), 500):
            store.model(ExecutionLog).insert_many(rows[start : start + 500]).execute()


def by_turn(store: Store, turn: int) -> list[TraceEntry]:
    """Return the entries of a turn in the order they were written."""
    model = store.model(ExecutionLog)
    return _entries(store, model.select().where(model.turn == turn).order_by(model.id))


def by_trace(store: Store, trace_id: str) -> list[TraceEntry]:
    """Return the entries of a trace in the order they were written."""
    model = store.model(ExecutionLog)
    return _entries(store, model.select().where(model.trace_id == trace_id).order_by(model.id))


def _storable(text: str | None) -> str | None:
    return None if text is None else storable_text(text)


def _entries(store: Store, query: peewee.ModelSelect[ExecutionLog]) -> list[TraceEntry]:
    return [TraceEntry(**{name: row[name] for name in row if name != "id"}) for row in store.rows(query)]
