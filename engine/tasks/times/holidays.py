"""Feasts by name: christmas, easter monday, mother's day, the first night of hanukkah."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from engine.tasks.times.days import year_of
from engine.tasks.times.durations import Grain
from engine.tasks.times.feasts import easter, hebrew, islamic, orthodox_easter
from engine.tasks.times.moment import Days, Moment, Nth, Pick, Scene, Stretch
from engine.tasks.times.moon import chinese, enters_sign, hindu
from engine.tasks.times.rule import Rule, rule

_FIRST_YEAR, _LAST_YEAR = 1600, 2400


@dataclass(frozen=True)
class Feast(Pick):
    """A feast, by how its date is found."""

    kind: str
    numbers: tuple[int, ...]

    def starts_in(self, start: date, end: date) -> Days | None:
        """Return the first time it begins in a stretch."""
        for year in range(max(start.year, _FIRST_YEAR), min(end.year, _LAST_YEAR) + 1):
            for found in _DATES[self.kind](year, self.numbers):
                if start <= found < end:
                    length = self.numbers[2] if self.kind in {"hebrew", "islamic"} else 1
                    return Days(found, found + timedelta(days=length), Grain.DAY)
        return None

    @property
    def month_and_day(self) -> tuple[int, int] | None:
        """Its month and day where they are the same each year."""
        return (self.numbers[0], self.numbers[1]) if self.kind == "fixed" else None


def _nth(year: int, numbers: tuple[int, ...]) -> list[date]:
    month, weekday, nth, *more = numbers
    first = date(year, month, 1)
    days = Nth(nth, weekday).starts_in(first, date(year + month // 12, month % 12 + 1, 1))
    return [days.start + timedelta(days=sum(more))] if days else []


def _before(year: int, numbers: tuple[int, ...]) -> list[date]:
    month, day, weekday = numbers
    last = date(year, month, day)
    return [last - timedelta(days=(last.weekday() - weekday) % 7)]


def _nearest(year: int, numbers: tuple[int, ...]) -> list[date]:
    month, day, later = numbers
    found = date(year, month, day)
    moves = ({5: -1, 6: 1}, {4: 3, 5: 3, 6: 2}, {6: -1})[later]
    return [found + timedelta(days=moves.get(found.weekday(), 0))]


def _islamic(year: int, numbers: tuple[int, ...]) -> list[date]:
    about = (year - 622) * 33 // 32
    return [islamic(about + extra, numbers[0], numbers[1]) - timedelta(days=1) for extra in (-1, 0, 1, 2)]


def _hindu(year: int, numbers: tuple[int, ...]) -> list[date]:
    month, tithi, hour, more = numbers
    return [hindu(each, month, tithi, hour) + timedelta(days=more) for each in (year - 1, year)]


_DATES: Mapping[str, Callable[[int, tuple[int, ...]], list[date]]] = {
    "fixed": lambda year, numbers: [date(year, numbers[0], numbers[1])],
    "nth": _nth,
    "before": _before,
    "nearest": _nearest,
    "easter": lambda year, numbers: [easter(year) + timedelta(days=numbers[0])],
    "orthodox": lambda year, numbers: [orthodox_easter(year) + timedelta(days=numbers[0])],
    "hebrew": lambda year, numbers: [
        hebrew(each, numbers[0], numbers[1]) - timedelta(days=1) for each in (year + 3760, year + 3761)
    ],
    "islamic": _islamic,
    "hindu": _hindu,
    "stars": lambda year, numbers: [enters_sign(year, numbers[0]) + timedelta(days=numbers[1])],
    "chinese": lambda year, numbers: [chinese(year, numbers[0], numbers[1])],
    "drifting": lambda year, numbers: [date(2018, numbers[0], numbers[1]) + timedelta(days=365 * (year - 2018))],
}


@cache
def feasts() -> Mapping[str, Feast]:
    """Return the feasts by each of their names, without apostrophes."""
    document = tomllib.loads((files("engine.tasks.times") / "holidays.toml").read_text("utf-8"))
    found: dict[str, Feast] = {}
    for kind, table in document.items():
        for names, value in table.items():
            feast = Feast(kind, _numbers(kind, value))
            found |= dict.fromkeys(names.split("|"), feast)
    return found


def _numbers(kind: str, value: Any) -> tuple[int, ...]:
    if kind in {"fixed", "drifting"}:
        month, day = value.split("-")
        return int(month), int(day)
    if kind in {"before", "nearest"}:
        month, day = value[0].split("-")
        return int(month), int(day), int(value[1])
    return tuple(value) if isinstance(value, list) else (int(value),)


def _pattern_of(name: str) -> str:
    words = name.replace("-", " ").split()
    spelled = (f"{re.escape(word[:-1])}'?s'?" if word.endswith("s") else re.escape(word) for word in words)
    return "[ -]".join(word.replace("''?", "'?").replace("'", "'?").replace("??", "?") for word in spelled)


def _key(words: str) -> str:
    return re.sub(r"['-]", lambda found: "" if found.group() == "'" else " ", words)


_BY_KEY = {_key(name): feast for name, feast in feasts().items()}
_NAMES = "|".join(_pattern_of(name) for name in sorted(feasts(), key=len, reverse=True))
_COMMON = {"day", "of", "the", "eve", "night", "and", "st", "new", "all", "to", "start", "end", "first", "may"}
_TRIGGERS = " ".join(
    {
        word.rstrip("s") if suffix else word
        for name in feasts()
        for word in name.replace("-", " ").split()
        for suffix in (0, 1)
    }
    - _COMMON
)
_AFTER = (
    r"(?=$|[,.;!?:)]| (?:at|in|on|to|and|or|we|i|this|next|last|for|with|please|by|of|20\d\d|morning|afternoon"
    r"|evening|night|noon"
    r"|week-?end|each|every|before|after|until|till|from|until|a year|two|three|19\d\d|\d)(?!\w))"
)


def _feast(found: re.Match[str], scene: Scene) -> Moment | None:
    name = _key(found["name"])
    feast = _BY_KEY.get(name) or _BY_KEY.get(f"{name}s") or _BY_KEY.get(name.rstrip("s"))
    if feast is None:
        return None
    if found["year"]:
        year = year_of(found["year"])
        return _weekend_or_day(found, Moment(days=feast.starts_in(date(year, 1, 1), date(year + 1, 1, 1))), scene)
    if found["which"] in {"last", "past", "previous"}:
        return Moment(days=_last(feast, scene.today), past=True)
    return _weekend_or_day(found, Moment(pick=feast), scene)


def _last(feast: Feast, today: date) -> Days | None:
    for year in (today.year, today.year - 1, today.year - 2):
        days = feast.starts_in(date(year, 1, 1), min(date(year + 1, 1, 1), today))
        if days:
            return days
    return None


def _weekend_or_day(found: re.Match[str], moment: Moment, scene: Scene) -> Moment | None:
    if not found["weekend"]:
        return moment if moment.days or moment.pick else None
    days = moment.days or (moment.pick.coming(scene.today) if moment.pick else None)
    if days is None:
        return None
    day, habits = days.start, scene.conventions
    friday = day - timedelta(days=(day.weekday() - habits.weekend_day) % 7)
    end = max(friday + timedelta(days=habits.weekend_days + 1), day + timedelta(days=1))
    midnight = datetime.min.time()
    return Moment(stretch=Stretch(datetime.combine(friday, habits.weekend_time), datetime.combine(end, midnight)))


RULES: tuple[Rule, ...] = (
    rule(
        _TRIGGERS,
        rf"(?<![\w.'-])(?<!merry )(?<!happy )(?:(?P<which>this|next|last|past|previous|coming) |the )?"
        rf"(?P<name>{_NAMES})(?![\w'])"
        rf"(?P<weekend> week-?end)?(?:,? (?:of |in )?(?P<year>(?:19|20|21)\d\d))?{_AFTER}",
        _feast,
    ),
)
