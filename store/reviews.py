"""Named reads and writes of matters for review that a person is done with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.database import Store
from store.models import ReviewClosed


@dataclass(frozen=True)
class Closed:
    """One closed matter: its key, how it was closed, by whom and when."""

    key: str
    how: str
    by: str
    at: datetime


def close(store: Store, key: str, how: str, by: str, at: datetime) -> bool:
    """Close a matter and return whether it was open; a key must hold nobody's words, for it outlives them."""
    model = store.model(ReviewClosed)
    return bool(model.insert(key=key, how=how, by=by, at=at).on_conflict_ignore().as_rowcount().execute())


def get(store: Store, key: str) -> Closed | None:
    """Return how a matter was closed, or None while it is open."""
    model = store.model(ReviewClosed)
    found = store.rows(model.select().where(model.key == key))
    return Closed(**found[0]) if found else None


def closed_keys(store: Store) -> frozenset[str]:
    """Return the keys of all matters that are closed."""
    return frozenset(row[0] for row in store.database.fetch("SELECT key FROM review_closed"))
