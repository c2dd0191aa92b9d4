"""Who answers what is said of tasks, notes and lists, by intent."""

from __future__ import annotations

import re
from dataclasses import replace

from butler.conversation.ringing.changing import change_ring
from butler.conversation.tasks.amending import amend_spoken, amend_thought_named
from butler.conversation.tasks.amendment_reading import amendment_in
from butler.conversation.tasks.asking import answer_query, show_lately
from butler.conversation.tasks.capturing import take_down
from butler.conversation.tasks.dropping import drops_task
from butler.conversation.tasks.noted import answer_noted
from butler.conversation.tasks.skipping import skips_occurrence
from butler.conversation.tasks.views import show_task
from butler.conversation.turn import Ports, Turn
from engine.tasks.errands import is_errand
from engine.tasks.kind_reading import read_kind
from engine.tasks.kinds import Evidence, Kind
from engine.tasks.note_questions import is_question
from engine.understanding.interpretation import Interpretation, Stage

_ASKING = re.compile(
    r"(?:please |can you |could you )*"
    r"(?:(?:what|which|show|list|read|find|search|see|tell me)\b.*\b(?:notes?|ideas?|questions?|thoughts?|written)\b"
    r"|(?:what|do|did|have|are|is there)\b.*\?)",
    re.IGNORECASE,
)


_QUESTION = re.compile(r"(?:what|which|who|when|where|how (?!about))(?!'?s? about)\b", re.IGNORECASE)
_WROTE = re.compile(
    r"(?:what|which)\b.*\b(?:did|have|had|was|'ve)\b.*\b(?:write|wrote|written|noted?|jot(?:ted)?|t[eo]l[ld] you)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|on|for|regarding) (?!(?:mon|tues|wednes|thurs|fri|satur|sun)day|the \d)", re.IGNORECASE
)
_OF_ALL = re.compile(r"\b(?:notes|ideas|questions|thoughts)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:task|to-?do)\s*(?:number |no\.? )?#?(?P<number>\d{1,9})[.!?]*", re.IGNORECASE)
_SURE_OF_A_NOTE = 0.8
_BARE = re.compile(
    r"(?:please )?(?:(?:add|make|create|write(?: down)?|take|new)\s+)?(?:(?:a|an|another|one more)\s+)?(?:new\s+)?"
    r"(?P<kind>task|to-?do|note|idea|question)\s*[:.!?]*",
    re.IGNORECASE,
)


def answer_task(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer what is said of something to do; "add a task" alone asks which."""
    bare, numbered = _BARE.fullmatch(found.text.strip()), _NUMBERED.fullmatch(found.text.strip())
    if numbered is not None:
        show_task(ports, turn, int(numbered["number"]))
    elif bare is not None:
        take_down(ports, turn, found, Kind(bare["kind"].lower()) if "do" not in bare["kind"].lower() else Kind.TASK)
    elif found.intent in {"task_add", "task_amend"} and (
        skips_occurrence(ports, turn, found.text) or drops_task(ports, turn, found)
    ):
        return
    elif found.intent == "task_add":
        take_down(ports, turn, found, Kind.TASK)
    elif found.intent == "task_query" or _QUESTION.match(found.text):
        answer_query(ports, turn, found)
    elif is_errand(found.text) and amendment_in(ports, turn, found.text, after_capture=False) is None:
        take_down(ports, turn, replace(found, intent="task_add"), Kind.TASK)
    elif not change_ring(ports, turn, found):
        amend_spoken(ports, turn, found)


def answer_note(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer what is said of something to keep, which may also be a question about what was kept."""
    if _WROTE.match(found.text) and not _ABOUT.search(found.text):
        show_lately(ports, turn, found)
    elif is_question(found.text) and not _OF_ALL.search(found.text):
        answer_noted(ports, turn, found)
    elif _ASKING.match(found.text):
        answer_query(ports, turn, found)
    elif _may_be_to_do(found):
        take_down(ports, turn, replace(found, intent="task_add"), Kind.TASK)
    elif not _changed(ports, turn, found):
        take_down(ports, turn, found, Kind.NOTE)


def _may_be_to_do(found: Interpretation) -> bool:
    """Tell whether what was only guessed to be a note is put as an order to do something ("email the landlord")."""
    if found.stage is not Stage.EXEMPLAR or found.confidence >= _SURE_OF_A_NOTE:
        return False
    reading = read_kind(found.text)
    return reading.kind is Kind.TASK and reading.evidence is Evidence.SHAPE


def _changed(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Change the note that a sentence speaks of ("delete the treehouse idea"); False where it speaks of none."""
    wanted = amendment_in(ports, turn, found.text, after_capture=False)
    return wanted is not None and wanted.target is not None and amend_thought_named(ports, turn, wanted, "talk")
