"""The occurrence of a task that comes again: which one is next, which one was done, and one of them on another day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from butler.conversation.tasks.shifting import later_by
from engine.tasks.amendments import Amendment
from engine.tasks.clock_only import like_before
from engine.tasks.due import Due, DueKind, Every, Recurrence
from engine.tasks.wall import instant_of, local
from store.tasks import Task

_MOMENT = timedelta(microseconds=1)
_AHEAD = timedelta(hours=6)
_BY_DAYS = frozenset({Every.DAY, Every.WEEK, Every.MONTH, Every.YEAR})


@dataclass(frozen=True)
class MovedOnce:
    """One occurrence on another day: when it is now, and the recurrence as it goes on after it."""

    at: datetime
    due: Due


def recurrence_of(task: Task) -> Recurrence | None:
    """Return how a task comes again, None where it does not."""
    due = Due.from_document(task.due) if task.due else None
    return due.recurrence if due is not None and due.kind is DueKind.RECURRENCE else None


def next_due(task: Task, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the instant a task is due: of what comes again today's occurrence, else the next one.

    One that was put on another day is due then, as long as that day is not over.
    """
    again = recurrence_of(task)
    if again is None or (task.due_at is not None and local(task.due_at, zone).date() >= local(now, zone).date()):
        return task.due_at
    since = now if again.every not in _BY_DAYS else instant_of(local(now, zone).date(), time(), zone)
    return again.next_after(since - _MOMENT, zone)


def as_next(task: Task, now: datetime, zone: tzinfo) -> Task:
    """Return a task with the instant of its next occurrence."""
    at = next_due(task, now, zone)
    return task if at == task.due_at else replace(task, due_at=at)


def done_occurrence(task: Task, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the occurrence that is done when a task is ticked off now.

    It is the one that is due today or later. Where an earlier one was missed it is that one, unless today's is at hand.
    """
    at = next_due(task, now, zone)
    again = recurrence_of(task)
    if again is None or at == task.due_at or at is None or task.due_at is None:
        return at
    today = local(at, zone).date() == local(now, zone).date()
    return at if today and (not again.times or at <= now + _AHEAD) else task.due_at


def moved_once(task: Task, wanted: Amendment, now: datetime, zone: tzinfo) -> MovedOnce | None:
    """Return one occurrence of a task on the day that is wanted; None where the words change more than its day."""
    again = recurrence_of(task)
    if task.due is None or again is None or again.every not in _BY_DAYS:
        return None
    if wanted != Amendment(wanted.target, due=wanted.due, shift=wanted.shift):
        return None
    due, was = Due.from_document(task.due), next_due(task, now, zone)
    at = _wanted_instant(due, wanted, was, now, zone) if was is not None else None
    if was is None or at is None:
        return None
    following = again.next_after(was, zone)
    if following is not None and (again.every in {Every.DAY, Every.WEEK} or again.day_of_month or again.nth):
        again = replace(again, start=local(following, zone).date())
    return MovedOnce(at, replace(due, recurrence=again))


def _wanted_instant(old: Due, wanted: Amendment, was: datetime, now: datetime, zone: tzinfo) -> datetime | None:
    if wanted.shift is not None:
        return later_by(was, wanted.shift, zone)
    new = wanted.due
    if new is None:
        return None
    day = new.day
    if new.kind is DueKind.POINT and like_before(new, old, zone, now).kind is DueKind.POINT:
        return new.at
    if new.kind is DueKind.RANGE and new.start is not None:
        start = local(new.start, zone).date() if isinstance(new.start, datetime) else new.start
        day = max(start, local(now, zone).date())
    return instant_of(day, local(was, zone).time(), zone) if day is not None else None
