"""The thread that ticks: woken for what is due sooner, asleep otherwise, and not to be brought down."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from butler.ticking import Waking, ticking
from store import StoreLocked

PATIENCE_S = 10.0


class Agenda:
    """Says in how many seconds something is due, and counts how often it was asked."""

    def __init__(self, left: float | None) -> None:
        self.left = left
        self.asked = threading.Semaphore(0)

    def seconds_left(self) -> float | None:
        self.asked.release()
        return self.left


def ticked(agenda: Agenda, work: Callable[[], None]) -> tuple[Callable[[], None], threading.Semaphore]:
    """Return a tick that does some work, leaves nothing due, and is counted."""
    ticks = threading.Semaphore(0)

    def tick() -> None:
        agenda.left = None
        ticks.release()
        work()

    return tick, ticks


def nothing() -> None:
    """Do nothing."""


def test_what_is_due_is_done_at_once() -> None:
    agenda = Agenda(-1.0)
    tick, ticks = ticked(agenda, nothing)
    with ticking(tick, agenda, Waking()):
        assert ticks.acquire(timeout=PATIENCE_S)


def test_who_sleeps_until_tomorrow_is_woken_for_what_is_due_now() -> None:
    agenda, waking = Agenda(86_400.0), Waking()
    tick, ticks = ticked(agenda, nothing)
    with ticking(tick, agenda, waking):
        assert agenda.asked.acquire(timeout=PATIENCE_S)
        agenda.left = 0.0
        waking.wake()
        assert ticks.acquire(timeout=PATIENCE_S)


def test_who_is_woken_for_nothing_sleeps_on() -> None:
    agenda, waking = Agenda(None), Waking()
    tick, ticks = ticked(agenda, nothing)
    with ticking(tick, agenda, waking):
        for _ in range(20):
            assert agenda.asked.acquire(timeout=PATIENCE_S)
            waking.wake()
        assert not ticks.acquire(blocking=False)


@pytest.mark.parametrize("problem", [StoreLocked, RuntimeError])
def test_a_tick_that_fails_is_followed_by_another(problem: type[Exception], caplog: pytest.LogCaptureFixture) -> None:
    agenda, waking = Agenda(0.0), Waking()

    def fail() -> None:
        raise problem("no luck")

    tick, ticks = ticked(agenda, fail)
    with ticking(tick, agenda, waking):
        assert ticks.acquire(timeout=PATIENCE_S)
        agenda.left = 0.0
        waking.wake()
        assert ticks.acquire(timeout=PATIENCE_S)
    assert caplog.records


def test_an_agenda_that_cannot_be_read_stops_nothing() -> None:
    waking, broken = Waking(), threading.Semaphore(0)

    class Locked(Agenda):
        def seconds_left(self) -> float | None:
            if self.left is None:
                return None
            broken.release()
            raise StoreLocked("locked")

    agenda = Locked(0.0)
    with ticking(nothing, agenda, waking):
        assert broken.acquire(timeout=PATIENCE_S)
        waking.wake()
        assert broken.acquire(timeout=PATIENCE_S)


def test_ending_wakes_who_sleeps() -> None:
    with ticking(nothing, Agenda(86_400.0), Waking()):
        pass
    assert not [thread for thread in threading.enumerate() if thread.name == "ticking"]
