"""Named reads and writes of strangers: people who wrote to Butler and may not talk to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.database import Store
from store.models import Stranger

TRIES = 5
WINDOW = timedelta(hours=1)


def meet(store: Store, user: str, at: datetime) -> bool:
    """Return whether the stranger is to be told now that this is a private butler: True exactly once."""
    model = store.model(Stranger)
    with store.atomic():
        _note(store, user, at)
        return bool(model.update(greeted_at=at).where((model.user == user) & model.greeted_at.is_null()).execute())


def try_code(store: Store, user: str, at: datetime) -> bool:
    """Count one try of a code, and return whether it may be looked at: five an hour may."""
    model = store.model(Stranger)
    with store.atomic():
        _note(store, user, at)
        row = store.rows(model.select().where(model.user == user))[0]
        fresh = row["tried_at"] is None or at - row["tried_at"] >= WINDOW
        if not fresh and row["tries"] >= TRIES:
            return False
        values = {"tries": 1, "tried_at": at} if fresh else {"tries": row["tries"] + 1}
        model.update(**values).where(model.user == user).execute()
    return True


def forget(store: Store, user: str) -> None:
    """Forget a stranger, for example because they were let in."""
    model = store.model(Stranger)
    model.delete().where(model.user == user).execute()


def _note(store: Store, user: str, at: datetime) -> None:
    store.model(Stranger).insert(user=user, first_seen=at).on_conflict_ignore().execute()
