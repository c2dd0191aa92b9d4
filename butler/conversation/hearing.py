"""Whether a text is a lesson, heard in what came before it."""

from __future__ import annotations

import re

from butler.conversation.turn import Ports, Turn
from butler.conversation.understood import is_vocabulary
from engine.understanding.lesson import Feedback, Lesson
from engine.understanding.lesson_reading import is_something_else
from engine.understanding.lessons import parse_lesson
from engine.understanding.spelling import correct_lesson_words

_WRITTEN_DOWN = re.compile(
    r"(?:a |new )?(?:notes?(?: to self)?|memo|ideas?|tasks?|to-?do|question|reminder)\s*(?::|\s[–—-]\s)", re.IGNORECASE
)


def heard_lesson(ports: Ports, turn: Turn) -> Lesson | None:
    """Return what the text teaches, corrects or praises; feedback only right after a command.

    "Note: the password is …" is something to keep, whatever it says.
    """
    at = turn.incoming.at
    if _WRITTEN_DOWN.match(turn.text):
        return None
    lesson = parse_lesson(
        correct_lesson_words(turn.text),
        after_action=turn.dialogue.correctable(at),
        vocabulary=lambda phrase: is_vocabulary(ports, turn, phrase),
    )
    if lesson is not None and is_something_else(lesson, turn.text):
        return None
    if isinstance(lesson, Feedback) and (turn.dialogue.wrote_last or not turn.dialogue.praisable(at, turn.number)):
        return None
    return lesson
