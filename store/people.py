"""Named reads and writes of people: who may talk to Butler, in what role and under what name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee

from store import models
from store.database import Store
from store.fields import storable_text
from store.statements import select


@dataclass(frozen=True)
class Person:
    """A user of Butler; the role is admin, resident or guest, and who was removed is no member any more."""

    user: str
    role: str
    first_seen: datetime
    name: str = ""
    username: str | None = None
    member: bool = True


def get(store: Store, user: str, *, anyone: bool = False) -> Person | None:
    """Return the member, or None; with `anyone`, also somebody who was removed."""
    found = [_person(row) for row in select(store, models.Person, {"user": user})]
    return found[0] if found and (anyone or found[0].member) else None


def everyone(store: Store) -> list[Person]:
    """Return all members in the order they were first seen."""
    model = store.model(models.Person)
    return _persons(store, model.select().where(model.member).order_by(model.first_seen, model.user))


def former(store: Store) -> list[Person]:
    """Return those who were removed, in the order they were first seen."""
    model = store.model(models.Person)
    return _persons(store, model.select().where(~model.member).order_by(model.first_seen, model.user))


def admins(store: Store) -> list[Person]:
    """Return the members who are admins, in the order they were first seen."""
    return [person for person in everyone(store) if person.role == "admin"]


def admit(store: Store, user: str, role: str, *, name: str, username: str | None, at: datetime) -> Person:
    """Make somebody a member in a role, keeping when they were first seen, and return the person."""
    model = store.model(models.Person)
    now = {"role": role, "name": storable_text(name), "username": username, "member": True, "leaving": 0}
    row = {"user": user, "first_seen": at, **now}
    with store.atomic():
        model.insert(**row).on_conflict(conflict_target=[model.user], update=now).execute()
        return _persons(store, model.select().where(model.user == user))[0]


def set_role(store: Store, user: str, role: str) -> bool:
    """Give a member another role, and return whether there is such a member."""
    model = store.model(models.Person)
    return bool(model.update(role=role).where((model.user == user) & model.member).execute())


def rename(store: Store, user: str, *, name: str, username: str | None) -> bool:
    """Keep the name a person goes by now, and return whether it is another one; nothing is written if not."""
    found = get(store, user, anyone=True)
    if found is None or (found.name, found.username) == (storable_text(name), username):
        return False
    model = store.model(models.Person)
    return bool(model.update(name=storable_text(name), username=username).where(model.user == user).execute())


def remove(store: Store, user: str) -> bool:
    """End a membership, and return whether there was one."""
    model = store.model(models.Person)
    return bool(model.update(member=False).where((model.user == user) & model.member).execute())


def name_of(store: Store, user: str) -> str:
    """Return the name people see of a user: the id itself where nothing better is known."""
    found = get(store, user, anyone=True)
    if found is None:
        return user
    return found.name or (f"@{found.username}" if found.username else user)


def find(store: Store, text: str) -> list[Person]:
    """Return the members somebody may mean: by @username, id or whole name, else by a part of the name."""
    wanted = text.strip().casefold()
    members = everyone(store)
    exact = [person for person in members if wanted.removeprefix("@") in _handles(person, "@" in wanted[:1])]
    return exact or [person for person in members if wanted in person.name.casefold().split()]


def _handles(person: Person, username_only: bool) -> set[str]:  # noqa: FBT001  # private, and named where it is called
    names = {(person.username or "").casefold()}
    if not username_only:
        names |= {person.user.casefold(), person.user.casefold().removeprefix("telegram:"), person.name.casefold()}
    return names - {""}


def _persons(store: Store, query: peewee.BaseQuery) -> list[Person]:
    return [_person(row) for row in store.rows(query)]


def _person(row: dict[str, Any]) -> Person:
    return Person(**{name: value for name, value in row.items() if name != "leaving"})
