"""What was said by the wall clock keeps to it when the household's time zone is another than at the last start."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from butler.conversation.ringing.planning import JOB
from engine.tasks.due import Due, Every, Recurrence
from engine.tasks.rules import TaskRules
from engine.tasks.times import find_time
from engine.tasks.wall import instant_of, local
from store import facts, jobs, rings, schedules, tasks
from store.database import Store
from store.rings import Ring
from store.schedules import Schedule

_LOG = logging.getLogger(__name__)
_KEY = "time_zone"
_LATELY = timedelta(days=2)  # more than two zones are ever apart
_FAR_APART = (ZoneInfo("Pacific/Pago_Pago"), ZoneInfo("Asia/Tokyo"))
_STEPS = frozenset({Every.HOUR, Every.MINUTE})


class _Moving:
    """Moves wall times from one zone to another, as of an instant."""

    def __init__(self, old: tzinfo, new: tzinfo, now: datetime) -> None:
        self._old, self._new, self._now = old, new, now
        self._unsaid = time(int(TaskRules.base().threshold("day_hour")))

    def once(self, at: datetime) -> datetime:
        """Return the instant at which the new zone's clock shows what the old one's shows at an instant."""
        wall = local(at, self._old)
        return instant_of(wall.date(), wall.time(), self._new)

    def due(self, due: Due) -> Due:
        """Return what is due by the clock of the new zone; days and what recurs are of no zone."""
        start, end = (self.once(each) if isinstance(each, datetime) else each for each in (due.start, due.end))
        return replace(due, at=self.once(due.at) if due.at is not None else None, start=start, end=end)

    def again(self, at: datetime, recurrence: Recurrence, rung: set[datetime]) -> datetime:
        """Return when what recurs and is due at an instant is due; wall times that have rung do not ring again.

        One that was missed, or moved by a person, stays on its day.
        """
        if recurrence.every in _STEPS:
            return at
        if at != self._next(recurrence, self._now, self._old):
            moved = self._said(at, recurrence)
            return moved if moved > self._now or at <= self._now else self._next(recurrence, self._now) or moved
        walls = {local(each, self._old) for each in rung}
        found = self._next(recurrence, self._now)
        while found is not None and local(found, self._new) in walls:
            found = self._next(recurrence, found)
        return found or at

    def _said(self, at: datetime, recurrence: Recurrence) -> datetime:
        """Return the moved instant, by the time that was said also where the old zone's clock left it out."""
        day = local(at, self._old).date()
        for said in recurrence.times:
            if instant_of(day, said, self._old) == at:
                return instant_of(day, said, self._new)
        return self.once(at)

    def _next(self, recurrence: Recurrence, after: datetime, zone: tzinfo | None = None) -> datetime | None:
        return recurrence.next_after(after, zone or self._new, self._unsaid)


def keep_wall_times(store: Store, zone: tzinfo, now: datetime) -> None:
    """Reckon anew what waits for a wall time, where the zone is another than at the last start."""
    name, before = str(zone), facts.get(store, _KEY)
    if name == before:
        return
    old = _zone_of(before) if before is not None else None
    with store.atomic():
        if old is not None:
            moving = _Moving(old, zone, now)
            for ring in rings.waiting(store):
                _move_ring(store, ring, moving, now)
            for schedule in schedules.waiting(store):
                _move_schedule(store, schedule, moving)
        facts.put(store, _KEY, name)


def _zone_of(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        _LOG.warning("the time zone before, %r, is unknown: what waits keeps its instants", name)
        return None


def _move_ring(store: Store, ring: Ring, moving: _Moving, now: datetime) -> None:
    """Move what rings, unless it is a timer, was put off by an amount of time, or was said as one."""
    if ring.kind == "timer" or ring.snoozed:
        return
    recurrence = _recurrence_of(ring.recurrence)
    if recurrence is not None:
        rung = rings.rung_instants(store, ring.series, now - _LATELY) if ring.series is not None else set()
        at = moving.again(ring.due_at, recurrence, rung)
    elif ring.recurrence is None and not is_amount(_wording_of(store, ring), ring.created_at):
        at = moving.once(ring.due_at)
    else:
        return
    if at == ring.due_at:
        return
    rings.amend(store, ring.id, due_at=at)
    jobs.schedule_earlier(store, JOB, at)
    if ring.task is not None:
        _move_task(store, ring.task, moving, (ring.due_at, at), now)


def _move_task(store: Store, number: int, moving: _Moving, ring: tuple[datetime, datetime], now: datetime) -> None:
    """Have the task that something rings for be due at the same wall time as before, or with its ring."""
    task = tasks.get(store, number)
    if task is None or task.due is None or task.due_at is None:
        return
    was, at = ring
    try:
        due = moving.due(Due.from_document(task.due))
    except ValueError as exc:
        _LOG.warning("task %d keeps its instant: %s", number, exc)
        return
    due_at = at if task.due_at == was else moving.once(task.due_at)
    tasks.amend(store, number, at=now, due=due.to_document(), due_at=due_at)


def _move_schedule(store: Store, schedule: Schedule, moving: _Moving) -> None:
    """Move planned actions, unless the sun says when, or they were said for after an amount of time."""
    if schedule.due_at is None or schedule.sun is not None:
        return
    recurrence = _recurrence_of(schedule.recurrence)
    if recurrence is not None:
        at = moving.again(schedule.due_at, recurrence, set())
    elif schedule.recurrence is None and not is_amount(schedule.text, schedule.created_at):
        at = moving.once(schedule.due_at)
    else:
        return
    if schedules.move(store, schedule.id, at, due_at=schedule.due_at):
        jobs.schedule_earlier(store, JOB, at)


def is_amount(text: str, now: datetime) -> bool:
    """Tell whether words say an amount of time ("in 2 hours"): they name the same instant in whatever zone."""
    found = [find_time(text, now, zone) for zone in _FAR_APART]
    here, there = (each.due.at if each is not None else None for each in found)
    return here is not None and here == there


def _wording_of(store: Store, ring: Ring) -> str:
    task = tasks.get(store, ring.task) if ring.task is not None else None
    if task is None or task.due is None:
        return ""
    try:
        return Due.from_document(task.due).wording
    except ValueError:
        return ""


def _recurrence_of(document: dict[str, object] | None) -> Recurrence | None:
    try:
        return Recurrence.from_document(document) if document is not None else None
    except ValueError as exc:
        _LOG.warning("this keeps its instant: %s", exc)
        return None
