"""What an utterance teaches, corrects, praises, forgets or takes back: a pure function, without a model."""

from __future__ import annotations

from engine.understanding.corrections import parse_correction
from engine.understanding.feedback import parse_feedback
from engine.understanding.forgetting import parse_forgetting
from engine.understanding.lesson import Correct, Feedback, Forget, Lesson, Teach, Undo, Vocabulary
from engine.understanding.quoting import unquote
from engine.understanding.teaching import parse_teaching
from engine.understanding.undoing import parse_undo

__all__ = ["Correct", "Feedback", "Forget", "Lesson", "Teach", "Undo", "Vocabulary", "parse_lesson"]

_MOST_CHARACTERS = 2_000


def parse_lesson(text: str, *, after_action: bool, vocabulary: Vocabulary | None = None) -> Lesson | None:
    """Return what `text` says about words or about the last action, or None for everything else.

    `after_action`: something was just done, so that "no, the bedroom light" or "perfect" have something to speak of.
    `vocabulary` tells whether a phrase, exactly, names something in the home or is a command; without it only
    wordings that leave no doubt count as lessons. More than 2,000 characters are never a lesson.
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    said = unquote(text)
    plain_words = said.restore(said.text)
    return (
        parse_undo(plain_words)
        or parse_forgetting(said, vocabulary)
        or parse_teaching(said, vocabulary)
        or parse_correction(plain_words, after_action=after_action, vocabulary=vocabulary)
        or (parse_feedback(plain_words) if after_action else None)
    )
