"""When nothing is sent unasked, by the household's wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class QuietHours:
    """From `start` to `end`, which is excluded; equal ones mean that it is never quiet."""

    start: time = time(22)
    end: time = time(7)

    def hold(self, at: datetime, zone: tzinfo) -> bool:
        """Tell whether it is quiet at an instant."""
        shown = at.astimezone(zone).time()
        if self.start <= self.end:
            return self.start <= shown < self.end
        return shown >= self.start or shown < self.end

    def over(self, at: datetime, zone: tzinfo) -> datetime:
        """Return the first instant from `at` on, to the minute, at which it is not quiet, in UTC.

        It is looked for minute by minute, because a wall clock skips hours and shows some twice.
        """
        if not self.hold(at, zone):
            return at
        later = at.astimezone(UTC).replace(second=0, microsecond=0)
        while self.hold(later, zone) or later < at:
            later += _MINUTE
        return later
