"""What is said: true, short, and in the household's own names."""

from __future__ import annotations

import pytest

from butler.conversation.nearest import nearest_names
from butler.conversation.phrasing import small, the
from tests.butler.conversation.conftest import Chat


def test_many_things_are_told_by_the_few_that_changed(chat: Chat) -> None:
    """The rest is only counted."""
    text = chat.say("turn off everything")
    assert "floor lamp" in text
    assert text.endswith("; the other 15 things were off already.")


def test_one_device_that_fails_among_many_is_named(chat: Chat) -> None:
    """It is not counted with those that did as asked."""
    chat.home.fault("light.garage", "no_effect")
    assert chat.say("turn on all the lights").endswith("the garage light did not react: still off.")


def test_a_script_is_read_back_member_by_member(chat: Chat) -> None:
    """A lock that stays open is told, whatever the script says of itself."""
    chat.say("unlock the front door")
    chat.press("Yes")
    chat.home.fault("lock.front_door", "no_effect")
    assert chat.say("lock up") == "Shall I start Lock Up?"
    text = chat.press("Yes")
    assert "The back door is locked and the garage door is closed." in text
    assert "But the front door is still unlocked." in text


def test_a_scene_tells_which_member_is_unavailable(chat: Chat) -> None:
    """The scene itself succeeded."""
    chat.home.fault("media_player.tv", "unavailable")
    assert chat.say("movie night") == "Movie Night is activated. But the television is unavailable."


def test_locks_alone_answer_whether_all_is_locked(chat: Chat) -> None:
    """Lamps are neither locked nor unlocked, and what is unavailable is not vouched for."""
    assert chat.say("is everything locked") == "Yes, the front door and the back door are locked."
    chat.home.fault("lock.front_door", "unavailable")
    text = chat.say("is everything locked")
    assert not text.startswith("Yes")
    assert "The front door is unavailable, so I can't tell." in text


def test_an_unlocked_door_is_not_called_open(chat: Chat) -> None:
    """A lock does not know whether its door stands open."""
    chat.say("unlock the front door")
    chat.press("Yes")
    assert "front door is open" not in chat.say("which doors are open").lower()


def test_a_question_without_a_name_is_answered_for_all_it_can_be_about(chat: Chat) -> None:
    """There are two thermometers and three lamps."""
    text = chat.say("what's the temperature")
    assert "21.3" in text
    assert "9.8" in text
    assert "floor lamp is on" in chat.say("is the lamp on").lower()


@pytest.mark.parametrize(
    ("first", "second", "entity_id", "state"),
    [
        ("kitchen light", "on", "light.kitchen", "on"),
        ("set the living room blinds", "closed", "cover.living_room_blinds", "closed"),
        ("turn off the lamp", "the floor one", "light.floor_lamp", "off"),
        ("turn off the lamp", "the last one", "light.floor_lamp", "off"),
    ],
)
def test_a_few_words_complete_what_was_asked(chat: Chat, first: str, second: str, entity_id: str, state: str) -> None:
    """The answer to a question need not be a whole command."""
    assert "?" in chat.say(first)
    chat.say(second)
    assert chat.state(entity_id) == state


def test_a_guarded_thing_named_by_its_action_alone_waits_for_a_press(chat: Chat) -> None:
    """Neither the answer to a question nor a yes to "do you mean" is the press."""
    chat.say("front door")
    assert "Shall I unlock the front door?" in chat.say("unlock")
    assert chat.last.calls == ()
    assert "Do you mean the garage door?" in chat.say("open the garage dor")
    assert "Shall I open the garage door?" in chat.say("yes")
    assert chat.last.calls == ()
    assert chat.last.interpretation is not None
    assert chat.last.interpretation.disposition == "confirm"


def test_what_the_home_calls_it_already_is_known(chat: Chat) -> None:
    """Teaching a name that a device has is no mistake."""
    assert chat.say("when I say telly I mean the TV") == "I know that already: “telly” is the television."


def test_a_meaning_that_could_be_several_things_offers_those(chat: Chat) -> None:
    """Only fans are fans."""
    assert "more than one thing" in chat.say("when I say whirly I mean the fan")
    assert chat.labels == ["Bathroom Fan", "Bedroom Fan", "None of these"]


def test_no_entity_id_is_said(chat: Chat) -> None:
    """A failed test is told by names."""
    chat.say("kitchen light means hall light")
    text = chat.press("Replace")
    assert "light." not in text.replace("light. ", "")
    assert "the kitchen light" in text


def test_the_nearest_name_comes_first(chat: Chat) -> None:
    """A lamp by the bed is the bedside lamp; nonsense is near to nothing."""
    snapshot = chat.home.snapshot()
    assert nearest_names(snapshot, "lamp by the bed", domains=("light",))[0][0] == "Bedside Lamp"
    assert nearest_names(snapshot, "the washer")[1][0] == "Washing Machine Power"
    assert nearest_names(snapshot, "gizmo") == []


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Kitchen Light", "the kitchen light"),
        ("Star Light", "the Star Light"),
        ("Lock Up", "Lock Up"),
        ("Movie Night", "Movie Night"),
        ("Kitchen TV", "the kitchen TV"),
        ("Ana's Lamp", "Ana's lamp"),
    ],
)
def test_names_stand_in_a_sentence_as_people_write_them(name: str, within: str) -> None:
    """A description is small, a proper name keeps its capitals."""
    assert the(name) == within
    assert small(name) == within.removeprefix("the ")


def test_an_alarm_passed_over_is_not_promised(chat: Chat) -> None:
    """Security alarms are only ever read, by whatever name they are asked for."""
    text = chat.say("turn off the house alarm and the kitchen light")
    assert "I only ever read" in text
    assert "by name" not in text


def test_a_thing_described_by_a_colour_is_no_wording(chat: Chat) -> None:
    """There is no yellow lamp, so nothing is learned."""
    chat.say("when I say bumblebee I mean the yellow lamp")
    assert "Nobody" in chat.say("/aliases")


def test_a_temperature_set_while_the_heating_is_off_is_told(chat: Chat) -> None:
    """Off alone would not say that the value was taken."""
    chat.say("turn off the heating")
    assert "set to 19.5°" in chat.say("set the heating to 19.5")
