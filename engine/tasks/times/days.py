"""Days: tomorrow, next friday, the 5th, march the third, 15/2, 2026-03-01."""

from __future__ import annotations

import re
from datetime import date, timedelta

from engine.tasks.times.durations import Duration, Grain
from engine.tasks.times.moment import MONTHS, WEEKDAYS, Calendar, Clock, Days, Moment, Nth, Scene
from engine.tasks.times.numbers import CARDINALS, ORDINAL, ORDINALS, WORD_NUMBER, count_of, ordinal_of
from engine.tasks.times.rule import Rule, rule

_LONG_DAYS = "|".join(sorted((name for name in WEEKDAYS if len(name) > 5), key=len, reverse=True))
_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_SURE_DAY = rf"{_LONG_DAYS}|tues?|weds|thurs?|thu|fri"
_FREE = r"(?<![\w./:-])"
_NOT_COUNTING = r"(?=$|[,.;!?]| (?:at|on|for|as|to|in|from|with|by|please)(?!\w))"
_YEAR = r"(?:,? ?(?:of )?(?P<year>(?:19|20|21)\d\d|'\d\d|(?<=[ ,])[4-9]\d)(?![\w:/%]))?"

_ORDINAL_TRIGGERS = " ".join(word for words in ORDINALS for word in words.split())
DAY_TRIGGERS = " ".join(WEEKDAYS) + " " + " ".join(f"{name}s" for name in WEEKDAYS)
MONTH_TRIGGERS = " ".join(MONTHS)
WEEKDAY, MONTH = _DAY, _MONTH


def year_of(words: str) -> int:
    """Return the year of four digits or of two; two mean the hundred years from 1950."""
    digits = words.strip("' ")
    number = int(digits)
    if len(digits) > 2:
        return number
    return number + (2000 if number < 50 else 1900)


_RELATIVE = {
    "today": 0,
    "tomorrow": 1,
    "tomorow": 1,
    "tommorow": 1,
    "tommorrow": 1,
    "tomorrows": 1,
    "tmrw": 1,
    "tmr": 1,
    "tmw": 1,
    "tomoz": 1,
    "2moro": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
    "overmorrow": 2,
}


def _relative(found: re.Match[str], scene: Scene) -> Moment | None:
    moved = _RELATIVE[found["word"]]
    return Moment(days=Days.one(scene.today + timedelta(days=moved)), past=moved < 0, relative=found["word"])


def _weekday(found: re.Match[str], scene: Scene) -> Moment | None:
    weekday = WEEKDAYS[found["day"].rstrip(".")]
    which = found["which"] or ""
    monday = scene.today - timedelta(days=scene.today.weekday())
    if which == "next":
        return Moment(days=Days.one(monday + timedelta(days=7 + weekday)), relative="next")
    if which in {"last", "past", "previous"} or " past " in found.group():
        back = (scene.today.weekday() - weekday - 1) % 7 + 1
        return Moment(days=Days.one(scene.today - timedelta(days=back)), past=True)
    return Moment(pick=Calendar(weekday=weekday), relative=which)


def _weekday_in_weeks(found: re.Match[str], scene: Scene) -> Moment | None:
    days = Calendar(weekday=WEEKDAYS[found["day"]]).coming(scene.today)
    weeks = 1 if found["how"].endswith(("week", "next")) else 2
    return Moment(days=Days.one(days.start + timedelta(weeks=weeks))) if days else None


def _number_from_now(found: re.Match[str], scene: Scene) -> Moment | None:
    days = Calendar(weekday=WEEKDAYS[found["day"].removesuffix("s")]).coming(scene.today)
    count = int(count_of(found["count"]))
    return Moment(days=Days.one(days.start + timedelta(weeks=count - 1))) if days and count else None


def _day_of_month(found: re.Match[str], _: Scene) -> Moment | None:
    number = ordinal_of(found["ordinal"]) if found["ordinal"] else int(found["number"])
    return Moment(pick=Calendar(day=number)) if 1 <= number <= 31 else None


def _month_day(found: re.Match[str], _: Scene) -> Moment | None:
    said = found["day"]
    word = said.replace("-", " ")
    number = int(said) if said.isdigit() else CARDINALS[word] if word in CARDINALS else ordinal_of(said)
    year = year_of(found["year"]) if found["year"] else None
    return _calendar(number, MONTHS[found["month"].rstrip(".")], year)


def _calendar(day: int, month: int, year: int | None, *, asks: bool = False) -> Moment | None:
    try:
        date(year or 2024, month, day)
    except ValueError:
        return None
    return Moment(pick=Calendar(day=day, month=month, year=year), asks=asks)


def _iso(found: re.Match[str], _: Scene) -> Moment | None:
    month = found["month"]
    number = int(month) if month.isdigit() else MONTHS[month]
    moment = _calendar(int(found["day"]), number, int(found["year"]))
    if moment and found["hour"]:
        second = int(found["second"] or 0)
        return moment.having(clock=Clock(int(found["hour"]), int(found["minute"]), second, settled=True))
    return moment


