"""Days that are joined in the words: 3 to 10 january, july 13-15, the friday before christmas."""

from __future__ import annotations

import re
from datetime import date, timedelta

from engine.tasks.times.days import MONTH, MONTH_TRIGGERS
from engine.tasks.times.moment import MONTHS, WEEKDAYS, Calendar, Days, Moment, Scene
from engine.tasks.times.numbers import ORDINAL, count_of, ordinal_of
from engine.tasks.times.periods import weekend_of
from engine.tasks.times.rule import Rule, rule

_FREE = r"(?<![\w./:-])"
_DAY = rf"{ORDINAL}|[12]\d|3[01]|0?[1-9]"
_TO = r" ?(?:-|to|till|until|and|thru|through) ?(?:the )?"
_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d))?"
_LONG = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"


def _days(found: re.Match[str], scene: Scene) -> Moment | None:
    first, last = (int(word) if word.isdigit() else ordinal_of(word) for word in (found["first"], found["last"]))
    year = int(found["year"]) if found["year"] else None
    month = MONTHS[found["month"].rstrip(".")]
    end = Calendar(day=last, month=month, year=year).coming(scene.today)
    if end is None or first >= last:
        return None
    start = date(end.start.year, month, first)
    return Moment(days=Days(start, end.end))


def _weekends(found: re.Match[str], scene: Scene) -> Moment | None:
    count = int(count_of(found["count"] or found["count2"]))
    return Moment(stretch=weekend_of(scene.today, scene, count)) if count else None


def _weekend_of_month(found: re.Match[str], _: Scene) -> Moment | None:
    nth = -1 if found["last"] else ordinal_of(found["ordinal"])
    return Moment(edge=f"weekend {nth}")


def _beside(found: re.Match[str], _: Scene) -> Moment | None:
    weekday = WEEKDAYS[found["day"]]
    return Moment(edge=f"{found['way']} {weekday}", pick=Calendar(weekday=weekday))


def beside(edge: str, days: Days) -> Moment:
    """Return the weekday before or after some days, as the edge of a piece says it."""
    way, weekday = edge.split()
    if way == "before":
        last = days.start - timedelta(days=1)
        return Moment(days=Days.one(last - timedelta(days=(last.weekday() - int(weekday)) % 7)))
    return Moment(days=Days.one(days.end + timedelta(days=(int(weekday) - days.end.weekday()) % 7)))


RULES: tuple[Rule, ...] = (
    rule(
        MONTH_TRIGGERS,
        rf"{_FREE}(?:(?:from|between) )?(?:the )?(?P<first>{_DAY}){_TO}(?P<last>{_DAY}) ?(?:of )?(?P<month>{MONTH})"
        rf"(?!\w)\.?{_YEAR}",
        _days,
    ),
    rule(
        MONTH_TRIGGERS,
        rf"{_FREE}(?:(?:from|between) )?(?P<month>{MONTH})\.? (?:the )?(?P<first>{_DAY}){_TO}(?P<last>{_DAY})"
        rf"(?![\w:/])(?! ?(?:am|pm)){_YEAR}",
        _days,
    ),
    rule(
        "weekends weekend",
        rf"{_FREE}(?:in (?P<count>an?|one|two|three|\d) weekends?(?!\w)"
        r"|(?P<count2>one|a|two|three|\d) weekends? from now(?!\w))",
        _weekends,
    ),
    rule(
        "weekend",
        rf"{_FREE}(?:the )?(?:(?P<ordinal>{ORDINAL})|(?P<last>last)) weekend (?:of|in)(?= \w)",
        _weekend_of_month,
    ),
    rule("before after", rf"{_FREE}(?:the )?(?P<day>{_LONG}) (?P<way>before|after)(?= \w)(?! next)", _beside),
)
