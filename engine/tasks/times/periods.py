"""Stretches of days: this weekend, next week, the end of the month, in march, next three days, winter."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from engine.tasks.times.days import MONTH, MONTH_TRIGGERS, year_of
from engine.tasks.times.durations import Duration, Grain, shifted
from engine.tasks.times.moment import MONTHS, Calendar, Days, Moment, Scene, Stretch
from engine.tasks.times.numbers import ORDINAL, count_of, ordinal_of
from engine.tasks.times.rule import Rule, rule

_FREE = r"(?<![\w./:-])"
_THIS = r"(?P<which>this|next|last|past|previous|following|coming|current|upcoming)"
_UNIT = r"(?P<unit>weekend|week-end|week end|week|wk|month|quarter|qtr|year|yr)"
_GRAINS = {"week": Grain.WEEK, "wk": Grain.WEEK, "month": Grain.MONTH, "quarter": Grain.QUARTER, "qtr": Grain.QUARTER}
_GRAINS |= {"year": Grain.YEAR, "yr": Grain.YEAR, "day": Grain.DAY, "decade": Grain.YEAR}
_LENGTHS = {
    Grain.DAY: Duration(days=1),
    Grain.WEEK: Duration(days=7),
    Grain.MONTH: Duration(months=1),
    Grain.QUARTER: Duration(months=3),
    Grain.YEAR: Duration(months=12),
}
_SEASONS = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 23), "fall": (9, 23), "winter": (12, 21)}


def period(day: date, grain: Grain, moved: int = 0, length: int = 1) -> Days:
    """Return the calendar week, month, quarter or year of a day, moved by so many of them."""
    if grain is Grain.DAY:
        start = day
    elif grain is Grain.WEEK:
        start = day - timedelta(days=day.weekday())
    elif grain is Grain.MONTH:
        start = day.replace(day=1)
    elif grain is Grain.QUARTER:
        start = date(day.year, day.month - (day.month - 1) % 3, 1)
    else:
        start = date(day.year, 1, 1)
    start = moved_on(start, grain, moved)
    return Days(start, moved_on(start, grain, length), grain)


def weekend_of(day: date, scene: Scene, moved: int = 0) -> Stretch:
    """Return the weekend of the week a day stands in."""
    habits = scene.conventions
    monday = day - timedelta(days=day.weekday())
    friday = monday + timedelta(days=habits.weekend_day, weeks=moved)
    end = friday + timedelta(days=habits.weekend_days + 1)
    return Stretch(datetime.combine(friday, habits.weekend_time), datetime.combine(end, datetime.min.time()))


def moved_on(day: date, grain: Grain, by: int) -> date:
    """Return a day moved by so many weeks, months, quarters or years."""
    one = _LENGTHS[grain]
    return shifted(datetime.combine(day, datetime.min.time()), Duration(one.months * by, one.days * by)).date()


def _grain(word: str) -> Grain:
    return _GRAINS[word if word in _GRAINS else word.removesuffix("s")]


def _turn(which: str | None) -> int:
    if which in {"next", "following", "upcoming"}:
        return 1
    return -1 if which in {"last", "past", "previous"} else 0


def _unit(found: re.Match[str], scene: Scene) -> Moment | None:
    which, unit = found["which"] or ("next" if found["after"] else None), found["unit"]
    moved = _turn(which) + (1 if found["after"] else 0)
    if unit in {"weekend", "week-end", "week end"}:
        return Moment(stretch=weekend_of(scene.today, scene, moved), past=moved < 0)
    return Moment(days=period(scene.today, _grain(unit), moved), past=moved < 0)


def _week_after(found: re.Match[str], scene: Scene) -> Moment | None:
    return Moment(days=period(scene.today, _grain(found["unit"]), 2))


def _some(found: re.Match[str], scene: Scene) -> Moment | None:
    count, unit = int(count_of(found["count"])), found["unit"]
    back = found["which"] in {"last", "past", "previous"}
    upcoming = "upcoming" in found.group()
    if count < 1:
        return None
    if unit.startswith(("hour", "minute", "min")):
        return _some_hours(count, unit, scene, back=back)
    grain = _grain(unit)
    if upcoming:
        return Moment(days=period(scene.today, grain, count))
    return Moment(days=period(scene.today, grain, -count if back else 1, count), past=back)


def _some_hours(count: int, unit: str, scene: Scene, *, back: bool) -> Moment:
    step = timedelta(hours=count) if unit.startswith("hour") else timedelta(minutes=count)
    start, end = (scene.wall - step, scene.wall) if back else (scene.wall, scene.wall + step)
    return Moment(stretch=Stretch(start, end), past=back)


_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)? (?:of )?$")


def _month(found: re.Match[str], scene: Scene) -> Moment | None:
    number, which = MONTHS[found["month"].rstrip(".")], found["which"]
    if _DAY_BEFORE.search(found.string, max(0, found.start() - 8), found.start()):
        return None
    if found["year"]:
        return Moment(pick=Calendar(month=number, year=year_of(found["year"])))
    if which in {"last", "past", "previous"}:
        year = scene.today.year - (number >= scene.today.month)
        return Moment(days=Calendar(month=number, year=year).coming(scene.today), past=True)
    if which == "next":
        year = scene.today.year + (number <= scene.today.month)
        return Moment(days=Calendar(month=number, year=year).coming(scene.today))
    return Moment(pick=Calendar(month=number))


def _numbered_month(found: re.Match[str], _: Scene) -> Moment | None:
    return Moment(pick=Calendar(month=int(found["month"]), year=int(found["year"])))


def _year(found: re.Match[str], scene: Scene) -> Moment | None:
    year = int(found["year"])
    return Moment(days=Days(date(year, 1, 1), date(year + 1, 1, 1), Grain.YEAR), past=year < scene.today.year)


def _bare_year(found: re.Match[str], scene: Scene) -> Moment | None:
    moment = _year(found, scene)
    return moment.having(relative="bare year") if moment else None


def _quarter(found: re.Match[str], scene: Scene) -> Moment | None:
    words = found["which"] or found["number"]
    number = int(words) if words.isdigit() else ordinal_of(words)
    if not 1 <= number <= 4:
        return None
    year = year_of(found["year"] or found["before"]) if found["year"] or found["before"] else scene.today.year
    return Moment(days=period(date(year, 3 * number - 2, 1), Grain.QUARTER))


def _season(found: re.Match[str], scene: Scene) -> Moment | None:
    names = ("spring", "summer", "autumn", "winter")
    name = found["season"].replace("fall", "autumn")
    month, day = _SEASONS[name]
    following = _SEASONS[names[(names.index(name) + 1) % 4]]
    years = (
        [year_of(found["year"])] if found["year"] else [scene.today.year - 1, scene.today.year, scene.today.year + 1]
    )
    turn = _turn(found["which"])
    for year in years:
        start, end = date(year, month, day), date(year + (name == "winter"), *following) + timedelta(days=1)
        if turn < 0 and end <= scene.today and date(year + 1, month, day) > scene.today:
            return Moment(days=Days(start, end), past=True)
        if turn >= 0 and (found["year"] or (end > scene.today and (turn == 0 or start > scene.today))):
            return Moment(days=Days(start, end))
    return None


_MONTH_BEFORE = (
    r"(?:(?<=in )|(?<=by )|(?<=during )|(?<=until )|(?<=till )|(?<=of )|(?<=since )|(?<=before )|(?<=after )|"
    r"(?<=mid )"
    r"|(?<=mid-)|(?<=early )|(?<=late )|(?<=from )|(?<=to )|(?<=every )|^(?=[a-z]+$))"
)
_LONG_MONTHS = "january|february|april|june|july|august|september|october|november|december"
_AFTERWARDS = r"(?=$|[,.;!?]| (?:at|on|and|or|for|to|by|please|sometime|we|i|next|this|last)(?!\w))"

RULES: tuple[Rule, ...] = (
    rule(
        "week weekend month quarter year wk qtr yr weekends end",
        rf"{_FREE}(?:the )?(?:around )?{_THIS} (?:one )?{_UNIT}(?P<after> after next)?(?![\w'])",
        _unit,
    ),
    rule(
        "week month year weekend",
        rf"{_FREE}(?:the )?(?P<which>(?!x)x)?{_UNIT}(?P<after> after next)(?!\w)",
        _unit,
    ),
    rule(
        "weekend week month year",
        r"(?:(?<=of the )|(?<=of )|(?<=at the )|(?<=over the )|(?<=on the )|(?<=for the )|(?<=by the )|"
        r"(?<=in the )|(?<=during the )|^the |^)(?P<which>(?!x)x)?(?P<unit>weekend|week-end)(?P<after>(?!x)x)?"
        r"(?!\w| of)",
        _unit,
    ),
    rule(
        "week month quarter year day",
        r"(?:(?<=of the )|(?<=of )|(?<=in the )|(?<=this ))(?P<which>(?!x)x)?(?P<unit>week|month|quarter|year)"
        r"(?P<after>(?!x)x)?(?!\w)",
        _unit,
    ),
    rule(
        "days weeks months quarters years hours minutes mins day week month quarter year hour",
        rf"{_FREE}(?:the )?(?:(?P<which>next|last|past|previous|following|coming|upcoming)(?: upcoming)? "
        r"(?P<count>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple of|one) "
        r"(?P<unit>days?|weeks?|months?|quarters?|years?|hours?|minutes?|mins?))(?!\w)",
        _some,
    ),
    rule(
        "upcoming",
        rf"{_FREE}(?P<count>\d{{1,2}}|two|three|four|five|six) (?P<which>upcoming) (?P<unit>days?|weeks?|months?"
        rf"|quarters?|years?)(?!\w)",
        _some,
    ),
    rule(
        MONTH_TRIGGERS,
        rf"{_FREE}(?P<which>this|next|last|past|coming) (?P<month>{MONTH})(?!\w)(?P<year>(?!x)x)?{_AFTERWARDS}",
        _month,
    ),
    rule(
        MONTH_TRIGGERS,
        rf"{_FREE}(?P<which>(?!x)x)?(?P<month>{MONTH})\.?,? (?:of )?(?P<year>(?:19|20|21)\d\d|'\d\d)(?![\w:/])",
        _month,
    ),
    rule(
        MONTH_TRIGGERS,
        rf"{_FREE}(?P<which>(?!x)x)?{_MONTH_BEFORE}(?P<month>{MONTH})(?!\w)\.?(?P<year>(?!x)x)?{_AFTERWARDS}",
        _month,
    ),
    rule(MONTH_TRIGGERS, rf"(?<=in )(?P<which>(?!x)x)?(?P<month>{MONTH})(?![\w'])\.?(?P<year>(?!x)x)?", _month),
    rule("0", rf"{_FREE}(?P<year>(?:19|20|21)\d\d)[-/](?P<month>0?[1-9]|1[0-2])(?![\w/-])", _numbered_month),
    rule("0", rf"{_FREE}(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20|21)\d\d)(?![\w/-])", _numbered_month),
    rule(
        "0",
        rf"{_FREE}(?:^|(?<=in )|(?<=of )|(?<=during )|(?<=year )|(?<=by )|(?<=until )|(?<=since )|(?<=from ))"
        rf"(?P<year>(?:19|20)\d\d)(?: ad)?(?=$|[,.;!?]| (?:at|on|for|and|to|we|i)(?!\w))",
        _year,
    ),
    rule("0", r"(?<= )(?P<year>(?:19|20)\d\d)(?=$|[,.;!?])", _bare_year),
    rule(
        "quarter qtr q",
        rf"{_FREE}(?:the )?(?:(?P<before>(?:20)?\d\d) ?)?(?:(?P<which>{ORDINAL}) (?:quarter|qtr)|q ?"
        rf"(?P<number>[1-4]))(?: (?:of )?(?P<year>(?:20)\d\d))?(?![\w'])",
        _quarter,
    ),
    rule(
        "spring summer autumn fall winter",
        rf"{_FREE}(?:in (?:the )?|(?P<which>this|next|last|coming) |during (?:the )?|by |(?<=of ))"
        rf"(?P<season>spring|summer|autumn|fall|winter)(?: (?:of )?(?P<year>20\d\d))?{_AFTERWARDS}",
        _season,
    ),
)
