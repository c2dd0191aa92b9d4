"""A taught command may be made of other taught commands: they are written out when it is taught."""

from __future__ import annotations

import pytest

from tests.butler.conversation.conftest import Chat

LAMP_DOWN = "when I say lamp down I mean turn off the floor lamp"


@pytest.mark.parametrize(
    "lesson",
    [
        "when I say cinema evening I mean close the living room blinds and lamp down",
        "cinema evening means lamp down, then close the living room blinds",
        '/suggest command "cinema evening" = "Lamp Down and close the living room blinds"',
    ],
)
def test_all_of_it_is_done(chat: Chat, lesson: str) -> None:
    """The answer says what the inner one stands for."""
    chat.say(LAMP_DOWN)
    assert "turn off the floor lamp" in chat.say(lesson)
    chat.say("cinema evening")
    assert (chat.state("cover.living_room_blinds"), chat.state("light.floor_lamp")) == ("closed", "off")


def test_it_stays_as_it_was_taught_when_the_inner_one_is_forgotten(chat: Chat) -> None:
    """Nothing builds on the inner one."""
    chat.say(LAMP_DOWN)
    chat.say("when I say cinema evening I mean close the living room blinds and lamp down")
    chat.say("forget lamp down")
    assert chat.press("Yes, forget it").startswith("Rolled back #1:")
    assert "Floor lamp is off" in chat.say("cinema evening")


def test_another_name_for_a_taught_command_is_one_by_itself(chat: Chat) -> None:
    """The two do not lead back to each other."""
    chat.say(LAMP_DOWN)
    assert "“cinema evening” means “turn off the floor lamp” (#2)" in chat.say("cinema evening means lamp down")
    assert "I know that already" in chat.say("lamp down means cinema evening")


def test_a_guarded_part_of_a_part_holds_the_whole_for_an_admin(chat: Chat) -> None:
    """It is asked about when it is said, too."""
    chat.say("when I say open up I mean unlock the front door")
    chat.say("/approve 1", who="adm")
    assert "has a guarded part" in chat.say("when I say come home I mean turn on the hall light and open up", who="ben")
    chat.say("/approve 2", who="adm")
    assert "Shall I unlock the front door?" in chat.say("come home", who="ben")
    assert chat.state("lock.front_door") == "locked"


def test_somebody_elses_own_command_is_no_part(chat: Chat) -> None:
    """It is known to its owner alone, so nothing of it is told or done."""
    chat.say("for me, when I say lamp down I mean turn off the floor lamp")
    assert "floor lamp" not in chat.say("cinema evening means lamp down", who="ben")


@pytest.mark.parametrize(
    "said",
    [
        "lamp down and close the living room blinds",
        "close the living room blinds and lamp down",
        "Close the living room blinds, then lamp down.",
        "turn on the desk lamp, lamp down and close the living room blinds",
    ],
)
def test_a_taught_command_is_done_beside_others(chat: Chat, said: str) -> None:
    """Whoever taught it is credited, so that the watch sees it."""
    chat.say(LAMP_DOWN)
    chat.say(said)
    assert (chat.state("cover.living_room_blinds"), chat.state("light.floor_lamp")) == ("closed", "off")
    assert chat.last.interpretation is not None
    assert 1 in chat.last.interpretation.used


@pytest.mark.parametrize(
    "said",
    [
        "shopping list: milk, lamp down, eggs",
        "buy milk, lamp down and eggs",
        "remind me at 8 pm to open the window and lamp down",
        "if it rains, lamp down",
        "don't close the blinds and lamp down",
        "note: the word for it is lamp down, and it works",
        "why did you do the blinds, lamp down",
        "do you know movies, lamp down",
        "i need to call mum, lamp down",
    ],
)
def test_what_only_names_a_taught_command_does_nothing(chat: Chat, said: str) -> None:
    """A thing on a list, a note, a condition, a prohibition."""
    chat.say(LAMP_DOWN)
    chat.say(said)
    assert not chat.last.calls
    assert chat.state("light.floor_lamp") == "on"


@pytest.mark.parametrize("said", ["all dark and bedroom light off", "all dark, then turn the bedroom light off"])
def test_a_taught_command_keeps_to_itself_what_it_leaves_out(chat: Chat, said: str) -> None:
    """What stands beside it is no part of its exception."""
    chat.say("when I say all dark I mean turn off all lights except the kitchen light")
    chat.say("turn on all lights")
    chat.say(said)
    assert [chat.state(f"light.{name}") for name in ("bedroom", "kitchen", "hall")] == ["off", "on", "off"]


def test_a_guarded_part_beside_others_waits_for_its_press(chat: Chat) -> None:
    """What is free is done at once."""
    chat.say("when I say open up I mean unlock the front door")
    chat.say("/approve 1", who="adm")
    assert "Shall I unlock the front door?" in chat.say("turn on the hall light and open up", who="ben")
    assert (chat.state("lock.front_door"), chat.state("light.hall")) == ("locked", "on")


def test_somebody_elses_own_command_is_not_done_beside_others(chat: Chat) -> None:
    """It is known to its owner alone."""
    chat.say("for me, when I say lamp down I mean turn off the floor lamp")
    chat.say("close the living room blinds and lamp down", who="ben")
    assert chat.state("light.floor_lamp") == "on"


@pytest.mark.parametrize(
    "said",
    ["lamp down please", "could you do lamp down", "Lamp down, please!", "ok, lamp down now", "do the lamp down"],
)
def test_courtesy_around_it_is_none_of_its_words(chat: Chat, said: str) -> None:
    chat.say(LAMP_DOWN)
    assert chat.say(said) == "Floor lamp is off."


@pytest.mark.parametrize("said", ["no lamp down please", "don't do lamp down", "should I do lamp down?"])
def test_what_is_not_asked_for_is_not_done(chat: Chat, said: str) -> None:
    chat.say(LAMP_DOWN)
    chat.say(said)
    assert chat.last.calls == ()


def test_taught_with_courtesy_it_is_the_same_command(chat: Chat) -> None:
    """What it stands for is written out with its old meaning, so that it leads nowhere but once."""
    chat.say(LAMP_DOWN)
    assert "Should I use it" in chat.say(
        "when I say lamp down please I mean lamp down and close the living room blinds"
    )
    chat.press("Replace")
    chat.say("please do lamp down")
    assert (chat.state("cover.living_room_blinds"), chat.state("light.floor_lamp")) == ("closed", "off")
