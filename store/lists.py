"""Named reads and writes of the household's lists: what is on them, and who put it there or took it off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from store.database import Store
from store.models_tasks import ListItemRow
from store.statements import among, count_where, insert, select_where, update, update_where

# One step from name to name along the index, however many things were ever on the lists.
_NAMES = """
WITH RECURSIVE found (name) AS (
    SELECT min(list) FROM list_items
    UNION ALL SELECT (SELECT min(list) FROM list_items WHERE list > name) FROM found WHERE name IS NOT NULL
)
SELECT name FROM found WHERE name IS NOT NULL
ORDER BY (SELECT max(id) FROM list_items WHERE list = name) DESC LIMIT ?
"""


@dataclass(frozen=True)
class NewItem:
    """Something to go on a list; `key` is its plain spelling, by which the same thing is there once."""

    item: str
    key: str
    quantity: str | None = None


@dataclass(frozen=True)
class ListItem:
    """One thing on a list."""

    id: int
    list: str
    item: str
    key: str
    quantity: str | None
    added_by: str
    turn: int | None
    added_at: datetime
    removed_at: datetime | None = None
    removed_by: str | None = None


@dataclass(frozen=True)
class Added:
    """What became of things that were to go on a list: new on it, there with another quantity now, or there before."""

    new: tuple[ListItem, ...] = ()
    changed: tuple[ListItem, ...] = ()
    already: tuple[ListItem, ...] = ()


def add(store: Store, name: str, items: Sequence[NewItem], *, by: str, at: datetime, turn: int | None = None) -> Added:
    """Put things on a list, each of them once; a quantity that is given replaces the one that was."""
    new, changed, already = [], [], []
    with store.atomic():
        for wanted in items:
            there = _read(store, "list = ? AND key = ? AND removed_at IS NULL", (name, wanted.key))
            if not there:
                row = {**vars(wanted), "list": name, "added_by": by, "added_at": at, "turn": turn}
                number = int(insert(store, ListItemRow, row).lastrowid)
                new.append(_read(store, "id = ?", (number,))[0])
            elif wanted.quantity is not None and wanted.quantity != there[0].quantity:
                update(store, ListItemRow, {"quantity": wanted.quantity}, {"id": there[0].id})
                changed.append(_read(store, "id = ?", (there[0].id,))[0])
            else:
                already.append(there[0])
    return Added(tuple(new), tuple(changed), tuple(already))


def items(store: Store, name: str, *, limit: int = 200) -> list[ListItem]:
    """Return what is on a list, in the order it was added."""
    return _read(store, "list = ? AND removed_at IS NULL ORDER BY id LIMIT ?", (name, limit))


def count(store: Store, name: str) -> int:
    """Return how many things are on a list."""
    return count_where(store, ListItemRow, "list = ? AND removed_at IS NULL", (name,))


def get(store: Store, item: int) -> ListItem | None:
    """Return one thing of a list, also one that was removed, or None."""
    found = _read(store, "id = ?", (item,))
    return found[0] if found else None


def names(store: Store, *, limit: int = 50) -> list[str]:
    """Return the lists something was ever put on, the one added to last first."""
    return [str(row[0]) for row in store.database.fetch(_NAMES, (limit,))]


def remove(store: Store, name: str, keys: Collection[str], *, by: str, at: datetime) -> list[ListItem]:
    """Take things off a list by their plain spelling, and return those that were on it."""
    if not keys:
        return []
    return _remove(store, f"list = ? AND {among('key', keys)}", (name, *keys), by, at)


def remove_ids(store: Store, numbers: Collection[int], *, by: str, at: datetime) -> list[ListItem]:
    """Take things off their lists by number, and return those that were there: of a doubled press only the first."""
    return _remove(store, among("id", numbers), tuple(numbers), by, at) if numbers else []


def clear(store: Store, name: str, *, by: str, at: datetime) -> list[ListItem]:
    """Take everything off a list, and return what was on it."""
    return _remove(store, "list = ?", (name,), by, at)


def put_back(store: Store, numbers: Collection[int]) -> list[ListItem]:
    """Put removed things on their lists again, and return those that are back; what is there anew stays as it is."""
    back = []
    with store.atomic():
        for number in numbers:
            not_there = "NOT EXISTS (SELECT 1 FROM list_items AS other WHERE other.list = list_items.list "
            where = f"id = ? AND removed_at IS NOT NULL AND {not_there}AND other.key = list_items.key "
            where += "AND other.removed_at IS NULL)"
            if update_where(store, ListItemRow, {"removed_at": None, "removed_by": None}, where, (number,)):
                back += _read(store, "id = ?", (number,))
    return back


def move(store: Store, numbers: Collection[int], to: str) -> list[int]:
    """Put things that are on a list on another one, but for what is there already; return the numbers of the moved."""
    moved = []
    with store.atomic():
        for number in numbers:
            free = "NOT EXISTS (SELECT 1 FROM list_items AS other WHERE other.list = ? AND other.key = list_items.key "
            where = f"id = ? AND removed_at IS NULL AND {free}AND other.removed_at IS NULL)"
            if update_where(store, ListItemRow, {"list": to}, where, (number, to)):
                moved.append(number)
    return moved


def set_quantity(store: Store, item: int, quantity: str | None) -> bool:
    """Change how much of a thing is wanted; False when it is not on its list any more."""
    return bool(update_where(store, ListItemRow, {"quantity": quantity}, "id = ? AND removed_at IS NULL", (item,)))


def _remove(store: Store, where: str, values: Sequence[object], by: str, at: datetime) -> list[ListItem]:
    with store.atomic():
        there = _read(store, f"{where} AND removed_at IS NULL ORDER BY id", values)
        for one in there:
            update(store, ListItemRow, {"removed_at": at, "removed_by": by}, {"id": one.id})
    return there


def _read(store: Store, where: str, values: Sequence[object]) -> list[ListItem]:
    return [ListItem(**row) for row in select_where(store, ListItemRow, where, values)]
