"""Learned rows: the typed tables they lie in, and what of them is in force."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from store.database import Store
from store.fields import canonical_json
from store.head import HEAD_SQL, Head
from store.status import IN_FORCE

SHARED, PERSONAL = "shared", "personal"
TIERS = frozenset({1, 2})
TIER_1_TYPES = frozenset({"alias", "exemplar", "synonym", "command"})
TIER_2_TYPES = frozenset(
    {
        "pattern",
        "routing",
        "template",
        "keyword_rule",
        "ambiguity_rule",
        "time_mapping",
        "model_choice",
        "report_hour",
        "threshold",
    }
)
KNOWN_TYPES = TIER_1_TYPES | TIER_2_TYPES


@dataclass(frozen=True)
class NewRow:
    """A row to be learned; `owner` is a user when the scope is personal, else None."""

    type: str
    key: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    scope: str = SHARED
    owner: str | None = None

    def fault(self) -> str | None:
        """Return why the row cannot be stored, or None."""
        return _fault(self.type, self.key, self.payload, self.scope, self.owner)


@dataclass(frozen=True)
class LearnedRow:
    """A row in force and the number of the improvement that put it there."""

    type: str
    key: str
    payload: Mapping[str, Any]
    scope: str
    owner: str | None
    improvement: int

    def plain(self) -> dict[str, Any]:
        """Return the row as JSON values."""
        return {name: getattr(self, name) for name in ("type", "key", "scope", "owner", "improvement")} | {
            "payload": dict(self.payload)
        }


@dataclass(frozen=True)
class RefusedRow:
    """A stored row that must not be in force, and why."""

    table: str
    row_id: int
    improvement: int
    reason: str


@dataclass(frozen=True)
class Learned:
    """What was learned at one moment: the head, rows in force in the order of improvements, and rows refused."""

    head: Head
    active: tuple[LearnedRow, ...]
    refused: tuple[RefusedRow, ...]


@dataclass(frozen=True)
class TypedTable:
    """A table for one type: its key column, and the payload entry that has a column of its own."""

    type: str
    table: str
    key_column: str
    entry: str
    entry_column: str


TYPED_TABLES = (
    TypedTable("alias", "entity_aliases", "alias", "target", "entity_id"),
    TypedTable("synonym", "synonyms", "synonym", "target", "word"),
    TypedTable("exemplar", "training_examples", "utterance", "intent", "intent"),
)
_BY_TYPE = {typed.type: typed for typed in TYPED_TABLES}

Execute = Callable[[str, tuple[Any, ...]], Iterable[tuple[Any, ...]]]
_REST = "r.scope, r.owner, r.improvement, r.id, i.tier, i.improvement_type, i.number"
_STATUSES = ", ".join(f"'{status}'" for status in sorted(IN_FORCE))
_FROM = f"LEFT JOIN improvements i ON i.number = r.improvement WHERE (i.number IS NULL OR i.status IN ({_STATUSES}))"
_GENERIC_SELECT = f"SELECT r.type, r.key, NULL, r.payload, {_REST} FROM knowledge_rows r {_FROM}"  # noqa: S608  # constants only


def _select(typed: TypedTable) -> str:
    columns = f"'{typed.type}', r.{typed.key_column}, r.{typed.entry_column}, r.extra, {_REST}"
    return f"SELECT {columns} FROM {typed.table} r {_FROM}"  # noqa: S608  # the names are constants


def insertion(row: NewRow, improvement: int, source: str, at: str) -> tuple[str, tuple[Any, ...]]:
    """Return the INSERT that stores a row, with its parameters."""
    typed = _BY_TYPE.get(row.type)
    rest = (row.scope, row.owner, improvement, at)
    if typed is None:
        sql = "INSERT INTO knowledge_rows (type, key, payload, scope, owner, improvement, created_at)"
        return f"{sql} VALUES (?, ?, ?, ?, ?, ?, ?)", (row.type, row.key, canonical_json(row.payload), *rest)
    extra = {name: value for name, value in row.payload.items() if name != typed.entry}
    columns = f"{typed.key_column}, {typed.entry_column}, source, extra, scope, owner, improvement, created_at"
    values = (row.key, row.payload[typed.entry], source, canonical_json(extra), *rest)
    return f"INSERT INTO {typed.table} ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values  # noqa: S608  # the names are constants


def exemplar_texts(store: Store) -> list[str]:
    """Return the texts of the exemplars in force, in ascending improvement number."""
    sql = f"SELECT r.utterance FROM training_examples r {_FROM} AND i.number IS NOT NULL ORDER BY r.improvement, r.id"  # noqa: S608  # constants only
    return [str(text) for (text,) in store.database.fetch(sql)]


def learned_through(execute: Execute, key: str | None = None) -> Learned:
    """Read the head and the learned rows (of one key, if given) through any connection that is in a transaction."""
    head = Head(*next(iter(execute(HEAD_SQL, ()))))
    active: list[tuple[tuple[int, int, int], LearnedRow]] = []
    refused: list[RefusedRow] = []
    tables = [
        *((typed.table, typed.key_column, _select(typed), typed) for typed in TYPED_TABLES),
        ("knowledge_rows", "key", _GENERIC_SELECT, None),
    ]
    for place, (table, key_column, sql, typed) in enumerate(tables):
        query = (sql, ()) if key is None else (f"{sql} AND r.{key_column} = ?", (key,))
        for record in execute(*query):
            found = _read(record, typed)
            if isinstance(found, LearnedRow):
                active.append(((found.improvement, place, record[7]), found))
            else:
                refused.append(RefusedRow(table, record[7], record[6], found))
    active.sort(key=lambda item: item[0])
    return Learned(head, tuple(row for _, row in active), tuple(refused))


def read_learned(store: Store) -> Learned:
    """Return what the learned tables hold, refused rows apart."""
    with store.reading():
        return learned_through(store.database.fetch)


def active_rows(store: Store) -> list[LearnedRow]:
    """Return the rows in force in ascending improvement number; what must not be in force is left out."""
    return list(read_learned(store).active)


def tier_fault(tier: object, improvement_type: object) -> str | None:
    """Return why an improvement of this tier and type cannot be in force, or None."""
    if tier not in TIERS:
        return f"tier {tier!r} cannot be in force"
    if improvement_type not in KNOWN_TYPES:
        return f"unknown improvement type {improvement_type!r}"
    if improvement_type in TIER_2_TYPES and tier != 2:
        return f"a {improvement_type} of tier {tier!r} cannot be in force: it takes a person"
    return None


def _read(record: tuple[Any, ...], typed: TypedTable | None) -> LearnedRow | str:
    kind, key, entry, text, scope, owner, improvement, _, tier, improvement_type, known = record
    if known is None:
        return f"improvement #{improvement} does not exist"
    fault = tier_fault(tier, improvement_type)
    if fault:
        return fault
    if typed is None and kind in _BY_TYPE:
        return f"type {kind!r} has a table of its own"
    try:
        payload = json.loads(text)
    except (TypeError, ValueError):
        return "its payload is not JSON"
    if typed is not None and isinstance(payload, dict):
        payload = {**payload, typed.entry: entry}
    fault = _fault(kind, key, payload, scope, owner) or tier_fault(tier, kind)
    return fault or LearnedRow(kind, key, payload, scope, owner, improvement)


def _fault(kind: object, key: object, payload: object, scope: object, owner: object) -> str | None:
    if not isinstance(kind, str) or kind not in KNOWN_TYPES:
        return f"unknown type {kind!r}"
    if not isinstance(key, str) or not key.strip():
        return f"{kind}: the key is empty"
    if not isinstance(payload, Mapping):
        return f"{kind} {key!r}: the payload is not an object"
    if (scope, owner is None) not in {(SHARED, True), (PERSONAL, False)}:
        return f"{kind} {key!r}: scope {scope!r} with owner {owner!r}"
    entry = _BY_TYPE[kind].entry if kind in _BY_TYPE else None
    if entry is not None and not (isinstance(payload.get(entry), str) and payload[entry].strip()):
        return f"{kind} {key!r}: the payload names no {entry}"
    return None
