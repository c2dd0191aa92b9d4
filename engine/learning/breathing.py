"""Long work breathes: between two small steps it asks whether somebody else should go first, or whether to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


def _go_on() -> None:
    return None


_PAUSE: ContextVar[Callable[[], None]] = ContextVar("pause", default=_go_on)


def breathe() -> None:
    """Let others go first, as whoever started the work arranged; it may raise what ends the work."""
    _PAUSE.get()()


@contextmanager
def breathing(pause: Callable[[], None]) -> Iterator[None]:
    """Have all work in this thread call `pause` between its steps."""
    before = _PAUSE.set(pause)
    try:
        yield
    finally:
        _PAUSE.reset(before)
