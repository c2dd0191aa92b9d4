"""What is said of a calendar: an appointment that is told is written down, and what is due is told where none is."""

from __future__ import annotations

import re

from butler.conversation.tasks.asking import show_asked
from butler.conversation.tasks.capturing import take_down
from butler.conversation.tasks.phrases import moment
from butler.conversation.tasks.reading import rules_of, with_slots
from butler.conversation.tasks.windows import day_of
from butler.conversation.turn import Ports, Turn
from engine.tasks.kinds import Kind
from engine.tasks.note_questions import sought
from engine.tasks.queries import TaskQuery, parse_task_query
from engine.tasks.times import find_time
from engine.understanding.clauses import looks_like_question
from engine.understanding.interpretation import Interpretation

_NO_CALENDAR = "There is no calendar in this home, so I looked at what you told me to remember."
_ASKS = re.compile(
    r"(?:please |can you |could you )*(?:show|read|list|check|look|tell|give|run|find|search|see|any|anything|agenda|"
    r"calend[ae]r|diary|details|events?|appointments?|meetings?|plans?|schedule|my (?:day|week|schedule|agenda)|"
    r"(?:today|tomorrow|\w+day)(?:'s|s)\b|cancel|move|delete|remove|drop|reschedule)\b"
    r"|.*\b(?:am i|are we|have i|do i|do we|have we|is there|free|busy)\b|.*\b(?:check|look at) (?:the|my|our) ",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?:please |can you |tell me )*(?:when|what (?:time|day|date)|which day|where)\b", re.IGNORECASE)
_ANY = frozenset(
    "next first last time day date appointment appointments meeting meetings event events calendar diary agenda booked "
    "free busy today tomorrow week month going seeing due start starts begin begins".split()
)
_TO_WRITE = re.compile(r"\b(?:add|put|book|write|pencil|enter|pop|stick|note)\b", re.IGNORECASE)
_BOOK = re.compile(r"\b(?:calend[ae]r|diary|agenda)\b", re.IGNORECASE)


def takes_appointment(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Write down an appointment that is told ("dentist tuesday 3pm"); False for what asks after appointments."""
    text = found.text
    if not is_told(text) or find_time(text, moment(turn), ports.settings.time_zone) is None:
        return False
    turn.trace("calendar", "written_down")
    take_down(ports, turn, _as_task(found), Kind.TASK)
    return True


def answer_without_calendar(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Say that there is no calendar here, and show what is due then of what a person wrote down."""
    zone = ports.settings.time_zone
    query = parse_task_query(found.text, now=moment(turn), zone=zone, rules=rules_of(ports, turn.user))
    words = query.words or _sought(found.text)
    if words and query.start is None:
        query = TaskQuery(words=words)
    with_slots(turn, found, time=query.label, title=query.words)
    turn.trace("calendar", "none_here", label=query.label, words=query.words)
    turn.say(_NO_CALENDAR)
    if re.search(r"\bnext (?:appointment|meeting|event)\b", found.text, re.IGNORECASE):
        query = TaskQuery(next=True)
    if query.start is None and query.end is None and not query.words and not query.next:
        start, end = day_of(turn.incoming.at, zone)
        query = TaskQuery(start=start, end=end, label="today")
    show_asked(ports, turn, query)


def _sought(text: str) -> str | None:
    """Return which appointment a question asks the time of ("when is the dentist"), or None where it asks for any."""
    if not _WHEN.match(text):
        return None
    return " ".join(word for word in sought(text).split() if word not in _ANY) or None


def is_told(text: str) -> bool:
    """Tell whether a text tells of an appointment rather than asks after one."""
    if text.rstrip().endswith("?") or looks_like_question(text):
        return False
    if _TO_WRITE.search(text) and _BOOK.search(text):
        return True
    return _ASKS.match(text) is None and _BOOK.search(text) is None


def _as_task(found: Interpretation) -> Interpretation:
    return Interpretation(found.text, "task_add", found.confidence, found.stage, disposition=found.disposition)
