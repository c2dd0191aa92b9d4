"""Whether understanding was unsure enough for a language model to be asked."""

from __future__ import annotations

from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Reason, Stage
from engine.understanding.vetoing import why_not

_LOOSE = frozenset({Reason.NOT_UNDERSTOOD, Reason.UNKNOWN_NAME, Reason.UNKNOWN_PLACE, Reason.UNSURE})
_HALF = frozenset({Reason.MISSING_TARGET, Reason.MISSING_ACTION, Reason.UNSUPPORTED})
_LESSONS = frozenset("teach correction feedback_negative feedback_positive undo forget".split())


def is_unsure(found: Interpretation, text: str, low_confidence: float) -> bool:
    """Tell whether a model may be asked: nothing in the words holds them back, and no part of them was understood."""
    if not any(letter.isalpha() for letter in text) or why_not(text) is not None:
        return False
    return all(_was_unsure(part, low_confidence) for part in found.clauses or (found,))


def unsure_part(found: Interpretation, low_confidence: float) -> int | None:
    """Return the place of the first part of a compound that may be asked about, while others were understood."""
    parts = enumerate(found.clauses)
    return next((at for at, part in parts if is_unsure(part, part.text, low_confidence)), None)


def _was_unsure(found: Interpretation, low_confidence: float) -> bool:
    if found.disposition is Disposition.REFUSE or found.disposition is Disposition.CONFIRM:
        return False
    if found.reason is Reason.NOT_UNDERSTOOD and found.stage is Stage.EXEMPLAR:
        return found.confidence < low_confidence  # else it is surely something Butler does not do
    if found.reason in _LOOSE:
        return True
    if found.stage is not Stage.EXEMPLAR or found.intent in _LESSONS:
        return False
    if found.reason in _HALF:
        return True
    return found.reason is None and not INTENTS[found.intent].acts and found.confidence < low_confidence
