"""Wall-clock times of a time zone as instants, right on the days the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def instant_of(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the UTC instant of a wall time; the first of two, or the first that exists after a gap."""
    naive = datetime.combine(day, at)
    first = _utc(naive, zone, fold=0)
    if first.astimezone(zone).replace(tzinfo=None) == naive:
        return first
    return _end_of_gap(_utc(naive, zone, fold=1), first, zone)


def local(instant: datetime, zone: tzinfo) -> datetime:
    """Return an instant as the zone's wall time, without its zone."""
    return instant.astimezone(zone).replace(tzinfo=None)


def _utc(naive: datetime, zone: tzinfo, *, fold: int) -> datetime:
    try:
        return naive.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    except OverflowError:
        return naive.replace(tzinfo=UTC)


def _end_of_gap(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """Return the instant at which the offset changes between two instants, to the second."""
    offset = before.astimezone(zone).utcoffset()
    low, high = before, after
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high
