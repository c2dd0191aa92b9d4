"""Times that were said and cannot be: 25:00, the 30th of February, yesterday for a reminder, every ten seconds.

They are told from words that only look like it by what must stand before them, taken out of the title, and answered
with a sentence that says why nothing can ring then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from engine.tasks.due import Due, DueKind, FoundTime
from engine.tasks.recurrence import Every
from engine.tasks.rules import TaskRules
from engine.tasks.times import find_time

LEAST_MINUTES = 5
"""How many minutes at least lie between two rings of what comes again."""

_INSTEAD = f"every {LEAST_MINUTES} minutes"
_TOO_OFTEN = f"That is too often: {_INSTEAD} is the most I ring."
_CLOCK = re.compile(
    r"(?<!\w)(?:at|for|by|until|till|from)\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?![\d:])", re.IGNORECASE
)
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_NAMES = "January February March April May June July August September October November December".split()
_DAY_OF = re.compile(
    rf"(?<!\w)(?:(?:on|by|for|until|till)\s+)?(?:the\s+)?(?:(?P<day>\d{{2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTHS})"
    rf"|(?P<first>{_MONTHS})\s+(?:the\s+)?(?P<after>\d{{2}})(?:st|nd|rd|th)?)(?:,?\s+(?P<year>(?:19|20)\d\d))?(?![\w:])",
    re.IGNORECASE,
)
_DAY_ONLY = re.compile(r"(?<!\w)(?:on|by|until|till)\s+the\s+(?P<day>\d{2,3})(?:st|nd|rd|th)(?!\w)", re.IGNORECASE)
_FAR = re.compile(
    r"(?<!\w)in\s+(?P<count>\d[\d,]*)\s+(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?)(?!\w)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?<!\w)in\s+(?:-|minus\s+)\d+\s+(?:seconds?|minutes?|mins?|hours?|days?|weeks?)(?!\w)", re.IGNORECASE
)
_SECONDS = re.compile(
    r"(?<!\w)(?:every|each)\s+(?:(?:other\s+|\w+\s+)?(?:seconds?|secs?)|(?:0|zero|half(?:\s+a)?)\s+(?:minutes?|mins?))"
    r"(?!\w)",
    re.IGNORECASE,
)
_A_LEAP_YEAR = 2024


@dataclass(frozen=True)
class RefusedTime:
    """A time that cannot be, with where its words stand in a text.

    `reason` is a sentence, `instead` the time nearest to it.
    """

    spans: tuple[tuple[int, int], ...]
    reason: str
    instead: str | None = None

    def rest_of(self, text: str) -> str:
        """Return the text without the time."""
        left = list(text)
        for start, end in self.spans:
            left[start:end] = " " * (end - start)
        return " ".join("".join(left).split())


def refused_time(text: str, *, now: datetime, zone: tzinfo, rules: TaskRules, rings: bool) -> RefusedTime | None:
    """Return the time in a text without any other that cannot be, or None; what is over matters to what `rings`."""
    for expression, reason_of in _READERS:
        for match in expression.finditer(text):
            reason = reason_of(match)
            if reason:
                return RefusedTime((match.span(),), reason, _INSTEAD if reason == _TOO_OFTEN else None)
    return _over(text, now, zone, rules) if rings else None


def refused_date(text: str, time: FoundTime) -> RefusedTime | None:
    """Return the date no month has beside which a time was found ("on 30 february at 5"), or None."""
    for match in _DAY_OF.finditer(text):
        if _day_of(match):
            return RefusedTime((match.span(), *_spans(time)), _day_of(match))
    return None


def refused_recurrence(time: FoundTime) -> RefusedTime | None:
    """Return why something cannot ring as often as that, or None where it can."""
    return RefusedTime(_spans(time), _TOO_OFTEN, _INSTEAD) if _is_too_often(time.due) else None


def _spans(time: FoundTime) -> tuple[tuple[int, int], ...]:
    return time.spans or ((time.start, time.end),)


def bounded(due: Due) -> Due:
    """Return a time that does not come again more often than every few minutes."""
    if not _is_too_often(due) or due.recurrence is None:
        return due
    return replace(due, wording=_INSTEAD, recurrence=replace(due.recurrence, interval=LEAST_MINUTES))


def _is_too_often(due: Due) -> bool:
    again = due.recurrence
    return again is not None and again.every is Every.MINUTE and again.interval < LEAST_MINUTES


def _over(text: str, now: datetime, zone: tzinfo, rules: TaskRules) -> RefusedTime | None:
    found = find_time(text, now, zone, rules.times, looking_back=True)
    if found is None or not _is_past(found.due, now, zone):
        return None
    wording = found.due.wording
    return RefusedTime(_spans(found), f"{wording[:1].upper()}{wording[1:]} is over already.")


def _is_past(due: Due, now: datetime, zone: tzinfo) -> bool:
    if due.kind not in {DueKind.POINT, DueKind.DAY, DueKind.RANGE}:
        return False
    last = due.at or due.day or due.end
    if isinstance(last, datetime):
        return last < now - timedelta(seconds=1)
    return last is not None and last <= now.astimezone(zone).date() - timedelta(days=due.kind is DueKind.DAY)


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    possible = minute < 60 and (hour < 24 or (hour, minute) == (24, 0))
    return "" if possible else f"There is no such time as {match['hour']}:{match['minute']}."


def _day_of(match: re.Match[str]) -> str:
    day, named = int(match["day"] or match["after"]), match["month"] or match["first"]
    month = next(number for number, name in enumerate(_NAMES, 1) if name.casefold().startswith(named.casefold()[:3]))
    year = f" {match['year']}" if match["year"] else ""
    return "" if _exists(day, month, int(year or _A_LEAP_YEAR)) else f"There is no {day} {_NAMES[month - 1]}{year}."


def _exists(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _day_only(match: re.Match[str]) -> str:
    return "" if 1 <= int(match["day"]) <= 31 else "No month has as many days as that."


def _far(match: re.Match[str]) -> str:
    return "That is further away than I can count." if int(match["count"].replace(",", "")) else ""


_READERS = (
    (_CLOCK, _clock),
    (_DAY_OF, _day_of),
    (_DAY_ONLY, _day_only),
    (_BEFORE, lambda _: "That is over already."),
    (_FAR, _far),
    (_SECONDS, lambda _: _TOO_OFTEN),
)
