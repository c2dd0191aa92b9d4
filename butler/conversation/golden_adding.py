"""Sentences that must go on meaning what they mean: from what was said to a case of the household's golden file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from butler.conversation.review_matters import Matter
from butler.conversation.turn import Ports, Turn
from engine.learning.cases import Case, GoldenError
from engine.learning.experience import meant_document
from engine.learning.golden import run_case
from engine.learning.household_golden import add_case, read_cases
from engine.understanding.situation import Situation

_CATEGORY = "household"


class GoldenRefusedError(ValueError):
    """A sentence cannot be added: the message is a sentence that says why."""


def case_of_matter(ports: Ports, turn: Turn, matter: Matter) -> dict[str, Any]:
    """Return a case of what was said and what it should be taken for; raises GoldenRefusedError."""
    meant = matter.meant or _now(ports, turn, matter)
    if meant.get("clauses"):
        raise GoldenRefusedError("That asks for several things at once, which a golden case here can't say yet.")
    return case_document(matter.key, matter.utterance, meant)


def case_document(name: str, utterance: str, meant: Mapping[str, Any], *, user: str | None = None) -> dict[str, Any]:
    """Return a golden case as JSON values; `name` is its id, which may be taken once."""
    device = {"device": sorted(meant["targets"])} if meant.get("targets") else {}
    document = {
        "id": name,
        "utterance": utterance,
        "category": _CATEGORY,
        "expected_intent": str(meant["intent"]),
        "expected_entities": {**(meant.get("slots") or {}), **device},
    }
    return document | ({"user": user} if user else {})


def keep_case(file: Path | None, document: Mapping[str, Any]) -> Case:
    """Write a case to the golden file; raises GoldenRefusedError."""
    if file is None:
        raise GoldenRefusedError("There is no golden file here that I could add to.")
    if any(case.id == document["id"] for case in read_cases(file)):
        raise GoldenRefusedError("That is among the golden cases already.")
    try:
        return add_case(file, document)
    except GoldenError as problem:
        raise GoldenRefusedError(f"I can't add that: {problem}.") from problem
    except OSError as problem:
        raise GoldenRefusedError(f"The golden file can't be written: {problem.strerror}.") from problem


def is_understood(ports: Ports, turn: Turn, case: Case) -> bool:
    """Tell whether a case is understood as it says by now."""
    return run_case(case, ports.engine.interpreter, turn.snapshot, risk=ports.settings.risk).passed


def _now(ports: Ports, turn: Turn, matter: Matter) -> dict[str, Any]:
    """Return what is understood by now, unless it still is what somebody said was wrong."""
    situation = Situation(turn.snapshot, speaker=matter.person, now=turn.incoming.at, risk=ports.settings.risk)
    found = meant_document(ports.engine.understand(matter.utterance, situation))
    taken = matter.taken or {}
    if all(found.get(name) == taken.get(name) for name in ("intent", "targets")):
        raise GoldenRefusedError(
            f"I still take “{matter.utterance}” for what was said to be wrong, so I haven't added it. Teach me what it "
            "should be first; `butler golden add` takes any meaning you name."
        )
    return found
