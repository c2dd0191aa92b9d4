"""What a household's store says of messages in and out, read beside the running process."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


class Ledger:
    """Reads the store's file; a store that is not there yet has no rows."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        if not self._file.exists():
            return []
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=10)) as db:
            return db.execute(sql, values).fetchall()

    def count(self, sql: str, *values: Any) -> int:
        """Return the number that a query counts."""
        found = self.rows(sql, *values)
        return int(found[0][0]) if found else 0

    def unsettled(self) -> int:
        """Return how much is not dealt with: updates, messages that are due or were tried, a loss to be told of.

        One query sees one moment; what moves from one to the next between two queries would be seen in neither.
        """
        return self.count(
            "SELECT (SELECT count(*) FROM inbox WHERE done_at IS NULL)"
            " + (SELECT count(*) FROM outbox WHERE channel = 'telegram' AND state IN ('waiting', 'sending')"
            " AND (attempts > 0 OR julianday(due_at) <= julianday('now')))"
            " + (SELECT count(*) FROM facts WHERE key = 'telegram.lost' AND value != '[]')"
        )
