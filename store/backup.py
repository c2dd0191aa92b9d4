"""Copying a store while it is in use, and checking one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from store.connection import SeamConnection
from store.database import Store
from store.errors import StoreCorrupt, translated


def backup(store: Store, file: Path | str) -> Path:
    """Write a complete, checked copy of the store to `file` with SQLite's online backup, replacing what was there.

    The copy appears under its name only when it is whole.
    """
    target = Path(file)
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(SeamConnection(str(partial), isolation_level=None)) as copy:
            store.database.seam().backup(copy)
            # One file: a copy in WAL mode would lean on a file beside it.
            copy.execute("PRAGMA journal_mode = delete")
            _require_sound(partial, [row[0] for row in copy.execute("PRAGMA integrity_check")])
        _flush(partial)
        partial.replace(target)
    except sqlite3.Error as exc:
        raise translated(exc, target) from exc
    finally:
        partial.unlink(missing_ok=True)
    return target


def integrity_check(store: Store) -> list[str]:
    """Return what a full check of the store finds wrong; nothing when it is sound."""
    findings = [str(row[0]) for row in store.database.fetch("PRAGMA integrity_check")]
    return [finding for finding in findings if finding != "ok"]


def _require_sound(file: Path, findings: list[str]) -> None:
    if findings != ["ok"]:
        raise StoreCorrupt(file, findings[0] if findings else "the check said nothing")


def _flush(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
