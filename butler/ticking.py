"""The thread that runs jobs as they fall due: it sleeps until the next instant known, and is woken for a new one.

It counts its sleep on a clock that nobody can set, so that no change of the machine's clock stops it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from engine.scheduler import JobError
from store import StoreError

_LOG = logging.getLogger(__name__)
_EVERY_S = 20.0  # what is due by a clock that was set forward, or runs in the background, waits no longer
_BREATH_S = 0.25  # between two looks, also where what is due cannot be done


class Timekeeper(Protocol):
    """Who knows when something is due next."""

    def seconds_left(self) -> float | None:
        """Return in how many seconds something is due, negative when it is overdue, or None; raises StoreError."""


class Waking:
    """Wakes whoever sleeps until something is due, because that may be earlier now."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self._over = threading.Event()

    @property
    def over(self) -> bool:
        """Whether nobody is to sleep any more."""
        return self._over.is_set()

    def wake(self) -> None:
        """Have the sleeper look again; from any thread."""
        self._woken.set()

    def end(self) -> None:
        """Have nobody sleep any more."""
        self._over.set()
        self._woken.set()

    def sleep(self, seconds: float) -> None:
        """Sleep so long at most, or until somebody wakes the sleeper."""
        self._woken.wait(seconds)
        self._woken.clear()

    def rest(self, seconds: float) -> None:
        """Rest so long whoever wakes, unless it is over."""
        self._over.wait(seconds)


@contextmanager
def ticking(tick: Callable[[], object], keeper: Timekeeper, waking: Waking) -> Iterator[None]:
    """Call `tick` in a thread of its own whenever something is due, and every so often, until the context ends."""

    def run() -> None:
        while not waking.over:
            _sleep(keeper, waking)
            if not waking.over:
                _attempt(tick)
                waking.rest(_BREATH_S)

    thread = threading.Thread(target=run, name="ticking", daemon=True)
    thread.start()
    try:
        yield
    finally:
        waking.end()
        thread.join()


def _sleep(keeper: Timekeeper, waking: Waking) -> None:
    """Return when something is due, at the latest after the longest pause."""
    end = time.monotonic() + _EVERY_S
    while not waking.over and (pause := end - time.monotonic()) > 0:
        left = _seconds_left(keeper)
        if left is not None and left <= 0:
            return
        waking.sleep(pause if left is None else min(left, pause))


def _seconds_left(keeper: Timekeeper) -> float | None:
    try:
        return keeper.seconds_left()
    except StoreError as exc:
        _LOG.warning("what is due cannot be read: %s", exc)
        return None


def _attempt(tick: Callable[[], object]) -> None:
    try:
        tick()
    except (StoreError, JobError) as exc:
        _LOG.warning("what is due is tried again soon: %s", exc)
    except Exception:  # noqa: BLE001 - what brings one tick down must not stop all jobs for good; it is logged
        _LOG.exception("a tick failed")
