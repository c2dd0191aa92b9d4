"""The pieces a time expression is made of, before they are put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from engine.tasks.recurrence import Recurrence
from engine.tasks.times.conventions import Conventions
from engine.tasks.times.durations import Duration, Grain
from engine.tasks.wall import local


@dataclass(frozen=True)
class Scene:
    """When and where a text is read; `wall` is now on the household's clock."""

    now: datetime
    zone: tzinfo
    conventions: Conventions
    wall: datetime
    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, now: datetime, zone: tzinfo, conventions: Conventions, words: Iterable[str] = ()) -> Scene:
        """Return the scene of an instant in a zone."""
        return cls(now.astimezone(UTC), zone, conventions, local(now, zone), frozenset(words))

    @property
    def today(self) -> date:
        """The household's date."""
        return self.wall.date()


@dataclass(frozen=True)
class Clock:
    """A time of day; `half` is "am" or "pm" where it was said, `settled` a time that needs no guess of the half."""

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    settled: bool = False
    offset: int | None = None
    latent: bool = False
    hour_only: bool = False


@dataclass(frozen=True)
class Days:
    """A stretch of whole days, `end` excluded, said as finely as `grain`."""

    start: date
    end: date
    grain: Grain = Grain.DAY

    @classmethod
    def one(cls, day: date) -> Days:
        """Return a single day."""
        return cls(day, day + timedelta(days=1))

    @property
    def single(self) -> bool:
        """Whether it is one day."""
        return self.grain is Grain.DAY and self.end - self.start == timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """A stretch of wall times, `end` excluded."""

    start: datetime
    end: datetime


class Pick:
    """A rule that falls on certain days, of which the sentence means one."""

    def starts_in(self, start: date, end: date) -> Days | None:
        """Return the first days of the rule that start in a stretch, or None."""
        raise NotImplementedError

    def coming(self, today: date) -> Days | None:
        """Return the next days of the rule, seen from today."""
        return self.starts_in(today, today + timedelta(days=8 * 366))


@dataclass(frozen=True)
class Calendar(Pick):
    """A day by weekday, day of the month, month and year, as far as they were said."""

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None

    def starts_in(self, start: date, end: date) -> Days | None:
        """Return the first day (or month) in a stretch that is as was said."""
        if self.day is None and self.weekday is None:
            return self._month_in(start, end)
        if self.day is None and self.month is None and self.weekday is not None:
            found = start + timedelta(days=(self.weekday - start.weekday()) % 7)
            return Days.one(found) if found < end else None
        for year in range(start.year, min(end.year, 9000) + 1) if self.year is None else (self.year,):
            for month in range(1, 13) if self.month is None else (self.month,):
                day = self._day_in(year, month, start, end)
                if day:
                    return Days.one(day)
        return None

    def coming(self, today: date) -> Days | None:
        """Return the next such day: a weekday that is today means the one in a week."""
        if self.year is not None:
            return self.starts_in(date(self.year, 1, 1), date(self.year + 1, 1, 1))
        tomorrow = today + timedelta(days=1)
        if self.weekday is not None and self.day is None:
            return self.starts_in(tomorrow, tomorrow + timedelta(days=400))
        if self.day is None and self.month is not None:
            return self.starts_in(today.replace(day=1), today + timedelta(days=400))
        return super().coming(today)

    def joined(self, other: Calendar) -> Calendar | None:
        """Return both together, or None where they contradict each other."""
        said: dict[str, int] = {}
        for each in (self, other):
            for name in ("weekday", "day", "month", "year"):
                value = getattr(each, name)
                if value is not None and said.setdefault(name, value) != value:
                    return None
        return Calendar(**said)

    def overlaps(self, other: Calendar) -> bool:
        """Whether both say the same field."""
        fields = ("weekday", "day", "month", "year")
        return any(getattr(self, name) is not None and getattr(other, name) is not None for name in fields)

    def _month_in(self, start: date, end: date) -> Days | None:
        if self.month is None:
            return None
        year = self.year or start.year
        while year <= end.year:
            first = date(year, self.month, 1)
            if start <= first < end:
                return Days(first, _next_month(first), Grain.MONTH)
            year += 1
        return None

    def _day_in(self, year: int, month: int, start: date, end: date) -> date | None:
        days = range(1, 32) if self.day is None else (self.day,)
        for number in days:
            try:
                found = date(year, month, number)
            except ValueError:
                return None
            if start <= found < end and self.weekday in {None, found.weekday()}:
                return found
        return None


@dataclass(frozen=True)
class Nth(Pick):
    """The nth (or -1, the last) weekday, day or week of a stretch: `unit` is a weekday, 7 a day, 8 a week."""

    nth: int
    unit: int

    def starts_in(self, start: date, end: date) -> Days | None:
        """Return the nth of the stretch."""
        if self.unit == 8:
            first = start + timedelta(days=-start.weekday() % 7)
            step, length = 7, 7
        else:
            first = start if self.unit == 7 else start + timedelta(days=(self.unit - start.weekday()) % 7)
            step, length = (1, 1) if self.unit == 7 else (7, 1)
        count = (end - first).days // 7 if length == 7 else ((end - first).days - 1) // step + 1
        place = self.nth - 1 if self.nth > 0 else count + self.nth
        found = first + timedelta(days=step * place)
        if not 0 <= place < count:
            return None
        return Days(found, found + timedelta(days=length), Grain.WEEK if length == 7 else Grain.DAY)

    def coming(self, today: date) -> Days | None:
        """Return nothing: of what, was not said."""
        del today
        return None


@dataclass(frozen=True)
class Moment:
    """What is known of a time; each piece of the text gives some of it."""

    pick: Pick | None = None
    days: Days | None = None
    part: str = ""
    clock: Clock | None = None
    until: Clock | None = None
    exact: datetime | None = None
    grain: Grain = Grain.SECOND
    stretch: Stretch | None = None
    again: Recurrence | None = None
    more: tuple[Clock, ...] = ()
    edge: str = ""
    shift: Duration | None = None
    vague: str = ""
    past: bool = False
    asks: bool = False
    relative: str = ""

    @property
    def empty(self) -> bool:
        """Whether it says no time by itself."""
        return not (self.whole or self.part or (self.clock and not self.clock.latent) or self.vague)

    @property
    def whole(self) -> bool:
        """Whether it says a day or more."""
        dated = isinstance(self.pick, Pick) and not isinstance(self.pick, Nth)
        return dated or any((self.days, self.exact, self.stretch, self.again))

    def having(self, **more: Any) -> Moment:
        """Return it with more known."""
        return replace(self, **more)


def days_of(moment: Moment, scene: Scene) -> Days | None:
    """Return the days a moment says, the coming ones where it says a rule."""
    if moment.days is None and moment.pick is not None:
        return moment.pick.coming(scene.today)
    return moment.days


@dataclass(frozen=True)
class Piece:
    """A moment and where it stands in the plain text."""

    start: int
    end: int
    moment: Moment


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed weds wednsday wensday",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febuary",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
