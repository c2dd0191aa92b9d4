"""Putting a backup in the place of a store, keeping the one that was there."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store.connection import SeamConnection
from store.copying import flush, whole_copy
from store.errors import StoreCorrupt, StoreReadOnly, StoreUnreachable
from store.fields import utc_text
from store.inspection import open_read_only, require_ours

_BESIDE = ("-wal", "-shm")
# What is to be forgotten once it was sent is forgotten now.
_DROP = """
UPDATE outbox SET state = 'dropped', problem = 'not sent: restored from a copy', ended_at = ?,
    payload = CASE WHEN forget THEN '{}' ELSE payload END, chat = CASE WHEN forget THEN '' ELSE chat END,
    external_id = CASE WHEN forget THEN NULL ELSE external_id END
WHERE state IN ('waiting', 'sending')
"""


@dataclass(frozen=True)
class Restored:
    """Where the store that was there is kept, None if there was none, and how many messages are not sent any more."""

    kept: Path | None
    unsent: int


def restore(file: Path | str, store_path: Path | str) -> Restored:
    """Put the backup `file` in the place of a store nobody has open, which is kept.

    What waited to be sent when the backup was made is old news, or was sent since: it is marked as not sent. A backup
    that is damaged, another program's or too new raises a StoreError, and nothing is changed.
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


def _restore(source: Path, target: Path) -> Restored:
    with closing(open_read_only(source)) as opened:
        require_ours(source, opened)
        with whole_copy(opened, target) as copy:
            shutil.copymode(target if target.exists() else source, copy)
            unsent = _drop_unsent(copy)
            kept = _keep_present(target) if target.exists() else None
            # First the log of the old file: SQLite would take it for a log of the new one.
            for ending in _BESIDE:
                Path(f"{target}{ending}").unlink(missing_ok=True)
            copy.replace(target)
            flush(target.parent)
    return Restored(kept, unsent)


def _drop_unsent(copy: Path) -> int:
    """Mark what waits to be sent as never sent, and return how many messages that are."""
    with closing(SeamConnection(str(copy), isolation_level=None)) as store:
        tables = {row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "outbox" not in tables:  # made before there was one
            return 0
        found = store.execute(_DROP, (utc_text(datetime.now(UTC)),)).rowcount
    flush(copy)
    return found


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
