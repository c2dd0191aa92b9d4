"""Named reads and writes of facts: single values Butler remembers about its own running."""

from __future__ import annotations

from store.database import Store
from store.models import Fact


def get(store: Store, key: str) -> str | None:
    """Return the value, or None."""
    model = store.model(Fact)
    found = store.rows(model.select().where(model.key == key))
    return str(found[0]["value"]) if found else None


def put(store: Store, key: str, value: str) -> None:
    """Keep a value in place of the one before."""
    store.model(Fact).insert(key=key, value=value).on_conflict_replace().execute()


def remove(store: Store, key: str) -> None:
    """Forget a value."""
    model = store.model(Fact)
    model.delete().where(model.key == key).execute()
