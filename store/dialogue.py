"""Named reads and writes of dialogue state: what Butler is in the middle of with each person, a chat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from store.database import Store
from store.models import DialogueRow
from store.statements import insert, select


def load(store: Store, user: str, chat: str) -> dict[str, Any]:
    """Return the state last saved, or an empty one."""
    found = select(store, DialogueRow, {"user": user, "chat": chat})
    return dict(found[0]["state"]) if found else {}


def save(store: Store, user: str, chat: str, state: dict[str, Any], *, at: datetime) -> None:
    """Keep the state in place of the one before; an empty one is forgotten."""
    if not state:
        clear(store, user, chat)
        return
    row = {"user": user, "chat": chat, "state": state, "updated_at": at}
    insert(store, DialogueRow, row, otherwise="REPLACE")


def clear(store: Store, user: str, chat: str) -> None:
    """Forget the state of one person in one chat."""
    model = store.model(DialogueRow)
    model.delete().where((model.user == user) & (model.chat == chat)).execute()


def clear_all(store: Store) -> None:
    """Forget the states of everyone."""
    store.model(DialogueRow).delete().execute()
