"""The data folder: where everything a household has lies, and the lock that lets one Butler at a time work there."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


class DataFolderError(Exception):
    """A data folder cannot be used; `exit_code` is what a command line ends with."""

    exit_code: ClassVar[int] = 73


class DataFolderMissing(DataFolderError):  # noqa: N818 - the names say what is the case
    """A verb that only reads found nothing to read."""

    exit_code = 66

    def __init__(self, file: Path) -> None:
        self.file = file
        super().__init__(f"There is no {file}: nobody has talked to Butler in this data folder yet.")


class DataFolderRefused(DataFolderError):  # noqa: N818 - the names say what is the case
    """The folder cannot be made, or not be written."""

    exit_code = 77

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"The data folder {path} cannot be used ({problem}). Name another with --data or BUTLER_DATA.")


class DataFolderHeld(DataFolderError):  # noqa: N818 - the names say what is the case
    """Another process works in the folder."""

    exit_code = 75

    def __init__(self, path: Path, verb: str, pid: int | None) -> None:
        self.path, self.verb, self.pid = path, verb, pid
        who = _in_words(verb, pid)
        super().__init__(f"The data folder {path} is held by {who}. End that first, or name another with --data.")


@dataclass(frozen=True)
class DataFolder:
    """A data folder and the names of what lies in it."""

    path: Path

    @classmethod
    def find(cls, flag: Path | None, environ: Mapping[str, str]) -> DataFolder:
        """Return the folder that a flag names, or BUTLER_DATA, or the platform's user data folder."""
        named = flag or environ.get("BUTLER_DATA")
        if named:
            return cls(Path(named).expanduser().absolute())
        from platformdirs import user_data_path  # noqa: PLC0415 - not needed where the folder is named

        return cls(user_data_path("butler", appauthor=False))

    @property
    def store(self) -> Path:
        """The store's file."""
        return self.path / "butler.db"

    @property
    def config(self) -> Path:
        """The household's configuration, which need not exist."""
        return self.path / "config.toml"

    @property
    def models(self) -> Path:
        """Where embedding models are kept that were fetched."""
        return self.path / "models"

    @property
    def chat_history(self) -> Path:
        """What was typed in the terminal."""
        return self.path / "chat_history"

    @property
    def log(self) -> Path:
        """What `butler chat` logs."""
        return self.path / "butler.log"

    @property
    def health(self) -> Path:
        """How `butler run` is, which it writes down once a minute."""
        return self.path / "health.json"

    @property
    def golden(self) -> Path:
        """The household's own golden cases."""
        return self.path / "golden.jsonl"

    @property
    def verdicts(self) -> Path:
        """What the golden cases and the names came to, so that a lesson tests only what it touches; may be deleted."""
        return self.path / "verdicts.json"

    def require_store(self) -> Path:
        """Return the store's file; raise DataFolderMissing when there is none."""
        if not self.store.is_file():
            raise DataFolderMissing(self.store)
        return self.store

    def holder(self) -> str | None:
        """Return which process holds the lock now, in words, or None."""
        try:
            descriptor = os.open(self.path / "butler.lock", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _in_words(*_holder(descriptor))
        finally:
            os.close(descriptor)
        return None

    @contextmanager
    def held(self, verb: str) -> Iterator[None]:
        """Make the folder, for its owner alone, and hold its lock; the system lets go however the process ends."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path / "butler.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as exc:
            raise DataFolderRefused(self.path, exc.strerror or str(exc)) from exc
        try:
            self._lock(descriptor, verb)
            yield
        finally:
            os.close(descriptor)

    def _lock(self, descriptor: int, verb: str) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            if exc.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                raise DataFolderRefused(self.path, exc.strerror or str(exc)) from exc
            raise DataFolderHeld(self.path, *_holder(descriptor)) from exc
        document = json.dumps({"pid": os.getpid(), "verb": verb}).encode()
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, document, 0)
        except OSError as exc:
            raise DataFolderRefused(self.path, exc.strerror or str(exc)) from exc


def _in_words(verb: str, pid: int | None) -> str:
    return f"`butler {verb}` (process {pid})" if pid else "another Butler"


def _holder(descriptor: int) -> tuple[str, int | None]:
    try:
        document = json.loads(os.pread(descriptor, 1_000, 0))
        return str(document["verb"]), int(document["pid"])
    except (ValueError, KeyError, TypeError):  # it has the lock, and has not said yet who it is
        return "", None
