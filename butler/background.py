"""Work that may take a while and must not be noticed: one thread of low priority, which lets every turn go first."""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator

from butler.floor import Floor
from engine.learning.breathing import breathing

_NICENESS = 10
_SLICE_S = 0.0005


class Stopped(BaseException):  # it ends work and is no error: nothing that catches errors may catch it
    """Butler is closing, so that what is not done now is begun again at the next start."""


class Background:
    """Runs what it is given, one after the other; `close` ends the work in hand between two of its steps.

    `waited_for` tells whether a turn waits for something this work has, so that the work must go on.
    """

    def __init__(self, floor: Floor, waited_for: Callable[[], bool]) -> None:
        self._floor = floor
        self._waited_for = waited_for
        self._work: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="background", daemon=True)
        self._started = threading.Lock()

    @property
    def closing(self) -> bool:
        """Whether no more work is begun."""
        return self._closing.is_set()

    def submit(self, work: Callable[[], object]) -> None:
        """Have something done when all that was submitted before is done."""
        with self._started:
            if self._thread.ident is None and not self._closing.is_set():
                self._thread.start()
        self._work.put(work)

    def close(self) -> None:
        """Stop; what was submitted and not begun is dropped."""
        with self._started:
            self._closing.set()
        self._work.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        _be_humble()
        with breathing(self._breathe):
            while (work := self._work.get()) is not None and not self._closing.is_set():
                with contextlib.suppress(Stopped), _in_small_slices():
                    work()

    def _breathe(self) -> None:
        if self._closing.is_set():
            raise Stopped
        self._floor.let_pass(self._waited_for)


@contextlib.contextmanager
def _in_small_slices() -> Iterator[None]:
    """Have the interpreter change threads often: a turn waits for it as often as it reads from the store or a file."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SLICE_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _be_humble() -> None:
    """Give this thread a low priority, where the system can do that for one thread."""
    set_priority = getattr(os, "setpriority", None)
    if set_priority is not None and os.uname().sysname == "Linux":
        with contextlib.suppress(OSError):
            set_priority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
