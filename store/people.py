"""Named reads and writes of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store import models
from store.database import Store


@dataclass(frozen=True)
class Person:
    """A user of Butler; the role is admin, resident or guest."""

    user: str
    role: str
    first_seen: datetime


def meet(store: Store, user: str, role: str, *, at: datetime) -> Person:
    """Record a person's role, keeping when they were first seen, and return the person."""
    model = store.model(models.Person)
    values = {"user": user, "role": role, "first_seen": at}
    model.insert(**values).on_conflict(conflict_target=[model.user], update={"role": role}).execute()
    return get(store, user) or Person(user, role, at)


def get(store: Store, user: str) -> Person | None:
    """Return the person, or None."""
    model = store.model(models.Person)
    found = store.rows(model.select().where(model.user == user))
    return Person(**found[0]) if found else None


def everyone(store: Store) -> list[Person]:
    """Return all people in the order they were first seen."""
    model = store.model(models.Person)
    return [Person(**row) for row in store.rows(model.select().order_by(model.first_seen, model.user))]
