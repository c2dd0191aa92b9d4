"""The closed union of change types: what is not in it cannot be expressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from engine.learning.change_error import ChangeError
from engine.learning.changes_of_rules import (
    ModelChoiceChange,
    PatternChange,
    RoutingChange,
    TemplateChange,
    ThresholdChange,
)
from engine.learning.changes_of_tasks import (
    AmbiguityRuleChange,
    KeywordRuleChange,
    PhraseRuleChange,
    ReportHourChange,
    TaskChange,
    TimeMappingChange,
)
from engine.learning.changes_of_words import AliasChange, CommandChange, ExemplarChange, SynonymChange
from store import PERSONAL, SHARED, LearnedRow, NewRow

__all__ = [
    "CHANGE_TYPES",
    "AliasChange",
    "AmbiguityRuleChange",
    "Change",
    "ChangeError",
    "CommandChange",
    "ExemplarChange",
    "KeywordRuleChange",
    "ModelChoiceChange",
    "PatternChange",
    "PhraseRuleChange",
    "ReportHourChange",
    "RoutingChange",
    "RuleChange",
    "SynonymChange",
    "TaskChange",
    "TemplateChange",
    "ThresholdChange",
    "TimeMappingChange",
    "WordChange",
    "from_payload",
    "of_row",
    "to_payload",
    "to_row",
]

WordChange = AliasChange | SynonymChange | CommandChange
RuleChange = PatternChange | RoutingChange | TemplateChange | ThresholdChange | ModelChoiceChange | TaskChange
Change = WordChange | ExemplarChange | RuleChange

CHANGE_TYPES: Mapping[str, type[Change]] = {
    kind.type: kind
    for kind in (
        AliasChange,
        SynonymChange,
        CommandChange,
        ExemplarChange,
        PatternChange,
        RoutingChange,
        TemplateChange,
        ThresholdChange,
        ModelChoiceChange,
        KeywordRuleChange,
        AmbiguityRuleChange,
        TimeMappingChange,
        ReportHourChange,
    )
}


def to_payload(change: Change) -> dict[str, Any]:
    """Return a change as JSON values: its type, its fields and its scope."""
    return {"type": change.type, **_values(change)}


def from_payload(document: Any) -> Change:
    """Return the change that `to_payload` wrote; an unknown type and any odd field raise ChangeError."""
    if not isinstance(document, Mapping):
        raise ChangeError(f"a change is an object, not {type(document).__name__}")
    kind = CHANGE_TYPES.get(document["type"]) if isinstance(document.get("type"), str) else None
    if kind is None:
        raise ChangeError(f"there is no change of type {document.get('type')!r}")
    names = {field.name for field in fields(kind)}
    given = {str(name) for name in document} | (_UNSAID.keys() & names)
    odd = sorted(given ^ (names | {"type"}))
    if odd:
        raise ChangeError(f"{kind.type}: fields missing or unknown: {', '.join(odd)}")
    return kind(**{name: document[name] if name in document else _UNSAID[name] for name in names})


def to_row(change: Change) -> NewRow:
    """Return the learned row that stores a change."""
    scope = PERSONAL if change.scope == "personal" else SHARED
    kept = {_ENTRIES.get((change.type, name), name): value for name, value in _values(change).items()}
    outside = {_KEYS.get(change.type), "scope", "owner"}
    payload = {name: value for name, value in kept.items() if name not in outside}
    return NewRow(change.type, change.phrase, payload, scope, change.owner)


def of_row(row: LearnedRow) -> Change:
    """Return the change a learned row holds; a row that is no change of a type built so far raises ChangeError."""
    kind = CHANGE_TYPES.get(row.type)
    if kind is None:
        raise ChangeError(f"there is no change of type {row.type!r}")
    outside: dict[str, Any] = {} if kind is ReportHourChange else {_KEYS[row.type]: row.key}
    if "owner" in {field.name for field in fields(kind)}:
        outside |= {"scope": "personal" if row.scope == PERSONAL else "household", "owner": row.owner}
    elif row.scope != SHARED:
        raise ChangeError(f"{row.type}: one that is personal cannot exist")
    values = {_FIELDS.get((row.type, name), name): value for name, value in row.payload.items()}
    twice = outside.keys() & values.keys()
    if twice:
        raise ChangeError(f"{row.type}: the row says {', '.join(sorted(twice))} twice")
    return from_payload({"type": row.type, **outside, **values})


# The field that is the key of a row (a report's hour has none but its owner), and what the store calls a field of its
# own: a synonym's replacement.
_KEYS: Mapping[str, str] = {
    "alias": "phrase",
    "synonym": "phrase",
    "command": "phrase",
    "exemplar": "text",
    "pattern": "template",
    "routing": "intent",
    "template": "key",
    "threshold": "name",
    "model_choice": "job",
    "keyword_rule": "phrase",
    "ambiguity_rule": "phrase",
    "time_mapping": "phrase",
}
_FIELDS = {("synonym", "target"): "replacement"}
_ENTRIES = {(kind, field): entry for (kind, entry), field in _FIELDS.items()}


# What is left out of payloads where it is so, as it was not there when others were written.
_UNSAID: Mapping[str, Any] = {"verbatim": False}


def _values(change: Change) -> dict[str, Any]:
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    values = {name: value for name, value in values.items() if name not in _UNSAID or value != _UNSAID[name]}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}
