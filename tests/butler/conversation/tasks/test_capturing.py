"""What is said to be remembered is written down, with an answer that says what was understood and a way back."""

from __future__ import annotations

import pytest

from butler.conversation.messages import Incoming
from store import dialogue, tasks, thoughts, traces
from tests.butler.conversation.conftest import PEOPLE, Chat
from tests.butler.conversation.crashing import killed_at, received, restarted


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("task: buy milk this weekend", "Noted for this weekend: buy milk. (task 1)"),
        ("task: pay the rent by friday", "Noted, by Friday: pay the rent. (task 1)"),
        ("task: water the plants every monday", "Noted, every Monday: water the plants. (task 1)"),
        ("task: call the bank, it's urgent", "Noted as urgent: call the bank. (task 1)"),
        ("task: buy paint #hall", "Noted in the new project hall: buy paint. (task 1)"),
        ("note: the boiler was serviced in May", "Note kept: the boiler was serviced in May."),
        ("idea: paint the hall", "Idea kept: paint the hall."),
    ],
)
def test_the_answer_says_what_was_understood(chat: Chat, text: str, answer: str) -> None:
    assert chat.say(text) == answer
    assert chat.labels == ["Undo"]


def test_a_question_is_kept_as_one(chat: Chat) -> None:
    assert chat.say("note: who has the spare key?").startswith("Question kept: who has the spare key")


def test_a_task_is_stored_with_its_words_and_its_turn(chat: Chat) -> None:
    """What was first understood stays beside what it becomes later."""
    chat.say("task: buy milk tomorrow at 5")
    [task] = tasks.open_of(chat.store, "ana")
    thought = thoughts.get(chat.store, task.thought or 0)
    assert thought is not None
    assert (task.title, task.due_at and task.due_at.isoformat()) == ("buy milk", "2026-11-22T17:00:00+00:00")
    assert (thought.text, thought.turn, thought.status) == ("task: buy milk tomorrow at 5", chat.last.turn, "task")
    assert thought.first["title"] == "buy milk"


def test_the_interpretation_carries_what_was_read(chat: Chat) -> None:
    chat.say("task: buy milk this weekend, it's urgent")
    found = chat.last.interpretation
    assert found is not None
    expected = {"title": "buy milk", "kind": "task", "time": "this weekend", "priority": "urgent"}
    assert {name: found.slots.get(name) for name in expected} == expected


def test_a_capture_leaves_a_trace(chat: Chat) -> None:
    chat.say("task: buy milk this weekend")
    [trace] = [entry for entry in traces.by_turn(chat.store, chat.last.turn or 0) if entry.stage == "capture"]
    assert (trace.component, trace.decision, trace.outcome) == ("tasks", "task", "understood")
    assert trace.confidence is not None
    assert trace.duration_ms is not None
    assert trace.metadata["title"] == "buy milk"


def test_undo_takes_a_capture_back(chat: Chat) -> None:
    chat.say("task: buy milk")
    assert chat.say("undo") == "Taken back: buy milk."
    assert tasks.open_of(chat.store, "ana") == []
    assert chat.say("/tasks").startswith("There is nothing on your list.")


def test_the_button_under_an_older_capture_takes_that_one_back(chat: Chat) -> None:
    """It is answered once; the same press again does nothing more."""
    chat.say("task: buy milk")
    button = chat.button("Undo")
    chat.say("task: buy bread")
    assert chat.press_id(button) == "Taken back: buy milk."
    assert "already" in chat.press_id(button)
    assert [task.title for task in tasks.open_of(chat.store, "ana")] == ["buy bread"]


def test_undo_does_not_reach_behind_a_command_that_changed_nothing(chat: Chat) -> None:
    chat.say("task: buy milk")
    chat.say("turn off the kitchen light")
    assert "nothing of it to undo" in chat.say("undo")
    assert len(tasks.open_of(chat.store, "ana")) == 1


def test_undo_takes_back_the_home_before_what_was_written_down_earlier(chat: Chat) -> None:
    chat.say("task: buy milk")
    chat.say("turn on the kitchen light")
    chat.say("undo")
    assert chat.state("light.kitchen") == "off"
    assert len(tasks.open_of(chat.store, "ana")) == 1
    assert chat.say("undo") == "Taken back: buy milk."


def test_what_is_labelled_a_note_teaches_nothing(chat: Chat) -> None:
    assert chat.say("note: the wifi password is 1234") == "Note kept: the wifi password is 1234."
    assert chat.engine.history() == []


def test_a_capture_never_touches_the_home(chat: Chat) -> None:
    chat.say("task: turn on the kitchen light")
    assert chat.last.calls == ()
    assert chat.state("light.kitchen") == "off"


@pytest.mark.parametrize(
    "text",
    [
        "task: " + "x" * 900,
        "task: '; DROP TABLE tasks; --",
        "note: {title} {0} %s <b>bold</b> &amp;",
        "task: \u202eevil\u202c 買い物 🛒",
        "idea: ...!?",
    ],
)
def test_hostile_titles_are_only_titles(chat: Chat, text: str) -> None:
    """Nothing breaks, what is said stays short, and the lists can still be read."""
    assert len(chat.say(text)) < 400
    assert "went wrong" not in chat.say("/tasks")
    assert "went wrong" not in chat.say("what notes do I have")


def test_a_message_that_is_too_long_is_not_written_down(chat: Chat) -> None:
    chat.say("task: " + "word " * 300)
    assert tasks.open_of(chat.store, "ana") == []


def test_an_interrupted_capture_is_told_and_not_made_twice(chat: Chat) -> None:
    """The process ends after the task was stored and before the answer was kept."""
    with killed_at(dialogue, "save"):
        received(chat, 7, "task: buy milk")
    again = restarted(chat)
    received(again, 7, "task: buy milk")
    assert [task.title for task in tasks.open_of(again.store, "ana")] == ["buy milk"]
    assert again.say("undo") == "Taken back: buy milk."


def test_a_capture_that_was_not_stored_yet_is_made_once(chat: Chat) -> None:
    with killed_at(thoughts, "add"):
        received(chat, 7, "task: buy milk")
    again = restarted(chat)
    received(again, 7, "task: buy milk")
    assert [task.title for task in tasks.open_of(again.store, "ana")] == ["buy milk"]


def test_other_peoples_tasks_are_invisible(chat: Chat) -> None:
    chat.say("task: buy a present for ben")
    assert chat.say("/tasks", "ben").startswith("There is nothing on your list.")
    assert chat.say("/done 1", "ben") == "You have no task 1."
    assert "present" not in chat.say("/tasks present", "ben").replace("“present”", "")
    assert chat.say("done with the present", "ben").startswith("You have no open task like “present”.")
    assert len(tasks.open_of(chat.store, "ana")) == 1


def test_guests_keep_tasks_of_their_own(chat: Chat) -> None:
    assert chat.say("task: buy flowers", "gus") == "Noted: buy flowers. (task 1)"
    assert "buy flowers" in chat.say("/tasks", "gus")


def test_in_a_group_only_what_was_written_down_there_is_shown(chat: Chat) -> None:
    def say(text: str, place: str, *, private: bool) -> str:
        reply = chat.conversation.handle(Incoming(PEOPLE["ana"], place, chat.clock["now"], text=text, private=private))
        return "\n".join(message.text for message in reply.messages)

    say("task: see the doctor", "ana", private=True)
    say("task: mow the lawn", "family", private=False)
    assert "doctor" not in say("/tasks", "family", private=False)
    assert "mow the lawn" in say("/tasks", "family", private=False)
    assert "doctor" in say("/tasks", "ana", private=True)
