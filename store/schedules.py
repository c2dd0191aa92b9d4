"""Named reads and writes of scheduled home actions: each time one falls due it is begun once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from store.database import Store
from store.models_tasks import ScheduleRow
from store.statements import among, first_of, insert, select, select_where, update, update_where

State = Literal["active", "paused", "done", "cancelled"]


@dataclass(frozen=True)
class NewSchedule:
    """Home actions for later: the interpretation's documents, due at an instant, again and again, or by the sun.

    `sun` is {"event": "sunset", "offset_s": seconds}; `due_at` is its next instant, worked out by the caller.
    """

    text: str
    commands: Any
    user: str
    chat: str
    created_at: datetime
    due_at: datetime | None = None
    recurrence: dict[str, Any] | None = None
    sun: dict[str, Any] | None = None
    guarded: bool = False
    turn: int | None = None


@dataclass(frozen=True)
class Schedule(NewSchedule):
    """Scheduled home actions as they stand; a run without an outcome was cut off, or is under way."""

    id: int = 0
    state: State = "active"
    last_run_at: datetime | None = None
    last_outcome: str | None = None


def add(store: Store, new: NewSchedule) -> int:
    """Keep scheduled actions and return their number."""
    return int(insert(store, ScheduleRow, vars(new)).lastrowid)


def get(store: Store, schedule: int, *, user: str | None = None) -> Schedule | None:
    """Return the scheduled actions, or None; with a user, only theirs."""
    found = select(store, ScheduleRow, {"id": schedule, **({"user": user} if user is not None else {})})
    return Schedule(**found[0]) if found else None


def of_user(
    store: Store, user: str, *, states: Collection[str] = ("active", "paused"), limit: int = 100
) -> list[Schedule]:
    """Return a person's scheduled actions in the order they were made."""
    return _read(store, f"user = ? AND {among('state', states)} ORDER BY id LIMIT ?", (user, *states, limit))


def everyones(store: Store, *, states: Collection[str] = ("active", "paused"), limit: int = 200) -> list[Schedule]:
    """Return everybody's scheduled actions in the order they were made."""
    return _read(store, f"{among('state', states)} ORDER BY id LIMIT ?", (*states, limit))


def waiting(store: Store) -> list[Schedule]:
    """Return everybody's active actions that are due at an instant, the earliest first."""
    return _read(store, "state = 'active' AND due_at IS NOT NULL ORDER BY due_at, id", ())


def due(store: Store, by: datetime, *, limit: int = 100) -> list[Schedule]:
    """Return what is due by an instant, the earliest first."""
    return _read(store, "state = 'active' AND due_at <= ? ORDER BY due_at, id LIMIT ?", (by, limit))


def next_due(store: Store, after: datetime | None = None) -> datetime | None:
    """Return when something is due next: of all that is active, or of what is due after an instant."""
    if after is None:
        return first_of(store, ScheduleRow, "due_at", "state = 'active'")
    return first_of(store, ScheduleRow, "due_at", "state = 'active' AND due_at > ?", (after,))


def begin(store: Store, schedule: int, *, due_at: datetime, at: datetime, next_due: datetime | None) -> bool:
    """Note that what was due at `due_at` is carried out now, once: False when somebody began it, or it is off.

    It is due again at `next_due`, and done without one. What is done with it afterwards is told by `finish`.
    """
    values: dict[str, Any] = {"last_run_at": at, "last_outcome": None, "due_at": next_due}
    if next_due is None:
        values["state"] = "done"
    return bool(update(store, ScheduleRow, values, {"id": schedule, "state": "active", "due_at": due_at}))


def finish(store: Store, schedule: int, outcome: str) -> bool:
    """Keep what came of a run; True the first time."""
    where = "id = ? AND last_run_at IS NOT NULL AND last_outcome IS NULL"
    return bool(update_where(store, ScheduleRow, {"last_outcome": outcome}, where, (schedule,)))


def cut_off(store: Store, *, limit: int = 100) -> list[Schedule]:
    """Return what was begun and of which nothing is known yet, the earliest first: at a start, what a kill cut off."""
    return _read(store, "last_run_at IS NOT NULL AND last_outcome IS NULL ORDER BY last_run_at, id LIMIT ?", (limit,))


def move(store: Store, schedule: int, to: datetime, *, due_at: datetime | None) -> bool:
    """Have what is due at `due_at` fall due at another instant; False when it was begun, moved or ended meanwhile."""
    return bool(update(store, ScheduleRow, {"due_at": to}, {"id": schedule, "state": "active", "due_at": due_at}))


def retime(
    store: Store, schedule: int, *, due_at: datetime, recurrence: dict[str, Any] | None, sun: dict[str, Any] | None
) -> bool:
    """Give an active or paused one other times, due next at an instant; False when it is over."""
    values = {"due_at": due_at, "recurrence": recurrence, "sun": sun}
    return _change(store, schedule, values, ("active", "paused"), None)


def amend(store: Store, schedule: int, commands: Any) -> bool:
    """Change what an active or paused one is to do; False when it is over."""
    return _change(store, schedule, {"commands": commands}, ("active", "paused"), None)


def pause(store: Store, schedule: int, *, user: str | None = None) -> bool:
    """Let active actions rest; only the first of any number of presses returns True."""
    return _change(store, schedule, {"state": "paused"}, ("active",), user)


def resume(store: Store, schedule: int, *, due_at: datetime | None, user: str | None = None) -> bool:
    """Make paused actions active again, due next at an instant; only the first of any presses returns True."""
    return _change(store, schedule, {"state": "active", "due_at": due_at}, ("paused",), user)


def revive(store: Store, schedule: int, *, due_at: datetime, user: str | None = None) -> bool:
    """Have what was paused or cancelled due again at an instant; False when it was neither."""
    return _change(store, schedule, {"state": "active", "due_at": due_at}, ("paused", "cancelled"), user)


def cancel(store: Store, schedule: int, *, user: str | None = None) -> bool:
    """Take scheduled actions back; only the first of any number of presses returns True."""
    return _change(store, schedule, {"state": "cancelled"}, ("active", "paused"), user)


def _change(store: Store, schedule: int, values: dict[str, Any], was: Collection[str], user: str | None) -> bool:
    where = f"id = ? AND {among('state', was)}"
    bound: tuple[object, ...] = (schedule, *was)
    if user is not None:
        where, bound = f"{where} AND user = ?", (*bound, user)
    return bool(update_where(store, ScheduleRow, values, where, bound))


def _read(store: Store, where: str, values: Sequence[object]) -> list[Schedule]:
    return [Schedule(**row) for row in select_where(store, ScheduleRow, where, values)]
