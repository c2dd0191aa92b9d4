"""PORT `Clock`: what time it is, and how one waits for a device that is slow."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

_LOST_S = 60.0
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Between these instants a manual clock stands, so that what is planned from there is within the calendar."""


class ClockError(Exception):
    """A clock was asked to go where it cannot go."""


class Clock(Protocol):
    """The time, in UTC, and a count of seconds that never goes back."""

    def now(self) -> datetime:
        """Return the time, in UTC."""

    def monotonic(self) -> float:
        """Return seconds since some fixed moment."""

    def sleep(self, seconds: float) -> None:
        """Wait for a device."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds since some fixed moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class SetBack:
    """Notices that a clock was set back, by the seconds that were counted meanwhile."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen = clock.now(), clock.monotonic()

    def happened(self) -> bool:
        """Return whether the clock lost more than a minute since this was asked last."""
        wall, counted = self._clock.now(), self._clock.monotonic()
        lost = counted - self._seen[1] - (wall - self._seen[0]).total_seconds()
        self._seen = wall, counted
        return lost > _LOST_S


class ManualClock:
    """A clock that stands still until it is moved; waiting for a device takes no time."""

    def __init__(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ClockError(f"{now.isoformat()} has no time zone")
        if not EARLIEST <= now <= LATEST:
            raise ClockError(f"{now.isoformat()} is not between the years {EARLIEST.year} and {LATEST.year}")
        self._started = self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds the clock was moved by."""
        return (self._now - self._started).total_seconds()

    def sleep(self, seconds: float) -> None:
        """Return at once: what is slow has its time when the clock is moved."""

    def after(self, seconds: float) -> datetime:
        """Return the instant `seconds` from now; raise ClockError for a negative number or one out of range."""
        if not seconds >= 0:
            raise ClockError(f"time does not go back by {-seconds:g} seconds")
        if seconds > (LATEST - self._now).total_seconds():
            raise ClockError(f"{seconds:g} seconds from now is after the end of time")
        return self._now + timedelta(seconds=seconds)

    def move_to(self, instant: datetime) -> None:
        """Move to an instant; raise ClockError for one that has passed."""
        if instant < self._now:
            raise ClockError(f"{instant.isoformat()} has passed")
        self._now = instant.astimezone(UTC)
