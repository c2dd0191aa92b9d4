"""What a turn was understood to mean, as a value; "not understood" and "must not act" are values too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

_EMPTY: Mapping[str, Any] = MappingProxyType({})


class Stage(StrEnum):
    """The step of understanding that decided."""

    PATTERN = "pattern"
    EXEMPLAR = "exemplar"
    LLM = "llm"


class Disposition(StrEnum):
    """What may be done with an interpretation."""

    ACT = "act"
    CONFIRM = "confirm"
    ASK = "ask"
    REFUSE = "refuse"
    NONE = "none"


class Reason(StrEnum):
    """Why an interpretation may not simply be acted on."""

    # guards: the words say that nothing is to be done now
    NEGATION = "negation"
    STATEMENT = "statement"
    HYPOTHETICAL = "hypothetical"
    CONDITION = "condition"
    DEFERRED = "deferred"
    QUOTED = "quoted"
    # questions
    UNKNOWN_NAME = "unknown_name"
    UNKNOWN_PLACE = "unknown_place"
    AMBIGUOUS_NAME = "ambiguous_name"
    MISSING_TARGET = "missing_target"
    MISSING_VALUE = "missing_value"
    MISSING_ACTION = "missing_action"
    NOTHING_TO_REFER_TO = "nothing_to_refer_to"
    UNSURE = "unsure"
    # risk
    GUARDED = "guarded"
    GUARDED_INEXACT = "guarded_inexact"
    READ_ONLY = "read_only"
    UNSUPPORTED = "unsupported"
    # the rest
    NOT_UNDERSTOOD = "not_understood"
    TOO_LONG = "too_long"
    EMPTY = "empty"
    NOT_HANDLED = "not_handled"


@dataclass(frozen=True)
class RunnerUp:
    """Another intent that was considered, with its confidence."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class Choice:
    """One answer to a question about targets: what to show, and the targets it stands for (sorted entity ids)."""

    label: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Interpretation:
    """The meaning found in one utterance or clause.

    `confidence` is a probability in [0, 1]. `targets` are sorted entity ids. `used` are the numbers of the
    improvements whose rows took part. `mention` is the phrase that named the targets, as it was said; `reason`
    says why `disposition` is not `act`; `choices` are the answers a question may offer. `clauses` holds the parts
    of a compound, whose other fields are those of the first part.
    """

    text: str
    intent: str
    confidence: float = 0.0
    stage: Stage | None = None
    slots: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    targets: tuple[str, ...] = ()
    disposition: Disposition = Disposition.NONE
    reason: Reason | None = None
    mention: str | None = None
    choices: tuple[Choice, ...] = ()
    runners_up: tuple[RunnerUp, ...] = ()
    used: tuple[int, ...] = ()
    clauses: tuple[Interpretation, ...] = ()
    exact_names: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return the interpretation as plain JSON values, as the stdio contract shows it."""
        document: dict[str, Any] = {
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "stage": self.stage.value if self.stage else None,
            "slots": dict(self.slots),
            "targets": list(self.targets),
            "disposition": self.disposition.value,
            "reason": self.reason.value if self.reason else None,
            "runners_up": [{"intent": r.intent, "confidence": round(r.confidence, 4)} for r in self.runners_up],
        }
        if self.clauses:
            document["clauses"] = [clause.to_json() for clause in self.clauses]
        return document
