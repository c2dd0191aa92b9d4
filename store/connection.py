"""SQLite connections whose errors are the store's own: the one seam where foreign errors are translated."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, ParamSpec, Self, TypeVar

import peewee

from store.errors import translated
from store.write_lock import WriteLock

_P = ParamSpec("_P")
_R = TypeVar("_R")

BUSY_TIMEOUT_SECONDS = 5.0

# FULL: in WAL mode a commit then outlives a power cut, not only a killed process.
CONNECTION_PRAGMAS: tuple[tuple[str, str | int], ...] = (
    ("foreign_keys", 1),
    ("synchronous", "FULL"),
    ("trusted_schema", 0),
    ("secure_delete", 1),  # what somebody had erased is not to be found in the file afterwards
)
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class SeamConnection(sqlite3.Connection):
    """A connection that remembers its file and raises the store's errors."""

    path: str = ""
    _opened = False

    def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
        self.path = str(database)
        try:
            super().__init__(database, *args, **kwargs)
        except sqlite3.Error as exc:
            raise translated(exc, self.path) from exc
        self._opened = True

    def __del__(self) -> None:
        # A thread that ends drops its connection; closing here keeps that from being a leak.
        if self._opened:
            self.close()

    def cursor(self, *_: Any, **__: Any) -> SeamCursor:  # type: ignore[override]  # one cursor class only
        """Return a cursor whose errors are the store's."""
        # Not SeamCursor(self): sqlite3 keeps a reference to every cursor, and only here drops those of cursors gone.
        return super().cursor(SeamCursor)

    def execute(self, sql: str, parameters: Any = (), /) -> SeamCursor:
        """Execute one statement; sqlite3's own shortcut passes the seam by."""
        return self.cursor().execute(sql, parameters)


class SeamCursor(sqlite3.Cursor):
    """A cursor that raises the store's errors while executing and while fetching."""

    connection: SeamConnection

    def _seam(self, call: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return call(*args, **kwargs)
        except sqlite3.Error as exc:
            raise translated(exc, self.connection.path) from exc

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        """Execute one statement."""
        self._seam(super().execute, sql, parameters)
        return self

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Self:
        """Execute one statement for each set of parameters."""
        self._seam(super().executemany, sql, parameters)
        return self

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        return self._seam(super().fetchone)

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        return self._seam(super().fetchall)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        """Return the next rows, at most `size`."""
        return self._seam(super().fetchmany, 1 if size is None else size)

    def __next__(self) -> Any:
        return self._seam(super().__next__)


class StoreDatabase(peewee.SqliteDatabase):
    """Peewee's database over seam connections, remembering all that are open."""

    def __init__(self, path: Path, timeout: float) -> None:
        self._open: weakref.WeakSet[SeamConnection] = weakref.WeakSet()
        self._writing = WriteLock(path, timeout)
        super().__init__(
            str(path),
            pragmas=CONNECTION_PRAGMAS,
            timeout=timeout,
            factory=SeamConnection,
            check_same_thread=False,  # each thread has its own; only close_all reaches across
        )

    def _connect(self) -> SeamConnection:
        connection: SeamConnection = super()._connect()  # type: ignore[misc]  # the stubs leave the hook out
        self._open.add(connection)
        return connection

    def begin(self, lock_type: str | None = None) -> None:
        """Begin a transaction; one that is going to write waits for its turn."""
        if lock_type != "IMMEDIATE":
            super().begin(lock_type)
            return
        self._writing.take()
        try:
            super().begin(lock_type)
        except BaseException:
            self._writing.leave()
            raise

    def commit(self) -> None:
        """Commit; what fails is still to be rolled back."""
        super().commit()
        self._writing.leave()

    def rollback(self) -> None:
        """Roll back, unless SQLite already did so by itself (a full disk)."""
        try:
            if self.seam().in_transaction:
                super().rollback()
        finally:
            self._writing.leave()

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Execute one statement; one that writes outside of a transaction waits for its turn."""
        if not sql.startswith(_WRITES) or self.in_transaction():
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]  # the stubs give no types
        with self._writing:
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]  # the stubs give no types

    def seam(self) -> SeamConnection:
        """Return the calling thread's connection."""
        connection: SeamConnection = self.connection()  # type: ignore[no-untyped-call]  # the stubs give no types
        return connection

    def fetch(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Execute one statement and return its rows."""
        return self.seam().execute(sql, parameters).fetchall()

    def close_all(self) -> None:
        """Close the connections of all threads."""
        self.close()
        for connection in list(self._open):
            connection.close()
