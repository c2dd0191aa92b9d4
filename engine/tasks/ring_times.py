"""When a reminder or alarm rings, for each way of saying when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from engine.tasks.due import Due, DueKind
from engine.tasks.rules import TaskRules
from engine.tasks.wall import instant_of

_SOON = timedelta(hours=1)


def rings_at(due: Due | None, now: datetime, zone: tzinfo, rules: TaskRules) -> datetime | None:
    """Return the UTC instant at which something due then rings; None where the words do not say, or it is past.

    A point rings then, a day at the rules' hour, a range at its start (within it: in an hour, or half-way to its end),
    a deadline with an hour an hour before. What recurs rings at its next.
    """
    if due is None or due.asks:
        return None
    if due.kind is DueKind.POINT and due.at is not None:
        return _before(due.at, now, rules) if due.by else due.at
    if due.kind is DueKind.DAY and due.day is not None:
        return _on(due.day, now, zone, rules)
    if due.kind is DueKind.RANGE:
        return _within(due, now, zone, rules)
    if due.recurrence is not None:
        return due.recurrence.next_after(now, zone, time(int(rules.threshold("day_hour"))))
    return None


def _before(at: datetime, now: datetime, rules: TaskRules) -> datetime:
    early = at - timedelta(minutes=rules.threshold("lead_minutes"))
    return early if early > now else max(at - (at - now) / 2, now)


def _on(day: date, now: datetime, zone: tzinfo, rules: TaskRules) -> datetime | None:
    at = instant_of(day, time(int(rules.threshold("day_hour"))), zone)
    if at > now:
        return at
    return _inside(now, instant_of(day + timedelta(days=1), time(0), zone))


def _within(due: Due, now: datetime, zone: tzinfo, rules: TaskRules) -> datetime | None:
    start, end = due.start, due.end
    if isinstance(start, datetime):
        if start > now:
            return start
        return _inside(now, end) if isinstance(end, datetime) else None
    if start is None:
        return None
    if instant_of(start, time(int(rules.threshold("day_hour"))), zone) > now:
        return instant_of(start, time(int(rules.threshold("day_hour"))), zone)
    if end is None or isinstance(end, datetime):
        return _on(start, now, zone, rules)
    return _inside(now, instant_of(end, time(0), zone))


def _inside(now: datetime, end: datetime) -> datetime | None:
    return min(now + _SOON, now + (end - now) / 2) if end > now else None
