"""Who may write next: the threads of one process wait for each other here, since SQLite makes who waits sleep."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from store.errors import StoreLocked


class WriteLock:
    """One writer at a time in this process; another process is still kept out by SQLite's own lock."""

    def __init__(self, path: Path, timeout: float) -> None:
        self._path, self._timeout = path, timeout
        self._lock = threading.Lock()
        self._holder: int | None = None

    def take(self) -> None:
        """Wait until nobody else writes; raises StoreLocked after as many seconds as SQLite would wait."""
        if not self._lock.acquire(timeout=self._timeout):
            raise StoreLocked(self._path, "another thread is writing")
        self._holder = threading.get_ident()

    def leave(self) -> None:
        """Let the next one write; nothing happens for a thread that does not."""
        if self._holder == threading.get_ident():
            self._holder = None
            self._lock.release()

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()
