"""Which days or hours a question is about: "tomorrow", "this afternoon", "next week"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from butler.conversation.tasks.reading import rules_of
from butler.conversation.turn import Ports, Turn
from engine.tasks.due import Due
from engine.tasks.times import find_time
from engine.tasks.wall import instant_of, local

_NOW_S = 60
_TIE = re.compile(r"(?:(?:on|for|in|at|by|until|till)\s+)+(?:the\s+)?", re.IGNORECASE)
_OF_DAY = re.compile(r"\b(\w+day|today|tomorrow|tonight|week|month|weekend)'s\b", re.IGNORECASE)
_UNTIL = re.compile(r"(?:by|before|until|till|til|up to)\b", re.IGNORECASE)
_PART_OF_DAY = timedelta(hours=20)


@dataclass(frozen=True)
class Span:
    """The UTC instants from `start` to `end` (exclusive), as they were worded; `rest` is what else was said."""

    start: datetime
    end: datetime
    wording: str
    rest: str

    @property
    def is_part_of_a_day(self) -> bool:
        """Whether it is hours rather than days."""
        return self.end - self.start < _PART_OF_DAY


def span_of(ports: Ports, turn: Turn, text: str) -> Span | None:
    """Return the span a question names, or None where it names none but now."""
    now, zone = turn.incoming.at, ports.settings.time_zone
    said = _OF_DAY.sub(r"\1", text)
    found = find_time(said, now, zone, rules_of(ports, turn.user).times, looking_back=True)
    edges = _edges(found.due) if found else None
    if found is None or edges is None:
        return None
    if found.due.at is not None and abs((found.due.at - now).total_seconds()) < _NOW_S:
        return None
    first, last = (_instant(edge, ports) for edge in edges)
    start = now if _UNTIL.match(found.due.wording) else first
    return Span(start, last, _TIE.sub("", found.due.wording, count=1).strip(), found.rest_of(said))


def today(ports: Ports, turn: Turn) -> Span:
    """Return what is left of today."""
    day = local(turn.incoming.at, ports.settings.time_zone).date()
    return Span(turn.incoming.at, _instant(day + timedelta(days=1), ports), "today", "")


def day_words(day: date, ports: Ports, turn: Turn) -> str:
    """Return a day as it is spoken of today."""
    here = local(turn.incoming.at, ports.settings.time_zone).date()
    apart = (day - here).days
    if apart in {0, 1}:
        return ("today", "tomorrow")[apart]
    return f"{day:%A}" if 1 < apart < 7 else f"{day:%A}, {day.day} {day:%B}"


def _edges(due: Due) -> tuple[date | datetime, date | datetime] | None:
    if due.at is not None:
        return due.at, due.at + timedelta(hours=1)
    first = due.start or due.day
    return None if first is None else (first, due.end or first + timedelta(days=1))


def _instant(edge: date | datetime, ports: Ports) -> datetime:
    return edge if isinstance(edge, datetime) else instant_of(edge, time(0), ports.settings.time_zone)
