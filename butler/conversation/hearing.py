"""What is heard in a text before it is understood: a lesson, or a thought that says of itself what it is."""

from __future__ import annotations

import re

from butler.conversation.turn import Ports, Turn
from butler.conversation.understood import is_vocabulary
from engine.tasks.time_teaching import time_lesson_in
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.judging import EXACT
from engine.understanding.lesson import Feedback, Lesson, Teach
from engine.understanding.lesson_reading import lesson_in

_WRITTEN_DOWN = re.compile(
    r"(?:an? |new )?(?P<kind>notes?(?: to self)?|memo|ideas?|tasks?|to-?do|question|reminder)\s*(?::|\s[–—-]\s)\s*\S",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"(?:please )?(?:show|list|read|see|give|tell|what are|what's|which are)(?: me)?(?: all)?(?: of)? (?:my|our) "
    r"(?:open )?(?:notes?|ideas?|questions?)(?: please)?[?.!]*",
    re.IGNORECASE,
)


def heard_thought(text: str) -> Interpretation | None:
    """Return what a text is that says so itself ("idea: …", "show my questions"); None for any other."""
    labelled = _WRITTEN_DOWN.match(text)
    kind = labelled["kind"].lower() if labelled is not None else ""
    if labelled is not None and kind != "reminder":
        intent = "task_add" if kind.startswith("t") else "note_add"
    elif _MINE.fullmatch(text):
        intent = "task_query"
    else:
        return None
    return Interpretation(text, intent, EXACT, Stage.PATTERN, disposition=Disposition.ACT)


def heard_lesson(ports: Ports, turn: Turn) -> Lesson | None:
    """Return what the text teaches, corrects or praises; feedback only right after a command.

    "Note: the password is …" is something to keep, whatever it says.
    """
    at = turn.incoming.at
    if _WRITTEN_DOWN.match(turn.text):
        return None
    timed = time_lesson_in(turn.text)
    if timed is not None:
        return Teach(timed.phrase, timed.meaning, personal=not timed.shared)
    lesson = lesson_in(
        turn.text,
        after_action=turn.dialogue.correctable(at),
        vocabulary=lambda phrase: is_vocabulary(ports, turn, phrase),
    )
    if isinstance(lesson, Feedback) and (turn.dialogue.wrote_last or not turn.dialogue.praisable(at, turn.number)):
        return None
    return lesson
