"""The golden dataset: sentences whose meaning is known, sentences that must not act, and the house they speak of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from engine.learning.cases import Case, Clause, GoldenError, case_document, case_of, documents_in
from engine.learning.house import snapshot_of
from engine.learning.understander import Situation, Understander
from engine.learning.understander import heard as hear
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.risk import DEFAULT_RISK_POLICY, RiskPolicy
from engine.understanding.snapshot import Snapshot

__all__ = [
    "DEFAULT_NOW",
    "Case",
    "Clause",
    "GoldenError",
    "GoldenSet",
    "Trial",
    "Verdict",
    "parts_of",
    "run_case",
    "try_case",
]

DEFAULT_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Verdict:
    """Whether a case passed, and why not."""

    passed: bool
    why: str = ""


@dataclass(frozen=True)
class Trial:
    """A verdict with what was understood: the utterances said before, then the case's own.

    `asked` are the texts the classifier was asked about, None where that cannot be told.
    """

    verdict: Verdict
    heard: tuple[Interpretation, ...]
    asked: tuple[str, ...] | None = None

    @property
    def understood(self) -> Interpretation:
        """What the case's own utterance was understood as."""
        return self.heard[-1]


@dataclass(frozen=True)
class GoldenSet:
    """All golden cases, the ids of those that must keep failing, their house, and the SHA-256 of the files.

    `household` are cases of the household's own, which speak of its own home; the digest covers them.
    """

    cases: tuple[Case, ...]
    must_not_act: tuple[Case, ...]
    known_failures: frozenset[str]
    house: Snapshot
    digest: str
    household: tuple[Case, ...] = ()
    packaged_digest: str = ""

    @classmethod
    @cache
    def packaged(cls) -> GoldenSet:
        """Return the dataset that ships with the program, which is read once."""
        return cls.load(resources.files("golden"))

    @classmethod
    def load(cls, root: Traversable) -> GoldenSet:
        """Read a dataset from a folder; raises GoldenError."""
        files = dict(_files(root))
        hashed = hashlib.sha256()
        for name, text in sorted(files.items()):
            hashed.update(f"{name}\n{len(text)}\n{text}".encode())
        cases = [
            case_of(*line)
            for name in sorted(files)
            if name.startswith("cases/")
            for line in documents_in(name, files[name])
        ]
        silent = [case_of(*line) for line in documents_in("must_not_act.jsonl", files.get("must_not_act.jsonl", ""))]
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

    def with_household(self, cases: Iterable[Case]) -> GoldenSet:
        """Return the set with these household cases in place of those it had."""
        own, base = tuple(cases), self.shipped
        lines = json.dumps([case_document(case) for case in own], sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(f"{base}\n{lines}".encode()).hexdigest() if own else base
        return replace(self, household=own, digest=digest, packaged_digest=base)

    @property
    def shipped(self) -> str:
        """The digest of the set without the household's own cases."""
        return self.packaged_digest or self.digest

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
    asked: list[tuple[str, ...] | None] = []
    for text in (*case.context, case.utterance):
        situation = Situation(
            snapshot=snapshot,
            speaker=case.user or speaker,
            now=case.now or DEFAULT_NOW,
            previous=previous,
            risk=risk,
        )
        found, texts = hear(interpreter, text, situation)
        heard.append(found)
        asked.append(texts)
        if any(clause.disposition in {Disposition.ACT, Disposition.CONFIRM} for clause in parts_of(found)):
            previous = found
    judge = _judge_silent if case.expected is None else _judge
    noted = None if None in asked else tuple(text for texts in asked for text in texts or ())
    return Trial(judge(case, heard[-1]), tuple(heard), noted)


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


def _require_unique(golden: GoldenSet) -> None:
    seen: set[str] = set()
    for case in golden.all_cases:
        if case.id in seen:
            raise GoldenError(f"golden: the id {case.id!r} is given twice")
        seen.add(case.id)
    unknown = golden.known_failures - seen
    if unknown:
        raise GoldenError(f"golden: known_failures.txt names no case: {', '.join(sorted(unknown))}")
