"""How long: 8 minutes, half an hour, 1h30, a year and two months."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from engine.tasks.times.numbers import COUNT, count_of


class Grain(IntEnum):
    """How fine a time was said, finest first."""

    SECOND = 0
    MINUTE = 1
    HOUR = 2
    DAY = 3
    WEEK = 4
    MONTH = 5
    QUARTER = 6
    YEAR = 7


@dataclass(frozen=True)
class Duration:
    """A length of time: calendar months, days, and seconds, with the finest unit that was said."""

    months: int = 0
    days: int = 0
    seconds: int = 0
    grain: Grain = Grain.SECOND

    def __add__(self, other: Duration) -> Duration:
        return Duration(
            self.months + other.months,
            self.days + other.days,
            self.seconds + other.seconds,
            min(self.grain, other.grain),
        )

    def __neg__(self) -> Duration:
        return Duration(-self.months, -self.days, -self.seconds, self.grain)

    @property
    def total_seconds(self) -> int:
        """Its length in seconds, a month taken as 30 days."""
        return (self.months * 30 + self.days) * 86_400 + self.seconds


def shifted(moment: datetime, by: Duration) -> datetime:
    """Return a wall time moved by a duration; the 31st becomes the last of a shorter month."""
    index = moment.year * 12 + moment.month - 1 + by.months
    year, month = index // 12, index % 12 + 1
    moved = moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
    return moved + timedelta(days=by.days, seconds=by.seconds)


_UNITS = {
    "second": Duration(seconds=1, grain=Grain.SECOND),
    "minute": Duration(seconds=60, grain=Grain.MINUTE),
    "hour": Duration(seconds=3600, grain=Grain.HOUR),
    "day": Duration(days=1, grain=Grain.DAY),
    "night": Duration(days=1, grain=Grain.DAY),
    "week": Duration(days=7, grain=Grain.WEEK),
    "fortnight": Duration(days=14, grain=Grain.WEEK),
    "month": Duration(months=1, grain=Grain.MONTH),
    "quarter": Duration(months=3, grain=Grain.QUARTER),
    "year": Duration(months=12, grain=Grain.YEAR),
    "decade": Duration(months=120, grain=Grain.YEAR),
}
_SHORT = {"s": "second", "sec": "second", '"': "second", "m": "minute", "min": "minute", "'": "minute", "h": "hour"}
_SHORT |= {
    "hr": "hour",
    "d": "day",
    "wk": "week",
    "w": "week",
    "mo": "month",
    "mth": "month",
    "y": "year",
    "yr": "year",
}

UNIT = (
    r"(?:(?:second|minute|hour|day|week|fortnight|month|year|decade|quarter)s?|secs?|mins?|hrs?|wks?|mths?|yrs?)"
    r"(?!\w)"
)
_SHORT_UNIT = r"(?:[smhdwy]|mo)(?!\w)|['\"](?!\w)"
_FRACTION = r"(?:an? )?(?:half|quarter|third|three[ -]quarters?)(?: of)?(?: an?)?|[13]/[24](?: of an?)?"
_ONE = (
    rf"(?:\d+ ?h ?\d\d?(?: ?m(?:ins?)?)?(?!\w)"
    rf"|(?:{_FRACTION})[ -]?(?:hour|hr|h|minute|min|day|year)s?(?!\w)"
    rf"|{COUNT}(?: and an? (?:half|quarter))?(?: more)?[ -]?{UNIT}(?: and an? (?:half|quarter)(?!\w))?"
    rf"|\d+(?:[.,]\d{{1,2}})? ?(?:{_SHORT_UNIT}))"
)
DURATION = rf"(?:{_ONE}(?:(?: ?, ?and |,? and | ?, ?| ){_ONE}){{0,3}})"

_PIECE = re.compile(_ONE)
_COMPACT = re.compile(r"(\d+) ?h ?(\d\d?)(?: ?m(?:ins?)?)?$")
_PARTED = re.compile(rf"(?P<fraction>{_FRACTION})[ -]?(?P<unit>hour|hr|h|minute|min|day|year)s?$")
_COUNTED = re.compile(
    rf"(?P<count>{COUNT})(?P<more> and an? (?:half|quarter))?(?: more)?[ -]?(?P<unit>[a-z'\"]+)(?P<rest> and an? "
    rf"(?:half|quarter))?$"
)
_FIND = re.compile(
    rf"(?<![\w.,:/-])(?:(?:for|in|within|after) (?:about |around |another |exactly |the next )*)?(?P<all>{DURATION})"
)


def duration_of(words: str) -> Duration | None:
    """Return the duration of words that are one, or None."""
    total: Duration | None = None
    for piece in _PIECE.finditer(words):
        one = _one(piece.group())
        if one is None:
            return None
        total = one if total is None else total + one
    return total


def find_duration(text: str) -> tuple[int, tuple[int, int]] | None:
    """Return the first length of time in a text: its seconds, and where it stands with its "for" or "in"."""
    found = _FIND.search(text.lower())
    if found is None:
        return None
    duration = duration_of(found["all"])
    return (duration.total_seconds, found.span()) if duration and duration.total_seconds > 0 else None


def _one(words: str) -> Duration | None:
    if found := _COMPACT.match(words):
        return Duration(seconds=int(found[1]) * 3600 + int(found[2]) * 60, grain=Grain.MINUTE)
    if found := _PARTED.match(words):
        return _times(_fraction(found["fraction"]), found["unit"])
    found = _COUNTED.match(words)
    if found is None:
        return None
    count = count_of(found["count"]) + sum(_fraction(found[name]) for name in ("more", "rest") if found[name])
    return _times(count, found["unit"])


def _fraction(words: str) -> float:
    if words[0].isdigit():
        return int(words[0]) / int(words[2])
    if words.startswith("three"):
        return 0.75
    return 0.5 if "half" in words else 0.25 if "quarter" in words else 1 / 3


def _times(count: float, unit: str) -> Duration | None:
    name = unit if unit in _UNITS else _SHORT.get(unit, unit[:-1])
    one = _UNITS.get(name) or _UNITS.get(_SHORT.get(name, ""))
    if one is None:
        return None
    whole = int(count)
    part = count - whole
    seconds = round(part * (one.days * 86_400 + one.seconds))
    return Duration(
        months=whole * one.months + round(part * one.months),
        days=whole * one.days + seconds // 86_400 * bool(one.days),
        seconds=whole * one.seconds + (seconds % 86_400 if one.days else seconds),
        grain=one.grain if not part else Grain.SECOND,
    )
