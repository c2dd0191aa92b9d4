"""Named reads and writes of the inbox: every update is kept before it is handled, and is handled once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.database import Store
from store.fields import storable_text
from store.models import InboxRow
from store.statements import insert, select, update

# Telegram starts its numbers anew at random after a week of silence; a day is left for clocks that differ.
NUMBERS_LAST = timedelta(days=6)


@dataclass(frozen=True)
class Received:
    """An update that came in; its payload goes when it is done."""

    update_id: int
    digest: str
    sender: str
    chat: str
    message: int | None
    payload: str | None
    received_at: datetime
    pressed_answered_at: datetime | None
    turn: int | None
    done_at: datetime | None


@dataclass(frozen=True)
class InboxCounts:
    """How many updates wait, and how many are done."""

    waiting: int
    done: int


def receive(
    store: Store, update_id: int, *, sender: str, chat: str, message: int | None, payload: str, at: datetime
) -> bool:
    """Keep an update, and return whether it is a new one rather than one that was delivered again."""
    text = storable_text(payload)
    row = {
        "update_id": update_id,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "sender": sender,
        "chat": chat,
        "message": message,
        "payload": text,
        "received_at": at,
    }
    with store.atomic():
        if insert(store, InboxRow, row, otherwise="IGNORE").rowcount:
            return True
        model = store.model(InboxRow)
        number_is_old = (model.done_at <= at - NUMBERS_LAST) & (model.digest != row["digest"])
        if not model.delete().where((model.update_id == update_id) & number_is_old).execute():
            return False
        model.insert(**row).execute()
    return True


def waiting(store: Store) -> list[Received]:
    """Return what is not done yet, in the order of its numbers."""
    model = store.model(InboxRow)
    query = model.select().where(model.done_at.is_null()).order_by(model.update_id)
    return [Received(**row) for row in store.rows(query)]


def get(store: Store, update_id: int) -> Received | None:
    """Return the update, or None."""
    found = select(store, InboxRow, {"update_id": update_id})
    return Received(**found[0]) if found else None


def begin(store: Store, update_id: int, turn: int) -> bool:
    """Record which turn the update led to, and return whether there is such an update."""
    return bool(update(store, InboxRow, {"turn": turn}, {"update_id": update_id}))


def done(store: Store, update_id: int, *, at: datetime) -> bool:
    """Record that the update needs nothing more and forget what it said; True the first time."""
    return bool(update(store, InboxRow, {"done_at": at, "payload": None}, {"update_id": update_id, "done_at": None}))


def answered(store: Store, update_id: int, at: datetime) -> bool:
    """Return whether the press may be answered now: True once."""
    model = store.model(InboxRow)
    unanswered = (model.update_id == update_id) & model.pressed_answered_at.is_null()
    return bool(model.update(pressed_answered_at=at).where(unanswered).execute())


def turn_of(store: Store, chat: str, message: int) -> int | None:
    """Return the latest turn a message of a person led to, or None."""
    model = store.model(InboxRow)
    of_message = (model.chat == chat) & (model.message == message) & (model.turn > 0)
    found = store.rows(model.select(model.turn).where(of_message).order_by(model.turn.desc()).limit(1))
    return int(found[0]["turn"]) if found else None


def of_turn(store: Store, turn: int) -> Received | None:
    """Return the update that led to a turn, or None."""
    model = store.model(InboxRow)
    found = store.rows(model.select().where(model.turn == turn).limit(1))
    return Received(**found[0]) if found else None


def counts(store: Store) -> InboxCounts:
    """Return how many updates wait and how many are done."""
    model = store.model(InboxRow)
    waits = int(model.select().where(model.done_at.is_null()).count())
    return InboxCounts(waits, int(model.select().count()) - waits)
