"""Named reads and writes of notices on devices: what a person wants to be told of one, and since when it is so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from store.database import Store
from store.models_tasks import DeviceNoticeRow
from store.statements import among, first_of, insert, select, select_where, update, update_where

State = Literal["active", "muted", "done", "cancelled"]


@dataclass(frozen=True)
class NewDeviceNotice:
    """What to tell of a device and when: `condition` is {"state"} or {"attribute", "above", "below"}, and "for_s"."""

    user: str
    chat: str
    entity_id: str
    condition: dict[str, Any]
    text: str
    created_at: datetime
    once: bool = True
    turn: int | None = None


@dataclass(frozen=True)
class DeviceNotice(NewDeviceNotice):
    """A notice on a device as it stands: the condition holds `since`, and its person is told at `due_at`."""

    id: int = 0
    state: State = "active"
    since: datetime | None = None
    due_at: datetime | None = None
    told_at: datetime | None = None


def add(store: Store, new: NewDeviceNotice) -> int:
    """Keep a notice on a device and return its number."""
    return int(insert(store, DeviceNoticeRow, vars(new)).lastrowid)


def get(store: Store, notice: int, *, user: str | None = None) -> DeviceNotice | None:
    """Return the notice, or None; with a user, only one of theirs."""
    found = select(store, DeviceNoticeRow, {"id": notice, **({"user": user} if user is not None else {})})
    return DeviceNotice(**found[0]) if found else None


def active(store: Store, *, limit: int = 1000) -> list[DeviceNotice]:
    """Return everybody's active notices in the order they were made."""
    return _read(store, "state = 'active' ORDER BY id LIMIT ?", (limit,))


def of_entity(store: Store, entity_id: str, *, limit: int = 100) -> list[DeviceNotice]:
    """Return the active notices on one device in the order they were made."""
    return _read(store, "entity_id = ? AND state = 'active' ORDER BY id LIMIT ?", (entity_id, limit))


def of_user(
    store: Store, user: str, *, states: Collection[str] = ("active", "muted"), limit: int = 100
) -> list[DeviceNotice]:
    """Return a person's notices in the order they were made."""
    return _read(store, f"user = ? AND {among('state', states)} ORDER BY id LIMIT ?", (user, *states, limit))


def due(store: Store, by: datetime, *, limit: int = 100) -> list[DeviceNotice]:
    """Return what is to be told by an instant, the earliest first."""
    return _read(store, "state = 'active' AND due_at <= ? ORDER BY due_at, id LIMIT ?", (by, limit))


def next_due(store: Store, after: datetime | None = None) -> datetime | None:
    """Return when something is to be told next: of all, or of what is due after an instant."""
    if after is None:
        return first_of(store, DeviceNoticeRow, "due_at", "state = 'active'")
    return first_of(store, DeviceNoticeRow, "due_at", "state = 'active' AND due_at > ?", (after,))


def begin(store: Store, notice: int, *, since: datetime, due_at: datetime | None) -> bool:
    """Note that the condition holds since an instant, and when its person is told; False when that is noted.

    Without an instant nobody is told, as where it was so before anybody asked.
    """
    values = {"since": since, "due_at": due_at}
    return bool(update(store, DeviceNoticeRow, values, {"id": notice, "state": "active", "since": None}))


def end(store: Store, notice: int) -> bool:
    """Note that the condition holds no more, so that nobody is told of it; False when it did not hold."""
    values = {"since": None, "due_at": None}
    return bool(update_where(store, DeviceNoticeRow, values, "id = ? AND since IS NOT NULL", (notice,)))


def tell(store: Store, notice: int, *, at: datetime) -> bool:
    """Note that the person is told now; False when they were told, or are not to be.

    They are told once for as long as the condition holds; a notice that is to come only once is done then.
    """
    with store.atomic():
        found = get(store, notice)
        if found is None or found.state != "active" or found.due_at is None or found.due_at > at:
            return False
        values: dict[str, Any] = {"told_at": at, "due_at": None, "state": "done" if found.once else "active"}
        return bool(update(store, DeviceNoticeRow, values, {"id": notice}))


def repeat(store: Store, notice: int, *, once: bool, user: str | None = None) -> bool:
    """Have a notice come once or every time; one that came once comes again. False when it is cancelled."""
    values = {"once": once, "state": "active"}
    return _change(store, notice, values, ("active", "muted", "done"), user)


def mute(store: Store, notice: int, *, user: str | None = None) -> bool:
    """Keep an active notice quiet; only the first of any number of presses returns True."""
    return _change(store, notice, {"state": "muted", "since": None, "due_at": None}, ("active",), user)


def unmute(store: Store, notice: int, *, user: str | None = None) -> bool:
    """Let a muted notice speak again; only the first of any number of presses returns True."""
    return _change(store, notice, {"state": "active"}, ("muted",), user)


def cancel(store: Store, notice: int, *, user: str | None = None) -> bool:
    """Take a notice back; only the first of any number of presses returns True."""
    return _change(store, notice, {"state": "cancelled", "since": None, "due_at": None}, ("active", "muted"), user)


def _change(store: Store, notice: int, values: dict[str, Any], was: Collection[str], user: str | None) -> bool:
    where = f"id = ? AND {among('state', was)}"
    bound: tuple[object, ...] = (notice, *was)
    if user is not None:
        where, bound = f"{where} AND user = ?", (*bound, user)
    return bool(update_where(store, DeviceNoticeRow, values, where, bound))


def _read(store: Store, where: str, values: Sequence[object]) -> list[DeviceNotice]:
    return [DeviceNotice(**row) for row in select_where(store, DeviceNoticeRow, where, values)]
