"""What people ask of the home, and what they are told came of it."""

from __future__ import annotations

import pytest

from butler.home.errors import HomeUnreachableError
from tests.butler.conversation.conftest import Chat


def test_a_command_acts_and_tells_what_was_read_back(chat: Chat) -> None:
    """The answer is the state after the call."""
    assert chat.say("turn on the kitchen light") == "Kitchen light is on."
    assert chat.state("light.kitchen") == "on"
    assert [call.service for call in chat.last.calls] == ["light.turn_on"]
    assert chat.last.turn == 1


@pytest.mark.parametrize(
    ("fault", "word"),
    [("no_effect", "did not react"), ("error", "problem"), ("unavailable", "unavailable"), ("slow:60", "in time")],
)
def test_a_device_that_fails_is_never_said_to_be_done(chat: Chat, fault: str, word: str) -> None:
    """Each fault is told, and the light is not called off."""
    chat.say("turn on the kitchen light")
    chat.home.fault("light.kitchen", fault)
    text = chat.say("turn off the kitchen light")
    assert word in text
    assert "light is off" not in text


def test_a_guarded_device_waits_for_a_press(chat: Chat) -> None:
    """Nothing is called before the press, and the button begins with Yes."""
    text = chat.say("unlock the front door")
    assert "Shall I unlock the front door?" in text
    assert chat.labels == ["Yes, unlock the front door", "No"]
    assert chat.last.calls == ()
    assert chat.press("Yes") == "Front door is unlocked."
    assert chat.state("lock.front_door") == "unlocked"


def test_a_typed_yes_by_the_same_person_confirms(chat: Chat) -> None:
    """Typing is as good as pressing, within the minute."""
    chat.say("unlock the front door")
    chat.wait(60)
    assert chat.say("yes") == "Front door is unlocked."


@pytest.mark.parametrize(
    "typed",
    ["the floor lamp", "it's the floor lamp", "That is the floor lamp", "I mean the floor lamp", "floor lamp"],
)
def test_a_choice_is_typed_as_people_answer(chat: Chat, typed: str) -> None:
    chat.say("turn off the telly lamp")
    assert "Floor Lamp" in chat.labels
    assert chat.say(typed) == "Floor lamp is off."


def test_a_wish_that_names_nothing_is_asked_by_rooms(chat: Chat) -> None:
    """Devices that are too many to be listed are offered by the rooms they are in, and a room answers it in words."""
    chat.say("turn on the floor lamp")
    assert chat.say("it's too bright in here") == "Which one do you mean?"
    assert {"Living Room", "Kitchen", "Hall"} <= set(chat.labels)
    assert chat.say("the living room").startswith("Floor lamp is on at")


def test_what_only_begins_like_an_answer_is_none(chat: Chat) -> None:
    chat.say("turn off the telly lamp")
    assert chat.say("it's raining").startswith("I've dropped my question about “turn off the telly lamp”.")
    assert chat.last.calls == ()


def test_what_speaks_of_forgetting_nothing_is_not_taken_for_it(chat: Chat) -> None:
    assert "forgotten" not in chat.say("make it cosy")
    assert "forgotten" in chat.say("delete that learned word")


def test_a_late_press_does_nothing(chat: Chat) -> None:
    """A confirm lasts sixty seconds."""
    chat.say("unlock the front door")
    chat.wait(61)
    assert "too late" in chat.press("Yes")
    assert "too late" in chat.say("yes")
    assert chat.state("lock.front_door") == "locked"


def test_another_person_cannot_press(chat: Chat) -> None:
    """A press and a typed yes count only from the person who was asked."""
    chat.say("unlock the front door")
    assert "someone else" in chat.press("Yes", who="ben")
    chat.say("yes", who="ben")
    assert chat.state("lock.front_door") == "locked"


def test_a_second_press_and_an_unknown_button_do_nothing(chat: Chat) -> None:
    """Both answer sensibly."""
    chat.say("unlock the front door")
    chat.press("Yes")
    assert "already answered" in chat.press("Yes")
    assert chat.last.calls == ()
    assert "don't know that button" in chat.press_id("no-such-button")


def test_a_new_command_cancels_a_confirm_and_says_so(chat: Chat) -> None:
    """The cancelled button is dead."""
    chat.say("unlock the front door")
    assert "dropped" in chat.say("turn on the kitchen light")
    chat.press("Yes")
    assert "yes" not in chat.say("yes").lower().split()
    assert chat.state("lock.front_door") == "locked"


