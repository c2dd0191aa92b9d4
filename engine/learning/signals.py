"""Signals: what one turn tells of understanding that fell short, its own or an earlier turn's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.learning.documents import plain_json, to_document
from engine.learning.experience import Experience, Happened, Later, Saying, meant_document
from engine.learning.rephrasing import rephrasing
from engine.understanding.interpretation import Interpretation, Reason, Stage
from engine.understanding.knowledge import DEFAULT_THRESHOLDS
from store.signals import NewSignal, SignalType
from store.turns import Turn

KEPT = timedelta(days=90)
"""How long what was said speaks for or against anything."""

LOW_CONFIDENCE = DEFAULT_THRESHOLDS["low_confidence"]
_UNKNOWN = frozenset({Reason.UNKNOWN_NAME, Reason.UNKNOWN_PLACE})
_NAME_FELL_SHORT = frozenset({*_UNKNOWN, Reason.AMBIGUOUS_NAME, Reason.MISSING_TARGET})
_SETTLED = frozenset({Happened.ACTED, Happened.ANSWERED, Happened.ASKED})
_HAPPENED_BY_WORDS = frozenset({*_SETTLED, Happened.REFUSED, Happened.NOT_UNDERSTOOD})
_KEPT = ("intent", "slots", "targets", "stage", "confidence", "disposition", "reason", "mention", "clauses")


def signals_of(
    experience: Experience, earlier: Turn | None, *, low_confidence: float = LOW_CONFIDENCE
) -> tuple[NewSignal, ...]:
    """Return the signals a turn gives: of how it was understood itself, and of what it says of an earlier turn.

    `earlier` is the turn that `experience.later` speaks of, or else the person's last one in the chat, which this one
    may say again. Nothing is taken from turns that nothing may be learned from; praise is no shortfall.
    """
    if not experience.learnable:
        return ()
    return (*_own(experience, low_confidence), *_of_earlier(experience, earlier, low_confidence))


def _own(experience: Experience, low_confidence: float) -> Iterator[NewSignal]:
    found = experience.found
    if found is None or experience.happened not in _HAPPENED_BY_WORDS:
        return
    for kind in _shortfalls(_Heard.of(found), experience.happened, low_confidence):
        yield NewSignal(
            kind,
            experience.text,
            experience.user,
            experience.turn,
            experience.at,
            None,
            _kept(plain_json(to_document(found)), experience.happened.value),
            _context(experience, experience.turn, None, None, found.mention),
        )


@dataclass(frozen=True)
class _Heard:
    """What counts of how a turn was understood, its parts among it."""

    stages: frozenset[Stage]
    reasons: frozenset[Reason]
    confidence: float

    @classmethod
    def of(cls, found: Interpretation) -> _Heard:
        parts = found.clauses or (found,)
        return cls(
            frozenset(part.stage for part in parts if part.stage),
            frozenset(part.reason for part in parts if part.reason),
            min(part.confidence for part in parts),
        )

    @classmethod
    def stored(cls, document: Mapping[str, Any]) -> _Heard:
        parts = document.get("clauses") or (document,)
        return cls(
            frozenset(Stage(part["stage"]) for part in parts if part.get("stage")),
            frozenset(Reason(part["reason"]) for part in parts if part.get("reason")),
            min(part.get("confidence", 1.0) for part in parts),
        )


def _shortfalls(heard: _Heard, happened: Happened, low_confidence: float) -> Iterator[SignalType]:
    if Stage.LLM in heard.stages:
        yield SignalType.LLM_FALLBACK
    if heard.reasons & _UNKNOWN:
        yield SignalType.ENTITY_FAIL
    elif Stage.EXEMPLAR in heard.stages and heard.confidence < low_confidence and happened in _SETTLED:
        yield SignalType.LOW_CONFIDENCE


def _of_earlier(experience: Experience, earlier: Turn | None, low_confidence: float) -> Iterator[NewSignal]:
    later = experience.later or rephrasing(experience, earlier)
    if later is None or later.saying is Saying.PRAISE or earlier is None or earlier.number != later.of_turn:
        return
    if not earlier.learnable or not earlier.text or not isinstance(earlier.interpretation, Mapping):
        return
    meant = None if later.meant is None else plain_json(meant_document(later.meant))
    yield NewSignal(
        _kind(later, earlier, low_confidence),
        str(earlier.interpretation.get("text") or earlier.text),
        experience.user,
        experience.turn,
        experience.at,
        meant,
        _kept(earlier.interpretation, earlier.outcome),
        _context(experience, earlier.number, later, earlier.user, earlier.interpretation.get("mention")),
    )


def _kind(later: Later, earlier: Turn, low_confidence: float) -> SignalType:
    """Return what the earlier turn fell short in, where it did nothing yet; else that it was wrong."""
    if later.saying is Saying.COMPLAINT:
        return SignalType.FEEDBACK
    heard = _Heard.stored(earlier.interpretation)
    if Stage.LLM in heard.stages:
        return SignalType.LLM_FALLBACK
    if earlier.outcome not in {"asked", "not_understood"}:
        return SignalType.CORRECTION
    if heard.reasons & _NAME_FELL_SHORT:
        return SignalType.ENTITY_FAIL
    return SignalType.LOW_CONFIDENCE if heard.confidence < low_confidence else SignalType.CORRECTION


def _kept(document: Mapping[str, Any], outcome: str | None) -> dict[str, Any]:
    return {name: document[name] for name in _KEPT if document.get(name) is not None} | {"outcome": outcome}


def _context(
    experience: Experience, of_turn: int, later: Later | None, speaker: str | None, mention: str | None
) -> dict[str, Any]:
    context = {
        "role": experience.role,
        "chat": experience.chat,
        "of_turn": of_turn,
        "evidence": later.saying.value if later else None,
        "pressed": bool(later and later.pressed),
        "mention": mention,
        "learned": later.learned if later else None,
        "said_by": speaker if speaker != experience.user else None,
    }
    return {name: value for name, value in context.items() if value is not None}
