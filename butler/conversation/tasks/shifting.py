"""The new time of a task from its old one: another day keeps its hour, another hour its day, a shift counts from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo

from engine.tasks.amendments import Amendment
from engine.tasks.clock_only import like_before
from engine.tasks.due import Due, DueKind
from engine.tasks.times import wording_of
from engine.tasks.wall import instant_of, local

_DAY = timedelta(days=1)


def new_due(old: Due | None, wanted: Amendment, now: datetime, zone: tzinfo) -> Due | None:
    """Return when something is to be due now; None where the words say nothing of that."""
    if wanted.shift is not None:
        return _shifted(old, wanted.shift, now, zone)
    due = wanted.due
    if due is not None and old is not None and due.kind is DueKind.POINT:
        return like_before(due, old, zone, now)
    if due is None or old is None or due.kind is not DueKind.DAY or old.kind is not DueKind.POINT:
        return due
    if due.day is None or old.at is None:
        return due
    at = instant_of(due.day, local(old.at, zone).time(), zone)
    return replace(due, kind=DueKind.POINT, at=at, day=None, by=due.by or old.by)


def _shifted(old: Due | None, by: timedelta, now: datetime, zone: tzinfo) -> Due | None:
    if old is None or old.kind in {DueKind.OPEN, DueKind.RECURRENCE}:
        return _worded(Due(DueKind.POINT, "", at=now + by), now, zone) if by > timedelta() else None
    whole = by % _DAY == timedelta()
    if old.kind is DueKind.DAY and old.day is not None and not whole:
        return _worded(Due(DueKind.POINT, "", at=now + by), now, zone)
    day = old.day + by if old.day is not None else None
    at = later_by(old.at, by, zone) if old.at is not None else None
    moved = replace(old, at=at, day=day, start=_later(old.start, by, zone), end=_later(old.end, by, zone))
    return _worded(moved, now, zone)


def _later(at: date | datetime | None, by: timedelta, zone: tzinfo) -> date | datetime | None:
    if isinstance(at, datetime):
        return later_by(at, by, zone)
    return at + by if at is not None else None


def later_by(at: datetime, by: timedelta, zone: tzinfo) -> datetime:
    """Return an instant so much later, at the same wall time where that is whole days."""
    if by % _DAY:
        return at + by
    wall = local(at, zone) + by
    return instant_of(wall.date(), wall.time(), zone)


def _worded(due: Due, now: datetime, zone: tzinfo) -> Due:
    return replace(due, wording=wording_of(due, now, zone))
