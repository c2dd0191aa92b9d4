"""Bringing a store's schema up to date with numbered migrations, one transaction for all of them."""

from __future__ import annotations

import filecmp
from pathlib import Path
from typing import Any, cast

from playhouse.migrations import Runner

from store.connection import StoreDatabase
from store.copying import flush, whole_copy
from store.errors import StoreCorrupt, StoreTooNew

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: StoreDatabase, file: Path, directory: Path = MIGRATIONS) -> list[str]:
    """Apply the migrations that are missing and return their names; a schema from the future raises StoreTooNew.

    A store that has a schema already is copied beside itself first.
    """
    runner = cast("Any", Runner)(database, str(directory))  # playhouse has no types
    status = runner.status()
    newer = [migration.name for migration in status if migration.path is None]
    if newer:
        raise StoreTooNew(file, ", ".join(newer))
    if all(migration.applied for migration in status):
        return []
    applied = [migration.name for migration in status if migration.applied]
    if applied:
        keep_before(database, file, applied[-1])
    return _apply(runner, database, file)


def keep_before(database: StoreDatabase, file: Path, newest: str) -> Path:
    """Keep a checked copy of a store as it is before it is migrated; an earlier copy is never overwritten."""
    target = file.with_name(f"{file.name}.before-{newest}.bak")
    with whole_copy(database.seam(), target) as copy:
        number = 1
        while target.exists():
            # A start that fails again and again must not fill the disk with the same copy.
            if filecmp.cmp(copy, target, shallow=False):
                return target
            number += 1
            target = file.with_name(f"{file.name}.before-{newest}-{number}.bak")
        copy.replace(target)
        flush(target.parent)
    return target


def known_migrations(directory: Path = MIGRATIONS) -> frozenset[str]:
    """Return the names of the migrations this program knows."""
    return frozenset(path.stem for path in directory.glob("[0-9]*.py"))


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
