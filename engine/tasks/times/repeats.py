"""What comes again: every other monday, weekdays, daily, every 20 minutes, the first friday of every month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from engine.tasks.recurrence import Every, Recurrence
from engine.tasks.times.days import MONTH, WEEKDAY
from engine.tasks.times.moment import MONTHS, WEEKDAYS, Moment, Scene
from engine.tasks.times.numbers import ORDINAL, ordinal_of
from engine.tasks.times.rule import Rule, rule

_FREE = r"(?<![\w./:-])"
_WORKDAYS = (0, 1, 2, 3, 4)
_LONG = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_AND = r"(?: ?, ?and | ?, ?| and | & |/| or )"
_LIST = rf"(?:{WEEKDAY})s?(?:(?:{_AND}| )(?:{WEEKDAY})s?(?![\w']))*"
_PLURALS = rf"(?:{_LONG})s(?:{_AND}(?:{_LONG})s)*"
_COUNT = (
    r"(?:(?P<other>other|second|2nd|alternate)|(?P<third>third|3rd)|(?P<fourth>fourth|4th)"
    r"|(?P<count>\d{1,3}|two|three|four|five|six|seven|eight|ten|twelve|fifteen|twenty|thirty|few|couple of))"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12}
_NUMBERS |= {"fifteen": 15, "twenty": 20, "thirty": 30, "few": 3, "couple of": 2}
_PART = "morning|afternoon|evening|night|lunchtime"
_EVERY = r"(?:every|each|evry)"


_UNITS: Mapping[str, tuple[Every, int]] = {
    "day": (Every.DAY, 1),
    "night": (Every.DAY, 1),
    "week": (Every.WEEK, 1),
    "fortnight": (Every.WEEK, 2),
    "month": (Every.MONTH, 1),
    "quarter": (Every.MONTH, 3),
    "year": (Every.YEAR, 1),
}


def _interval(found: re.Match[str]) -> int:
    for name, value in (("other", 2), ("third", 3), ("fourth", 4)):
        if found[name]:
            return value
    count = found["count"]
    if not count:
        return 1
    return int(count) if count.isdigit() else _NUMBERS[count]


def _weekdays(words: str) -> tuple[int, ...]:
    return tuple(
        sorted(
            {
                WEEKDAYS[word if word in WEEKDAYS else word.removesuffix("s")]
                for word in re.findall(r"[a-z]+", words)
                if word not in {"and", "or"}
            }
        )
    )


def _coming(weekdays: tuple[int, ...], today: date) -> date:
    return min(today + timedelta(days=(weekday - today.weekday()) % 7) for weekday in weekdays)


def _units(found: re.Match[str], scene: Scene) -> Moment | None:
    interval, unit = _interval(found), found["unit"].removesuffix("s")
    if not 1 <= interval <= 999:
        return None
    if unit in {"hour", "hr", "minute", "min"}:
        every = Every.HOUR if unit.startswith("h") else Every.MINUTE
        return Moment(again=Recurrence(every, interval, anchor=scene.now))
    if unit in {"weekday", "workday", "working day", "work day", "weekend"}:
        weekdays = (5,) if unit == "weekend" else _WORKDAYS
        return Moment(
            again=Recurrence(Every.WEEK, interval, weekdays=weekdays, start=_start(interval, weekdays, scene))
        )
    every, times = _UNITS[unit]
    started = interval * times > 1 or unit not in {"day", "night"}
    again = Recurrence(every, interval * times, start=scene.today if started else None)
    return Moment(again=again, part="night" if unit == "night" else "", asks=unit == "fortnight")


def _start(interval: int, weekdays: tuple[int, ...], scene: Scene) -> date | None:
    return _coming(weekdays, scene.today) if interval > 1 else None


def _on_weekdays(found: re.Match[str], scene: Scene) -> Moment | None:
    interval, weekdays = _interval(found), _weekdays(found["days"])
    part = found["part"] or ""
    again = Recurrence(Every.WEEK, interval, weekdays=weekdays, start=_start(interval, weekdays, scene))
    return Moment(again=again, part=part)


def _plural(found: re.Match[str], _: Scene) -> Moment | None:
    return Moment(again=Recurrence(Every.WEEK, weekdays=_weekdays(found["days"])), part=found["part"] or "")


def _group(found: re.Match[str], _: Scene) -> Moment | None:
    name = found["group"] or found["ends"]
    weekdays = (5, 6) if name.startswith("week") and "end" in name else _WORKDAYS
    return Moment(again=Recurrence(Every.WEEK, weekdays=weekdays))


def _each_part(found: re.Match[str], _: Scene) -> Moment | None:
    if found["other"]:
        return None
    return Moment(again=Recurrence(Every.DAY), part=found["part"])


_ADVERBS = {
    "daily": (Every.DAY, 1),
    "everyday": (Every.DAY, 1),
    "weekly": (Every.WEEK, 1),
    "fortnightly": (Every.WEEK, 2),
    "biweekly": (Every.WEEK, 2),
    "monthly": (Every.MONTH, 1),
    "quarterly": (Every.MONTH, 3),
    "yearly": (Every.YEAR, 1),
    "annually": (Every.YEAR, 1),
    "hourly": (Every.HOUR, 1),
    "nightly": (Every.DAY, 1),
}


def _adverb(found: re.Match[str], scene: Scene) -> Moment | None:
    every, interval = _ADVERBS[found["word"]]
    anchor = scene.now if every is Every.HOUR else None
    start = None if every in {Every.DAY, Every.HOUR} else scene.today
    return Moment(
        again=Recurrence(every, interval, start=start, anchor=anchor), part="night" * (found["word"] == "nightly")
    )


def _often(found: re.Match[str], scene: Scene) -> Moment | None:
    unit = found["unit"]
    every = _ADVERBS[unit][0] if unit in _ADVERBS else Every(unit)
    once = found["times"] == "once"
    again = Recurrence(every, start=None if every is Every.DAY else scene.today)
    return Moment(again=again, asks=not (once and every is Every.DAY), relative="often")


def _nth_of_month(found: re.Match[str], scene: Scene) -> Moment | None:
    nth = -1 if found["last"] else ordinal_of(found["ordinal"])
    unit = found["unit"]
    if nth > 5:
        return None
    if unit == "day":
        return Moment(again=Recurrence(Every.MONTH, day_of_month=nth, start=scene.today))
    if unit in {"weekday", "working day", "workday"}:
        return None
    return Moment(again=Recurrence(Every.MONTH, weekdays=(WEEKDAYS[unit],), nth=nth, start=scene.today))


_MORE_DAYS = re.compile(r" (?:and|or|&) \d")


def _day_of_month(found: re.Match[str], scene: Scene) -> Moment | None:
    said = found["ordinal"] or found["other"]
    number = ordinal_of(said)
    if not 1 <= number <= 31:
        return None
    more = _MORE_DAYS.match(found.string, found.end()) is not None
    return Moment(again=Recurrence(Every.MONTH, day_of_month=number, start=scene.today), asks=more)


def _day_of_year(found: re.Match[str], scene: Scene) -> Moment | None:
    said, month = found["day"] or found["day2"], found["month"] or found["month2"]
    number = int(said) if said.isdigit() else ordinal_of(said)
    date(2024, MONTHS[month], number)
    return Moment(again=Recurrence(Every.YEAR, day_of_month=number, month=MONTHS[month], start=scene.today))


def _edge_of_month(found: re.Match[str], scene: Scene) -> Moment | None:
    day = -1 if found["edge"] == "end" else 1
    return Moment(again=Recurrence(Every.MONTH, day_of_month=day, start=scene.today))


_T = "every each evry"

RULES: tuple[Rule, ...] = (
    rule(
        _T,
        rf"{_FREE}{_EVERY} (?:{_COUNT} )?(?:single )?(?P<unit>(?:minute|min|hour|hr|day|weekday|workday"
        rf"|working day|work day|week|fortnight|weekend|month|quarter|year|night)s?)(?![\w'])",
        _units,
    ),
    rule(
        _T,
        rf"{_FREE}(?:on )?{_EVERY} (?:{_COUNT} )?(?P<days>{_LIST})(?![\w'])(?: (?P<part>{_PART})s?(?!\w))?",
        _on_weekdays,
    ),
    rule(_T, rf"{_FREE}{_EVERY} (?P<other>other )?(?P<part>{_PART})(?!\w)", _each_part),
    rule(
        " ".join(f"{name}s" for name in _LONG.split("|")),
        rf"{_FREE}(?:on )?(?P<days>{_PLURALS})(?![\w'])(?: (?P<part>{_PART})s?(?!\w))?",
        _plural,
    ),
    rule(
        "weekdays weekends workdays weekday",
        rf"{_FREE}(?:(?<!\d )(?:(?:on|at|during|over) )?(?:the )?(?P<group>weekdays|workdays)|(?:on|at|during|over"
        rf"|most) (?:the )?(?P<ends>weekends|working days))(?![\w'])",
        _group,
    ),
    rule("everyday", rf"{_FREE}(?P<word>everyday)(?=$|[,.;!?]| (?:at|from|until|to|and|please)(?!\w))", _adverb),
    rule(
        " ".join(_ADVERBS),
        rf"{_FREE}(?P<word>{'|'.join(_ADVERBS)})(?=$|[,.;!?]| (?:at|on|in|from|until|to|and|please)(?!\w))",
        _adverb,
    ),
    rule(
        "once twice times",
        rf"{_FREE}(?P<times>once|twice|(?:\d|two|three|four|five|six|a few) times) (?:(?:a|per|each|every|an) )?"
        rf"(?P<unit>hour|day|week|month|year|daily|weekly|monthly|yearly)(?!\w)",
        _often,
    ),
    rule(
        _T,
        rf"{_FREE}(?:on )?(?:the )?(?:(?P<ordinal>{ORDINAL})|(?P<last>last)) (?P<unit>{_LONG}|day) of (?:every"
        rf"|each) month(?!\w)",
        _nth_of_month,
    ),
    rule(
        _T,
        rf"{_FREE}(?:on )?{_EVERY} (?:(?P<ordinal>{ORDINAL})|(?P<last>last)) (?P<unit>{_LONG}|day) (?:of|in) "
        rf"(?:the|each|every|a) month(?!\w)",
        _nth_of_month,
    ),
    rule(
        _T,
        rf"{_FREE}(?:on )?the (?P<ordinal>{ORDINAL})(?: day)? of (?:every|each) month(?P<other>(?!x)x)?(?!\w)",
        _day_of_month,
    ),
    rule(
        _T,
        rf"{_FREE}{_EVERY} (?P<ordinal>\d{{1,2}}(?:st|nd|rd|th))(?: of the month)?(?P<other>(?!x)x)?(?!\w| "
        rf"(?:{_LONG}|of))",
        _day_of_month,
    ),
    rule(
        _T,
        rf"{_FREE}(?:on )?{_EVERY} (?:the )?(?:(?P<month>{MONTH}) (?:the )?(?P<day>{ORDINAL}|\d{{1,2}})|"
        rf"(?P<day2>{ORDINAL}|\d{{1,2}}) (?:of )?(?P<month2>{MONTH}))(?!\w)",
        _day_of_year,
    ),
    rule(
        _T,
        rf"{_FREE}(?:at |on |by )?(?:the )?(?P<edge>end|start|beginning) of (?:every|each) month(?!\w)",
        _edge_of_month,
    ),
)
