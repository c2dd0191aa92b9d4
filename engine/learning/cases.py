"""One golden sentence: what it must be understood as, or what it must leave alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from engine.understanding.interpretation import Disposition


class GoldenError(ValueError):
    """A golden file cannot be read: the message names the file and the line."""


@dataclass(frozen=True)
class Clause:
    """What one part of an utterance must be understood as; `entities` are slots, `device`, `area` and `floor`."""

    intent: str
    entities: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Case:
    """One golden sentence; `expected` is None for one that must not act (or must not touch some entities)."""

    id: str
    utterance: str
    expected: Clause | None
    category: str = "misc"
    group: str | None = None
    clauses: tuple[Clause, ...] = ()
    disposition: Disposition | None = None
    user: str | None = None
    now: datetime | None = None
    context: tuple[str, ...] = ()
    must_not_touch: tuple[str, ...] = ()


def documents_in(name: str, text: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Yield the JSON of every line with where it stands; raises GoldenError."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except ValueError as error:
            raise GoldenError(f"golden: {name} line {number} is not JSON: {error}") from error
        yield f"{name} line {number}", document


def case_of(where: str, document: Mapping[str, Any]) -> Case:
    """Return the case a document holds; raises GoldenError, which says `where`."""
    try:
        expected = _clause(document, "expected_intent", "expected_entities") if "expected_intent" in document else None
        disposition = document.get("expected_disposition")
        return Case(
            document["id"],
            document["utterance"],
            expected,
            document.get("category", "misc"),
            document.get("group"),
            tuple(_clause(clause, "intent", "entities") for clause in document.get("expected_clauses", ())),
            Disposition(disposition) if disposition else None,
            document.get("user"),
            datetime.fromisoformat(document["now"]) if "now" in document else None,
            tuple(document.get("context", ())),
            tuple(document.get("must_not_touch", ())),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise GoldenError(f"golden: {where} is no case: {error!r}") from error


def _clause(document: Mapping[str, Any], intent: str, entities: str) -> Clause:
    return Clause(document[intent], MappingProxyType(dict(document.get(entities, {}))))


def case_document(case: Case) -> dict[str, Any]:
    """Return a case as JSON values, of which `case_of` makes it again."""
    document: dict[str, Any] = {"id": case.id, "utterance": case.utterance, "category": case.category}
    if case.expected is not None:
        document |= {"expected_intent": case.expected.intent, "expected_entities": dict(case.expected.entities)}
    clauses = [{"intent": clause.intent, "entities": dict(clause.entities)} for clause in case.clauses]
    more = {
        "group": case.group,
        "expected_clauses": clauses,
        "expected_disposition": case.disposition.value if case.disposition else None,
        "user": case.user,
        "now": case.now.isoformat() if case.now else None,
        "context": list(case.context),
        "must_not_touch": list(case.must_not_touch),
    }
    return document | {name: value for name, value in more.items() if value}
