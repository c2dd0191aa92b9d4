"""A lesson as an interpretation, and what only sounds like a lesson."""

from __future__ import annotations

import re
from typing import Any

from engine.understanding.clauses import starts_like_command
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.lesson import Correct, Feedback, Forget, Lesson, Teach, Vocabulary
from engine.understanding.lessons import parse_lesson
from engine.understanding.spelling import correct_lesson_words

_OF_A_TASK = re.compile(r"\b(?:task|todo|reminder|project|list|timer|alarm|meeting|appointment|event)\b")
_ABOUT = re.compile(r"\b(?:about|regarding|concerning|because)\b")
_CODE = re.compile(r"[\d\s-]{3,}")
_PRONOUN = re.compile(r"\b(?:it|them|that)\b")


def lesson_in(text: str, *, after_action: bool, vocabulary: Vocabulary) -> Lesson | None:
    """Return what `text` teaches, corrects, praises, forgets or takes back; None for all that only sounds like it."""
    lesson = parse_lesson(correct_lesson_words(text), after_action=after_action, vocabulary=vocabulary)
    return None if lesson is not None and _is_something_else(lesson, text) else lesson


def lesson_interpretation(lesson: Lesson, text: str, confidence: float) -> Interpretation:
    """Return the interpretation of a text that is a lesson."""
    return Interpretation(text, _intent(lesson), confidence, Stage.PATTERN, _slots(lesson), disposition=Disposition.ACT)


def _is_something_else(lesson: Lesson, text: str) -> bool:
    """Tell whether a text only sounds like a lesson.

    "Rename the fence task to …" is about a task, "call the electrician about the light" is one, "put it on low instead"
    is a command about what was just done, and what "is 4421" is to be kept, not to be said for it.
    """
    if isinstance(lesson, Teach):
        if _CODE.fullmatch(lesson.meaning):
            return True
        of_a_task = _OF_A_TASK.search(lesson.meaning) or _OF_A_TASK.search(lesson.phrase)
        return lesson.renames and bool(of_a_task or _ABOUT.search(lesson.meaning))
    if not isinstance(lesson, Correct) or not lesson.wanted:
        return False
    return starts_like_command(text) and starts_like_command(lesson.wanted) and bool(_PRONOUN.search(lesson.wanted))


def _intent(lesson: Lesson) -> str:
    if isinstance(lesson, Feedback):
        return "feedback_positive" if lesson.positive else "feedback_negative"
    if isinstance(lesson, Teach):
        return "teach"
    if isinstance(lesson, Correct):
        return "correction"
    return "forget" if isinstance(lesson, Forget) else "undo"


def _slots(lesson: Lesson) -> dict[str, Any]:
    if isinstance(lesson, Teach):
        return {"phrase": lesson.phrase, "meaning": lesson.meaning, **({"personal": True} if lesson.personal else {})}
    if isinstance(lesson, Correct):
        return {name: value for name, value in (("wanted", lesson.wanted), ("negated", lesson.negated)) if value}
    return {"phrase": lesson.phrase} if isinstance(lesson, Forget) else {}
