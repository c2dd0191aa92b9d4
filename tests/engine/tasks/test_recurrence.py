"""What comes again comes at its wall time, once, whatever the clocks do."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tasks.due import Due
from engine.tasks.recurrence import Every, Recurrence
from engine.tasks.wall import instant_of

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago", "UTC")
DAILY = Recurrence(Every.DAY, times=(time(2, 30),))


def _year(number: int) -> datetime:
    return datetime.fromisoformat(f"{number}-01-01")


def rings(rule: Recurrence, after: datetime, count: int, zone: ZoneInfo = BERLIN) -> list[datetime]:
    found = []
    for _ in range(count):
        following = rule.next_after(after, zone)
        if following is None:
            break
        found.append(following)
        after = following
    return found


def walls(rule: Recurrence, after: datetime, count: int) -> list[str]:
    return [at.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M") for at in rings(rule, after, count)]


def test_a_time_that_does_not_exist_rings_at_the_first_that_does() -> None:
    """Half past two on the day the clocks go forward is three."""
    after = datetime(2026, 3, 27, 12, tzinfo=UTC)
    assert walls(DAILY, after, 3) == ["2026-03-28 02:30", "2026-03-29 03:00", "2026-03-30 02:30"]


def test_a_time_that_exists_twice_rings_once_at_the_first() -> None:
    """Half past two on the day the clocks go back is the earlier of the two."""
    after = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert [at.isoformat() for at in rings(DAILY, after, 2)] == [
        "2026-10-25T00:30:00+00:00",
        "2026-10-26T01:30:00+00:00",
    ]


def test_a_gap_of_half_an_hour_ends_where_it_ends() -> None:
    """Lord Howe moves its clocks by half an hour."""
    at = instant_of(date(2026, 10, 4), time(2, 15), ZoneInfo("Australia/Lord_Howe"))
    assert at.astimezone(ZoneInfo("Australia/Lord_Howe")).strftime("%H:%M") == "02:30"


def test_every_other_monday_counts_from_its_start() -> None:
    """The weeks between are left out, also long after."""
    rule = Recurrence(Every.WEEK, 2, weekdays=(0,), start=date(2026, 11, 23), times=(time(7),))
    assert walls(rule, datetime(2026, 11, 18, tzinfo=UTC), 2) == ["2026-11-23 07:00", "2026-12-07 07:00"]
    assert walls(rule, datetime(2027, 3, 20, tzinfo=UTC), 1) == ["2027-03-29 07:00"]


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    """A month without a 31st is not skipped."""
    rule = Recurrence(Every.MONTH, day_of_month=31, times=(time(9),))
    assert walls(rule, datetime(2027, 1, 30, tzinfo=UTC), 3) == [
        "2027-01-31 09:00",
        "2027-02-28 09:00",
        "2027-03-31 09:00",
    ]


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    """A birthday on a leap day comes every year."""
    rule = Recurrence(Every.YEAR, month=2, day_of_month=29, times=(time(9),))
    assert walls(rule, datetime(2027, 1, 1, tzinfo=UTC), 2) == ["2027-02-28 09:00", "2028-02-29 09:00"]


def test_the_last_friday_of_the_month() -> None:
    """The nth weekday is counted from either end of the month."""
    last = Recurrence(Every.MONTH, weekdays=(4,), nth=-1, times=(time(15),))
    first = Recurrence(Every.MONTH, weekdays=(0,), nth=1, times=(time(15),))
    assert walls(last, datetime(2026, 11, 18, tzinfo=UTC), 2) == ["2026-11-27 15:00", "2026-12-25 15:00"]
    assert walls(first, datetime(2026, 11, 18, tzinfo=UTC), 1) == ["2026-12-07 15:00"]


def test_hours_and_minutes_count_from_the_moment_they_were_said() -> None:
    """Every twenty minutes keeps its pace where the clocks change."""
    rule = Recurrence(Every.MINUTE, 20, anchor=datetime(2026, 3, 29, 0, 5, tzinfo=UTC))
    assert rings(rule, datetime(2026, 3, 29, 0, 50, tzinfo=UTC), 2) == [
        datetime(2026, 3, 29, 1, 5, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 25, tzinfo=UTC),
    ]


def test_it_ends_with_its_last_day() -> None:
    """Until is the last day on which it comes."""
    rule = Recurrence(Every.DAY, times=(time(8), time(20)), until=date(2026, 11, 19))
    assert walls(rule, datetime(2026, 11, 18, 12, tzinfo=UTC), 9) == [
        "2026-11-18 20:00",
        "2026-11-19 08:00",
        "2026-11-19 20:00",
    ]


def test_without_a_time_it_comes_at_the_hour_it_is_given() -> None:
    """A rule that names no hour rings when the caller says."""
    rule = Recurrence(Every.DAY)
    assert rule.next_after(datetime(2026, 11, 18, 12, tzinfo=UTC), BERLIN, time(7, 30)) == datetime(
        2026, 11, 19, 6, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ({}, "every"),
        ({"every": "blue"}, "blue"),
        ({"every": "week", "weekdays": [9]}, "weekdays"),
        ({"every": "day", "interval": 0}, "interval"),
        ({"every": "day", "times": ["25:99"]}, "hour"),
        ({"every": "month", "day_of_month": "x"}, "day_of_month"),
        ({"every": "day", "times": 7}, "iterable"),
    ],
)
def test_a_broken_document_is_named(document: dict[str, object], named: str) -> None:
    """What is wrong with a stored rule is said."""
    with pytest.raises(ValueError, match=named):
        Recurrence.from_document(document)


def test_a_broken_due_is_named() -> None:
    """What is wrong with a stored due is said."""
    with pytest.raises(ValueError, match="kind"):
        Due.from_document({})
    with pytest.raises(ValueError, match="no due"):
        Due.from_document({"kind": "point", "at": 5})


RULES = st.one_of(
    st.builds(
        Recurrence,
        every=st.sampled_from([Every.DAY, Every.WEEK]),
        interval=st.integers(1, 4),
        weekdays=st.sets(st.integers(0, 6), max_size=3).map(lambda days: tuple(sorted(days))),
        times=st.lists(st.times().map(lambda at: at.replace(second=0, microsecond=0)), max_size=2).map(tuple),
        start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    ),
    st.builds(
        Recurrence,
        every=st.sampled_from([Every.MONTH, Every.YEAR]),
        interval=st.integers(1, 3),
        day_of_month=st.one_of(st.none(), st.integers(1, 31), st.just(-1)),
        month=st.one_of(st.none(), st.integers(1, 12)),
        times=st.just((time(2, 30),)),
        start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    ),
)
INSTANTS = st.datetimes(_year(2025), _year(2032)).map(lambda at: at.replace(tzinfo=UTC))


@given(RULES, INSTANTS, st.sampled_from(ZONES))
def test_each_occurrence_is_later_than_the_one_before(rule: Recurrence, after: datetime, zone: str) -> None:
    """It never rings twice at one instant, and never goes back."""
    found = [after, *rings(rule, after, 6, ZoneInfo(zone))]
    assert all(first < second for first, second in pairwise(found))
    assert len(found) > 1


@given(INSTANTS, st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.sampled_from(ZONES))
def test_every_day_rings_once_on_every_day(after: datetime, at: time, zone: str) -> None:
    """Across a year of clock changes no day is missed and none rings twice."""
    place = ZoneInfo(zone)
    days = [found.astimezone(place).date() for found in rings(Recurrence(Every.DAY, times=(at,)), after, 370, place)]
    assert all(second - first == timedelta(days=1) for first, second in pairwise(days))


@given(RULES)
def test_a_rule_survives_being_stored(rule: Recurrence) -> None:
    """What is written down is read back as it was."""
    assert Recurrence.from_document(json.loads(json.dumps(rule.to_document()))) == rule
