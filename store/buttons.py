"""Named reads and writes of buttons: each is one person's, may expire, and is used once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Store
from store.models import ButtonRow
from store.statements import insert


@dataclass(frozen=True)
class Button:
    """A button that was sent; `payload` is what a press means."""

    id: str
    user: str
    chat: str
    payload: Any
    created_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None
    used_turn: int | None = None

    def expired(self, now: datetime) -> bool:
        """Return whether a press at `now` comes too late; the instant of expiry still counts.

        A clock that was set back to before the question would give it another day, or another year, to be answered.
        """
        return self.expires_at is not None and not self.created_at <= now <= self.expires_at


def add(store: Store, buttons: Iterable[Button]) -> None:
    """Keep buttons that are about to be sent."""
    rows = [vars(button) for button in buttons]
    if rows:
        with store.atomic():
            for row in rows:
                insert(store, ButtonRow, row)


def get(store: Store, button_id: str) -> Button | None:
    """Return the button, or None."""
    model = store.model(ButtonRow)
    found = store.rows(model.select().where(model.id == button_id))
    return Button(**found[0]) if found else None


def of_user(store: Store, user: str) -> list[Button]:
    """Return all buttons that are somebody's, the latest first."""
    model = store.model(ButtonRow)
    found = store.rows(model.select().where(model.user == user).order_by(model.created_at.desc(), model.id))
    return [Button(**row) for row in found]


def use(store: Store, button_id: str, *, at: datetime, turn: int | None = None) -> bool:
    """Mark the button as used, by which turn; only the first of any number of presses returns True."""
    model = store.model(ButtonRow)
    unused = (model.id == button_id) & model.used_at.is_null()
    return bool(model.update(used_at=at, used_turn=turn).where(unused).execute())


def retire(store: Store, user: str, chat: str, *, at: datetime, turn: int | None = None) -> None:
    """Mark all unused buttons of one person in one chat as used."""
    model = store.model(ButtonRow)
    theirs = (model.user == user) & (model.chat == chat) & model.used_at.is_null()
    model.update(used_at=at, used_turn=turn).where(theirs).execute()


def release(store: Store, turn: int) -> int:
    """Give back the buttons a turn used, because it is to be run again, and return how many."""
    model = store.model(ButtonRow)
    return int(model.update(used_at=None, used_turn=None).where(model.used_turn == turn).execute())


def remaining(store: Store, button_ids: Iterable[str], now: datetime) -> list[str]:
    """Return which of the buttons can still be pressed, in the order given."""
    wanted = list(button_ids)
    model = store.model(ButtonRow)
    live = model.used_at.is_null() & (model.expires_at.is_null() | (model.expires_at >= now))
    found = {row["id"] for row in store.rows(model.select(model.id).where(model.id.in_(wanted) & live))}
    return [button_id for button_id in wanted if button_id in found]


def clear_all(store: Store) -> None:
    """Forget all buttons."""
    store.model(ButtonRow).delete().execute()
