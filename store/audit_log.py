"""The audit as the learning writer keeps it: one row a step, inside the transaction of that step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from store.fields import canonical_json, utc_text
from store.head import Head
from store.status import Action, improvement_id

Execute = Callable[[str, tuple[Any, ...]], Any]

_INSERT = (
    "INSERT INTO improvement_audit (number, id, improvement_id, action, actor, details, created_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class AuditLog:
    """Adds rows through the writer's connection."""

    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def add(self, number: int, action: Action, actor: str, details: Any, at: datetime) -> None:
        """Record a step of improvement #number."""
        self.add_of(improvement_id(number), action, actor, details, at)

    def add_of(self, subject: str, action: Action, actor: str, details: Any, at: datetime) -> None:
        """Record a step of what tables call `subject`."""
        number = next_number(self._execute, "improvement_audit")
        text = None if details is None else canonical_json(details)
        self._execute(_INSERT, (number, f"audit-{number}", subject, action, actor, text, utc_text(at)))

    def knows(self, subject: str, action: Action, details: Any) -> bool:
        """Return whether such a step is on record already."""
        sql = "SELECT 1 FROM improvement_audit WHERE improvement_id = ? AND action = ? AND details = ?"
        return self._execute(sql, (subject, action, canonical_json(details))).fetchone() is not None


def next_number(execute: Execute, table: str) -> int:
    """Return the next number of a table."""
    # sqlite_sequence, not max(number): a number is never given twice, whatever was deleted.
    sql = "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = ?"
    return int(execute(sql, (table,)).fetchone()[0])


def digests(head: Head, previous: str, **more: Any) -> dict[str, Any]:
    """Return what the audit says of a head that moved."""
    return {"digest": head.digest, "version": head.version, "previous": previous, **more}
