"""Deleting what is old and over, when an admin asks for it: traces, messages sent and received, and notices.

Turns, signals, what was learned with its audit, tasks and everything kept for later stay. So does what is not over: a
message that waits to be sent, one that waits to be answered, and the newest received, by which later ones are known.
"""

# ruff: noqa: S608  # tables and conditions are constants of this module
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from store.database import Store
from store.fields import utc_text

KEPT = timedelta(days=60)
"""How far back the watch over what was learned, log review and what people still answer may look: that stays."""

_AT_ONCE = 5_000
_OLD = (
    ("execution_logs", "id", "created_at < ?"),
    ("outbox", "id", "state IN ('sent', 'unsure', 'failed', 'dropped') AND created_at < ?"),
    ("notices", "number", "created_at < ?"),
    (
        "inbox",
        "update_id",
        "done_at IS NOT NULL AND done_at < ? AND update_id < (SELECT max(update_id) FROM inbox)",
    ),
)


@dataclass(frozen=True)
class Cleaned:
    """How many rows of each kind went, or would go."""

    traces: int
    sent: int
    notices: int
    received: int


def clean(store: Store, before: datetime, now: datetime, *, dry_run: bool = False) -> Cleaned:
    """Delete what was over before an instant, in short transactions; nothing younger than `KEPT` goes.

    With `dry_run` it is only counted. What a kill cuts off is gone as far as it came, and the rest goes the next time.
    """
    until = utc_text(min(before, now - KEPT))
    counts = [_count(store, *one, until) if dry_run else _delete(store, *one, until) for one in _OLD]
    return Cleaned(*counts)


def _count(store: Store, table: str, _: str, condition: str, until: str) -> int:
    return int(store.database.fetch(f"SELECT count(*) FROM {table} WHERE {condition}", (until,))[0][0])


def _delete(store: Store, table: str, key: str, condition: str, until: str) -> int:
    some = f"SELECT {key} FROM {table} WHERE {condition} LIMIT {_AT_ONCE}"
    total = 0
    while True:
        with store.atomic():
            gone = store.database.seam().execute(f"DELETE FROM {table} WHERE {key} IN ({some})", (until,)).rowcount
        total += gone
        if gone < _AT_ONCE:
            return total
