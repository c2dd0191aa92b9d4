"""What a home may offer besides its devices: forecasts, calendars and lists. Not every home does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from butler.home.alias_exchange import AliasEdit, HomeNames
from butler.home.port import Home


@dataclass(frozen=True)
class Forecast:
    """The weather from `at` on, for a day or an hour; temperatures and wind speed in the home's units, chance in %."""

    at: datetime
    condition: str | None = None
    temperature: float | None = None
    low: float | None = None
    rain_chance: float | None = None
    rain: float | None = None
    wind: float | None = None


@dataclass(frozen=True)
class Appointment:
    """One entry of a calendar; `start` and `end` (exclusive) are days for one that lasts all day."""

    summary: str
    start: date | datetime
    end: date | datetime
    place: str | None = None
    calendar: str | None = None


@dataclass(frozen=True)
class ListItem:
    """One line of a list; `id` is the home's own."""

    id: str
    text: str
    done: bool = False


class HomeWeather(Protocol):
    """A home that knows what the weather will be."""

    def forecasts(self, entity_id: str, *, hourly: bool) -> Sequence[Forecast]:
        """Return the forecasts of a weather entity in order, none where it has none; raises a HomeError."""


class HomeCalendars(Protocol):
    """A home that has calendars, which are only read."""

    def appointments(self, entity_ids: Sequence[str], start: datetime, end: datetime) -> Sequence[Appointment]:
        """Return what lies in these calendars between two instants, in order; raises a HomeError."""


class HomeLists(Protocol):
    """A home that keeps lists of its own; its list entities are in the snapshot."""

    def items(self, entity_id: str) -> Sequence[ListItem]:
        """Return what stands on a list; raises a HomeError."""

    def put_on(self, entity_id: str, text: str) -> None:
        """Add a line; raises a HomeError."""

    def tick_off(self, entity_id: str, item: str) -> None:
        """Mark a line as done, by its id; raises a HomeError."""

    def take_off(self, entity_id: str, items: Sequence[str]) -> None:
        """Remove lines, by their ids; raises a HomeError."""


Around = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Offers:
    """What one home offers; None for what it does not."""

    weather: HomeWeather | None = None
    calendars: HomeCalendars | None = None
    lists: HomeLists | None = None
    names: HomeNames | None = None

    def within(self, around: Around, before_write: Callable[[], None]) -> Offers:
        """Return the same offers, each use of which happens within a context, as without a lock.

        What changes the home does `before_write` first, within it too.
        """
        return Offers(
            _Weather(self.weather, around) if self.weather else None,
            _Calendars(self.calendars, around) if self.calendars else None,
            _Lists(self.lists, around, before_write) if self.lists else None,
            _Names(self.names, around, before_write) if self.names else None,
        )


def offers_of(home: Home) -> Offers:
    """Return what a home offers; one that says nothing of it offers nothing."""
    found = getattr(home, "offers", None)
    return found if isinstance(found, Offers) else Offers()


@dataclass(frozen=True)
class _Weather:
    inner: HomeWeather
    around: Around

    def forecasts(self, entity_id: str, *, hourly: bool) -> Sequence[Forecast]:
        with self.around():
            return self.inner.forecasts(entity_id, hourly=hourly)


@dataclass(frozen=True)
class _Calendars:
    inner: HomeCalendars
    around: Around

    def appointments(self, entity_ids: Sequence[str], start: datetime, end: datetime) -> Sequence[Appointment]:
        with self.around():
            return self.inner.appointments(entity_ids, start, end)


@dataclass(frozen=True)
class _Lists:
    inner: HomeLists
    around: Around
    before_write: Callable[[], None]

    def items(self, entity_id: str) -> Sequence[ListItem]:
        with self.around():
            return self.inner.items(entity_id)

    def put_on(self, entity_id: str, text: str) -> None:
        with self.around():
            self.before_write()
            self.inner.put_on(entity_id, text)

    def tick_off(self, entity_id: str, item: str) -> None:
        with self.around():
            self.before_write()
            self.inner.tick_off(entity_id, item)

    def take_off(self, entity_id: str, items: Sequence[str]) -> None:
        with self.around():
            self.before_write()
            self.inner.take_off(entity_id, items)


@dataclass(frozen=True)
class _Names:
    inner: HomeNames
    around: Around
    before_write: Callable[[], None]

    def change_aliases(self, edits: Iterable[AliasEdit]) -> tuple[AliasEdit, ...]:
        with self.around():
            self.before_write()
            return self.inner.change_aliases(edits)
