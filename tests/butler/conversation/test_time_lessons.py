"""Times, priorities and questions taught and suggested: what Butler then does, and how it is taken back."""

from __future__ import annotations

import pytest

from store import improvements, tasks
from store.improvements import Improvement
from store.status import Status
from tests.butler.conversation.conftest import Chat


def latest(chat: Chat) -> Improvement:
    return improvements.listing(chat.store)[0]


def test_a_time_taught_in_talk_is_the_speakers_in_the_next_message_and_gone_when_rolled_back(chat: Chat) -> None:
    before = chat.engine.digest()
    assert "From now on “after work” means “18:00”" in chat.say("when I say after work I mean 18:00")
    found = latest(chat)
    assert (found.tier, found.status, found.source) == (2, Status.APPLIED, "voice_command")
    assert "18:00" in chat.say("remind me to fetch the parcel after work")
    assert "18:00" in chat.say("turn on the kitchen light after work")
    assert "When shall I remind you?" in chat.say("remind me to fetch the parcel after work", "ben")
    chat.say(f"/rollback {found.number}", "adm")
    assert chat.engine.digest() == before
    assert "When shall I remind you?" in chat.say("remind me to water the roses after work")


@pytest.mark.parametrize(
    "said",
    [
        "after work means 6 pm",
        "remember that after work means 6 pm",
        "by after work I mean 18:00",
        "let after work mean 6 pm",
        "whenever I say “after work”, I mean at six in the evening",
        "6 pm is what I mean by after work",
        "after work means 6 pm for me",
    ],
)
def test_a_time_is_taught_in_many_wordings(chat: Chat, said: str) -> None:
    chat.say(said)
    assert "18:00" in chat.say("remind me to fetch the parcel after work")


def test_a_time_for_everybody_waits_for_an_admin_and_is_then_everybodys(chat: Chat) -> None:
    assert "waits for approval" in chat.say("when we say teatime we mean 17:00")
    assert "When shall I remind you?" in chat.say("remind me to eat a scone at teatime", "ben")
    assert "Approved" in chat.say(f"/approve {latest(chat).number}", "adm")
    assert "17:00" in chat.say("remind me to feed the ducks at teatime", "ben")


@pytest.mark.parametrize(
    "talk",
    [
        "that means 5 o'clock",
        "the delay means tomorrow at 9",
        "which means friday",
        "does after work mean 6 pm?",
        "my flight is at 7",
        "remind me at 5, i mean 6 pm",
        "no school means friday",
        "tea time is 17:00",
    ],
)
def test_talk_about_times_teaches_nothing(chat: Chat, talk: str) -> None:
    before = chat.engine.digest()
    chat.say(talk)
    assert chat.engine.digest() == before
    assert improvements.listing(chat.store) == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("when I say tomorrow I mean in three days", "a time already"),
        ("when I say 'my <b>walk</b>' I mean at 5 pm", "markup"),
    ],
)
def test_what_cannot_be_a_time_is_refused_with_a_reason(chat: Chat, said: str, why: str) -> None:
    before = chat.engine.digest()
    assert why in chat.say(said)
    assert chat.engine.digest() == before


def test_what_a_person_was_taught_is_listed_and_forgotten_by_a_press(chat: Chat) -> None:
    chat.say("after work means 6 pm")
    assert "“after work” means “6 pm” (only for you)" in chat.say("/aliases")
    assert "after work" not in chat.say("/aliases", "ben")
    chat.say("remind me to fetch the parcel after work")
    assert "I went by what I was taught: “after work” means “6 pm” (only for you) (#1)." in chat.say("/why")
    chat.say("forget after work")
    chat.press("Yes")
    assert "after work" not in chat.say("/aliases")


def test_a_suggested_priority_waits_and_then_marks_what_was_never_said_before(chat: Chat) -> None:
    assert "isn't in use yet" in chat.say('/suggest priority "dentist" = high -- it always slips')
    number = latest(chat).number
    chat.say("i need to book a dentist for the twins")
    chat.say(f"/approve {number}", "adm")
    chat.say("i need to call the dentist about the braces")
    chat.say("i need to pay the dentist, no rush")
    by_number = sorted(tasks.open_of(chat.store, "ana"), key=lambda task: task.id)
    assert [task.priority for task in by_number] == ["normal", "high", "low"]
    assert "rule for everybody" in chat.say("forget dentist")
    assert "what names “dentist” is of high priority" in chat.say("/history", "adm")


def test_a_suggested_question_is_asked(chat: Chat) -> None:
    chat.say('/suggest ask "sort out" = what')
    said = "i need to sort out the cellar"
    assert "What exactly" not in chat.say(said)
    chat.say(f"/approve {latest(chat).number}", "adm")
    assert "What exactly" in chat.say("i need to sort out the garage", "ben")


def test_a_threshold_of_one_sort_of_thought_can_be_suggested(chat: Chat) -> None:
    told = chat.say("/suggest threshold capture:with_deadline = 0.7")
    assert "less than 70% sure" in told
    assert "lies between" in chat.say("/suggest threshold capture:task = 0.01")


@pytest.mark.parametrize(
    ("suggested", "why"),
    [
        ("priority dentist = highest", "is no priority"),
        ("ask dentist = who", "nobody asks"),
        ("time dinner = whenever", "no time that I can read"),
        ("time monday = tuesday", "a time already"),
    ],
)
def test_a_suggestion_that_makes_no_sense_is_refused_and_shown_how(chat: Chat, suggested: str, why: str) -> None:
    told = chat.say(f"/suggest {suggested}")
    assert why in told
    assert f"/suggest {suggested.partition(' ')[0]}" in told


def test_a_threshold_of_one_intent_has_butler_ask_first_about_that_alone(chat: Chat) -> None:
    """A guess at another intent is acted on as ever; rolled back, so is the one."""
    before = chat.engine.digest()
    candle, fan = "candlelight for the floor lamp", "speed up the bedroom fan"
    assert "Shall I" not in chat.say(fan)
    chat.say("/suggest threshold intent:light_control = 0.95")
    number = latest(chat).number
    assert "Approved" in chat.say(f"/approve {number}", "adm")
    assert chat.engine.threshold("intent:light_control") == 0.95
    assert "Shall I" in chat.say(candle)
    assert "Shall I" not in chat.say(fan)
    chat.say(f"/rollback {number}", "adm")
    assert chat.engine.digest() == before
    assert "Shall I" not in chat.say(candle)
