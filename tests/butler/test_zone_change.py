"""What was said by the wall clock keeps to it in the time zone of the next start; amounts of time stay."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from butler.zone_change import is_amount, keep_wall_times
from engine.tasks.due import Every, Recurrence
from store import Store, open_store, rings, schedules
from store.rings import NewRing
from store.schedules import NewSchedule

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store.db")


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def kept(store: Store, due: datetime, now: datetime, *rung: datetime) -> str:
    """Return when a daily alarm at 7 in Berlin is due once the zone is New York."""
    keep_wall_times(store, BERLIN, now)
    daily = Recurrence(Every.DAY, times=(time(7),)).to_document()
    new = NewRing("alarm", "", due, "ana", "ana", now - timedelta(days=9), recurrence=daily)
    number = rings.add(store, new if not rung else NewRing(**{**vars(new), "due_at": rung[0]}))
    if rung:
        rings.ring(store, number, at=rung[0], next_due=due)
    keep_wall_times(store, NEW_YORK, now)
    (ring,) = rings.recurring(store)
    return f"{ring.due_at.astimezone(NEW_YORK):%Y-%m-%d %H:%M}"


def test_a_wall_time_that_has_rung_does_not_ring_again_in_the_new_zone(store: Store) -> None:
    assert kept(store, berlin(12, 7), berlin(11, 9), berlin(11, 7)) == "2026-03-12 07:00"


def test_a_wall_time_that_is_still_to_come_in_the_new_zone_rings(store: Store) -> None:
    assert kept(store, berlin(12, 7), berlin(11, 9)) == "2026-03-11 07:00"


def test_what_was_missed_or_skipped_stays_on_its_day(store: Store) -> None:
    assert kept(store, berlin(13, 7), berlin(11, 9), berlin(11, 7)) == "2026-03-13 07:00"


def test_planned_home_actions_keep_to_the_wall_clock_as_well(store: Store) -> None:
    now = berlin(11, 12)
    keep_wall_times(store, BERLIN, now)
    for text, due in (("turn on the lamp at 8pm", berlin(11, 20)), ("turn on the lamp in 2 hours", berlin(11, 14))):
        schedules.add(store, NewSchedule(text, [], "ana", "ana", now, due))
    keep_wall_times(store, NEW_YORK, now)
    found = [schedule.due_at for schedule in schedules.of_user(store, "ana")]
    assert found == [datetime(2026, 3, 11, 20, tzinfo=NEW_YORK), berlin(11, 14)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("in 2 hours", True), ("in half an hour", True), ("tomorrow", False), ("in a week at 9", False)],
)
def test_an_amount_of_time_is_told_from_a_wall_time(text: str, amount: bool) -> None:
    assert is_amount(text, berlin(11, 12)) is amount
