"""What comes again: every other Monday, on the first of the month, every 20 minutes."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import islice
from typing import Any

from engine.tasks.wall import instant_of, local

_ALL_DAY = time(9)
_ENOUGH_DATES = 64
_LAST_YEAR = 9990


class Every(StrEnum):
    """The unit that is counted."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Recurrence:
    """When something comes again, in wall times of the household's zone.

    `weekdays` count from Monday 0. `day_of_month` -1 is the last day, and one a month does not have is its last.
    `nth` chooses among the month's `weekdays` (-1 the last). `times` are empty where no hour was said.
    `start` is the first date and anchors an interval; `until` is the last date. `anchor` (UTC) starts hours, minutes.
    """

    every: Every
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    day_of_month: int | None = None
    month: int | None = None
    nth: int | None = None
    times: tuple[time, ...] = ()
    start: date | None = None
    until: date | None = None
    anchor: datetime | None = None

    def __post_init__(self) -> None:
        _within("interval", self.interval, 1, 10_000)
        for weekday in self.weekdays:
            _within("weekdays", weekday, 0, 6)
        for name, value, low, high in (
            ("day_of_month", self.day_of_month, -1, 31),
            ("month", self.month, 1, 12),
            ("nth", self.nth, -1, 5),
        ):
            if value is not None:
                _within(name, value, low, high)

    @property
    def at(self) -> time | None:
        """The first time of the day, or None where none was said."""
        return self.times[0] if self.times else None

    def next_after(self, instant: datetime, zone: tzinfo, unsaid: time = _ALL_DAY) -> datetime | None:
        """Return the first occurrence later than an instant, in UTC, or None when it is over.

        `unsaid` is the time of day where none was said.
        """
        if self.every in {Every.HOUR, Every.MINUTE}:
            return self._next_step(instant, zone)
        times = sorted(self.times) or [unsaid]
        first = (local(instant, zone) - timedelta(days=1)).date()
        for day in islice(self.dates_from(first), _ENOUGH_DATES):
            for at in times:
                found = instant_of(day, at, zone)
                if found > instant:
                    return found
        return None

    def dates_from(self, day: date) -> Iterator[date]:
        """Yield the dates it falls on, from a day on, in order."""
        day = max(day, self.start) if self.start else day
        for found in self._dates(day):
            if self.until is not None and found > self.until:
                return
            if found >= day:
                yield found

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON values, without what is not set."""
        document: dict[str, Any] = {"every": self.every.value}
        if self.interval != 1:
            document["interval"] = self.interval
        if self.weekdays:
            document["weekdays"] = list(self.weekdays)
        if self.times:
            document["times"] = [at.isoformat("minutes" if not at.second else "seconds") for at in self.times]
        for name in ("day_of_month", "month", "nth"):
            if getattr(self, name) is not None:
                document[name] = getattr(self, name)
        for name in ("start", "until", "anchor"):
            if getattr(self, name) is not None:
                document[name] = getattr(self, name).isoformat()
        return document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Recurrence:
        """Return the recurrence of a document; ValueError names what is wrong."""
        try:
            start, until, anchor = (document.get(name) for name in ("start", "until", "anchor"))
            return cls(
                every=Every(document["every"]),
                interval=int(document.get("interval", 1)),
                weekdays=tuple(int(each) for each in document.get("weekdays", ())),
                day_of_month=document.get("day_of_month"),
                month=document.get("month"),
                nth=document.get("nth"),
                times=tuple(time.fromisoformat(each) for each in document.get("times", ())),
                start=date.fromisoformat(start) if start else None,
                until=date.fromisoformat(until) if until else None,
                anchor=datetime.fromisoformat(anchor).astimezone(UTC) if anchor else None,
            )
        except KeyError as error:
            raise ValueError(f"a recurrence lacks its {error}") from error
        except (TypeError, AttributeError) as error:
            raise ValueError(f"this is no recurrence: {error}") from error

    def _next_step(self, instant: datetime, zone: tzinfo) -> datetime | None:
        step = timedelta(hours=self.interval) if self.every is Every.HOUR else timedelta(minutes=self.interval)
        since = self.anchor or instant_of(local(instant, zone).date(), time(), zone)
        found = since if since > instant else since + ((instant - since) // step + 1) * step
        if self.until is not None and local(found, zone).date() > self.until:
            return None
        return found

    def _dates(self, day: date) -> Iterator[date]:
        if self.every is Every.DAY:
            return self._every_days(day)
        if self.every is Every.WEEK:
            return self._every_weeks(day)
        return self._every_months(day)

    def _every_days(self, day: date) -> Iterator[date]:
        start = self.start or day
        ahead = -((start - day).days) % self.interval
        found = day + timedelta(days=(self.interval - ahead) % self.interval)
        while found.year < _LAST_YEAR:
            yield found
            found += timedelta(days=self.interval)

    def _every_weeks(self, day: date) -> Iterator[date]:
        start = self.start or day
        weekdays = sorted(self.weekdays) or [start.weekday()]
        anchor = start - timedelta(days=start.weekday())
        monday = day - timedelta(days=day.weekday())
        behind = ((monday - anchor).days // 7) % self.interval
        monday += timedelta(weeks=(self.interval - behind) % self.interval)
        while monday.year < _LAST_YEAR:
            yield from (monday + timedelta(days=weekday) for weekday in weekdays)
            monday += timedelta(weeks=self.interval)

    def _every_months(self, day: date) -> Iterator[date]:
        start = self.start or day
        step = self.interval if self.every is Every.MONTH else 12 * self.interval
        month = self.month or start.month
        anchor = start.year * 12 + (start.month if self.every is Every.MONTH else month) - 1
        index = day.year * 12 + day.month - 1
        index += (anchor - index) % step
        while index // 12 < _LAST_YEAR:
            yield from self._in_month(index // 12, index % 12 + 1, start)
            index += step

    def _in_month(self, year: int, month: int, start: date) -> list[date]:
        length = monthrange(year, month)[1]
        if self.nth is not None and self.weekdays:
            days = [date(year, month, number) for number in range(1, length + 1)]
            found = [day for day in days if day.weekday() in self.weekdays]
            place = self.nth - 1 if self.nth > 0 else self.nth
            return [found[place]] if -len(found) <= place < len(found) else []
        wanted = self.day_of_month or start.day
        return [date(year, month, length if wanted < 0 else min(wanted, length))]


def _within(name: str, value: int, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{name} of a recurrence is {value!r}, not a whole number from {low} to {high}")
