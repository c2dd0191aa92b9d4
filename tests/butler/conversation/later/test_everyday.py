"""Everyday ways to put things off: for a while, several hours a day, and called off in the next breath."""

from __future__ import annotations

import pytest

from engine.tasks.later_order import in_order
from store import schedules
from tests.butler.conversation.conftest import Chat


def planned(chat: Chat) -> list[str]:
    """Return when what is planned is due."""
    return [f"{one.due_at:%H:%M}" for one in schedules.of_user(chat.store, "ana") if one.due_at]


@pytest.mark.parametrize(
    "said", ["turn the bedroom light on for 10 minutes", "turn on the bedroom light for 10 minutes"]
)
def test_on_for_a_while_is_done_now_and_ended_then(chat: Chat, said: str) -> None:
    assert chat.say(said) == "Bedroom light is on. I'll turn off the bedroom light at 10:10."
    assert chat.state("light.bedroom") == "on"


def test_off_for_a_while_said_twice_is_ended_once_and_later(chat: Chat) -> None:
    chat.say("turn the hall light off for 5 minutes")
    chat.wait(60)
    assert chat.say("turn the hall light off for 5 minutes").endswith("I'll turn on the hall light at 10:06.")
    assert planned(chat) == ["10:06"]


def test_what_was_off_already_is_not_turned_on_later(chat: Chat) -> None:
    assert chat.say("turn the bedroom light off for 5 minutes") == "Bedroom light is already off."
    assert planned(chat) == []


def test_cancel_that_calls_off_what_was_just_planned(chat: Chat) -> None:
    chat.say("turn off the hall light in an hour")
    assert chat.say("cancel that") == "I won't do that later, then."
    assert planned(chat) == []


def test_cancel_that_leaves_what_was_planned_before_alone(chat: Chat) -> None:
    chat.say("turn off the hall light in an hour")
    chat.say("what time is it")
    chat.say("cancel that")
    assert planned(chat) == ["11:00"]


@pytest.mark.parametrize(
    ("said", "ordered"),
    [
        ("set the heating to 21 at 6 every weekday morning", "set the heating to 21 every weekday at 6am"),
        ("every day at 7 and 19 turn on the porch light", "turn on the porch light every day at 7 and 19"),
        ("open the blinds at 7:30 every saturday", "open the blinds every saturday at 7:30"),
        ("turn on the lamp at 6", "turn on the lamp at 6"),
        ("every weekday at 7 turn on the lamp", "every weekday at 7 turn on the lamp"),
        ("dim the lamp to 20 every evening", "dim the lamp to 20 every evening"),
    ],
)
def test_hours_are_put_behind_their_days(said: str, ordered: str) -> None:
    assert in_order(said) == ordered


def test_two_hours_of_each_day_are_planned_as_one(chat: Chat) -> None:
    told = chat.say("every day at 7 and 19 turn on the porch light")
    assert told == "I'll turn on the porch light every day at 07:00 and 19:00, first today at 19:00."


def test_nothing_playing_is_said_to_be_so(chat: Chat) -> None:
    chat.say("pause the kitchen speaker")
    assert chat.say("what's playing") == "No players are playing."
