"""Forgetting what one person kept for later: it goes, and the household's lists and projects lose their name."""

# ruff: noqa: S608  # tables and columns are named by constants of this module
from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from store.database import Store
from store.fields import canonical_json
from store.mentions import Mentions
from store.own_words import OwnWords

# What each table says in its person's own words, or in Butler's about them.
_WORDS = (
    ("thoughts", "text"),
    ("thoughts", "title"),
    ("tasks", "title"),
    ("rings", "title"),
    ("schedules", "text"),
    ("device_notices", "text"),
    ("clarifications", "question"),
    ("clarifications", "answer"),
    ("task_proposals", "text"),
    ("turns", "text"),
)
# Under these keys a trace that belongs to no turn says whose it is, and what it is about.
_WHOSE = ("user", "to", "owner")
_ABOUT = {
    "thought": "thoughts",
    "task": "tasks",
    "ring": "rings",
    "schedule": "schedules",
    "device_notice": "device_notices",
    "clarification": "clarifications",
    "task_proposal": "task_proposals",
}
_OWN_WORDS = ("text", "title", "question", "answer", "utterance")
_OWNER_KEYS = tuple(f'"{key}":' for key in _WHOSE)
_OTHER_KEYS = tuple(f'"{key}":' for key in (*_WHOSE, *_ABOUT, *_OWN_WORDS, "subject"))

OF_OTHERS = (
    ("thoughts", "id", "text", False),
    ("thoughts", "id", "title", False),
    ("thoughts", "id", "first", True),
    ("tasks", "id", "title", False),
    ("rings", "id", "title", False),
    ("schedules", "id", "text", False),
    ("schedules", "id", "commands", True),
    ("device_notices", "id", "text", False),
    ("clarifications", "id", "question", False),
    ("clarifications", "id", "answer", False),
    ("task_proposals", "id", "text", False),
    ("task_proposals", "id", "why", False),
    ("task_proposals", "id", "change", True),
    ("task_proposals", "id", "alternatives", True),
    ("work_queue", "id", "result", True),
    ("list_items", "id", "item", False),
    ("projects", "id", "name", False),
)
"""What others keep for later, and may name a person: table, key, column, and whether it is JSON."""


@dataclass(frozen=True)
class _Theirs:
    """What is a person's: the numbers by table, the projects they had a part in, their sentences, and their marks.

    A mark is how the text of a trace says that it is theirs.
    """

    user: str
    numbers: dict[str, frozenset[int]]
    projects: frozenset[int]
    words: OwnWords
    marks: tuple[str, ...]

    @property
    def subjects(self) -> list[str]:
        kinds = (("thought", "thoughts"), ("task", "tasks"))
        return [f"{kind}:{number}" for kind, table in kinds for number in sorted(self.numbers[table])]

    @property
    def shared_subjects(self) -> list[str]:
        return [f"project:{number}" for number in sorted(self.projects)]


def erase_tasks(store: Store, user: str, as_name: str) -> None:
    """Erase what a person kept for later, in the transaction of the caller; before their turns are renamed."""
    theirs = _theirs(store, user)
    _background_traces(store, theirs)
    _shared_work(store, theirs)
    _rows(store, theirs)
    for table, column in (("list_items", "added_by"), ("list_items", "removed_by"), ("projects", "created_by")):
        store.database.fetch(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (as_name, user))


def erase_mentions(store: Store, by_id: Mentions) -> None:
    """Take a person's ids out of the traces of others, and out of what lists and projects are found by."""
    _traces_of_others(store, by_id)
    for table, others in (
        ("list_items", "removed_at IS NULL AND list = (SELECT list FROM list_items WHERE id = ?)"),
        ("projects", "id IS NOT ?"),
    ):
        for number, key in store.database.fetch(f"SELECT id, key FROM {table}"):
            after = str(by_id.without(key))
            if after != key:
                taken = store.database.fetch(f"SELECT 1 FROM {table} WHERE key = ? AND {others}", (after, number))
                unique = f"{after} {number}" if taken else after
                store.database.fetch(f"UPDATE {table} SET key = ? WHERE id = ?", (unique, number))


def background_traces(store: Store, user: str) -> list[int]:
    """Return the numbers of the traces of no turn that are about a person or say what is theirs."""
    return _about(store, _theirs(store, user))


def subjects_of(store: Store, user: str) -> list[str]:
    """Return what slow work calls a person's thoughts and tasks."""
    return _theirs(store, user).subjects


