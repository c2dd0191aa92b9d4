"""When a reminder or alarm rings, for each way of saying when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from engine.tasks.due import Due, DueKind
from engine.tasks.rules import TaskRules
from engine.tasks.wall import instant_of

_SOON = timedelta(hours=1)
_DAY = timedelta(days=1)
_AT_ONCE = timedelta(seconds=1)


def rings_at(due: Due | None, now: datetime, zone: tzinfo, rules: TaskRules) -> datetime | None:
    """Return the UTC instant at which something due then rings; None where the words do not say, or it is past.

    A point rings then, and a deadline with an hour before it. A day or range rings at the rules' hour of its first
    day to come; one without that hour at its start, and within it in an hour or half-way to its end. What recurs rings
    at its next.
    """
    if due is None or due.asks:
        return None
    if due.recurrence is not None:
        return due.recurrence.next_after(now, zone, time(_day_hour(rules)))
    if due.kind is DueKind.POINT and due.at is not None:
        at = _before(due.at, now, rules) if due.by else due.at
        return at if at > now else None
    if due.day is not None:
        return _within(_midnight(due.day, zone), _midnight(due.day + _DAY, zone), now, zone, _day_hour(rules))
    if due.start is not None and due.end is not None:
        return _within(_instant(due.start, zone), _instant(due.end, zone), now, zone, _day_hour(rules))
    return None


def _day_hour(rules: TaskRules) -> int:
    return max(0, min(23, int(rules.threshold("day_hour"))))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return instant_of(day, time(0), zone)


def _instant(moment: date | datetime, zone: tzinfo) -> datetime:
    return moment if isinstance(moment, datetime) else _midnight(moment, zone)


def _before(at: datetime, now: datetime, rules: TaskRules) -> datetime:
    early = at - timedelta(minutes=rules.threshold("lead_minutes"))
    return early if early > now else at


def _within(start: datetime, end: datetime, now: datetime, zone: tzinfo, hour: int) -> datetime | None:
    if end <= now:
        return None
    first = max(start, now).astimezone(zone).date()
    for day in (first, first + _DAY):
        at = instant_of(day, time(hour), zone)
        if max(start, now + _AT_ONCE) <= at < end:
            return at
    return start if start > now else min(now + _SOON, now + (end - now) / 2)
