"""Reading traces in the order they were written, however many there are: what a turn did, and whose turn it was."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Store
from store.fields import utc_datetime, utc_text

_AT_ONCE = 2_000
_HIGHEST = 2**63 - 1
_WHOSE = ("user", "to", "owner")
# The plus keeps SQLite from going by the index of instants: pages are read along the ids.
_SQL = (
    "SELECT l.id, l.trace_id, l.turn, l.stage, l.component, l.decision, l.outcome, l.confidence, l.duration_ms, "
    "l.model, l.project_id, l.created_at, l.metadata, t.user, t.chat, t.text, t.press, t.outcome, t.verdict "
    "FROM execution_logs l LEFT JOIN turns t ON t.number = l.turn WHERE l.id > ? AND l.id <= ?{wanted} "
    "ORDER BY l.id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """One logged stage, with the turn it belongs to.

    `stage` says what was done, `component` what did it, `decision` what was decided and `outcome` what came of it;
    confidence is 0 to 1. `user` is whose turn it was, or whom a trace of no turn is about. `chat`, `text`, `press`,
    `came_to` (the turn's outcome) and `verdict` (what was said of it later) are the turn's, None outside of one.
    """

    id: int
    trace_id: str
    stage: str
    component: str
    at: datetime
    turn: int | None
    decision: str | None
    outcome: str | None
    confidence: float | None
    duration_ms: float | None
    model: str | None
    project: int | None
    metadata: Mapping[str, Any]
    user: str | None
    chat: str | None
    text: str | None
    press: str | None
    came_to: str | None
    verdict: str | None


def stream(
    store: Store,
    since_id: int = 0,
    until_id: int | None = None,
    *,
    since: datetime | None = None,
    stages: Collection[str] | None = None,
) -> Iterator[Trace]:
    """Give the traces after `since_id` up to `until_id`, oldest first; a page of them is in memory at a time.

    `since` leaves out what was earlier, `stages` all other stages. What is written meanwhile comes too, unless
    `until_id` (of `highest`) says otherwise.
    """
    wanted, values = "", []
    if since is not None:
        wanted += " AND +l.created_at >= ?"
        values.append(utc_text(since))
    if stages is not None:
        wanted += f" AND l.stage IN ({', '.join('?' * len(stages))})"
        values += list(stages)
    sql, last = _SQL.format(wanted=wanted), _HIGHEST if until_id is None else until_id
    while True:
        rows = store.database.fetch(sql, (since_id, last, *values, _AT_ONCE))
        yield from (_trace(row) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        since_id = rows[-1][0]


def of_turn(store: Store, turn: int) -> tuple[Trace, ...]:
    """Return the traces of a turn in the order they were written."""
    return tuple(map(_trace, store.database.fetch(_of("l.turn = ?"), (turn,))))


def of_trace(store: Store, trace_id: str) -> tuple[Trace, ...]:
    """Return the traces that share an id, in the order they were written."""
    return tuple(map(_trace, store.database.fetch(_of("l.trace_id = ?"), (trace_id,))))


def highest(store: Store) -> int:
    """Return the highest id that was given to a trace, 0 before the first; ids are never given twice."""
    found = store.database.fetch("SELECT seq FROM sqlite_sequence WHERE name = 'execution_logs'")
    return int(found[0][0]) if found else 0


def _of(condition: str) -> str:
    return f"{_SQL.partition(' WHERE ')[0]} WHERE {condition} ORDER BY l.id"


def _trace(row: tuple[Any, ...]) -> Trace:
    number, trace_id, turn, stage, component, decision, outcome, confidence, duration, model, project, at = row[:12]
    read = json.loads(row[12]) if row[12] is not None else {}
    metadata = read if isinstance(read, dict) else {}
    user, chat, text, press, came_to, verdict = row[13:]
    if user is None:
        user = next((str(metadata[key]) for key in _WHOSE if metadata.get(key)), None)
    return Trace(
        number,
        trace_id,
        stage,
        component,
        utc_datetime(at),
        turn,
        decision,
        outcome,
        confidence,
        duration,
        model,
        project,
        metadata,
        user,
        chat,
        text,
        press,
        came_to,
        verdict,
    )
