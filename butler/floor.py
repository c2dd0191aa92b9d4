"""The floor: one turn or job at a time has it, and a turn gives it up while it waits for the home."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from butler.home.offers import Offers, offers_of
from butler.home.port import Call, Home, admission_of
from engine.understanding.snapshot import Snapshot

_LOOK_AGAIN_S = 0.01


class Floor:
    """A lock that its holder may take again, and may give up for a while, however often it was taken."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: int | None = None
        self._depth = 0

    def __enter__(self) -> Self:
        if not self._mine:
            self._take(1)
        else:
            self._depth += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._leave()

    @contextmanager
    def given_up(self) -> Iterator[None]:
        """Let others have the floor meanwhile; nothing happens for a thread that does not have it."""
        if not self._mine:
            yield
            return
        depth = self._depth
        self._leave()
        try:
            yield
        finally:
            self._take(depth)

    def let_pass(self, unless: Callable[[], bool]) -> None:
        """Wait while somebody else has the floor, `unless` they wait for the caller meanwhile."""
        while self._lock.locked() and not self._mine and not unless():
            if self._lock.acquire(timeout=_LOOK_AGAIN_S):
                self._lock.release()

    @property
    def _mine(self) -> bool:
        # Only this thread writes its own id there, so that the answer cannot change while it is looked at.
        return self._holder == threading.get_ident()

    def _take(self, depth: int) -> None:
        self._lock.acquire()
        self._holder, self._depth = threading.get_ident(), depth

    def _leave(self) -> None:
        self._holder, self._depth = None, 0
        self._lock.release()


class Lines:
    """One lock a person: what one person says is dealt with in order, whoever else has the floor in between."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, tuple[threading.Lock, int]] = {}

    @contextmanager
    def of(self, user: str) -> Iterator[None]:
        """Wait until nothing else of this person is being dealt with."""
        with self._guard:
            lock, waiting = self._locks.get(user, (threading.Lock(), 0))
            self._locks[user] = (lock, waiting + 1)
        try:
            with lock:
                yield
        finally:
            with self._guard:
                lock, waiting = self._locks[user]
                if waiting == 1:
                    del self._locks[user]
                else:
                    self._locks[user] = (lock, waiting - 1)


def _nothing() -> None:
    """Do nothing."""


class SharedHome:
    """A home that lets others have the floor while a call waits for its devices.

    `before_call` is done without the floor too, and raises where nothing may be called.
    """

    def __init__(self, home: Home, floor: Floor, before_call: Callable[[], None] = _nothing) -> None:
        self._home, self._floor, self._before_call = home, floor, before_call

    def snapshot(self) -> Snapshot:
        """Return floors, areas and entities with their live states."""
        return self._home.snapshot()

    def call(self, call: Call, timeout_s: float) -> None:
        """Carry out a call without the floor."""
        with self._floor.given_up():
            self._before_call()
            self._home.call(call, timeout_s)

    def states(self) -> dict[str, dict[str, Any]]:
        """Return state and attributes by entity id, as plain JSON values."""
        return self._home.states()

    @property
    def admitted(self) -> bool | None:
        """Whether the home lets Butler in, as far as is known."""
        return admission_of(self._home)

    @property
    def offers(self) -> Offers:
        """What the home offers besides; it is used without the floor."""
        return offers_of(self._home).within(self._floor.given_up, self._before_call)
