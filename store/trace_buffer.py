"""Writing traces without keeping anybody waiting: they are gathered, and a thread writes them together.

What is written here is lost when the process is killed within `EVERY_S` of it, and is not when it closes. The traces of
a turn do not go this way: they are part of the transaction that ends it.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from types import TracebackType
from typing import Self

from store import traces
from store.database import Store
from store.errors import StoreConstraint, StoreError
from store.traces import TraceEntry

_LOG = logging.getLogger(__name__)

EVERY_S = 0.5
MOST_WAITING = 10_000
"""How many may wait while the store cannot be written; then the oldest go."""
_CLOSING_S = 10.0


class TraceBuffer:
    """Gathers traces and writes them at most every half second, in their order; closing writes what is left.

    Any thread may write. A store that cannot be written is tried again. Where it has gone for good, what waits is lost.
    """

    def __init__(self, store: Store, *, every_s: float = EVERY_S) -> None:
        self._store = store
        self._every_s = every_s
        self._waiting: deque[TraceEntry] = deque(maxlen=MOST_WAITING)
        self._guard = threading.Lock()
        self._writing = threading.Lock()
        self._wanted = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def write(self, entry: TraceEntry) -> None:
        """Have a trace written soon; one that is written after closing is written at once."""
        with self._guard:
            if len(self._waiting) == MOST_WAITING:
                _LOG.warning("a trace was dropped: the store has not been writable for too long")
            self._waiting.append(entry)
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._run, name="traces", daemon=True)
                self._thread.start()
        self._wanted.set()
        if self._closing.is_set():
            self.flush()

    def flush(self) -> None:
        """Write all that waits, before this returns; raises a StoreError, and then it still waits."""
        with self._writing:
            batch = self._taken()
            if not batch:
                return
            try:
                _append(self._store, batch)
            except StoreError:
                self._put_back(batch)
                raise

    def close(self) -> None:
        """Write what is left and stop."""
        self._closing.set()
        self._wanted.set()
        with self._guard:
            thread = self._thread
        if thread is not None:
            thread.join(_CLOSING_S)
        self._try()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._wanted.wait()
            self._wanted.clear()
            self._closing.wait(self._every_s)
            self._try()
        self._store.release()

    def _try(self) -> None:
        try:
            self.flush()
        except StoreError as exc:
            _LOG.warning("traces could not be written and wait: %s", exc)
            self._wanted.set()

    def _taken(self) -> list[TraceEntry]:
        with self._guard:
            batch = list(self._waiting)
            self._waiting.clear()
        return batch

    def _put_back(self, batch: list[TraceEntry]) -> None:
        with self._guard:
            newer = list(self._waiting)
            self._waiting.clear()
            self._waiting.extend([*batch, *newer])


def _append(store: Store, batch: list[TraceEntry]) -> None:
    """Write a batch; where one of it cannot be kept, the others are, each by itself."""
    try:
        with store.unflushed():
            traces.append(store, batch)
    except StoreConstraint:
        for entry in batch:
            try:
                with store.unflushed():
                    traces.append(store, [entry])
            except StoreConstraint as exc:
                _LOG.warning("a trace of %s cannot be kept: %s", entry.component, exc)
