"""Named reads and writes of what rings: reminders, alarms and timers, each of which rings once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from store.database import Store
from store.models_tasks import RingRow
from store.statements import among, count_where, first_of, insert, select, select_where, update, update_where

Kind = Literal["reminder", "alarm", "timer"]
State = Literal["waiting", "rung", "done", "cancelled"]

_CHANGEABLE = frozenset({"title", "due_at", "recurrence", "duration_s", "task"})


@dataclass(frozen=True)
class NewRing:
    """What is to ring, when and where; `series` is the first ring of a recurring one, a timer lasts `duration_s`."""

    kind: Kind
    title: str
    due_at: datetime
    user: str
    chat: str
    created_at: datetime
    task: int | None = None
    recurrence: dict[str, Any] | None = None
    duration_s: float | None = None
    turn: int | None = None
    series: int | None = None


@dataclass(frozen=True)
class Ring(NewRing):
    """What rings, as it stands; `snoozed` says how often it was put off, `ended_at` when a person answered it."""

    id: int = 0
    state: State = "waiting"
    rung_at: datetime | None = None
    late: bool = False
    snoozed: int = 0
    ended_at: datetime | None = None


def add(store: Store, new: NewRing) -> int:
    """Keep what is to ring and return its number; one that recurs is the first of its series."""
    with store.atomic():
        number = int(insert(store, RingRow, vars(new)).lastrowid)
        if new.recurrence is not None and new.series is None:
            update(store, RingRow, {"series": number}, {"id": number})
    return number


def get(store: Store, ring_id: int, *, user: str | None = None) -> Ring | None:
    """Return the ring, or None; with a user, only one of theirs."""
    found = select(store, RingRow, {"id": ring_id, **({"user": user} if user is not None else {})})
    return Ring(**found[0]) if found else None


def due(store: Store, by: datetime, *, limit: int = 100) -> list[Ring]:
    """Return what is to ring by an instant, the earliest first."""
    return _read(store, "state = 'waiting' AND due_at <= ? ORDER BY due_at, id LIMIT ?", (by, limit))


def next_due(store: Store, after: datetime | None = None) -> datetime | None:
    """Return when something rings next: of all that waits, or of what is due after an instant."""
    if after is None:
        return first_of(store, RingRow, "due_at", "state = 'waiting'")
    return first_of(store, RingRow, "due_at", "state = 'waiting' AND due_at > ?", (after,))


def of_user(
    store: Store,
    user: str,
    *,
    kinds: Collection[str] = (),
    states: Collection[str] = ("waiting",),
    limit: int = 100,
) -> list[Ring]:
    """Return what rings for a person, the earliest first: of some kinds, or of all."""
    where = f"user = ? AND {among('state', states)}"
    values: list[object] = [user, *states]
    if kinds:
        where, values = f"{where} AND {among('kind', kinds)}", [*values, *kinds]
    return _read(store, f"{where} ORDER BY due_at, id LIMIT ?", (*values, limit))


def of_task(store: Store, task: int, *, states: Collection[str] = ("waiting",)) -> list[Ring]:
    """Return what rings for a task, the earliest first."""
    return _read(store, f"task = ? AND {among('state', states)} ORDER BY due_at, id", (task, *states))


def last_rung(store: Store, user: str, chat: str, since: datetime, *, kinds: Collection[str] = ()) -> Ring | None:
    """Return what rang last for a person in a chat since an instant and nobody answered, or None."""
    where, values = "user = ? AND state = 'rung' AND chat = ? AND rung_at >= ?", [user, chat, since]
    if kinds:
        where, values = f"{where} AND {among('kind', kinds)}", [*values, *kinds]
    found = _read(store, f"{where} ORDER BY rung_at DESC, id DESC LIMIT 1", values)
    return found[0] if found else None


def unanswered(store: Store, series: int) -> int:
    """Return how often a recurring ring has rung since a person last answered it."""
    last = "SELECT coalesce(max(id), 0) FROM rings WHERE series = ? AND ended_at IS NOT NULL"
    return count_where(store, RingRow, f"series = ? AND state = 'rung' AND id > ({last})", (series, series))


def rung_instants(store: Store, series: int, after: datetime) -> set[datetime]:
    """Return for which instants later than one a recurring ring has rung already, by a clock that was ahead."""
    found = _read(store, "series = ? AND rung_at IS NOT NULL AND due_at > ?", (series, after))
    return {ring.due_at for ring in found}


def waiting(store: Store) -> list[Ring]:
    """Return everybody's rings that wait, the earliest first."""
    return _read(store, "state = 'waiting' ORDER BY due_at, id", ())


def recurring(store: Store) -> list[Ring]:
    """Return everybody's rings that wait and come again, the earliest first."""
    return _read(store, "state = 'waiting' AND recurrence IS NOT NULL ORDER BY due_at, id", ())


