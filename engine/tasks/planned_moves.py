"""Moving what is planned in the home by its number: "move schedule 1 to 19:00", "make schedule 2 an hour later"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from engine.tasks.amendment_times import Moment, moved
from engine.tasks.due import Due
from engine.tasks.rules import TaskRules
from engine.tasks.sun_times import SunTime, find_sun

_MOVE = re.compile(
    r"(?:please )?(?:(?:can|could|would|will) you )?(?:please )?"
    r"(?:move|shift|change|reschedule|postpone|delay|push|put|bring|make|set|have)(?: (?:back|forward|up))? (?:the )?"
    r"(?:schedules?|planned (?:action|thing)|plan)(?: number| no\.?)? ?#?(?P<number>\d{1,9})"
    r"(?P<rest> (?:to|for|at|until|till|by|back|forward|half|an?|so|one|two|three|four|five|\d|tomorrow|today|on|run"
    r"|earlier|later|every)\b.{0,100})",
    re.IGNORECASE,
)
_TO = re.compile(r"^(?:to|for) ", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:forward|earlier|sooner|up)\b", re.IGNORECASE)


@dataclass(frozen=True)
class PlannedMove:
    """The number of what is to be moved, and when to, by how much, or by the sun; all None where that is not said."""

    number: int
    due: Due | None = None
    shift: timedelta | None = None
    sun: SunTime | None = None


def parse_planned_move(text: str, *, now: datetime, zone: tzinfo, rules: TaskRules) -> PlannedMove | None:
    """Return which planned action a text moves and when to, or None where it moves none by its number."""
    match = _MOVE.fullmatch(" ".join(text.split()).rstrip(" .!?"))
    if match is None:
        return None
    number, rest = int(match["number"]), match["rest"].strip()
    sun = find_sun(rest) or find_sun(_TO.sub("at ", rest))
    if sun is not None:
        return PlannedMove(number, sun=sun.sun)
    found = moved(f"it {rest}", Moment(now, zone, rules))
    if found is None or found.target.casefold() not in {"it", "it run"}:
        return PlannedMove(number)
    if found.shift is not None:
        ahead = _AHEAD.search(text) is not None and found.shift > timedelta()
        return PlannedMove(number, shift=-found.shift if ahead else found.shift)
    return PlannedMove(number, due=found.due)
