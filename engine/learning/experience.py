"""A turn as learning sees it: what was understood, what came of it, and what it says of an earlier turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from engine.understanding.interpretation import Interpretation
from engine.understanding.snapshot import Snapshot

Role = Literal["admin", "resident", "guest"]


class Happened(StrEnum):
    """What became of a turn."""

    ACTED = "acted"
    ANSWERED = "answered"
    ASKED = "asked"
    REFUSED = "refused"
    NOT_UNDERSTOOD = "not_understood"
    FAILED = "failed"
    LESSON = "lesson"
    OTHER = "other"


WITNESSED = frozenset({Happened.ACTED, Happened.ANSWERED, Happened.ASKED, Happened.REFUSED, Happened.NOT_UNDERSTOOD})
"""What a person saw Butler do with their words, so that what they say next speaks of it."""


class Saying(StrEnum):
    """What a later turn says of an earlier one."""

    CORRECTION = "correction"
    CHOICE = "choice"
    UNDO = "undo"
    PRESS = "press"
    REPHRASE = "rephrase"
    COMPLAINT = "complaint"
    PRAISE = "praise"


FEEDBACK = frozenset({Saying.PRESS, Saying.COMPLAINT, Saying.PRAISE})
"""What says of a turn that it was right or wrong, and no more; of several the last counts."""


@dataclass(frozen=True)
class Later:
    """What a turn says of the earlier turn `of_turn`: `meant` is what that one should have been, if it says so.

    `pressed`: the person confirmed it by a button, which counts as explicit teaching. `learned` is the improvement that
    was taught by it at once, so that nobody proposes it again.
    """

    of_turn: int
    saying: Saying
    meant: Interpretation | None = None
    pressed: bool = False
    learned: int | None = None


@dataclass(frozen=True)
class Experience:
    """One turn after it was dealt with.

    `learnable` is False where nothing may be learned from it: what was forwarded or edited, what an outage of the home
    or of a model spoilt, what is no person's own words. `previous` is what "it" spoke of.
    """

    turn: int
    user: str
    chat: str
    role: Role
    at: datetime
    text: str
    snapshot: Snapshot
    found: Interpretation | None
    happened: Happened
    learnable: bool = True
    previous: Interpretation | None = None
    later: Later | None = None


def meant_document(found: Interpretation) -> dict[str, Any]:
    """Return what a turn should have been, as JSON values: intent, slots and targets, of every clause."""
    document: dict[str, Any] = {
        "intent": found.intent,
        "slots": dict(sorted(found.slots.items())),
        "targets": list(found.targets),
    }
    if found.clauses:
        document["clauses"] = [meant_document(clause) for clause in found.clauses]
    return document
