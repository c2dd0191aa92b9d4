"""Questions of what there is in the home, and of colours, are answered in full."""

from __future__ import annotations

import pytest

from tests.butler.conversation.conftest import Chat


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("how many lights do I have", "There are 13 lights."),
        ("how many lights are there in the kitchen?", "There are 3 lights: the dining table light, the kitchen light"),
        ("which blinds are there", "There are 2 blinds: the living room blinds and the study blind."),
        ("how many windows are there", "There is 1 window: the kitchen window."),
        ("how many lights are on", "3 lights are on: the floor lamp, the hall light and the worktop lights."),
        ("what floors are there", "There are 3 floors: ground floor, First Floor and attic."),
    ],
)
def test_what_there_is_is_counted_and_named(chat: Chat, said: str, told: str) -> None:
    assert chat.say(said).startswith(told)


@pytest.mark.parametrize("said", ["which rooms do I have", "how many rooms are there?", "list the rooms"])
def test_rooms_are_told_by_floor(chat: Chat, said: str) -> None:
    told = chat.say(said).split("\n")
    assert told[0] == "There are 9 rooms."
    assert told[1].startswith("Ground floor: living room, kitchen")
    assert told[-1] == "Attic: study."


def test_how_many_of_something_else_is_no_question_about_the_home(chat: Chat) -> None:
    chat.say("wake me at 7")
    assert "07:00" in chat.say("how many alarms do I have")


def test_a_colour_is_told_as_the_light_shows_it(chat: Chat) -> None:
    assert chat.say("what colour is the floor lamp") == "The floor lamp is warm white (2700 K)."
    chat.say("make the floor lamp blue")
    assert chat.say("what color is the floor lamp?") == "The floor lamp is blue."
    assert chat.say("what colour is the kitchen light") == "The kitchen light is off."
    assert chat.say("how bright is the floor lamp") == "The floor lamp is at 71%."


def test_a_light_without_colours_is_said_to_show_none(chat: Chat) -> None:
    chat.home.set("light.kitchen", "on", {"color_mode": "brightness", "color_temp_kelvin": None})
    assert chat.say("what colour is the kitchen light") == "The kitchen light is on, and shows no colour."
