"""What can go wrong with a store, as one tree of errors that name the file and say what to do."""

# ruff: noqa: N818  # the names say what happened; the tree is called StoreError
from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import ClassVar


class StoreError(Exception):
    """The store could not be used; `exit_code` is what a command line ends with."""

    exit_code: ClassVar[int] = 70
    sentence: ClassVar[str] = "The store {path} could not be used ({detail})."

    def __init__(self, path: str | Path, detail: str = "") -> None:
        self.path = Path(path)
        self.detail = detail
        super().__init__(self.sentence.format(path=self.path, detail=detail))


class StoreTooNew(StoreError):
    """The file was written by a newer version of Butler."""

    exit_code = 76
    sentence = (
        "The store {path} was written by a newer version of Butler (it knows {detail}). "
        "Install that version, or name another data folder; nothing was changed."
    )


class StoreReadOnly(StoreError):
    """The file or its folder cannot be written."""

    exit_code = 77
    sentence = (
        "The store {path} cannot be written ({detail}). "
        "Make the file and its folder writable for this user; nothing was changed."
    )


class StoreFull(StoreError):
    """The disk takes no more."""

    exit_code = 74
    sentence = (
        "The store {path} cannot grow: the disk is full, over its quota or failing ({detail}). "
        "Free some space and try again; what was stored before is intact."
    )


class StoreCorrupt(StoreError):
    """The file is damaged or is no store of Butler's."""

    exit_code = 65
    sentence = (
        "The store {path} is damaged or is not a Butler store ({detail}). "
        "It was left as it is: put a backup in its place, or move it away to start afresh."
    )


class StoreLocked(StoreError):
    """Another process is writing and did not finish in time."""

    exit_code = 75
    sentence = "The store {path} is in use by another process ({detail}). Try again in a moment."


class StoreUnreachable(StoreError):
    """The file cannot be opened or read at all."""

    exit_code = 71
    sentence = "The store {path} cannot be opened or read ({detail}). Check that its folder exists and is readable."


class StoreConstraint(StoreError):
    """A row breaks a rule of the schema: a missing or doubled value, or a reference to nothing."""

    sentence = "The store {path} refused a row ({detail})."


class WriteRefused(StoreError):
    """SQLite's authorizer refused a statement on the learning connection."""

    sentence = "The learning writer of {path} may not do that ({detail})."


class LearningRefused(StoreError):
    """A learning operation does not fit the state the store is in."""

    sentence = "{detail} [{path}]"


class StaleHead(LearningRefused):
    """Knowledge moved since the change was tested: test it again."""


class WrongStatus(LearningRefused):
    """An improvement's status does not allow the step."""


class UnknownImprovement(LearningRefused):
    """No improvement bears the number."""


class RowRefused(LearningRefused):
    """A learned row or change is of a kind that cannot be in force: unknown, of tier 3, or malformed."""


_BY_PRIMARY_CODE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_AUTH: WriteRefused,
    sqlite3.SQLITE_BUSY: StoreLocked,
    sqlite3.SQLITE_CANTOPEN: StoreUnreachable,
    sqlite3.SQLITE_CONSTRAINT: StoreConstraint,
    sqlite3.SQLITE_CORRUPT: StoreCorrupt,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_IOERR: StoreUnreachable,
    sqlite3.SQLITE_LOCKED: StoreLocked,
    sqlite3.SQLITE_NOTADB: StoreCorrupt,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
}

# A file-size limit or a quota shows as a failed write, not as SQLITE_FULL.
_FAILED_WRITES = frozenset(
    {
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
    }
)


def translated(error: sqlite3.Error, path: str | Path) -> Exception:
    """Return the store's own error for one of SQLite's; a misuse of the driver is returned as it is."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    if code in _FAILED_WRITES:
        return StoreFull(path, str(error))
    return _BY_PRIMARY_CODE.get(code & 0xFF, StoreError)(path, str(error))
