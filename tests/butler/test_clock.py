"""Clocks: a manual one stands still, goes forward only, and speaks UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from butler.clock import ClockError, ManualClock, SetBack, SystemClock

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def test_a_manual_clock_stands_still_while_a_device_is_waited_for() -> None:
    clock = ManualClock(NOON)
    clock.sleep(30)
    assert (clock.now(), clock.monotonic()) == (NOON, 0)


def test_a_manual_clock_goes_where_it_is_moved_and_counts_the_seconds() -> None:
    clock = ManualClock(NOON)
    clock.move_to(clock.after(90.5))
    assert clock.now() == NOON + timedelta(seconds=90.5)
    assert clock.monotonic() == 90.5


def test_a_manual_clock_speaks_utc_whatever_it_was_told() -> None:
    clock = ManualClock(NOON.astimezone(timezone(timedelta(hours=5))))
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize("seconds", [-1, -0.001, float("nan"), 1e300])
def test_a_manual_clock_goes_neither_back_nor_beyond_the_end_of_time(seconds: float) -> None:
    with pytest.raises(ClockError):
        ManualClock(NOON).after(seconds)


def test_a_manual_clock_is_not_moved_to_an_instant_that_passed() -> None:
    clock = ManualClock(NOON)
    with pytest.raises(ClockError, match="has passed"):
        clock.move_to(NOON - timedelta(seconds=1))
    assert clock.now() == NOON


def test_a_manual_clock_wants_a_time_zone() -> None:
    with pytest.raises(ClockError, match="time zone"):
        ManualClock(NOON.replace(tzinfo=None))


@pytest.mark.parametrize("year", [1, 1969, 9001, 9999])
def test_a_manual_clock_stands_far_from_the_ends_of_the_calendar(year: int) -> None:
    with pytest.raises(ClockError, match="not between the years 1970 and 9000"):
        ManualClock(NOON.replace(year=year))
    with pytest.raises(ClockError, match="end of time"):
        ManualClock(NOON).after(7_000 * 366 * 86_400)


def test_the_system_clock_speaks_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_clock_that_is_set_back_is_noticed_once() -> None:
    """A second lost now and then is how clocks are kept right; one set forward loses nothing."""

    class Moved:
        wall, counted = datetime(2026, 3, 14, 12, tzinfo=UTC), 0.0

        def now(self) -> datetime:
            return self.wall

        def monotonic(self) -> float:
            return self.counted

        def sleep(self, seconds: float) -> None:
            raise AssertionError("nobody sleeps")

    clock = Moved()
    back = SetBack(clock)
    noticed = []
    for wall, counted in ((20, 20), (19, 20), (3_600, 20), (-86_400, 20), (20, 20)):
        clock.wall, clock.counted = clock.wall + timedelta(seconds=wall), clock.counted + counted
        noticed.append(back.happened())
    assert noticed == [False, False, False, True, False]
