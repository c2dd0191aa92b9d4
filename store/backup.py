"""Copying a store while it is in use, and checking one."""

from __future__ import annotations

from pathlib import Path

from store.copying import flush, whole_copy
from store.database import Store


def backup(store: Store, file: Path | str) -> Path:
    """Write a complete, checked copy of the store to `file` with SQLite's online backup, replacing what was there.

    The copy appears under its name only when it is whole.
    """
    target = Path(file)
    with whole_copy(store.database.seam(), target) as copy:
        copy.replace(target)
        flush(target.parent)
    return target


def integrity_check(store: Store) -> list[str]:
    """Return what a full check of the store finds wrong; nothing when it is sound."""
    findings = [str(row[0]) for row in store.database.fetch("PRAGMA integrity_check")]
    return [finding for finding in findings if finding != "ok"]
