"""Bringing a store's schema up to date with numbered migrations, one transaction for all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from playhouse.migrations import Runner

from store.connection import StoreDatabase
from store.errors import StoreCorrupt, StoreTooNew

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: StoreDatabase, file: Path, directory: Path = MIGRATIONS) -> list[str]:
    """Apply the migrations that are missing and return their names; a schema from the future raises StoreTooNew."""
    runner = cast("Any", Runner)(database, str(directory))  # playhouse has no types
    status = runner.status()
    newer = [migration.name for migration in status if migration.path is None]
    if newer:
        raise StoreTooNew(file, ", ".join(newer))
    if all(migration.applied for migration in status):
        return []
    return _apply(runner, database, file)


def _apply(runner: Any, database: StoreDatabase, file: Path) -> list[str]:
    # Rebuilding a table would cascade, and the pragma only takes effect outside of a transaction.
    database.pragma("foreign_keys", 0)
    try:
        # The lock comes first: of two processes that open a fresh store the second finds nothing left to do.
        with database.atomic("IMMEDIATE"):
            names: list[str] = runner.up()
            broken = database.fetch("PRAGMA foreign_key_check")
            if broken:
                raise StoreCorrupt(file, f"references to nothing in {broken[0][0]}")
        return names
    finally:
        database.pragma("foreign_keys", 1)
