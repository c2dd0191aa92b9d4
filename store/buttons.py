"""Named reads and writes of buttons: each is one person's, may expire, and is used once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Store
from store.models import ButtonRow


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

    def expired(self, now: datetime) -> bool:
        """Return whether a press at `now` comes too late; the instant of expiry still counts."""
        return self.expires_at is not None and now > self.expires_at


def add(store: Store, buttons: Iterable[Button]) -> None:
    """Keep buttons that are about to be sent."""
    model = store.model(ButtonRow)
    with store.atomic():
        for button in buttons:
            model.insert(**vars(button)).execute()


def get(store: Store, button_id: str) -> Button | None:
    """Return the button, or None."""
    model = store.model(ButtonRow)
    found = store.rows(model.select().where(model.id == button_id))
    return Button(**found[0]) if found else None


def use(store: Store, button_id: str, *, at: datetime) -> bool:
    """Mark the button as used; only the first of any number of presses returns True."""
    model = store.model(ButtonRow)
    unused = (model.id == button_id) & model.used_at.is_null()
    return bool(model.update(used_at=at).where(unused).execute())


def retire(store: Store, user: str, chat: str, *, at: datetime) -> None:
    """Mark all unused buttons of one person in one chat as used."""
    model = store.model(ButtonRow)
    theirs = (model.user == user) & (model.chat == chat) & model.used_at.is_null()
    model.update(used_at=at).where(theirs).execute()


def clear_all(store: Store) -> None:
    """Forget all buttons."""
    store.model(ButtonRow).delete().execute()