def _theirs(store: Store, user: str) -> _Theirs:
    fetch = store.database.fetch
    tables = sorted(set(_ABOUT.values()))
    numbers = {
        table: frozenset(row[0] for row in fetch(f"SELECT id FROM {table} WHERE user = ?", (user,))) for table in tables
    }
    said = [
        row[0] for table, column in _WORDS for row in fetch(f"SELECT {column} FROM {table} WHERE user = ?", (user,))
    ]
    shared = "SELECT project_id FROM tasks WHERE user = ?1 UNION SELECT project_id FROM thoughts WHERE user = ?1"
    projects = frozenset(row[0] for row in fetch(shared, (user,)) if row[0] is not None)
    marks = tuple(f"{key}{canonical_json(user)}" for key in _OWNER_KEYS)
    return _Theirs(user, numbers, projects, OwnWords.of(said), marks)


def _background_traces(store: Store, theirs: _Theirs) -> None:
    blank = "UPDATE execution_logs SET decision = NULL, outcome = NULL, metadata = NULL WHERE id = ?"
    for number in _about(store, theirs):
        store.database.fetch(blank, (number,))


def _about(store: Store, theirs: _Theirs) -> list[int]:
    sql = "SELECT id, metadata FROM execution_logs WHERE turn IS NULL AND metadata IS NOT NULL"
    return [row[0] for row in store.database.seam().execute(sql) if _is_in(row[1], theirs)]


def _is_in(text: str, theirs: _Theirs) -> bool:
    # The first look is at the text itself: there may be very many traces, and most of them say whose they are.
    if any(mark in text for mark in theirs.marks):
        return True
    if theirs.user not in text and any(key in text for key in _OWNER_KEYS):
        return False
    return any(key in text for key in _OTHER_KEYS) and _is_theirs(json.loads(text), theirs)


def _is_theirs(metadata: Any, theirs: _Theirs) -> bool:
    found = list(_pairs(metadata))
    owners = {value for key, value in found if key in _WHOSE}
    if owners:
        return theirs.user in owners
    return any(_names(key, value, theirs) for key, value in found)


def _names(key: str, value: Any, theirs: _Theirs) -> bool:
    if key in _ABOUT:
        return value in theirs.numbers[_ABOUT[key]]
    if key == "subject":
        return value in theirs.subjects
    return key in _OWN_WORDS and theirs.words.are_in({"text": value})


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Give each key of a JSON value with the single values under it."""
    if isinstance(value, dict):
        for key, item in value.items():
            inner = item if isinstance(item, list) else [item]
            yield from ((key, one) for one in inner if isinstance(one, (str, int)))
            yield from _pairs(item)
    elif isinstance(value, list):
        for item in value:
            yield from _pairs(item)


def _traces_of_others(store: Store, by_id: Mentions) -> None:
    words = [word for word in {by_id.user, *by_id.ids} if word]
    columns = ("decision", "outcome", "metadata")
    holds = " OR ".join(f"instr({column}, ?)" for column in columns for _ in words)
    found = store.database.fetch(
        f"SELECT id, {', '.join(columns)} FROM execution_logs WHERE {holds}", (*words, *words, *words)
    )
    for number, decision, outcome, metadata in found:
        document = None if metadata is None else canonical_json(by_id.without(json.loads(metadata)))
        after = (by_id.without(decision), by_id.without(outcome), document)
        if after != (decision, outcome, metadata):
            sql = "UPDATE execution_logs SET decision = ?, outcome = ?, metadata = ? WHERE id = ?"
            store.database.fetch(sql, (*after, number))


def _shared_work(store: Store, theirs: _Theirs) -> None:
    """Empty what slow work said of projects they had a part in, to whomever: it may tell what they wrote."""
    fetch = store.database.fetch
    for subject in (*theirs.shared_subjects, "log"):
        fetch("UPDATE work_queue SET result = NULL WHERE subject = ?", (subject,))
    for subject in theirs.shared_subjects:
        fetch("DELETE FROM task_proposals WHERE subject = ? AND state = 'open'", (subject,))
        fetch(
            "UPDATE task_proposals SET text = '', change = '{}', why = '', alternatives = '[]' WHERE subject = ?",
            (subject,),
        )


def _rows(store: Store, theirs: _Theirs) -> None:
    fetch = store.database.fetch
    for subject in theirs.subjects:
        for table in ("work_queue", "task_proposals"):
            fetch(f"DELETE FROM {table} WHERE subject = ?", (subject,))
    for number in theirs.numbers["thoughts"]:
        fetch("DELETE FROM clarifications WHERE thought = ?", (number,))
        fetch("UPDATE tasks SET thought = NULL WHERE thought = ?", (number,))
    for number in theirs.numbers["tasks"]:
        fetch("UPDATE rings SET task = NULL WHERE task = ?", (number,))
    # In the order of what refers to what.
    for table in ("rings", "clarifications", "task_proposals", "schedules", "device_notices", "tasks", "thoughts"):
        fetch(f"DELETE FROM {table} WHERE user = ?", (theirs.user,))