def test_a_compound_acts_on_what_is_free_and_asks_about_the_rest(chat: Chat) -> None:
    """The guarded clause alone waits."""
    text = chat.say("turn on the kitchen light and unlock the back door")
    assert "Kitchen light is on." in text
    assert "Shall I unlock the back door?" in text
    assert chat.state("lock.back_door") == "locked"


def test_an_unknown_name_is_asked_about_with_real_names(chat: Chat) -> None:
    """A chosen name acts, and may be remembered."""
    assert "don't know" in chat.say("turn on the reading corner light")
    label = chat.labels[0]
    chat.say("1")
    assert chat.last.calls
    assert chat.labels == ["Remember it"]
    chat.press("Remember it")
    assert chat.say("turn off the reading corner light").lower().startswith(label.lower())


def test_a_light_that_cannot_get_brighter_is_said_to_be_as_bright_as_it_goes(chat: Chat) -> None:
    chat.say("set the kitchen light to 100%")
    assert chat.say("make the kitchen light brighter") == "Kitchen light is already at full brightness."


@pytest.mark.parametrize("flag", ["forwarded", "edited"])
def test_forwarded_and_edited_messages_are_neither_done_nor_learned(chat: Chat, flag: str) -> None:
    """They are answered politely."""
    chat.say("turn on the kitchen light", **{flag: True})
    chat.say("when I say telly I mean the television", **{flag: True})
    assert chat.state("light.kitchen") == "off"
    assert "Nobody" in chat.say("/aliases")


def test_a_home_that_does_not_answer_is_told_so(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is claimed, and the next turn works again."""
    chat.say("hello")
    with monkeypatch.context() as patch:

        def gone() -> None:
            raise HomeUnreachableError("no answer")

        patch.setattr(chat.home, "snapshot", gone)
        assert "can't reach the home" in chat.say("turn on the kitchen light")
        assert "can't reach the home" in chat.say("is the kitchen light on")
    assert chat.say("turn on the kitchen light") == "Kitchen light is on."


def test_a_failure_inside_a_turn_is_answered_and_recorded(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one broad catch: a polite answer, a trace, and the next turn works."""
    with monkeypatch.context() as patch:

        def broken(*_: object) -> None:
            raise RuntimeError("understanding broke")

        patch.setattr(chat.engine, "understand", broken)
        assert "something went wrong" in chat.say("turn on the kitchen light")
    assert "RuntimeError" in chat.say("/why")
    assert chat.say("turn on the kitchen light") == "Kitchen light is on."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "x" * 5000,
        "'; DROP TABLE turns; --",
        "<b>hi</b>",
        "\u202eabc",
        "💡" * 50,
        "/",
        "/rollback x",
        "\ud800",
    ],
)
def test_any_text_is_survived(chat: Chat, text: str) -> None:
    """Every text gets an answer and calls nothing."""
    assert chat.say(text)
    assert chat.last.calls == ()
    assert "went wrong" not in chat.last.messages[0].text


def test_where_there_is_no_calendar_what_was_written_down_for_the_day_is_told(chat: Chat) -> None:
    chat.say("buy milk tomorrow")
    said = chat.say("what's on my calendar tomorrow")
    assert "no calendar in this home" in said
    assert "buy milk" in said


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is the garage door open", "No, the garage door is closed."),
        ("is the front door locked", "Yes, the front door is locked."),
        ("what's the temperature in the bedroom", "21.3"),
        ("what's the battery of the motion sensor", "76%"),
        ("how many lights are on upstairs", "None (0)"),
        ("is the tv on", "No, the television is off."),
        ("what time is it", "It is 10:00."),
        ("what day is it", "Saturday, 21 November 2026"),
    ],
)
def test_questions_are_answered_from_the_home(chat: Chat, question: str, answer: str) -> None:
    """Answers come from what is so now and call nothing."""
    assert answer in chat.say(question)
    assert chat.last.calls == ()


def test_an_unavailable_device_is_told_in_an_answer(chat: Chat) -> None:
    """What cannot be known is not guessed."""
    chat.home.fault("light.kitchen", "unavailable")
    assert "unavailable" in chat.say("is the kitchen light on")


@pytest.mark.parametrize("text", ["is everyone in bed", "make it cosy in the living room"])
def test_a_sentence_is_not_asked_about_as_if_it_were_a_name(chat: Chat, text: str) -> None:
    answer = chat.say(text)
    assert answer.startswith(("Sorry, I didn't understand that.", "I don't know how to do that."))
    assert chat.last.outcome == "not_understood"
