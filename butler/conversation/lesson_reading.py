"""A lesson as an interpretation, as channels and records show it: what a person taught, corrected, praised or undid."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.lesson import Correct, Feedback, Forget, Lesson, Teach, Undo

_SURE = 0.99


def lesson_reading(text: str, lesson: Lesson) -> Interpretation:
    """Return what a lesson says as an interpretation; it has no targets and is never what "it" speaks of."""
    intent, slots = _parts(lesson)
    known = {name: value for name, value in slots.items() if value is not None}
    return Interpretation(text, intent, _SURE, Stage.PATTERN, MappingProxyType(known), disposition=Disposition.ACT)


def with_command(reading: Interpretation, done: Interpretation) -> Interpretation:
    """Return a correction with the one command it came to; one that came to several is shown as those."""
    if done.clauses:
        return done
    return replace(
        reading,
        targets=done.targets,
        disposition=done.disposition,
        reason=done.reason,
        used=done.used,
        clauses=(done,),
    )


def _parts(lesson: Lesson) -> tuple[str, dict[str, Any]]:
    match lesson:
        case Teach(phrase=phrase, meaning=meaning):
            return "teach", {"phrase": phrase, "meaning": meaning}
        case Correct(wanted=wanted, negated=negated):
            return "correction", {"wanted": wanted, "negated": negated}
        case Feedback(positive=positive):
            return "feedback_positive" if positive else "feedback_negative", {}
        case Forget(phrase=phrase):
            return "forget", {"phrase": phrase}
        case Undo():
            return "undo", {}
