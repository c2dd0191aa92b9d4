"""What somebody says who does not know how to speak to Butler: nothing is lost, no question is written down."""

from __future__ import annotations

import pytest

from store import lists, tasks, thoughts
from tests.butler.conversation.conftest import Chat


def titles(chat: Chat) -> list[str]:
    return sorted(task.title for task in tasks.open_of(chat.store, "ana"))


def test_of_two_requests_in_one_sentence_both_are_answered(chat: Chat) -> None:
    said = chat.say("put milk on the shopping list and remind me to call mum at 5")
    assert "Put milk on the shopping list." in said
    assert "I'll remind you at 17:00: call mum." in said
    assert [item.item for item in lists.items(chat.store, "shopping")] == ["milk"]
    assert chat.last.interpretation is not None
    assert [part.intent for part in chat.last.interpretation.clauses] == ["list_add", "reminder_set"]


def test_a_part_that_is_not_understood_is_said_so(chat: Chat) -> None:
    said = chat.say("turn off the kitchen light and order a pizza")
    assert "order a pizza" in said
    assert chat.state("light.kitchen") == "off"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("water the plants every tuesday", "water the plants"),
        ("call mum", "call mum"),
        ("call ana", "call ana"),
        ("fix the tap", "fix the tap"),
        ("take out the trash tonight", "take out the trash"),
        ("renew the parking permit", "renew the parking permit"),
        ("email the landlord", "email the landlord"),
        ("parents evening thursday 7pm", "parents evening"),
        ("dentist tuesday 3pm", "dentist"),
        ("school play friday 18:00", "school play"),
        ("add lunch with ben to my calendar on friday at noon", "lunch with ben"),
    ],
)
def test_a_chore_or_an_appointment_is_written_down(chat: Chat, said: str, title: str) -> None:
    assert chat.say(said).startswith("Noted")
    assert titles(chat) == [title]
    assert chat.last.calls == ()
    assert chat.last.interpretation is not None
    assert chat.last.interpretation.intent == "task_add"


def test_a_question_seeks_a_note_and_never_becomes_one(chat: Chat) -> None:
    assert chat.say("what was the boiler code").startswith("I have no note about “boiler code”")
    chat.say("note: boiler code is 4711")
    for question in ("what was the boiler code", "what's the boiler code?", "what did i note about the boiler"):
        assert "boiler code is 4711" in chat.say(question), question
    assert len(thoughts.of_user(chat.store, "ana")) == 1


def test_a_note_is_its_owners(chat: Chat) -> None:
    chat.say("note: boiler code is 4711")
    assert "4711" not in chat.say("what was the boiler code", who="ben")


def test_where_there_is_no_calendar_an_appointment_is_found_among_tasks(chat: Chat) -> None:
    chat.say("dentist tuesday 3pm")
    for question in ("what's on my calendar on tuesday", "when is the dentist", "when's my next appointment"):
        said = chat.say(question)
        assert "no calendar in this home" in said
        assert "dentist · Tuesday at 15:00" in said, question
    assert titles(chat) == ["dentist"]


def test_what_is_next_is_the_next_thing_due(chat: Chat) -> None:
    assert chat.say("what's next") == "Nothing is due."
    chat.say("buy paint")
    assert "1. buy paint" in chat.say("what now")
    chat.say("pay rent on friday")
    chat.say("remind me to call mum at 5")
    assert chat.say("what's next").startswith("Next:\n3. call mum")
    chat.say("set a timer for 5 minutes")
    assert chat.say("what's next for me").startswith("Next: the timer for 5 minutes")


def test_a_task_is_called_off_by_a_word_of_it(chat: Chat) -> None:
    chat.say("i need to call the plumber asap")
    assert chat.say("cancel the plumber") == "Taken off: call the plumber. (task 1)"
    chat.say("undo")
    chat.say("task: pay the plumber")
    assert chat.say("cancel the plumber") == "Which task do you mean?"
    chat.press("2.")
    assert titles(chat) == ["call the plumber"]


def test_what_is_planned_in_the_home_by_those_words_goes_before_a_task(chat: Chat) -> None:
    chat.say("remind me to take my pills at 8")
    assert chat.say("cancel the pills").startswith("Taken off: take my pills.")
    chat.say("turn on the kitchen light at 18:00")
    chat.say("task: buy a kitchen light")
    assert chat.say("cancel the kitchen light").startswith("Deleted: turn on the kitchen light")
    assert titles(chat) == ["buy a kitchen light"]


def test_what_is_asked_is_neither_written_down_nor_offered_to_be(chat: Chat) -> None:
    for question in ("do you know where the passports are", "who fixed the roof", "did the plumber call"):
        assert "write it down" not in chat.say(question), question
    assert thoughts.of_user(chat.store, "ana") == []


def test_a_title_is_not_taken_for_another_that_only_holds_it(chat: Chat) -> None:
    chat.say("task: turn off the kitchen light before bed and lock up")
    assert chat.say("delete turn off the kitchen light from my tasks") == "Do you mean this one?"
    assert len(titles(chat)) == 1
    chat.press("1.")
    assert titles(chat) == []
