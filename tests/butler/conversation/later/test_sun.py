"""When the sun sets: where the home is, as the home tells, on the days that were said, also beyond the polar circle."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from butler.conversation.later.sun import SUN, knows_sun, next_sun
from butler.conversation.settings import Place
from engine.tasks.recurrence import Every, Recurrence
from engine.tasks.sun_times import SunTime
from engine.understanding.snapshot import Entity, Snapshot

BERLIN, ZONE = Place(52.52, 13.40), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


def told_by_home(**next_times: str) -> Snapshot:
    return Snapshot(entities=(Entity(SUN, "Sun", attributes=MappingProxyType(next_times)),))


def test_sunset_in_berlin_is_at_four_in_november_and_at_half_past_nine_in_june() -> None:
    winter = next_sun(SunTime("sunset"), NOW, ZONE, snapshot=Snapshot(), place=BERLIN)
    summer = next_sun(SunTime("sunset"), NOW, ZONE, snapshot=Snapshot(), place=BERLIN, day=date(2027, 6, 21))
    assert winter is not None
    assert summer is not None
    assert abs(winter - datetime(2026, 11, 21, 16, 4, tzinfo=ZONE)) < timedelta(minutes=5)
    assert abs(summer - datetime(2027, 6, 21, 21, 33, tzinfo=ZONE)) < timedelta(minutes=5)


def test_an_offset_counts_and_what_is_over_today_is_tomorrow() -> None:
    sunset = next_sun(SunTime("sunset"), NOW, ZONE, snapshot=Snapshot(), place=BERLIN)
    assert sunset is not None
    early = next_sun(SunTime("sunset", -1_800), NOW, ZONE, snapshot=Snapshot(), place=BERLIN)
    assert early == sunset - timedelta(minutes=30)
    after = next_sun(SunTime("sunset", -1_800), early, ZONE, snapshot=Snapshot(), place=BERLIN)
    assert after is not None
    assert timedelta(hours=23, minutes=50) < after - early < timedelta(hours=24)


def test_only_the_days_of_a_recurrence_count() -> None:
    weekdays = Recurrence(Every.WEEK, weekdays=(0, 1, 2, 3, 4))
    found = next_sun(SunTime("sunrise"), NOW, ZONE, snapshot=Snapshot(), place=BERLIN, recurrence=weekdays)
    assert found is not None
    assert found.astimezone(ZONE).date() == date(2026, 11, 23)


def test_a_day_that_is_over_has_no_sunset_any_more() -> None:
    assert next_sun(SunTime("sunset"), NOW, ZONE, snapshot=Snapshot(), place=BERLIN, day=date(2026, 11, 20)) is None


def test_in_the_polar_night_the_next_sunset_is_in_spring() -> None:
    found = next_sun(SunTime("sunset"), NOW.replace(month=12), ZONE, snapshot=Snapshot(), place=Place(78.2, 15.6))
    assert found is not None
    assert found.month == 2


def test_a_home_that_tells_of_its_sun_is_gone_by() -> None:
    home = told_by_home(next_setting="2026-11-21T15:30:00+00:00")
    assert knows_sun(home, None)
    first = next_sun(SunTime("sunset"), NOW, ZONE, snapshot=home, place=None)
    assert first == datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
    assert next_sun(SunTime("sunset"), first, ZONE, snapshot=home, place=None) == first + timedelta(days=1)


def test_a_home_that_tells_nonsense_of_its_sun_tells_nothing() -> None:
    for said in ({}, {"next_setting": "soon"}, {"next_setting": ""}):
        assert next_sun(SunTime("sunset"), NOW, ZONE, snapshot=told_by_home(**said), place=None) is None
    assert not knows_sun(Snapshot(), None)
