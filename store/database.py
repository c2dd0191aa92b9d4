"""Opening a store: one SQLite file, one connection a thread, models bound to this store alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import peewee

from store.connection import BUSY_TIMEOUT_SECONDS, StoreDatabase
from store.errors import StoreCorrupt, StoreFull, StoreReadOnly, StoreUnreachable, translated
from store.identity import APPLICATION_ID
from store.schema import MIGRATIONS, migrate

_M = TypeVar("_M", bound=peewee.Model)


class Store:
    """One open store; several may be open side by side in a process, and any thread may use it."""

    def __init__(self, path: Path, database: StoreDatabase) -> None:
        self.path = path
        self.database = database
        self._models: dict[type[peewee.Model], type[peewee.Model]] = {}

    def model(self, model: type[_M]) -> type[_M]:
        """Return this store's own copy of a model, made when first asked for: one takes half a millisecond."""
        bound = self._models.get(model) or self._models.setdefault(model, _bound(model, self.database))
        return cast("type[_M]", bound)

    def rows(self, query: peewee.BaseQuery) -> list[dict[str, Any]]:
        """Return a query's rows as dicts of Python values."""
        return list(query.dicts())

    def atomic(self) -> AbstractContextManager[Any]:
        """Return a transaction that takes the write lock at once; inside another one, a savepoint."""
        return cast("AbstractContextManager[Any]", self.database.atomic("IMMEDIATE"))

    @contextmanager
    def unflushed(self) -> Iterator[None]:
        """Write in a transaction that outlives a killed process, while a power cut may take it back.

        Only for what is as if it never was when it is lost, or is flushed before anything comes of it: by `flush`, or
        by the next transaction of the other kind.
        """
        if self.database.in_transaction():
            with self.atomic():
                yield
            return
        self.database.pragma("synchronous", "NORMAL")
        try:
            with self.atomic():
                yield
        finally:
            self.database.pragma("synchronous", "FULL")

    def flush(self) -> None:
        """Have all that was committed outlive a power cut, without keeping anybody from writing; raises StoreError."""
        try:
            # SQLite keeps no locks on this file, so that closing it again takes none away.
            log = os.open(f"{self.path}-wal", os.O_RDONLY)
        except FileNotFoundError:
            return  # all of it is in the store's own file, flushed
        except OSError as exc:
            raise StoreUnreachable(self.path, str(exc.strerror)) from exc
        try:
            os.fsync(log)
        except OSError as exc:
            raise StoreFull(self.path, str(exc.strerror)) from exc
        finally:
            os.close(log)

    def reading(self) -> AbstractContextManager[Any]:
        """Return a transaction in which all reads see one moment; it takes no lock."""
        return cast("AbstractContextManager[Any]", self.database.atomic("DEFERRED"))

    def release(self) -> None:
        """Close the connection of the calling thread; it opens again when needed."""
        self.database.close()

    def close(self) -> None:
        """Close the connections of all threads."""
        self.database.close_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(path: Path | str, *, timeout: float = BUSY_TIMEOUT_SECONDS, migrations: Path = MIGRATIONS) -> Store:
    """Open or create the store at `path`, check it and bring its schema up to date; raises a StoreError.

    A store that has to be migrated is copied first, to a file beside it.
    """
    file = Path(path)
    _require_writable(file)
    database = StoreDatabase(file, timeout)
    try:
        _check_identity(database, file)
        _use_wal(database)
        _check_integrity(database, file)
        migrate(database, file, migrations)
        if database.pragma("application_id") != APPLICATION_ID:
            database.pragma("application_id", APPLICATION_ID)
    except sqlite3.Error as exc:
        database.close_all()
        raise translated(exc, file) from exc
    except BaseException:
        database.close_all()
        raise
    return Store(file, database)


def _bound(model: type[_M], database: StoreDatabase) -> type[_M]:
    # A subclass of its own, because peewee binds classes: binding the shared one would bind it for every store.
    meta = type("Meta", (), {"table_name": model._meta.table_name})  # noqa: SLF001  # peewee's public name for it
    copy = cast("type[_M]", type(model.__name__, (model,), {"Meta": meta, "__module__": model.__module__}))
    database.bind([copy], bind_refs=False, bind_backrefs=False)
    return copy


def _require_writable(file: Path) -> None:
    if not file.parent.is_dir():
        raise StoreUnreachable(file, "its folder does not exist")
    if file.is_dir():
        raise StoreUnreachable(file, "it is a folder")
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise StoreReadOnly(file, "its folder is read-only")
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        raise StoreReadOnly(file, "the file is read-only")


def _check_identity(database: StoreDatabase, file: Path) -> None:
    tables = database.get_tables()
    foreign = tables and "schema_migration" not in tables
    if foreign or database.pragma("application_id") not in (0, APPLICATION_ID):
        raise StoreCorrupt(file, "another program made it")


def _use_wal(database: StoreDatabase) -> None:
    if database.pragma("journal_mode") != "wal":
        database.pragma("journal_mode", "wal")


def _check_integrity(database: StoreDatabase, file: Path) -> None:
    finding = database.pragma("quick_check(1)")
    if finding != "ok":
        raise StoreCorrupt(file, str(finding))
