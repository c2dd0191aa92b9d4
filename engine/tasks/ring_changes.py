"""How people change when something rings: "move my alarm to 7", "make the reminder half an hour later"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from engine.tasks.amendment_times import Moment, moved, time_of
from engine.tasks.due import Due
from engine.tasks.rules import TaskRules
from engine.tasks.slips import mended
from engine.tasks.titles import without_lead, without_trail

Rings = Literal["alarm", "reminder"]

_CHANGE = re.compile(
    r"(?P<verb>change|move|shift|push|put|bring|reset|reschedule|make|delay|postpone|adjust|switch|update|set)"
    r"(?: (?:back|forward|up|out))? "
    r"(?:(?:the |my |our )?(?:time|hour) (?:of|for|on) )?"
    r"(?:the|my|our|that|this)(?: (?P<named>[\w':.-]+(?: [\w':.-]+){0,5}?))? "
    r"(?P<kind>alarm|reminder)(?: clock)?"
    r"(?: (?:for|about|to|of) (?P<about>(?!(?:\d|half|quarter|noon|mid))[^,.]{2,60}?))?"
    r"(?P<rest> (?:to|for|at|until|till|be|by|back|forward|half|an?|one|two|three|\d+|so|from|up|out|ring|go)\b"
    r".{0,80})",
    re.IGNORECASE,
)
_NEW_TIME = re.compile(r"(?:to |for |at |until |till |be |ring |go off )+", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:forward|earlier|sooner|up)\b", re.IGNORECASE)


@dataclass(frozen=True)
class RingChange:
    """What is to ring at another time: of which kind, the words that name it (empty: none), and when or by how much.

    `sets` says that the words may as well set a new one ("set the alarm to 7").
    """

    kind: Rings
    words: str = ""
    due: Due | None = None
    shift: timedelta | None = None
    sets: bool = False


def parse_ring_change(text: str, *, now: datetime, zone: tzinfo, rules: TaskRules) -> RingChange | None:
    """Return the change of something that rings that a text asks for, or None where it asks for none."""
    said = mended(without_trail(without_lead(" ".join(text.split()))))
    match = _CHANGE.fullmatch(said.rstrip(" .!?"))
    if match is None:
        return None
    rest = match["rest"].strip()
    kind: Rings = "alarm" if match["kind"].casefold() == "alarm" else "reminder"
    words = " ".join(part for part in (match["named"], match["about"]) if part)
    sets = match["verb"].casefold() == "set"
    moment = Moment(now, zone, rules)
    found = moved(f"it {rest}", moment)
    if found is not None and found.shift is not None and found.target.casefold() == "it":
        ahead = _AHEAD.search(said) is not None and found.shift > timedelta()
        return RingChange(kind, words, shift=-found.shift if ahead else found.shift, sets=sets)
    due = time_of(_NEW_TIME.sub("", rest, count=1), moment)
    return RingChange(kind, words, due, sets=sets) if due is not None and not due.asks else None