def ring(store: Store, ring_id: int, *, at: datetime, late: bool = False, next_due: datetime | None = None) -> bool:
    """Note that it rings now, which it does once: False when it has rung, is gone or is not due any more.

    One that recurs makes its next, due at `next_due`, in the same transaction; it rings by itself from then on, so
    that putting it off leaves the series alone.
    """
    with store.atomic():
        values = {"state": "rung", "rung_at": at, "late": late}
        if not update_where(store, RingRow, values, "id = ? AND state = 'waiting' AND due_at <= ?", (ring_id, at)):
            return False
        if next_due is not None:
            rung = Ring(**select(store, RingRow, {"id": ring_id})[0])
            add(store, _next_of(rung, next_due, at))
            update(store, RingRow, {"recurrence": None}, {"id": ring_id})
    return True


def snooze(store: Store, ring_id: int, to: datetime, *, at: datetime, user: str | None = None) -> bool:
    """Have what has rung ring once more at another instant; of a doubled press only the first returns True."""
    with store.atomic():
        found = get(store, ring_id, user=user)
        if found is None or found.state != "rung":
            return False
        values = {"state": "waiting", "due_at": to, "snoozed": found.snoozed + 1, "ended_at": at, "late": False}
        return bool(update(store, RingRow, values, {"id": ring_id}))


def finish(store: Store, ring_id: int, *, at: datetime, user: str | None = None) -> bool:
    """Note that what has rung, or was put off, is done; only the first of any number of presses returns True."""
    where = "id = ? AND (state = 'rung' OR (state = 'waiting' AND snoozed > 0))"
    return _end(store, "done", where, ring_id, at=at, user=user)


def unanswer(store: Store, before: Ring) -> bool:
    """Have what was put off or done be as it was when it had rung; False when it has rung since, or was called off."""
    values = {name: getattr(before, name) for name in ("state", "due_at", "snoozed", "ended_at", "late", "recurrence")}
    where = "id = ? AND rung_at = ? AND state IN ('waiting', 'done')"
    return bool(update_where(store, RingRow, values, where, (before.id, before.rung_at)))


def cancel(store: Store, ring_id: int, *, at: datetime, user: str | None = None) -> bool:
    """Keep what waits from ringing, with what would come after it; only the first of any presses returns True."""
    return _end(store, "cancelled", "id = ? AND state = 'waiting'", ring_id, at=at, user=user)


def cancel_series(store: Store, series: int, *, at: datetime, user: str | None = None) -> bool:
    """Keep a recurring ring from ever ringing again, also one of it that was put off; False when none of it waits."""
    return _end(store, "cancelled", "series = ? AND state = 'waiting'", series, at=at, user=user)


def revive(store: Store, ring_id: int, *, at: datetime, user: str | None = None) -> bool:
    """Have what was cancelled ring after all, if it is due after an instant; False when it is not, or has passed."""
    where, values = "id = ? AND state = 'cancelled' AND due_at > ?", [ring_id, at]
    if user is not None:
        where, values = f"{where} AND user = ?", [*values, user]
    return bool(update_where(store, RingRow, {"state": "waiting", "ended_at": None}, where, values))


def cancel_of_task(store: Store, task: int, *, at: datetime) -> int:
    """Keep what waits for a task from ringing, and return how many; for a task that is done or dropped."""
    values = {"state": "cancelled", "ended_at": at}
    return update_where(store, RingRow, values, "task = ? AND state = 'waiting'", (task,))


def amend(store: Store, ring_id: int, *, user: str | None = None, **changes: Any) -> bool:
    """Change title, due_at, recurrence, duration_s or task of what waits; False when it does not (or is not theirs).

    One that recurs from now on is the first of its series.
    """
    unknown = changes.keys() - _CHANGEABLE
    if unknown:
        raise ValueError(f"what rings has no {', '.join(sorted(unknown))} to amend")
    with store.atomic():
        found = get(store, ring_id, user=user)
        if found is None or found.state != "waiting":
            return False
        if changes.get("recurrence") is not None and found.series is None:
            changes["series"] = ring_id
        return not changes or bool(update(store, RingRow, changes, {"id": ring_id}))


def _next_of(rung: Ring, due_at: datetime, at: datetime) -> NewRing:
    new = NewRing(**{name: getattr(rung, name) for name in NewRing.__dataclass_fields__})
    return replace(new, due_at=due_at, created_at=at, series=rung.series or rung.id)


def _end(store: Store, state: State, where: str, number: int, *, at: datetime, user: str | None) -> bool:
    values: tuple[object, ...] = (number,)
    if user is not None:
        where, values = f"{where} AND user = ?", (number, user)
    return bool(update_where(store, RingRow, {"state": state, "ended_at": at}, where, values))


def _read(store: Store, where: str, values: Sequence[object]) -> list[Ring]:
    return [Ring(**row) for row in select_where(store, RingRow, where, values)]
