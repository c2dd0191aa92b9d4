"""The golden dataset: sentences whose meaning is known, sentences that must not act, and the house they speak of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from engine.learning.house import snapshot_of
from engine.learning.understander import Situation, Understander
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.risk import DEFAULT_RISK_POLICY, RiskPolicy
from engine.understanding.snapshot import Snapshot

DEFAULT_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


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


@dataclass(frozen=True)
class Verdict:
    """Whether a case passed, and why not."""

    passed: bool
    why: str = ""


@dataclass(frozen=True)
class Trial:
    """A verdict with what was understood: the utterances said before, then the case's own."""

    verdict: Verdict
    heard: tuple[Interpretation, ...]

    @property
    def understood(self) -> Interpretation:
        """What the case's own utterance was understood as."""
        return self.heard[-1]


@dataclass(frozen=True)
class GoldenSet:
    """All golden cases, the ids of those that must keep failing, their house, and the SHA-256 of the files."""

    cases: tuple[Case, ...]
    must_not_act: tuple[Case, ...]
    known_failures: frozenset[str]
    house: Snapshot
    digest: str

    @classmethod
    def packaged(cls) -> GoldenSet:
        """Read the dataset that ships with the program."""
        return cls.load(resources.files("golden"))

    @classmethod
    def load(cls, root: Traversable) -> GoldenSet:
        """Read a dataset from a folder; raises GoldenError."""
        files = dict(_files(root))
        hashed = hashlib.sha256()
        for name, text in sorted(files.items()):
            hashed.update(f"{name}\n{len(text)}\n{text}".encode())
        cases = [
            _case(*line) for name in sorted(files) if name.startswith("cases/") for line in _lines(name, files[name])
        ]
        silent = [_case(*line) for line in _lines("must_not_act.jsonl", files.get("must_not_act.jsonl", ""))]
        known = (line.partition("#")[0].strip() for line in files.get("known_failures.txt", "").splitlines())
        golden = cls(
            tuple(cases),
            tuple(silent),
            frozenset(filter(None, known)),
            snapshot_of(json.loads(files["house.json"])),
            hashed.hexdigest(),
        )
        _require_unique(golden)
        return golden

    @cached_property
    def all_cases(self) -> tuple[Case, ...]:
        """The cases and those that must not act."""
        return (*self.cases, *self.must_not_act)


def run_case(
    case: Case,
    interpreter: Understander,
    snapshot: Snapshot,
    *,
    speaker: str | None = None,
    risk: RiskPolicy = DEFAULT_RISK_POLICY,
) -> Verdict:
    """Return whether a case is understood as it must be; `speaker` speaks where the case names nobody."""
    return try_case(case, interpreter, snapshot, speaker=speaker, risk=risk).verdict


def try_case(
    case: Case,
    interpreter: Understander,
    snapshot: Snapshot,
    *,
    speaker: str | None = None,
    risk: RiskPolicy = DEFAULT_RISK_POLICY,
) -> Trial:
    """Return a case's verdict with everything that was understood on the way."""
    previous: Interpretation | None = None
    heard: list[Interpretation] = []
    for text in (*case.context, case.utterance):
        situation = Situation(
            snapshot=snapshot,
            speaker=case.user or speaker,
            now=case.now or DEFAULT_NOW,
            previous=previous,
            risk=risk,
        )
        found = interpreter.understand(text, situation)
        heard.append(found)
        if any(clause.disposition in {Disposition.ACT, Disposition.CONFIRM} for clause in parts_of(found)):
            previous = found
    judge = _judge_silent if case.expected is None else _judge
    return Trial(judge(case, heard[-1]), tuple(heard))


def parts_of(interpretation: Interpretation) -> tuple[Interpretation, ...]:
    """Return the clauses of a compound, or the interpretation itself."""
    return interpretation.clauses or (interpretation,)


def _judge_silent(case: Case, found: Interpretation) -> Verdict:
    watched = frozenset(case.must_not_touch)
    for clause in parts_of(found):
        if clause.disposition is not Disposition.ACT or not INTENTS[clause.intent].acts:
            continue
        touched = watched & frozenset(clause.targets)
        if touched or not watched:
            return Verdict(passed=False, why=f"acts: {clause.intent} on {', '.join(sorted(touched) or clause.targets)}")
    return Verdict(passed=True)


def _judge(case: Case, found: Interpretation) -> Verdict:
    assert case.expected is not None
    why = _fault(case.expected, found)
    if not why and case.disposition and found.disposition is not case.disposition:
        why = f"disposition {found.disposition.value}, not {case.disposition.value}"
    if not why and case.clauses:
        parts = parts_of(found)
        if len(parts) != len(case.clauses):
            why = f"{len(parts)} clauses, not {len(case.clauses)}"
        else:
            faults = (_fault(expected, part) for expected, part in zip(case.clauses, parts, strict=True))
            why = next(filter(None, faults), "")
    return Verdict(passed=not why, why=why)


def _fault(expected: Clause, found: Interpretation) -> str:
    if found.intent != expected.intent:
        return f"intent {found.intent}, not {expected.intent}"
    for name, wanted in expected.entities.items():
        if name == "device":
            got: Any = list(found.targets)
            wanted = sorted([wanted] if isinstance(wanted, str) else wanted)  # noqa: PLW2901 - one shape of two spellings
        else:
            got = _listed(found.slots.get(name))
            wanted = _listed(wanted)  # noqa: PLW2901 - lists and tuples are the same slot
        if got != wanted:
            return f"{name} {got!r}, not {wanted!r}"
    return ""


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else value


def _files(root: Traversable) -> Iterator[tuple[str, str]]:
    for name in ("house.json", "must_not_act.jsonl", "known_failures.txt"):
        if (file := root / name).is_file():
            yield name, file.read_text("utf-8")
        elif name == "house.json":
            raise GoldenError("golden: house.json is missing")
    for file in (root / "cases").iterdir():
        if file.name.endswith(".jsonl"):
            yield f"cases/{file.name}", file.read_text("utf-8")


def _lines(name: str, text: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except ValueError as error:
            raise GoldenError(f"golden: {name} line {number} is not JSON: {error}") from error
        yield f"{name} line {number}", document


def _case(where: str, document: Mapping[str, Any]) -> Case:
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


def _require_unique(golden: GoldenSet) -> None:
    seen: set[str] = set()
    for case in golden.all_cases:
        if case.id in seen:
            raise GoldenError(f"golden: the id {case.id!r} is given twice")
        seen.add(case.id)
    unknown = golden.known_failures - seen
    if unknown:
        raise GoldenError(f"golden: known_failures.txt names no case: {', '.join(sorted(unknown))}")
