"""Taking one person out of what was learned: their own words go, the household's stay without their sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from store.errors import WrongStatus
from store.fields import canonical_json
from store.learned import PERSONAL
from store.mentions import require_number_name
from store.own_words import OwnWords, renamed
from store.status import IN_FORCE, improvement_id

Execute = Callable[[str, tuple[Any, ...]], Iterable[tuple[Any, ...]]]

ERASED = canonical_json({"erased": True})
_LEARNED_TABLES = ("training_examples", "entity_aliases", "synonyms", "knowledge_rows")
_IMPROVEMENTS = "SELECT number, status, submitted_by, proposed_value, current_value FROM improvements ORDER BY number"
_BLANK_IMPROVEMENT = (
    "UPDATE improvements SET target = '', proposed_value = ?, current_value = NULL, rationale = NULL, "
    "shadow_test_results = NULL, monitoring_results = NULL, signal_ids = '[]' WHERE number = ?"
)


def erase_learned(execute: Execute, path: Path, user: str, as_name: str) -> tuple[int, ...]:
    """Erase a person from the learning tables through a connection in a transaction; return their own improvements.

    Raises WrongStatus while one of their own words is in force: the knowledge must not change here.
    """
    require_number_name(as_name)
    own = _own_rows(execute, user)
    words = _words(execute, user)
    for number, status, submitted_by, proposed, current in list(execute(_IMPROVEMENTS, ())):
        if number in own or _is_personal(proposed, user):
            if status in IN_FORCE:
                raise WrongStatus(path, f"improvement #{number} of {user} is in force; take it back first")
            own.add(number)
        elif submitted_by == user:
            execute("UPDATE improvements SET rationale = NULL WHERE number = ?", (number,))
        if _names(current, user):
            execute("UPDATE improvements SET current_value = NULL WHERE number = ?", (number,))
    numbers = tuple(sorted(own))
    _erase_rows(execute, numbers, user)
    _blank_quotes(execute, words)
    _blank_reasons(execute, user)
    _rename_in_results(execute, user, as_name)
    _blank_backups(execute, user, as_name)
    _rename(execute, user, as_name)
    return numbers


def _words(execute: Execute, user: str) -> OwnWords:
    sql = (
        "SELECT text FROM turns WHERE user = ? AND text IS NOT NULL UNION "
        "SELECT utterance FROM improvement_signals WHERE speaker_id = ?"
    )
    return OwnWords.of(row[0] for row in execute(sql, (user, user)))


def _own_rows(execute: Execute, user: str) -> set[int]:
    return {
        row[0]
        for table in _LEARNED_TABLES
        for row in execute(f"SELECT improvement FROM {table} WHERE owner = ?", (user,))  # noqa: S608  # constants only
    }


def _erase_rows(execute: Execute, numbers: Sequence[int], user: str) -> None:
    for table in _LEARNED_TABLES:
        execute(f"DELETE FROM {table} WHERE owner = ?", (user,))  # noqa: S608  # constants only
    for number in numbers:
        execute(_BLANK_IMPROVEMENT, (ERASED, number))
        sql = "UPDATE improvement_audit SET details = ? WHERE improvement_id = ? AND details IS NOT NULL"
        execute(sql, (ERASED, improvement_id(number)))


def _blank_quotes(execute: Execute, words: OwnWords) -> None:
    """Take sentences of theirs out of what a test or the watch said of improvements that are not their own."""
    for column in ("shadow_test_results", "monitoring_results"):
        sql = f"SELECT number, {column} FROM improvements WHERE {column} IS NOT NULL"  # noqa: S608  # constants only
        for number, text in list(execute(sql, ())):
            value = json.loads(text)
            if words.are_in(value):
                sql = f"UPDATE improvements SET {column} = ? WHERE number = ?"  # noqa: S608  # constants only
                execute(sql, (canonical_json(words.without(value)), number))
    for number, text in list(execute("SELECT number, rationale FROM improvements WHERE rationale IS NOT NULL", ())):
        if words.are_in(text):
            execute("UPDATE improvements SET rationale = NULL WHERE number = ?", (number,))
    for number, text in list(execute("SELECT number, details FROM improvement_audit WHERE details IS NOT NULL", ())):
        if words.are_in(json.loads(text)):
            execute("UPDATE improvement_audit SET details = ? WHERE number = ?", (ERASED, number))


def _rename_in_results(execute: Execute, user: str, as_name: str) -> None:
    """Call them `as_name` where a test or the watch names who stands behind a change; an audit row keeps no details."""
    for column in ("shadow_test_results", "monitoring_results"):
        sql = f"SELECT number, {column} FROM improvements WHERE {column} IS NOT NULL"  # noqa: S608  # constants only
        for number, text in list(execute(sql, ())):
            value = json.loads(text)
            named = renamed(value, user, as_name)
            if named != value:
                sql = f"UPDATE improvements SET {column} = ? WHERE number = ?"  # noqa: S608  # constants only
                execute(sql, (canonical_json(named), number))
    for number, text in list(execute("SELECT number, details FROM improvement_audit WHERE details IS NOT NULL", ())):
        value = json.loads(text)
        if renamed(value, user, as_name) != value:
            execute("UPDATE improvement_audit SET details = ? WHERE number = ?", (ERASED, number))


def _blank_reasons(execute: Execute, user: str) -> None:
    """Take away why something was proposed where evidence of theirs is part of it."""
    theirs = {row[0] for row in execute("SELECT id FROM improvement_signals WHERE speaker_id = ?", (user,))}
    with_reason = "SELECT number, signal_ids FROM improvements WHERE rationale IS NOT NULL AND signal_ids != '[]'"
    for number, signals in list(execute(with_reason, ())):
        if not theirs.isdisjoint(json.loads(signals)):
            execute("UPDATE improvements SET rationale = NULL WHERE number = ?", (number,))


def _blank_backups(execute: Execute, user: str, as_name: str) -> None:
    for number, text in list(execute("SELECT id, backup_data FROM improvement_backups", ())):
        data = json.loads(text)
        rows = [_blanked(row, as_name) if row.get("owner") == user else row for row in data.get("rows", [])]
        if rows != data.get("rows", []):
            values = (canonical_json({**data, "rows": rows}), number)
            execute("UPDATE improvement_backups SET backup_data = ? WHERE id = ?", values)


def _blanked(row: dict[str, Any], as_name: str) -> dict[str, Any]:
    return {**row, "key": "", "payload": {"erased": True}, "owner": as_name}


def _rename(execute: Execute, user: str, as_name: str) -> None:
    for column in ("submitted_by", "approved_by"):
        execute(f"UPDATE improvements SET {column} = ? WHERE {column} = ?", (as_name, user))  # noqa: S608  # constants only
    # What somebody gave as their reason is their own text too.
    sql = "UPDATE improvement_audit SET details = ? WHERE actor = ? AND action IN ('rejected', 'rolled_back')"
    execute(sql, (ERASED, user))
    execute("UPDATE improvement_audit SET actor = ? WHERE actor = ?", (as_name, user))


def _is_personal(text: str, user: str) -> bool:
    value = json.loads(text)
    return isinstance(value, dict) and value.get("scope") == PERSONAL and value.get("owner") == user


def _names(text: str | None, user: str) -> bool:
    value = json.loads(text) if text else None
    return isinstance(value, dict) and user in value.values()
