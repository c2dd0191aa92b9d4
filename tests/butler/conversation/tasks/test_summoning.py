"""What was written down last is corrected in talk, by a reply or with /summon; the home has its own corrections."""

from __future__ import annotations

import pytest

from store import tasks, thoughts
from tests.butler.conversation.conftest import Chat

MILK = "task: buy milk this weekend"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("no, that's a note", "Kept as a note: buy milk this weekend."),
        ("no, that's an idea", "Kept as an idea: buy milk this weekend."),
        ("I meant friday", "Moved to Friday: buy milk. (task 1)"),
        ("no, friday", "Moved to Friday: buy milk. (task 1)"),
        ("no, that's urgent", "Now urgent: buy milk. (task 1)"),
        ("/summon note", "Kept as a note: buy milk this weekend."),
        ("/summon friday", "Moved to Friday: buy milk. (task 1)"),
        ("/summon urgent", "Now urgent: buy milk. (task 1)"),
        ("/summon buy oat milk tomorrow", "Moved to tomorrow, renamed: buy oat milk. (task 1)"),
    ],
)
def test_the_last_capture_is_corrected(chat: Chat, text: str, answer: str) -> None:
    chat.say(MILK)
    assert chat.say(text) == answer
    assert chat.labels == ["Undo"]


def test_a_note_becomes_a_task_with_its_time(chat: Chat) -> None:
    chat.say("note: call mum friday")
    assert chat.say("no, that's a task") == "Noted as a task for Friday: call mum. (task 1)"
    assert chat.say("undo") == "As before: call mum friday."
    assert tasks.open_of(chat.store, "ana") == []


def test_a_reminder_that_begins_with_its_time_keeps_it_as_a_note(chat: Chat) -> None:
    chat.say("remind me tomorrow at 9 to call mum")
    assert chat.say("no, that's a note") == "Kept as a note: tomorrow at 9 to call mum."


def test_who_corrected_it_how_is_kept(chat: Chat) -> None:
    chat.say(MILK)
    chat.say("/summon note")
    thought = thoughts.get(chat.store, 1)
    assert thought is not None
    assert (thought.kind, thought.amended_by, thought.first["kind"]) == ("note", "summon", "task")


def test_a_reply_corrects_an_older_one(chat: Chat) -> None:
    chat.say(MILK)
    replied = chat.last.messages[0].id
    chat.say("task: buy bread")
    chat.say("turn on the kitchen light")
    assert chat.say("no, that's a task for friday", reply_to=replied) == "Moved to Friday: buy milk. (task 1)"


def test_the_homes_correction_wins_after_a_command(chat: Chat) -> None:
    chat.say(MILK)
    chat.say("turn on the kitchen light")
    chat.say("no, I meant the bedroom light")
    assert (chat.state("light.kitchen"), chat.state("light.bedroom")) == ("off", "on")
    assert [task.title for task in tasks.open_of(chat.store, "ana")] == ["buy milk"]


def test_a_device_is_no_new_title(chat: Chat) -> None:
    """After a capture the home can still be corrected where the words name something in it."""
    chat.say("turn on the kitchen light")
    chat.say(MILK)
    chat.say("no, I meant the bedroom light")
    assert [task.title for task in tasks.open_of(chat.store, "ana")] == ["buy milk"]


def test_praise_after_a_capture_says_nothing_of_the_home(chat: Chat) -> None:
    chat.say("turn on the kitchen light")
    chat.say(MILK)
    chat.say("perfect")
    assert chat.last.outcome != "feedback_positive"


def test_ordinary_talk_after_a_capture_corrects_nothing(chat: Chat) -> None:
    chat.say(MILK)
    for text in (
        "well done",
        "perfect",
        "turn on the kitchen light",
        "what time is it",
        "thanks",
        "task: buy bread tomorrow",
    ):
        chat.say(text)
    task = tasks.get(chat.store, 1)
    assert task is not None
    assert (task.title, task.priority, task.status) == ("buy milk", "normal", "open")


def test_a_bare_time_much_later_moves_nothing(chat: Chat) -> None:
    chat.say(MILK)
    before = tasks.get(chat.store, 1)
    chat.wait(3600)
    chat.say("no, friday")
    assert tasks.get(chat.store, 1) == before


def test_summon_with_nothing_before_says_so(chat: Chat) -> None:
    assert chat.say("/summon note").startswith("There is nothing written down yet")
    assert chat.say("/summon").startswith("Write what the last one should be")


def test_summon_is_for_ones_own(chat: Chat) -> None:
    chat.say(MILK)
    assert chat.say("/summon note", "ben").startswith("There is nothing written down yet")


def test_what_was_not_understood_is_taken_up(chat: Chat) -> None:
    """The message before becomes what it is said to be."""
    chat.say("the blorp wibbles quite flurbly")
    assert chat.last.outcome == "not_understood"
    assert chat.say("that's a note") == "Note kept: the blorp wibbles quite flurbly."


def test_a_complaint_asks_what_it_should_be(chat: Chat) -> None:
    """Nothing is changed by it, neither in the home nor of what was written down."""
    chat.say("turn on the kitchen light")
    chat.say(MILK)
    assert chat.say("that's wrong").startswith("Sorry. What should “buy milk” be?")
    assert chat.state("light.kitchen") == "on"
    assert chat.say("for friday") == "Moved to Friday: buy milk. (task 1)"