def _numeric(found: re.Match[str], scene: Scene) -> Moment | None:
    first, second = int(found["first"]), int(found["second"])
    year = year_of(found["year"]) if found["year"] else None
    sure = first > 12 or second > 12 or first == second
    day_first = first > 12 or (second <= 12 and (scene.conventions.day_first or found["mark"].strip() == "."))
    day, month = (first, second) if day_first else (second, first)
    return _calendar(day, month, year, asks=not sure)


def _nth(found: re.Match[str], _: Scene) -> Moment | None:
    said, unit = found["ordinal"], found["unit"]
    number = {"day": 7, "week": 8}.get(unit)
    if number is None:
        number = WEEKDAYS[unit]
    nth = -1 if found["lone"] else ordinal_of(said) * (-1 if found["last"] else 1)
    return Moment(pick=Nth(nth, number))


def _after_next(found: re.Match[str], scene: Scene) -> Moment | None:
    month = scene.today.month
    number = MONTHS[found["month"]]
    year = scene.today.year + (2 if number <= month else 1)
    days = Calendar(month=number, year=year).coming(scene.today)
    return Moment(days=days)


def _side_of_day(found: re.Match[str], _: Scene) -> Moment | None:
    sign = -1 if found["way"] == "before" else 1
    part = "" if found["part"] == "day" else found["part"]
    return Moment(shift=Duration(days=sign, grain=Grain.DAY), part=part)


_HOURS = r"(?:[ t:,-]*(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?z?(?!\d))?"
_COUNT = r"(?P<count>\d{1,2}|one|two|three|four|five|six|a couple(?: of)?)"

