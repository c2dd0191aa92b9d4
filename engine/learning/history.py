"""What people said and what came of it, so that a change is tested on turns that went well."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from engine.learning.documents import from_document, plain_json
from engine.understanding.interpretation import Disposition, Interpretation
from store.turns import Turn

MOST_TURNS = 1_500
_READY = frozenset({Disposition.ACT, Disposition.CONFIRM})
_STOOD = frozenset({None, "accepted", "confirmed"})


@dataclass(frozen=True)
class HistoryTurn:
    """One turn and what it should be understood as, by whoever said it.

    `meant` is the essence of that, `dispositions` what was to be done with its parts (None where the turn was put right
    later, and only its meaning is known); `accepted` tells the two apart. `previous` is what "it" spoke of.
    """

    turn: int
    speaker: str
    text: str
    at: datetime
    meant: Hashable
    dispositions: tuple[str, ...] | None
    verdict: str | None = None
    previous: Interpretation | None = None

    @classmethod
    def of(cls, turn: Turn) -> HistoryTurn | None:
        """Return a stored turn as history; None where nobody knows what it should have been."""
        if turn.text is None or not turn.interpretation:
            return None
        previous = from_document(turn.previous) if turn.previous else None
        # What was understood has Butler's own name stripped, which the household may change.
        said = turn.number, turn.user, str(turn.interpretation["text"]), turn.at
        if turn.verdict in _STOOD:
            found = turn.interpretation
            return cls(*said, essence_of(found), _dispositions_of(found), turn.verdict, previous)
        return cls(*said, essence_of(turn.meant), None, turn.verdict, previous) if turn.meant else None

    @property
    def accepted(self) -> bool:
        """Whether nobody said anything against the turn."""
        return self.dispositions is not None

    @cached_property
    def id(self) -> str:
        """The id of its check: another text or meaning gives another one."""
        document = [self.speaker, self.text, repr(self.meant), self.dispositions, repr(self.previous)]
        hashed = hashlib.sha256(json.dumps(document).encode()).hexdigest()
        return f"history:{self.turn}:{hashed[:12]}"

    def fault(self, found: Interpretation) -> str:
        """Return how an interpretation differs from what the turn should be, or nothing."""
        if essence(found) != self.meant:
            named = f" on {', '.join(found.targets[:3])}" if found.targets else ""
            return f"would be {found.intent}{named}"
        now = dispositions(found)
        if self.dispositions is None:
            return "" if all(each in _READY for each in now) else f"would come to {now[0]}"
        return "" if now == self.dispositions else f"would come to {now[0]}, not {self.dispositions[0]}"


def essence(found: Interpretation) -> Hashable:
    """Return what matters of an interpretation: intent, slots and targets, of every clause."""
    return _essence(found.intent, plain_json(found.slots), found.targets, tuple(essence(c) for c in found.clauses))


def essence_of(document: Mapping[str, Any]) -> Hashable:
    """Return the same of a stored interpretation, or of what a turn should have been."""
    clauses = tuple(essence_of(clause) for clause in document.get("clauses") or ())
    return _essence(document["intent"], document.get("slots") or {}, document.get("targets") or (), clauses)


def dispositions(found: Interpretation) -> tuple[str, ...]:
    """Return what may be done with an interpretation and its parts."""
    return tuple(part.disposition.value for part in (found, *found.clauses))


def _dispositions_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(part["disposition"] for part in (document, *document["clauses"]))


def _essence(intent: str, slots: Mapping[str, Any], targets: Any, clauses: Hashable) -> Hashable:
    values = json.dumps(dict(slots), sort_keys=True, ensure_ascii=False, default=str)
    return intent, values, tuple(targets), clauses
