"""Looking at a store's file without changing it, not even by migrating it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from store.connection import SeamConnection
from store.copying import require_sound
from store.errors import StoreCorrupt, StoreError, StoreTooNew
from store.identity import APPLICATION_ID
from store.schema import known_migrations


def inspect(file: Path) -> frozenset[str]:
    """Check a store's file thoroughly and return the names of the migrations it still lacks.

    Raises a StoreError when it is damaged, another program's or too new.
    """
    with closing(open_read_only(file)) as opened:
        return require_ours(file, opened)


def open_read_only(file: Path) -> SeamConnection:
    """Open a file that is only to be read."""
    return SeamConnection(f"{file.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)


def require_ours(file: Path, opened: SeamConnection) -> frozenset[str]:
    """Do what `inspect` does with a file that is open."""
    try:
        identity = opened.execute("PRAGMA application_id").fetchone()[0]
        tables = {row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if identity != APPLICATION_ID or "schema_migration" not in tables:
            raise StoreCorrupt(file, "another program made it")
        applied = {row[0] for row in opened.execute("SELECT name FROM schema_migration")}
        require_sound(file, opened)
    except StoreError as exc:
        raise type(exc)(file, exc.detail) from exc
    newer = sorted(applied - known_migrations())
    if newer:
        raise StoreTooNew(file, ", ".join(newer))
    return known_migrations() - applied
