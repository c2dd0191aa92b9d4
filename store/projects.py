"""Named reads and writes of projects: what several tasks are for; they are the household's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from store.database import Store
from store.models_tasks import ProjectRow
from store.statements import insert, select, select_where, update, update_where

Status = Literal["active", "done", "dropped"]

_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Project:
    """A project; `key` is its plain name, and `touched_at` is when something of it last changed."""

    id: int
    name: str
    key: str
    status: Status
    created_by: str
    created_at: datetime
    touched_at: datetime


def key_of(name: str) -> str:
    """Return a name's plain spelling: what differs only in case, hashes, dashes or a “the” is the same project."""
    plain = _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()
    return plain.removeprefix("the ").strip()


def find_or_add(store: Store, name: str, by: str, at: datetime) -> Project:
    """Return the project of a name, which is active from now on; raises ValueError for a name without a letter."""
    key = key_of(name)
    if not key:
        raise ValueError(f"a project needs a name, not {name!r}")
    row = {"name": name.strip(), "key": key, "created_by": by, "created_at": at, "touched_at": at}
    with store.atomic():
        if not insert(store, ProjectRow, row, otherwise="IGNORE").rowcount:
            update_where(store, ProjectRow, {"status": "active", "touched_at": at}, "key = ?", (key,))
        return Project(**select(store, ProjectRow, {"key": key})[0])


def get(store: Store, project: int) -> Project | None:
    """Return the project, or None."""
    found = select(store, ProjectRow, {"id": project})
    return Project(**found[0]) if found else None


def by_key(store: Store, name: str) -> Project | None:
    """Return the project of a name, however it is spelled, or None."""
    found = select(store, ProjectRow, {"key": key_of(name)})
    return Project(**found[0]) if found else None


def active(store: Store, *, limit: int = 200) -> list[Project]:
    """Return the active projects, the one touched last first."""
    return _read(store, "status = 'active' ORDER BY touched_at DESC, id LIMIT ?", (limit,))


def names(store: Store, *, limit: int = 200) -> list[str]:
    """Return the names of the active projects, the one touched last first."""
    return [project.name for project in active(store, limit=limit)]


def stalled(store: Store, before: datetime, *, limit: int = 50) -> list[Project]:
    """Return the active projects of which nothing has changed since an instant, the quietest first."""
    return _read(store, "status = 'active' AND touched_at < ? ORDER BY touched_at, id LIMIT ?", (before, limit))


def touch(store: Store, project: int, at: datetime) -> bool:
    """Note that something of a project changed, and return whether there is such a project."""
    return bool(update_where(store, ProjectRow, {"touched_at": at}, "id = ? AND touched_at <= ?", (project, at)))


def rename(store: Store, project: int, name: str, at: datetime) -> bool:
    """Give a project another name; False where there is one of that name, or no such project."""
    key = key_of(name)
    if not key:
        raise ValueError(f"a project needs a name, not {name!r}")
    with store.atomic():
        found = select(store, ProjectRow, {"key": key})
        if any(row["id"] != project for row in found):
            return False
        values = {"name": name.strip(), "key": key, "touched_at": at}
        return bool(update(store, ProjectRow, values, {"id": project}))


def finish(store: Store, project: int, at: datetime, *, status: Status = "done") -> bool:
    """End an active project as done or dropped; only the first of any number of presses returns True."""
    return bool(update(store, ProjectRow, {"status": status, "touched_at": at}, {"id": project, "status": "active"}))


def reopen(store: Store, project: int, at: datetime) -> bool:
    """Make an ended project active again; False when it is."""
    values = {"status": "active", "touched_at": at}
    return bool(update_where(store, ProjectRow, values, "id = ? AND status != 'active'", (project,)))


def _read(store: Store, where: str, values: Collection[object]) -> list[Project]:
    return [Project(**row) for row in select_where(store, ProjectRow, where, tuple(values))]
