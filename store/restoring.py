"""Putting a backup in the place of a store, keeping the one that was there."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from store.connection import SeamConnection
from store.copying import flush, whole_copy
from store.errors import StoreCorrupt, StoreReadOnly, StoreUnreachable
from store.inspection import open_read_only, require_ours

_BESIDE = ("-wal", "-shm")


def restore(file: Path | str, store_path: Path | str) -> Path | None:
    """Put the backup `file` in the place of a store nobody has open, and return where the present one is kept.

    None when there was none. A backup that is damaged, another program's or too new raises a StoreError, and nothing
    is changed.
    """
    source, target = Path(file), Path(store_path)
    if not source.is_file():
        raise StoreUnreachable(source, "there is no such file")
    if not target.parent.is_dir():
        raise StoreUnreachable(target, "its folder does not exist")
    try:
        return _restore(source, target)
    except PermissionError as exc:
        raise StoreReadOnly(target, str(exc.strerror)) from exc


def _restore(source: Path, target: Path) -> Path | None:
    with closing(open_read_only(source)) as opened:
        require_ours(source, opened)
        with whole_copy(opened, target) as copy:
            shutil.copymode(target if target.exists() else source, copy)
            kept = _keep_present(target) if target.exists() else None
            # First the log of the old file: SQLite would take it for a log of the new one.
            for ending in _BESIDE:
                Path(f"{target}{ending}").unlink(missing_ok=True)
            copy.replace(target)
            flush(target.parent)
    return kept


def _keep_present(target: Path) -> Path:
    kept = _free_name(target)
    try:
        with closing(SeamConnection(str(target), isolation_level=None)) as present, whole_copy(present, kept) as copy:
            copy.replace(kept)
    except StoreCorrupt:
        # Damaged, which may be why it is being replaced: it is kept as it lies, its log beside it.
        shutil.copy2(target, kept)
        for ending in _BESIDE[:1]:
            if Path(f"{target}{ending}").exists():
                shutil.copy2(f"{target}{ending}", f"{kept}{ending}")
        flush(kept)
    return kept


def _free_name(target: Path) -> Path:
    number = 1
    while (kept := target.with_name(f"{target.name}.replaced-{number}.bak")).exists():
        number += 1
    return kept
