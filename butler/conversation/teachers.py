"""Those who may have taught something, found by what they are called: also who left or only talks on this machine."""

from __future__ import annotations

from collections.abc import Sequence

from store import people
from store.database import Store


def teachers_named(store: Store, text: str) -> tuple[str, ...]:
    """Return the ids of those a text may mean, members before those who left."""
    wanted = text.strip().casefold()
    members = tuple(person.user for person in people.find(store, text))
    if members or not wanted:
        return members
    left = [p.user for p in people.former(store) if wanted in {p.user.casefold(), p.name.casefold()}]
    taught = [user for user in _local(store) if user.casefold() == wanted]
    return tuple(left) or tuple(taught) or _who_talked(store, text.strip())


def first_named(store: Store, words: Sequence[str], most: int = 3) -> tuple[tuple[str, ...], int]:
    """Return who the longest beginning of some words may mean, and how many words that takes."""
    for length in range(min(most, len(words)), 0, -1):
        found = teachers_named(store, " ".join(words[:length]))
        if found:
            return found, length
    return (), 0


def _local(store: Store) -> list[str]:
    """Return those who taught something; who talks on this machine alone is kept nowhere else."""
    sql = "SELECT DISTINCT submitted_by FROM improvements WHERE submitted_by IS NOT NULL ORDER BY submitted_by"
    return [str(row[0]) for row in store.database.fetch(sql)]


def _who_talked(store: Store, user: str) -> tuple[str, ...]:
    return (user,) if store.database.fetch("SELECT 1 FROM turns WHERE user = ? LIMIT 1", (user,)) else ()
