"""What is planned is done once and on time, through the same rules as a turn, and what is not done is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from butler.home.errors import HomeUnreachableError
from butler.later_jobs import Planned
from engine.review.traces import StoredTraces
from engine.tasks.due import Every, Recurrence
from store import people, schedules, turns
from store.schedules import NewSchedule
from tests.acceptance.family import ADA, BEN, RIA, Family
from tests.butler.conversation.crashing import killed_at
from tests.butler.conversation.later.scene import DAY, HOUR, MINUTE, away, heard, outcomes, planned, shown

YES = "Yes, unlock the front door"


def test_it_is_done_once_at_its_instant_read_back_and_told(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    family.app.advance(9 * MINUTE)
    assert family.state("light.desk_lamp") == "off"
    family.app.advance(2 * MINUTE)
    family.app.advance(DAY)
    assert heard(family) == ["As planned at 10:10: Desk lamp is on at 78%."]
    assert planned(family) == [("done", "")]
    assert outcomes(family) == ["acted"]


def test_what_was_done_can_be_undone_by_its_button(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    family.app.advance(HOUR)
    family.press_id(shown(family)["Undo"])
    assert family.state("light.desk_lamp") == "off"


def test_quiet_hours_hold_back_nothing_that_was_asked_for(family: Family) -> None:
    family.say("turn on the desk lamp at 11 pm")
    family.app.advance(DAY)
    (due,) = [row[0] for row in family.app.store.database.fetch("SELECT due_at FROM outbox WHERE user = ?", (RIA,))]
    assert due.startswith("2026-11-21T23:00")


def test_what_recurs_keeps_to_the_wall_clock_on_both_days_the_clocks_change(family: Family) -> None:
    ports, berlin = family.app.conversation.ports, ZoneInfo("Europe/Berlin")
    for first in (datetime(2027, 3, 26, 7, tzinfo=berlin), datetime(2027, 10, 29, 7, tzinfo=berlin)):
        planning = Planned(replace(ports, settings=replace(ports.settings, time_zone=berlin)))
        family.say("turn on the desk lamp in 10 minutes")
        (row,) = schedules.of_user(ports.store, RIA)
        schedules.cancel(ports.store, row.id)
        at = first.astimezone(UTC)
        again = Recurrence(Every.DAY, times=(time(7),)).to_document()
        new = NewSchedule("x", row.commands, RIA, RIA, family.at, due_at=at, recurrence=again)
        number = schedules.add(ports.store, new)
        runs = []
        for _ in range(4):
            due = planning.next_due()
            assert due is not None
            planning.run(due)
            runs.append(due.astimezone(berlin).hour)
        assert runs == [7] * 4
        schedules.cancel(ports.store, number)


def test_a_clock_that_was_far_ahead_puts_nothing_off_that_comes_again(family: Family) -> None:
    family.say("every day at 7 am turn on the kitchen light")
    store = family.app.store
    (row,) = schedules.of_user(store, RIA)
    assert row.due_at is not None
    assert schedules.move(store, row.id, row.due_at + timedelta(days=400), due_at=row.due_at)
    family.restart()
    assert planned(family) == [("active", "22 07:00")]
    family.app.advance(DAY)
    assert family.state("light.kitchen") == "on"


def test_what_was_missed_only_by_a_clock_that_was_a_day_ahead_is_done_at_its_time(family: Family) -> None:
    family.say("every day at 11 am turn on the kitchen light")
    planning = Planned(family.app.conversation.ports)
    planning.run(family.at + timedelta(days=1, hours=2))
    assert planned(family) == [("active", "23 11:00")]
    planning.realign(family.at)
    assert planned(family) == [("active", "21 11:00")]
    family.app.advance(2 * HOUR)
    assert family.state("light.kitchen") == "on"


def test_missed_by_more_than_ten_minutes_it_is_not_done_but_told_and_may_be_done_by_a_press(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    away(family, HOUR)
    assert heard(family) == ["I was away at 10:10, so I didn't turn on the desk lamp."]
    assert family.state("light.desk_lamp") == "off"
    assert family.press_id(shown(family)["Do it now"]) == "Desk lamp is on at 78%."


def test_missed_by_less_it_is_done(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    away(family, 19 * MINUTE)
    assert family.state("light.desk_lamp") == "on"


def test_what_recurs_and_was_missed_is_told_once_and_goes_on(family: Family) -> None:
    family.say("every day at 7 am turn on the kitchen light")
    away(family, 5 * DAY)
    assert len(heard(family)) == 1
    family.app.advance(DAY)
    assert family.state("light.kitchen") == "on"


def test_a_home_out_of_reach_is_said_so_tried_again_and_given_up_after_ten_minutes(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    with patch.object(family.app.home, "snapshot", side_effect=HomeUnreachableError("no answer")):
        family.app.advance(HOUR)
    assert heard(family) == [
        "I can't reach the home, so I couldn't turn on the desk lamp. I'll keep trying for ten minutes.",
        "I couldn't reach the home at 10:10, so I didn't turn on the desk lamp.",
    ]
    family.app.advance(HOUR)
    assert family.state("light.desk_lamp") == "off"
    assert outcomes(family) == ["unreachable"]


def test_every_trace_of_what_fell_due_says_how_long_it_took(family: Family) -> None:
    family.say("tell me when the front door is unlocked")
    family.say("turn on the desk lamp in 10 minutes")
    family.say("unlock the front door in 2 hours")
    family.press("Yes")
    with patch.object(family.app.home, "snapshot", side_effect=HomeUnreachableError("no answer")):
        family.app.advance(HOUR)
    family.app.advance(2 * HOUR)
    family.app.home.set("lock.front_door", "unlocked")  # type: ignore[attr-defined]
    family.app.advance(MINUTE)
    found = [one for one in StoredTraces(family.app.store).stream(stages=("later",)) if one.turn is None]
    assert [one.decision for one in found] == ["waits", "unreachable", "unanswered", "told"]
    assert all(one.duration_ms is not None and 0 <= one.duration_ms < DAY for one in found)


def test_a_home_that_does_not_let_butler_in_is_said_to_be_no_mere_absence(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    shut = HomeUnreachableError("token")
    with (
        patch.object(family.app.home, "snapshot", side_effect=shut),
        patch.object(type(family.app.home), "admitted", False, create=True),
    ):
        family.app.advance(11 * MINUTE)
    assert heard(family)[0].startswith("Home Assistant doesn't let me in, so I couldn't turn on the desk lamp.")


def test_a_home_that_comes_back_in_time_is_served(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    with patch.object(family.app.home, "snapshot", side_effect=HomeUnreachableError("no answer")):
        family.app.advance(15 * MINUTE)
    family.app.advance(MINUTE)
    assert heard(family)[-1] == "As planned at 10:10: Desk lamp is on at 78%."


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("unavailable", "unavailable at the moment"),
        ("error", "reported a problem"),
        ("no_effect", "did not react"),
        ("slow:9", "did not answer in time"),
    ],
)
def test_a_device_at_fault_is_told_of_as_it_is(family: Family, fault: str, said: str) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    family.app.home.fault("light.desk_lamp", fault)  # type: ignore[attr-defined]
    family.app.advance(HOUR)
    (text,) = heard(family)
    assert said in text


def test_what_is_gone_from_the_home_is_said_so(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    house = family.app.home.snapshot()
    without = house.with_entities(tuple(e for e in house.entities if e.entity_id != "light.desk_lamp"))
    with patch.object(family.app.home, "snapshot", return_value=without):
        family.app.advance(HOUR)
    assert heard(family) == ["As planned at 10:10: The desk lamp is no longer in the home, so I left that."]


def test_what_is_guarded_is_confirmed_when_planned_and_again_when_due(family: Family) -> None:
    assert "I'll ask once more when it is due." in family.say("unlock the front door in 10 minutes")
    assert planned(family) == []
    assert family.press("Yes, unlock").startswith("I'll unlock the front door at 10:10.")
    family.app.advance(10 * MINUTE)
    assert heard(family) == ["As planned at 10:10: Shall I unlock the front door now?"]
    assert family.state("lock.front_door") == "locked"
    go = shown(family)[YES]
    assert "for someone else" in family.press_id(go, ADA)
    assert family.press_id(go) == "Front door is unlocked."
    assert "already answered" in family.press_id(go)
    assert outcomes(family) == ["confirmed"]
    family.app.advance(HOUR)
    assert "Nobody confirmed" not in heard(family)[-1]


def test_what_is_guarded_and_not_confirmed_in_time_is_not_done_and_said_so(family: Family) -> None:
    family.say("unlock the front door in 10 minutes")
    family.press("Yes, unlock")
    family.app.advance(10 * MINUTE)
    go = shown(family)[YES]
    family.app.advance(2 * MINUTE)
    assert heard(family)[-1] == "Nobody confirmed it in time, so I didn't unlock the front door."
    assert "too late" in family.press_id(go)
    assert family.state("lock.front_door") == "locked"
    assert outcomes(family) == ["unanswered"]


def test_a_no_when_due_leaves_it_and_a_later_yes_does_nothing(family: Family) -> None:
    family.say("unlock the front door in 10 minutes")
    family.press("Yes, unlock")
    family.app.advance(10 * MINUTE)
    buttons = shown(family)
    assert family.press_id(buttons["No"]) == "All right, I leave it."
    family.press_id(buttons[YES])
    assert family.state("lock.front_door") == "locked"


def test_a_typed_yes_is_no_confirmation_when_due(family: Family) -> None:
    family.say("unlock the front door in 10 minutes")
    family.press("Yes, unlock")
    family.app.advance(10 * MINUTE)
    family.say("yes")
    assert family.state("lock.front_door") == "locked"


def test_only_what_is_guarded_waits_for_the_press(family: Family) -> None:
    family.say("turn on the desk lamp and unlock the front door in 10 minutes")
    family.press("Yes")
    family.app.advance(10 * MINUTE)
    assert family.state("light.desk_lamp") == "on"
    assert family.state("lock.front_door") == "locked"
    family.press_id(shown(family)[YES])
    assert family.state("lock.front_door") == "unlocked"


@pytest.mark.parametrize("after", [False, True])
def test_what_a_crash_cut_off_is_looked_at_and_told_of_and_never_repeated(family: Family, after: bool) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    with killed_at(family.app.home, "call", after=after):
        family.app.advance(HOUR)
    family.restart()
    family.app.advance(HOUR)
    (text,) = heard(family)
    assert text.startswith("I was interrupted in the middle of what was planned and haven't begun it again.")
    assert "I was about to turn on the desk lamp, as planned at 10:10." in text
    assert family.state("light.desk_lamp") == "off"  # the demo home began anew, and nothing was called
    assert outcomes(family) == ["interrupted"]


def test_a_crash_after_the_confirming_press_is_told_of_and_not_repeated(family: Family) -> None:
    family.say("unlock the front door in 10 minutes")
    family.press("Yes, unlock")
    family.app.advance(10 * MINUTE)
    go = shown(family)[YES]
    with killed_at(family.app.home, "call"):
        family.press_id(go)
    family.restart()
    assert "I was interrupted in the middle of" in heard(family)[-1]
    assert "I was about to unlock the front door, as planned." in heard(family)[-1]
    assert "already answered" in family.press_id(go)
    family.app.advance(HOUR)
    assert family.state("lock.front_door") == "locked"
    assert "Nobody confirmed" not in heard(family)[-1]


def test_a_crash_before_anything_was_begun_has_it_done_after_the_start(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    with killed_at(turns, "append"):
        family.app.advance(15 * MINUTE)
    family.restart()
    family.app.run_job("schedules")
    assert family.state("light.desk_lamp") == "on"
    assert heard(family) == ["As planned at 10:10: Desk lamp is on at 78%."]


def test_a_crash_between_the_deed_and_its_telling_tells_it_once(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    with killed_at(schedules, "finish"):
        family.app.advance(15 * MINUTE)
    family.restart()
    family.app.advance(HOUR)
    assert len(heard(family)) == 1
    assert outcomes(family) == ["interrupted"]


def test_what_somebody_planned_who_left_is_not_done(family: Family) -> None:
    family.admit(BEN, "resident", "Ben")
    family.say("turn on the desk lamp in 10 minutes", BEN)
    people.remove(family.app.store, BEN)
    family.app.advance(HOUR)
    assert family.state("light.desk_lamp") == "off"
    assert planned(family, BEN) == [("cancelled", "21 10:10")]


def test_a_restart_forgets_no_plan(family: Family) -> None:
    family.say("turn on the desk lamp in 10 minutes")
    family.restart()
    family.app.advance(HOUR)
    assert family.state("light.desk_lamp") == "on"


def test_what_was_planned_does_not_disturb_what_it_speaks_of(family: Family) -> None:
    """After "turn on the kitchen light", "it" is that light, whatever was done by plan in between."""
    family.say("turn on the desk lamp in 10 minutes")
    family.say("turn on the kitchen light")
    family.app.advance(HOUR)
    family.say("turn it off")
    assert (family.state("light.kitchen"), family.state("light.desk_lamp")) == ("off", "on")
    assert family.at + timedelta(seconds=HOUR) == family.clock.now()
