"""What is said of later with something beside it: waking, names that hold a time, and times nobody plans for."""

from __future__ import annotations

import pytest

from engine.understanding.waking import waking_beside
from store import rings, schedules
from tests.butler.conversation.conftest import Chat


def planned(chat: Chat) -> list[tuple[str, str]]:
    """Return what is planned, and when."""
    return [(one.text, f"{one.due_at:%d %H:%M}") for one in schedules.of_user(chat.store, "ana") if one.due_at]


def alarms(chat: Chat) -> list[str]:
    """Return when alarms ring."""
    return [f"{one.due_at:%d %H:%M}" for one in rings.of_user(chat.store, "ana") if one.due_at]


@pytest.mark.parametrize(
    "said", ["wake me at 7 and turn on the bedroom light", "wake me and turn on the bedroom light at 7"]
)
def test_being_woken_and_a_light_at_the_same_time_are_both_kept(chat: Chat, said: str) -> None:
    chat.say(said)
    assert alarms(chat) == ["22 07:00"]
    assert planned(chat) == [("turn on the bedroom light at 7", "22 07:00")]
    assert chat.state("light.bedroom") == "off"


def test_a_bare_hour_beside_being_woken_is_in_the_same_half_of_the_day(chat: Chat) -> None:
    chat.say("wake me at 5 and turn on the hall light")
    assert alarms(chat) == ["22 05:00"]
    assert [at for _, at in planned(chat)] == ["22 05:00"]


def test_an_hour_of_its_own_stays_what_it_is_beside_being_woken(chat: Chat) -> None:
    chat.say("wake me at 7 and turn on the hall light at 19:00")
    assert [at[-5:] for _, at in planned(chat)] == ["19:00"]


@pytest.mark.parametrize(
    "said",
    ["wake me at 7 and turn on the light when it is dark", "wake me and the dog at 7", "wake me at 6 and 7", "wake me"],
)
def test_other_ways_to_be_woken_stay_one_request(said: str) -> None:
    assert waking_beside(said) is None


@pytest.mark.parametrize("when", ["in 10 years", "on 3 june 2040 at 8 pm", "in 100 years"])
def test_what_is_years_away_is_said_to_be_and_neither_planned_nor_done(chat: Chat, when: str) -> None:
    told = chat.say(f"turn on the kitchen light {when}")
    assert told.startswith("That is too far away")
    assert planned(chat) == []
    assert chat.state("light.kitchen") == "off"


def test_what_is_months_away_is_planned(chat: Chat) -> None:
    chat.say("turn on the kitchen light in 3 months")
    chat.press("At 18:00")
    assert [at for _, at in planned(chat)] == ["21 18:00"]


def test_telling_somebody_to_do_something_reminds_them_of_it(chat: Chat) -> None:
    assert chat.say("tell me to turn on the heater at 6").startswith("I'll remind you")
    assert planned(chat) == []


def test_telling_if_a_door_is_open_answers_now_and_telling_when_it_opens_waits(chat: Chat) -> None:
    assert chat.say("tell me if the garage door is open") == "No, the garage door is closed."
    assert chat.say("tell me when the garage door opens").startswith("I'll tell you when")
