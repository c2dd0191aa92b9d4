"""Named reads and writes of tasks: each is its owner's, and its number is what people type."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from store.database import Store
from store.models_tasks import TaskRow
from store.statements import among, count_where, insert, select, select_where, update_where

Status = Literal["open", "done", "dropped"]

_CHANGEABLE = frozenset({"title", "due", "due_at", "priority", "project_id"})
_MOST_SEARCHED = 2000
# What has an instant comes first, the earliest ahead; the rest in the order it was written down.
_BY_DUE = "ORDER BY due_at IS NULL, due_at, id LIMIT ?"


@dataclass(frozen=True)
class NewTask:
    """What is known of a task when it is made; `due` is a document and `due_at` the instant it is sorted by."""

    title: str
    user: str
    chat: str
    created_at: datetime
    thought: int | None = None
    due: dict[str, Any] | None = None
    due_at: datetime | None = None
    priority: str = "normal"
    project_id: int | None = None


@dataclass(frozen=True)
class Task(NewTask):
    """A task as it stands."""

    id: int = 0
    status: Status = "open"
    done_at: datetime | None = None
    updated_at: datetime | None = None


def add(store: Store, new: NewTask) -> int:
    """Keep a task and return its number, which no other task ever gets."""
    return int(insert(store, TaskRow, {**vars(new), "updated_at": new.created_at}).lastrowid)


def get(store: Store, task: int, *, user: str | None = None) -> Task | None:
    """Return the task, or None; with a user, only one of theirs."""
    found = select(store, TaskRow, {"id": task, **({"user": user} if user is not None else {})})
    return Task(**found[0]) if found else None


def of_thought(store: Store, thought: int) -> Task | None:
    """Return the latest task a thought became, or None."""
    found = _read(store, "thought = ? ORDER BY id DESC LIMIT 1", (thought,))
    return found[0] if found else None


def open_of(store: Store, user: str, *, limit: int = 200) -> list[Task]:
    """Return a person's open tasks: the earliest due first, those without an instant last."""
    dated = _read(
        store, "user = ? AND status = 'open' AND due_at IS NOT NULL ORDER BY due_at, id LIMIT ?", (user, limit)
    )
    undated = "user = ? AND status = 'open' AND due_at IS NULL ORDER BY id LIMIT ?"
    return [*dated, *_read(store, undated, (user, limit - len(dated)))]


def count_open(store: Store, user: str) -> int:
    """Return how many open tasks a person has."""
    return count_where(store, TaskRow, "user = ? AND status = 'open'", (user,))


def between(
    store: Store,
    user: str,
    start: datetime | None,
    end: datetime | None,
    *,
    statuses: Collection[str] = ("open",),
    limit: int = 200,
) -> list[Task]:
    """Return a person's tasks whose instant lies in [start, end), the earliest first; None is no bound."""
    where = f"user = ? AND {among('status', statuses)} AND due_at IS NOT NULL"
    values: list[object] = [user, *statuses]
    for bound, is_within in ((start, "due_at >= ?"), (end, "due_at < ?")):
        if bound is not None:
            where, values = f"{where} AND {is_within}", [*values, bound]
    return _read(store, f"{where} ORDER BY due_at, id LIMIT ?", (*values, limit))


def of_project(store: Store, project: int, *, status: Status = "open", limit: int = 200) -> list[Task]:
    """Return everybody's tasks of a project in one status, the earliest due first."""
    return _read(store, f"project_id = ? AND status = ? {_BY_DUE}", (project, status, limit))


def done_of(store: Store, user: str, since: datetime, *, limit: int = 200) -> list[Task]:
    """Return what a person has done since an instant, the latest first."""
    where = "user = ? AND status = 'done' AND done_at >= ? ORDER BY done_at DESC, id DESC LIMIT ?"
    return _read(store, where, (user, since, limit))


def search(
    store: Store, user: str, words: str, *, statuses: Collection[str] = ("open",), limit: int = 50
) -> list[Task]:
    """Return a person's tasks whose title holds every one of the words, the latest first; all of them without words."""
    wanted = words.casefold().split()
    numbers = [task for task, title in titles(store, user, statuses=statuses) if _holds(title.casefold(), wanted)]
    found = _read(store, f"{among('id', numbers[:limit])} ORDER BY id DESC", numbers[:limit]) if numbers else []
    return [task for task in found if task.user == user and task.status in statuses]


def titles(
    store: Store, user: str, *, statuses: Collection[str] = ("open",), limit: int = _MOST_SEARCHED
) -> list[tuple[int, str]]:
    """Return the numbers and titles of a person's tasks, the latest first."""
    marks = ", ".join("?" * len(statuses))
    sql = f"SELECT id, title FROM tasks WHERE user = ? AND status IN ({marks}) ORDER BY id DESC LIMIT ?"  # noqa: S608  # marks
    return [(int(row[0]), str(row[1])) for row in store.database.fetch(sql, (user, *statuses, limit))]


def amend(store: Store, task: int, *, at: datetime, user: str | None = None, **changes: Any) -> bool:
    """Change an open task's title, due, due_at, priority or project_id; False when it is not open (or not theirs)."""
    unknown = changes.keys() - _CHANGEABLE
    if unknown:
        raise ValueError(f"a task has no {', '.join(sorted(unknown))} to amend")
    return _change(store, task, ("open",), user, {**changes, "updated_at": at})


def complete(store: Store, task: int, *, at: datetime, user: str | None = None) -> bool:
    """Mark an open task as done; only the first of any number of presses returns True."""
    return _change(store, task, ("open",), user, {"status": "done", "done_at": at, "updated_at": at})


def drop(store: Store, task: int, *, at: datetime, user: str | None = None) -> bool:
    """Take an open task off without its being done; only the first of any number of presses returns True."""
    return _change(store, task, ("open",), user, {"status": "dropped", "updated_at": at})


def reopen(store: Store, task: int, *, at: datetime, user: str | None = None) -> bool:
    """Open a task again that was done or dropped; False when it is open."""
    return _change(store, task, ("done", "dropped"), user, {"status": "open", "done_at": None, "updated_at": at})


def _change(store: Store, task: int, was: Collection[str], user: str | None, values: dict[str, Any]) -> bool:
    bound: tuple[object, ...] = (task, *was)
    where = f"id = ? AND {among('status', was)}"
    if user is not None:
        where, bound = f"{where} AND user = ?", (*bound, user)
    return bool(update_where(store, TaskRow, values, where, bound))


def _holds(title: str, words: Collection[str]) -> bool:
    return all(word in title for word in words)


def _read(store: Store, where: str, values: Collection[object]) -> list[Task]:
    return [Task(**row) for row in select_where(store, TaskRow, where, tuple(values))]
