"""Interpretations as JSON values, so that a question, an undo or a lesson's evidence outlives a restart."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, RunnerUp, Stage


def to_document(found: Interpretation) -> dict[str, Any]:
    """Return all of an interpretation as JSON values; `from_document` reads it back equal."""
    return {
        "text": found.text,
        "intent": found.intent,
        "confidence": found.confidence,
        "stage": found.stage.value if found.stage else None,
        "slots": dict(found.slots),
        "targets": list(found.targets),
        "disposition": found.disposition.value,
        "reason": found.reason.value if found.reason else None,
        "mention": found.mention,
        "choices": [{"label": choice.label, "targets": list(choice.targets)} for choice in found.choices],
        "runners_up": [{"intent": other.intent, "confidence": other.confidence} for other in found.runners_up],
        "used": list(found.used),
        "clauses": [to_document(clause) for clause in found.clauses],
        "exact_names": found.exact_names,
    }


def from_document(document: Mapping[str, Any]) -> Interpretation:
    """Return the interpretation that `to_document` wrote."""
    return Interpretation(
        text=document["text"],
        intent=document["intent"],
        confidence=document["confidence"],
        stage=Stage(document["stage"]) if document["stage"] else None,
        slots=MappingProxyType(dict(document["slots"])),
        targets=tuple(document["targets"]),
        disposition=Disposition(document["disposition"]),
        reason=Reason(document["reason"]) if document["reason"] else None,
        mention=document["mention"],
        choices=tuple(Choice(choice["label"], tuple(choice["targets"])) for choice in document["choices"]),
        runners_up=tuple(RunnerUp(other["intent"], other["confidence"]) for other in document["runners_up"]),
        used=tuple(document["used"]),
        clauses=tuple(from_document(clause) for clause in document["clauses"]),
        exact_names=document["exact_names"],
    )


def plain_json(value: Any) -> Any:
    """Return mappings, tuples and sets as the plain JSON values they stand for."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_json(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(plain_json(item) for item in value)
    return str(value)
