"""Checked copies of a store's file: whole under their name, or not there."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from store.connection import SeamConnection
from store.errors import StoreCorrupt, translated


@contextmanager
def whole_copy(source: SeamConnection, target: Path) -> Iterator[Path]:
    """Give a complete, checked copy of what `source` has open, lying beside `target` to be put in its place.

    What the caller does not move away is gone afterwards.
    """
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(SeamConnection(str(partial), isolation_level=None)) as copy:
            source.backup(copy)
            # One file: a copy in WAL mode would lean on a file beside it.
            copy.execute("PRAGMA journal_mode = delete")
            require_sound(partial, copy)
        if Path(source.path).is_file():
            shutil.copymode(source.path, partial)
        flush(partial)
        yield partial
    except sqlite3.Error as exc:
        raise translated(exc, target) from exc
    finally:
        partial.unlink(missing_ok=True)


def require_sound(file: Path, connection: SeamConnection) -> None:
    """Raise StoreCorrupt when a full check finds something."""
    findings = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    if findings != ["ok"]:
        raise StoreCorrupt(file, findings[0] if findings else "the check said nothing")


def flush(path: Path) -> None:
    """Make a file, or a folder's names, outlive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
