"""Forgetting what log review found of one person: it goes, and the household's insights lose their name."""

# ruff: noqa: S608  # tables and columns are named by constants of this module
from __future__ import annotations

import json

from store.database import Store
from store.fields import canonical_json
from store.mentions import Mentions

_NAMING = (
    ("detected_patterns", ("pattern_key", "context")),
    (
        "maintenance_insights",
        ("title", "sentence", "proposed", "change", "evidence", "delivered_to", "measure", "measured_after"),
    ),
)
_JSON = frozenset({"context", "change", "evidence", "delivered_to", "measure", "measured_after"})


def erase_review(store: Store, user: str, as_name: str) -> None:
    """Erase what is a person's own, in the transaction of the caller."""
    fetch = store.database.fetch
    fetch("DELETE FROM maintenance_insights WHERE owner = ?", (user,))
    fetch("DELETE FROM detected_patterns WHERE owner = ?", (user,))
    fetch("UPDATE maintenance_insights SET answered_by = ? WHERE answered_by = ?", (as_name, user))
    mentions = Mentions.of(user, as_name)
    for table, columns in _NAMING:
        _rename(store, table, columns, mentions)


def _rename(store: Store, table: str, columns: tuple[str, ...], mentions: Mentions) -> None:
    """Take a person's ids out of rows that are the household's; there are few of them."""
    for number, *values in store.database.fetch(f"SELECT id, {', '.join(columns)} FROM {table}"):
        after = [_without(column, value, mentions) for column, value in zip(columns, values, strict=True)]
        if after != values:
            changes = ", ".join(f"{column} = ?" for column in columns)
            store.database.fetch(f"UPDATE OR REPLACE {table} SET {changes} WHERE id = ?", (*after, number))


def _without(column: str, value: str | None, mentions: Mentions) -> str | None:
    if value is None:
        return None
    if column in _JSON:
        return canonical_json(mentions.without(json.loads(value)))
    return str(mentions.without(value))
