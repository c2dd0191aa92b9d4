"""Who answers what is said of tasks, notes and lists, by intent."""

from __future__ import annotations

import re

from butler.conversation.tasks.amending import amend_spoken
from butler.conversation.tasks.asking import answer_query
from butler.conversation.tasks.capturing import take_down
from butler.conversation.turn import Ports, Turn
from engine.tasks.kinds import Kind
from engine.understanding.interpretation import Interpretation

_ASKING = re.compile(
    r"(?:please |can you |could you )*"
    r"(?:(?:what|which|show|list|read|find|search|see|tell me)\b.*\b(?:notes?|ideas?|questions?|thoughts?|written)\b"
    r"|(?:what|do|did|have|are|is there)\b.*\?)",
    re.IGNORECASE,
)


_BARE = re.compile(
    r"(?:please )?(?:(?:add|make|create|write(?: down)?|take|new)\s+)?(?:(?:a|an|another|one more)\s+)?(?:new\s+)?"
    r"(?P<kind>task|to-?do|note|idea|question)\s*[:.!?]*",
    re.IGNORECASE,
)


def answer_task(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer what is said of something to do; "add a task" alone asks which."""
    bare = _BARE.fullmatch(found.text.strip())
    if bare is not None:
        take_down(ports, turn, found, Kind(bare["kind"].lower()) if "do" not in bare["kind"].lower() else Kind.TASK)
    elif found.intent == "task_add":
        take_down(ports, turn, found, Kind.TASK)
    elif found.intent == "task_query":
        answer_query(ports, turn, found)
    else:
        amend_spoken(ports, turn, found)


def answer_note(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer what is said of something to keep, which may also be a question about what was kept."""
    if _ASKING.match(found.text):
        answer_query(ports, turn, found)
    else:
        take_down(ports, turn, found, Kind.NOTE)
