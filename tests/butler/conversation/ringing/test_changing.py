"""What is to ring is moved by words, several alarms are set at once, and what a timer cannot do is said."""

from __future__ import annotations

import pytest

from tests.acceptance.family import Family
from tests.butler.conversation.ringing.scene import rung


@pytest.fixture
def alarm(family: Family) -> Family:
    """Return a family of which one has an alarm for seven tomorrow morning."""
    family.say("wake me up at 7")
    return family


@pytest.mark.parametrize(
    ("text", "rings"),
    [
        ("no, i meant 8", "tomorrow at 08:00"),
        ("change the alarm to 6:30", "tomorrow at 06:30"),
        ("move my alarm to 8", "tomorrow at 08:00"),
        ("set my alarm to 8", "tomorrow at 08:00"),
        ("push the alarm back an hour", "tomorrow at 08:00"),
        ("make the alarm half an hour earlier", "tomorrow at 06:30"),
        ("make it half an hour later", "tomorrow at 07:30"),
        ("move the alarm to 6 pm", "tomorrow at 18:00"),
    ],
)
def test_an_alarm_is_moved_and_keeps_its_day_and_its_half_of_the_day(alarm: Family, text: str, rings: str) -> None:
    assert rings in alarm.say(text)
    assert alarm.say("what alarms are set") == f"You have one alarm: {rings}."


def test_a_moved_alarm_rings_then_and_not_before(alarm: Family) -> None:
    alarm.say("change the alarm to 7:30")
    alarm.app.advance(24 * 3_600.0)
    told = [text for _, text in rung(alarm)]
    assert [text for text in told if "alarm" in text] == ["⏰ It's 07:30, your alarm."]


def test_moving_an_alarm_is_taken_back(alarm: Family) -> None:
    alarm.say("move my alarm to 8")
    alarm.say("undo")
    assert "tomorrow at 07:00" in alarm.say("what alarms are set")


def test_what_comes_again_keeps_its_days(family: Family) -> None:
    family.say("remind me every weekday at 7 to take my pills")
    assert "every weekday at 08:00" in family.say("move the pills reminder to 8")
    assert "every weekday at 08:00" in family.say("what reminders do i have")


def test_of_several_the_one_that_is_meant_is_chosen(alarm: Family) -> None:
    alarm.say("wake me at 9 tomorrow")
    assert alarm.say("move the alarm to 8") == "Which alarm do you mean?"
    alarm.press("Tomorrow at 09:00")
    assert "tomorrow at 08:00" in alarm.say("what alarms are set")


def test_where_there_is_none_one_is_offered(family: Family) -> None:
    assert family.say("change the alarm to 7").startswith("There is no alarm to change.")
    assert "tomorrow at 07:00" in family.press("Yes")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("set an alarm for 6:30 and another for 7", 2),
        ("set alarms for 6, 6:15 and 6:30 tomorrow", 3),
        ("wake me at 6 and again at 7", 2),
        ("set an alarm for 7 and take the bins out", 1),
    ],
)
def test_several_alarms_are_set_at_once(family: Family, text: str, count: int) -> None:
    family.say(text)
    told = family.say("what alarms are set")
    assert told.count(" at ") == count, told


def test_several_reminders_are_set_at_once_each_with_its_words(family: Family) -> None:
    told = family.say("remind me at 20:00 and at 21:30 to water the plants")
    assert told.count("water the plants") == 2
    assert "20:00" in told
    assert "21:30" in told
    assert "and at" not in told


def test_a_timer_cannot_be_paused_and_says_what_it_can(family: Family) -> None:
    family.say("set a timer for 5 minutes")
    said = family.say("pause the timer")
    assert "I can't pause a timer" in said
    assert "5 minutes left" in said


def test_what_is_to_be_done_after_a_timer_is_not_dropped_silently(family: Family) -> None:
    said = family.say("timer for 10 minutes, then turn off the kitchen light")
    assert "I've only set the timer" in said
    assert "turn off the kitchen light in 10 minutes" in said
