"""What is due rings at its time, once, where it was set, and says so when it is late."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from butler.ringing_jobs import MOST_UNANSWERED, Ringing
from engine.tasks.due import Every, Recurrence
from engine.tasks.rules import TaskRules
from store import people, rings
from tests.acceptance.family import ADA, BEN, RIA, Family
from tests.butler.conversation.ringing.scene import buttons_of, put_down, rung

HOUR, DAY = 3_600, 86_400
EVERY_DAY = Recurrence(Every.DAY, times=(time(12),)).to_document()


def test_it_rings_once_at_its_instant(family: Family) -> None:
    put_down(family, 90)
    family.app.advance(HOUR)
    family.app.advance(DAY)
    assert rung(family) == [(90, "⏰ Reminder: call mum")]


def test_what_is_due_at_different_instants_rings_at_each(family: Family) -> None:
    for seconds, title in ((600, "b"), (60, "a"), (600, "c")):
        put_down(family, seconds, title=title)
    family.app.advance(HOUR)
    assert rung(family) == [(60, "⏰ Reminder: a"), (600, "⏰ Reminder: b"), (600, "⏰ Reminder: c")]


def test_quiet_hours_hold_back_nothing_that_rings(family: Family) -> None:
    night = family.at.replace(hour=23) + timedelta(hours=3)
    for kind in ("reminder", "alarm", "timer"):
        put_down(family, night, kind=kind)
    family.app.advance(DAY)
    assert [row.due_at for row in family.told(RIA)] == [night] * 3


def test_what_was_missed_rings_once_says_so_and_comes_again(family: Family) -> None:
    """Ten days away: one late ring, not ten, and the eleventh in time."""
    noon = family.at.replace(hour=12)
    put_down(family, noon, recurrence=EVERY_DAY)
    family.app.close()
    family.clock.move_to(noon + timedelta(days=10, hours=1))
    family.app = family.parts.start(family.data, family.clock)
    family.app.tick()
    (_, text), *more = rung(family)
    assert "It was due on Saturday, 21 November at 12:00, while I was away." in text
    assert more == []
    family.app.advance(DAY)
    assert [row.created_at for row in family.told(RIA)][1:] == [noon + timedelta(days=11)]
    assert "while I was away" not in rung(family)[-1][1]


@pytest.mark.parametrize(("seconds", "late"), [(60, False), (61, True)])
def test_more_than_a_minute_is_late(family: Family, seconds: float, late: bool) -> None:
    put_down(family, 10)
    family.clock.move_to(family.at + timedelta(seconds=10 + seconds))
    family.app.tick()
    assert ("while I was away" in rung(family)[0][1]) is late
    (ring,) = rings.of_user(family.app.store, RIA, states=["rung"])
    assert ring.late is late


def test_what_recurs_keeps_to_the_wall_clock_across_the_change_of_time(family: Family) -> None:
    berlin, at = ZoneInfo("Europe/Berlin"), datetime(2027, 3, 26, 7, tzinfo=ZoneInfo("Europe/Berlin"))
    ringing = Ringing(family.app.store, family.app.notify, berlin, TaskRules.base())
    put_down(family, at.astimezone(UTC), recurrence=Recurrence(Every.DAY, times=(time(7),)).to_document())
    for _ in range(4):
        due = ringing.next_due()
        assert due is not None
        ringing.run(due)
    assert [row.created_at.astimezone(berlin).hour for row in family.told(RIA)] == [7] * 4
    assert [row.created_at.hour for row in family.told(RIA)] == [6, 6, 5, 5]


def test_in_a_group_it_says_for_whom(family: Family) -> None:
    put_down(family, 10, chat="telegram:-77")
    family.admit(BEN, "resident", "Ben")
    people.rename(family.app.store, BEN, name="Ben", username=None)
    put_down(family, 20, BEN, chat="telegram:-77/4", title="bins")
    family.app.advance(60)
    assert [(row.chat, row.payload["text"]) for row in [*family.told(RIA), *family.told(BEN)]] == [
        ("telegram:-77", "⏰ @ria: reminder: call mum"),
        ("telegram:-77/4", "⏰ Ben: reminder: bins"),
    ]


def test_for_who_left_nothing_rings_not_even_again(family: Family) -> None:
    number = put_down(family, 10, chat="telegram:-77", recurrence=EVERY_DAY)
    people.remove(family.app.store, RIA)
    family.app.advance(3 * DAY)
    assert (family.told(RIA), family.told(ADA)) == ([], [])
    left = rings.get(family.app.store, number)
    assert left is not None
    assert left.state == "cancelled"
    assert rings.next_due(family.app.store) is None


def test_each_kind_has_words_of_its_own(family: Family) -> None:
    put_down(family, family.at.replace(hour=11), kind="alarm", title="")
    put_down(family, family.at.replace(hour=11), kind="alarm", title="school run")
    put_down(family, family.at.replace(hour=11), kind="timer", title="pasta", duration_s=480)
    put_down(family, family.at.replace(hour=11), kind="timer", title="", duration_s=90)
    family.app.advance(2 * HOUR)
    assert [text for _, text in rung(family)] == [
        "⏰ It's 11:00, your alarm.",
        "⏰ It's 11:00, your alarm: school run",
        "⏰ The pasta timer is done: 8 minutes are over.",
        "⏰ The timer for 1 minute and 30 seconds is done.",
    ]


def test_a_clock_that_was_a_year_ahead_does_not_silence_what_comes_every_day(family: Family) -> None:
    noon = family.at.replace(hour=12)
    put_down(family, noon, recurrence=EVERY_DAY)
    ringing = Ringing(family.app.store, family.app.notify, UTC, TaskRules.base())
    ringing.run(noon + timedelta(days=365))
    ringing.realign(noon + timedelta(hours=1))
    assert ringing.next_due() == noon + timedelta(days=1)


def test_what_comes_again_in_no_way_anybody_can_read_rings_once(family: Family) -> None:
    put_down(family, 10, recurrence={"every": "blue moon"})
    put_down(family, 20, title="bins")
    family.app.advance(DAY)
    assert [text for _, text in rung(family)] == ["⏰ Reminder: call mum", "⏰ Reminder: bins"]


def test_the_job_can_be_run_by_hand(family: Family) -> None:
    put_down(family, 10)
    assert family.app.run_job("schedules").summary == "Nothing was due."
    family.clock.move_to(family.at + timedelta(seconds=10))
    assert family.app.run_job("schedules").summary == "Rang 1."


def test_a_process_that_sleeps_knows_when_to_wake(family: Family) -> None:
    put_down(family, 10)
    assert family.app.seconds_left() == 10


def test_what_rings_every_few_minutes_stops_when_nobody_answers_and_goes_on_when_somebody_does(family: Family) -> None:
    often = Recurrence(Every.MINUTE, interval=5, anchor=family.at).to_document()
    put_down(family, 300, recurrence=often)
    family.app.advance(DAY)
    assert len(rung(family)) == MOST_UNANSWERED
    assert "without an answer, so I stop here" in rung(family)[-1][1]
    assert "so I stop here" not in rung(family)[-2][1]
    family.press_id(buttons_of(family)["Snooze 10 min"])
    family.app.advance(HOUR)
    assert len(rung(family)) == MOST_UNANSWERED + 11
    family.press_id(buttons_of(family)["Done"])
    family.app.advance(DAY)
    assert len(rung(family)) == 2 * MOST_UNANSWERED + 11


def test_what_rings_every_day_rings_on_without_an_answer(family: Family) -> None:
    noon = family.at.replace(hour=12)
    put_down(family, noon, recurrence=EVERY_DAY)
    ringing = Ringing(family.app.store, family.app.notify, UTC, TaskRules.base())
    for day in range(MOST_UNANSWERED + 2):
        ringing.run(noon + timedelta(days=day))
    assert len(rung(family)) == MOST_UNANSWERED + 2