RULES: tuple[Rule, ...] = (
    rule(
        "of in after from",
        rf"{_FREE}(?:the |on the )?(?:(?P<ordinal>{ORDINAL})(?: (?P<last>to last|last))?|(?P<lone>(?:very )?last))"
        rf" (?P<unit>{_LONG_DAYS}|tues|day|week|thu|fri)(?= (?:of|in|after|from) )",
        _nth,
    ),
    rule(
        "today tomorrow tomorow tommorow tommorrow tomorrows tmrw tmr tmw tomoz moro yesterday overmorrow",
        rf"{_FREE}(?:the )?(?P<word>{'|'.join(sorted(_RELATIVE, key=len, reverse=True))})(?!\w)",
        _relative,
    ),
    rule(
        DAY_TRIGGERS,
        rf"{_FREE}(?:(?P<which>this|next|last|past|previous|coming|upcoming)(?: coming| past)? )?"
        rf"(?P<day>{_SURE_DAY})\.?(?!\w)",
        _weekday,
    ),
    rule(
        "sun sat mon wed tue thu fri",
        rf"{_FREE}(?P<which>this|next|last)? ?(?:(?<=this )|(?<=next )|(?<=last )|(?<=on )|(?<=by )|(?<=until )|"
        rf"(?<=till )"
        rf"|(?<=every )|(?<=before )|^)(?P<day>mon|wed|sat|sun)(?:\.|(?!\w))(?=$|[,.;!?&]|\.? ?(?:\d|at |and |or "
        rf"|morning|afternoon|evening|night|noon|the \d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
        rf"(?<=on \w\w\w) |(?<=by \w\w\w) |(?<=next \w\w\w) )",
        _weekday,
    ),
    rule(
        "sun sat mon wed",
        rf"{_FREE}(?P<which>(?!x)x)?(?P<day>mon|wed|sat|sun)\.?(?=,? (?:\d{{1,2}}(?:[:.]\d\d)? ?(?:am|pm)"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?(?!\w)|at \d|morning|afternoon|evening|(?:{_MONTH})\.? ?\d))",
        _weekday,
    ),
    rule(
        DAY_TRIGGERS,
        rf"{_FREE}(?P<day>{_LONG_DAYS}) (?P<how>week|after next|fortnight|in (?:a|one|1) week|in (?:two|2) weeks)"
        rf"(?!\w)",
        _weekday_in_weeks,
    ),
    rule(
        DAY_TRIGGERS,
        rf"{_FREE}(?:in )?{_COUNT} (?P<day>(?:{_LONG_DAYS})s?) (?:from now|time|hence)(?!\w)",
        _number_from_now,
    ),
    rule(
        f"0 {_ORDINAL_TRIGGERS}",
        rf"{_FREE}(?:(?:(?<=on )|(?<=by )|(?<=until )|(?<=till )|(?<=before )|(?<=from )|(?<=after )|(?<=of )|^|"
        rf"(?<=for )|(?<=to )|(?<=and )|(?<=day )|(?<=monday )|(?<=tuesday )|(?<=wednesday )|(?<=thursday )|"
        rf"(?<=friday )|(?<=saturday )|(?<=sunday )|(?<=weekend ))the )(?:(?P<ordinal>{ORDINAL})|"
        rf"(?P<number>[12]?\d|3[01]))(?=$|[,.;!?]| (?:of|at|in|for|to|and|or|around|by|before|after|from|until"
        rf"|till|every|each|please|next|this|noon|morning|afternoon|evening)(?!\w)| \d)",
        _day_of_month,
    ),
    rule(
        "0",
        rf"{_FREE}(?:the )?(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|(?!x)x)(?P<number>(?!x)x)?(?=$|[,.;!?]| (?:of "
        rf"(?:this|next|the|every|each)|at|in|for|to|and|or|by|please|every|noon)(?!\w))",
        _day_of_month,
    ),
    rule(
        "0 on by",
        r"(?:(?<= on )|(?<= by ))the (?P<ordinal>\d{1,2}(?:st|nd|rd|th))(?P<number>(?!x)x)?"
        r"(?= (?:the|my|our|your|his|her|their|a|an|some)(?!\w))",
        _day_of_month,
    ),
    rule("0 on", r"^on the (?P<ordinal>\d{1,2}(?:st|nd|rd|th))(?P<number>(?!x)x)?(?= \w)", _day_of_month),
    rule(
        "month",
        rf"{_FREE}(?:the )?(?:(?P<ordinal>{ORDINAL})|(?P<number>[12]?\d|3[01]))"
        r"(?= of (?:this|next|last|the|the next|the following) month)",
        _day_of_month,
    ),
    rule(
        DAY_TRIGGERS,
        r"(?<=day )(?P<ordinal>(?!x)x)?(?P<number>1[3-9]|2\d|3[01])(?=$|[,.;!?]| (?:at|to|and|for|in|please)(?!\w))",
        _day_of_month,
    ),
    rule(
        MONTH_TRIGGERS,
        rf"{_FREE}(?P<year>(?:19|20)\d\d),? (?P<month>{_MONTH})\.? (?P<day>{ORDINAL}|[12]\d|3[01]|0?[1-9])(?![\w:])",
        _month_day,
    ),
    rule(
        MONTH_TRIGGERS,
        rf"{_FREE}(?P<month>{_MONTH}) (?P<day>{WORD_NUMBER})(?P<year>(?!x)x)?{_NOT_COUNTING}",
        _month_day,
    ),
    rule(
        MONTH_TRIGGERS,
        rf"{_FREE}(?P<day>{WORD_NUMBER}) (?:of )?(?P<month>{_MONTH})(?P<year>(?!x)x)?{_NOT_COUNTING}",
        _month_day,
    ),
    rule(
        MONTH_TRIGGERS,
        rf"{_FREE}(?P<month>{_MONTH})\.?,? ?(?:the )?(?P<day>{ORDINAL}|(?:[12]\d|3[01]|0?[1-9])(?![\w:%]|[ -]?(?:%"
        rf"|percent|eggs|people|times|litres|miles|km|kg)))(?![\w/])(?!\.\d){_YEAR}",
        _month_day,
    ),
    rule(
        MONTH_TRIGGERS,
        rf"{_FREE}(?:the )?(?P<day>{ORDINAL}|[12]\d|3[01]|0?[1-9])[ -/]?(?:(?:of|in) )?(?P<month>{_MONTH})"
        rf"(?![\w'])\.?(?:[ ,/-]{{1,2}}(?P<year>(?:19|20|21)?\d\d|'\d\d)(?![\w:/%]| ?(?:am|pm|o'?clock)))?",
        _month_day,
    ),
    rule(
        "0",
        rf"{_FREE}(?P<year>(?:19|20|21)\d\d)[-/.](?P<month>0?[1-9]|1[0-2]|{_MONTH})[-/.](?P<day>[0-3]?\d)"
        rf"(?!\d){_HOURS}",
        _iso,
    ),
    rule(
        "0",
        rf"{_FREE}(?P<first>[0-3]?\d)(?P<mark> ?[/.-] ?|(?<=\d) (?=\d\d? (?:19|20)\d\d))(?P<second>[0-3]?\d)"
        rf"(?P=mark)(?P<year>(?:19|20|21)?\d\d)(?![\w/.-]\d|\d)",
        _numeric,
    ),
    rule(
        "0",
        rf"{_FREE}(?P<first>[0-3]?\d)(?P<mark> ?/ ?)(?P<second>[0-3]?\d)(?P<year>(?!x)x)?(?![\w/.:-]\d|\d|%| ?"
        rf"(?:of|cups?|teaspoons?|tablespoons?|inch|hour|h)(?!\w))",
        _numeric,
    ),
    rule("0", rf"{_FREE}(?P<first>[0-3]?\d)(?P<mark>\.)(?P<second>[01]?\d)\.(?P<year>(?!x)x)?(?!\w)", _numeric),
    rule(
        "0",
        r"(?:^|(?<=on ))(?P<first>[0-3]?\d)(?P<mark> ?- ?)(?P<second>[0-3]?\d)(?P<year>(?!x)x)?$",
        _numeric,
    ),
    rule(MONTH_TRIGGERS, rf"{_FREE}(?P<month>{_MONTH}) after next(?!\w)", _after_next),
    rule(
        "day night evening morning",
        rf"{_FREE}(?:the )?(?P<part>day|night|evening|morning) (?P<way>before|after)"
        r"(?= (?:the |my )?\w)(?! (?:tomorrow|yesterday))",
        _side_of_day,
    ),
)
