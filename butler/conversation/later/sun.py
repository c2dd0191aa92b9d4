"""When the sun rises and sets here: computed from where the home is, else as the home itself tells of the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from types import MappingProxyType

from butler.conversation.settings import Place
from engine.tasks.recurrence import Recurrence
from engine.tasks.sun_times import EVENTS, SunTime
from engine.tasks.wall import local
from engine.understanding.snapshot import Snapshot

SUN = "sun.sun"
_MOST_DAYS = 400  # farther ahead than any night beyond the polar circles lasts
_NEXT: Mapping[str, str] = MappingProxyType(
    {"sunrise": "next_rising", "sunset": "next_setting", "dawn": "next_dawn", "dusk": "next_dusk"}
)


def next_sun(
    sun: SunTime,
    after: datetime,
    zone: tzinfo,
    *,
    snapshot: Snapshot,
    place: Place | None,
    recurrence: Recurrence | None = None,
    day: date | None = None,
) -> datetime | None:
    """Return the next UTC instant of a time by the sun, on the days of a recurrence or on one day.

    None where nothing tells when the sun does that, or it does not. Where only the home tells of its next time, that of
    another day is taken for the same hour.
    """
    on = _computed(sun.event, place, zone) if place is not None else _told(sun.event, snapshot, zone)
    if on is None:
        return None
    for date_ in islice(_days(after, zone, recurrence, day), _MOST_DAYS):
        event = on(date_)
        if event is not None and (at := event + timedelta(seconds=sun.offset_s)) > after:
            return at
    return None


def knows_sun(snapshot: Snapshot, place: Place | None) -> bool:
    """Tell whether there is anything that says when the sun rises and sets."""
    return place is not None or SUN in snapshot.by_id


def _days(after: datetime, zone: tzinfo, recurrence: Recurrence | None, day: date | None) -> Iterable[date]:
    if day is not None:
        return (day,)
    first = local(after, zone).date() - timedelta(days=1)
    if recurrence is not None:
        return recurrence.dates_from(first)
    return (first + timedelta(days=ahead) for ahead in range(_MOST_DAYS))


def _computed(event: str, place: Place, zone: tzinfo) -> Callable[[date], datetime | None]:
    # It takes a while to load, and few sentences need it.
    import astral.sun  # noqa: PLC0415

    observer = astral.Observer(place.latitude, place.longitude)
    events = {name: getattr(astral.sun, name) for name in EVENTS}

    def on(day: date) -> datetime | None:
        try:
            at: datetime = events[event](observer, date=day, tzinfo=zone)
        except ValueError:  # the sun does not do that here on this day
            return None
        return at.astimezone(UTC).replace(microsecond=0)

    return on


def _told(event: str, snapshot: Snapshot, zone: tzinfo) -> Callable[[date], datetime | None] | None:
    entity = snapshot.by_id.get(SUN)
    said = entity.attributes.get(_NEXT[event]) if entity is not None else None
    try:
        coming = datetime.fromisoformat(str(said)).astimezone(UTC).replace(microsecond=0)
    except ValueError:
        return None
    on = local(coming, zone).date()
    return lambda day: coming + timedelta(days=(day - on).days)
