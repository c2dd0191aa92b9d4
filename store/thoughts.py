"""Named reads and writes of thoughts: what somebody wrote down for later, now and as it was first understood."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from store.database import Store
from store.models_tasks import ThoughtRow
from store.statements import among, count_where, insert, select, select_where, update, update_where

Status = Literal["captured", "task", "filed", "removed"]
AmendedBy = Literal["summon", "talk", "press"]

_CHANGEABLE = frozenset({"kind", "title", "due", "priority", "project_id", "confidence", "status"})


@dataclass(frozen=True)
class NewThought:
    """What is known of a thought when it is captured; `due` is a document, confidence is 0 to 1."""

    kind: str
    text: str
    title: str
    user: str
    chat: str
    created_at: datetime
    due: dict[str, Any] | None = None
    priority: str = "normal"
    project_id: int | None = None
    confidence: float | None = None
    turn: int | None = None
    status: Status = "captured"


@dataclass(frozen=True)
class Thought(NewThought):
    """A thought as it is now; `first` is what it was understood to be at first, and stays."""

    id: int = 0
    first: Any = None
    amended_at: datetime | None = None
    amended_by: AmendedBy | None = None


def add(store: Store, new: NewThought) -> int:
    """Keep a thought and return its number; what it is now is kept as what was understood first."""
    first = {
        "kind": new.kind,
        "title": new.title,
        "due": new.due,
        "priority": new.priority,
        "project_id": new.project_id,
        "confidence": new.confidence,
    }
    return int(insert(store, ThoughtRow, {**vars(new), "first": first}).lastrowid)


def get(store: Store, thought: int, *, user: str | None = None) -> Thought | None:
    """Return the thought, or None; with a user, only one of theirs."""
    found = select(store, ThoughtRow, {"id": thought, **({"user": user} if user is not None else {})})
    return Thought(**found[0]) if found else None


def last_of(store: Store, user: str, chat: str) -> Thought | None:
    """Return the last thought of a person in a chat that was not removed, or None."""
    found = _read(store, "user = ? AND chat = ? AND status != 'removed' ORDER BY id DESC LIMIT 1", (user, chat))
    return found[0] if found else None


def amend(
    store: Store, thought: int, *, at: datetime, by: AmendedBy | None = None, user: str | None = None, **changes: Any
) -> bool:
    """Change what a thought is, and return whether there is such a thought (of this user) that was not removed.

    Changes are of kind, title, due, priority, project_id, confidence and status. `by` says how a person amended it;
    what Butler itself finds out later is no amendment.
    """
    unknown = changes.keys() - _CHANGEABLE
    if unknown:
        raise ValueError(f"a thought has no {', '.join(sorted(unknown))} to amend")
    values = {**changes, **({"amended_at": at, "amended_by": by} if by else {})}
    if not values:
        return get(store, thought, user=user) is not None
    whose = "" if user is None else " AND user = ?"
    where = f"id = ? AND status != 'removed'{whose}"
    return bool(update_where(store, ThoughtRow, values, where, (thought, *([] if user is None else [user]))))


def settle(store: Store, thought: int, status: Status, *, was: Status = "captured") -> bool:
    """Bring a thought from one status to another; False when it is no longer in the first."""
    return bool(update(store, ThoughtRow, {"status": status}, {"id": thought, "status": was}))


def of_user(
    store: Store,
    user: str,
    *,
    kinds: Collection[str] = (),
    statuses: Collection[str] = ("captured", "task", "filed"),
    limit: int = 50,
) -> list[Thought]:
    """Return a person's thoughts, the latest first: of some kinds, or of all."""
    where = f"user = ? AND {among('status', statuses)}"
    values: list[object] = [user, *statuses]
    if kinds:
        where, values = f"{where} AND {among('kind', kinds)}", [*values, *kinds]
    return _read(store, f"{where} ORDER BY id DESC LIMIT ?", (*values, limit))


def of_project(store: Store, project: int, *, limit: int = 50) -> list[Thought]:
    """Return the thoughts of a project that were not removed, the latest first."""
    return _read(store, "project_id = ? AND status != 'removed' ORDER BY id DESC LIMIT ?", (project, limit))


def since(store: Store, at: datetime, *, limit: int = 10_000) -> list[Thought]:
    """Return everybody's thoughts from an instant on, oldest first, also those that were removed."""
    return _read(store, "created_at >= ? ORDER BY created_at, id LIMIT ?", (at, limit))


def count_since(store: Store, at: datetime) -> int:
    """Return how many thoughts there were from an instant on."""
    return count_where(store, ThoughtRow, "created_at >= ?", (at,))


def _read(store: Store, where: str, values: Collection[object]) -> list[Thought]:
    return [Thought(**row) for row in select_where(store, ThoughtRow, where, tuple(values))]
