"""The connection learned data is written through: SQLite's authorizer lets it do that and nothing else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from store.connection import BUSY_TIMEOUT_SECONDS, CONNECTION_PRAGMAS, SeamConnection

LEARNING_TABLES = frozenset(
    {
        "training_examples",
        "entity_aliases",
        "synonyms",
        "knowledge_rows",
        "improvements",
        "improvement_backups",
        "improvement_audit",
        "head",
    }
)
FUNCTIONS = frozenset({"coalesce", "count", "max", "glob"})  # glob: the trigger that guards the audit

_ALWAYS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT})
_WRITES = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})


def authorize(action: int, first: str | None, second: str | None, database: str | None, _inner: str | None) -> int:
    """Return SQLITE_OK for what learning needs and SQLITE_DENY for everything else."""
    if action in _ALWAYS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and second in FUNCTIONS:
        return sqlite3.SQLITE_OK
    if action in _WRITES and database == "main" and first in LEARNING_TABLES:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def open_learning_connection(path: Path | str, *, timeout: float = BUSY_TIMEOUT_SECONDS) -> SeamConnection:
    """Open a restricted connection to an existing store; the authorizer is set after the connection's pragmas."""
    connection = SeamConnection(str(path), timeout=timeout, isolation_level=None, check_same_thread=False)
    for name, value in CONNECTION_PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}")
    connection.set_authorizer(authorize)
    return connection
