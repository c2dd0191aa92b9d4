"""Which tasks fall into a stretch of time: by the instant, day, range or recurrence they are due at."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from butler.conversation.tasks.phrases import due_of
from engine.tasks.due import Due, DueKind
from engine.tasks.wall import instant_of
from store.tasks import Task

_MOMENT = timedelta(microseconds=1)


def is_within(task: Task, start: datetime | None, end: datetime | None, zone: tzinfo) -> bool:
    """Tell whether a task is due in [start, end), in UTC; a deadline counts until it is over."""
    due = due_of(task.due)
    if due is None:
        return False
    if due.kind is DueKind.RECURRENCE:
        return _recurs_within(due, task.due_at, start, end, zone)
    span = span_of(due, zone)
    if span is None:
        return False
    return (end is None or span[0] < end) and (start is None or span[1] > start)


def span_of(due: Due, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """Return from when to when something is due, in UTC, the end excluded; None where no time was said."""
    if due.kind is DueKind.POINT and due.at is not None:
        return due.at, due.at + _MOMENT
    if due.kind is DueKind.DAY and due.day is not None:
        return _begin(due.day, zone), _begin(due.day + timedelta(days=1), zone)
    if due.kind is DueKind.RANGE and due.start is not None and due.end is not None:
        return _instant(due.start, zone), _instant(due.end, zone)
    return None


def day_of(now: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the day of an instant by the zone's clock, in UTC, the end excluded."""
    today = now.astimezone(zone).date()
    return _begin(today, zone), _begin(today + timedelta(days=1), zone)


def _recurs_within(
    due: Due, due_at: datetime | None, start: datetime | None, end: datetime | None, zone: tzinfo
) -> bool:
    if due.recurrence is None:
        return False
    first = due_at if due_at is not None and (start is None or due_at >= start) else None
    if first is None:
        first = due.recurrence.next_after((start or due_at or datetime.min.replace(tzinfo=zone)) - _MOMENT, zone)
    return first is not None and (end is None or first < end)


def _instant(at: date | datetime, zone: tzinfo) -> datetime:
    return at if isinstance(at, datetime) else _begin(at, zone)


def _begin(day: date, zone: tzinfo) -> datetime:
    return instant_of(day, time(), zone)
