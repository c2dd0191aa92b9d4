"""Lessons about times: "when I say after work I mean 18:00" is the speaker's own, unless it is said for everybody."""

from __future__ import annotations

import re

from butler.conversation.turn import Ports, Turn
from engine.learning.changes import TimeMappingChange
from engine.tasks.due import DueKind
from engine.tasks.mappings import mapping_fault
from engine.tasks.times import read_time
from engine.understanding.home_index import key_of
from engine.understanding.lesson import Teach

_FOR_ALL = re.compile(
    r"\b(?:we|us|our|everyone|everybody|all of us|the (?:whole )?(?:family|household))\b", re.IGNORECASE
)


class TimeLessonError(ValueError):
    """A phrase cannot be taught to mean a time; the message is a clause that says why."""


def time_lesson(ports: Ports, turn: Turn, lesson: Teach) -> TimeMappingChange | None:
    """Return the change by which a phrase means a time, None where the lesson is about something else.

    Raises a TimeLessonError where it is about a time and cannot be learned.
    """
    read = read_time(lesson.meaning, turn.incoming.at, ports.settings.time_zone)
    index = ports.indexes.of(turn.snapshot)
    key = key_of(lesson.meaning)
    if read is None or read.kind is DueKind.OPEN or key in index.names or key in index.places:
        return None
    fault = mapping_fault(lesson.phrase, lesson.meaning)
    if fault:
        raise TimeLessonError(fault)
    shared = not lesson.personal and _FOR_ALL.search(turn.text) is not None
    if shared:
        return TimeMappingChange(lesson.phrase, lesson.meaning)
    return TimeMappingChange(lesson.phrase, lesson.meaning, "personal", turn.user)
