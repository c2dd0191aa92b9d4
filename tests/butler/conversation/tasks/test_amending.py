"""Tasks are found by number, by words or as "it", and are moved, renamed, made urgent, done and taken off."""

from __future__ import annotations

import pytest

from butler.conversation.messages import Incoming
from store import tasks, thoughts, traces
from tests.butler.conversation.conftest import PEOPLE, Chat


def only(chat: Chat, who: str = "ana") -> tasks.Task:
    """Return the one open task of somebody."""
    [task] = tasks.open_of(chat.store, who)
    return task


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("move the dentist to monday", "Moved to Monday at 17:00: call the dentist. (task 1)"),
        ("move task 1 to tomorrow at 9", "Moved to tomorrow at 09:00: call the dentist. (task 1)"),
        ("make it urgent", "Now urgent: call the dentist. (task 1)"),
        ("put it off until friday", "Moved to Friday at 17:00: call the dentist. (task 1)"),
        ("put the dentist off until friday", "Moved to Friday at 17:00: call the dentist. (task 1)"),
        ("move the dentist back a week", "Moved to Sunday 29 November at 17:00: call the dentist. (task 1)"),
        ("rename it to call the vet", "Renamed: call the vet. (task 1)"),
        ("mark task 1 as done", "Done: call the dentist. (task 1)"),
        ("done with the dentist", "Done: call the dentist. (task 1)"),
        ("remove task 1", "Taken off: call the dentist. (task 1)"),
        ("delete the dentist task", "Taken off: call the dentist. (task 1)"),
    ],
)
def test_a_sentence_changes_a_task(chat: Chat, text: str, answer: str) -> None:
    chat.say("task: call the dentist tomorrow at 5")
    assert chat.say(text) == answer
    assert chat.labels == ["Undo"]


def test_a_number_that_is_said_to_be_done_is_a_task_of_that_number(chat: Chat) -> None:
    chat.say("task: call the dentist tomorrow at 5")
    assert chat.say("done with 99") == "You have no task 99."
    assert chat.say("done with 1").startswith("Done: call the dentist.")


def test_another_day_keeps_the_hour(chat: Chat) -> None:
    chat.say("task: call the dentist tomorrow at 5")
    chat.say("move the dentist to monday")
    due = only(chat).due_at
    assert due is not None
    assert due.isoformat() == "2026-11-23T17:00:00+00:00"


def test_what_comes_again_and_again_and_is_moved_to_a_day_says_that_it_still_comes(chat: Chat) -> None:
    """And comes again once that is undone."""
    chat.say("task: water the plants every tuesday")
    before = only(chat).due
    assert chat.say("move the plants to friday").endswith("It still comes every Tuesday.")
    chat.say("undo")
    assert only(chat).due == before
    assert "again after that" not in chat.say("make the plants urgent")


def test_a_change_can_be_undone(chat: Chat) -> None:
    chat.say("task: call the dentist tomorrow at 5")
    before = only(chat)
    chat.say("move the dentist to monday")
    assert chat.say("undo") == "As before: call the dentist, for tomorrow at 17:00. (task 1)"
    assert (only(chat).due, only(chat).due_at) == (before.due, before.due_at)


def test_the_number_of_a_task_that_is_gone_means_no_note(chat: Chat) -> None:
    chat.say("task: call the dentist")
    chat.say("note: task 1 was about the dentist")
    chat.say("delete task 1")
    assert chat.say("delete task 1").startswith("That was taken off your list: call the dentist. (task 1)")
    assert [thought.title for thought in thoughts.of_user(chat.store, "ana", kinds=("note",))] == [
        "task 1 was about the dentist"
    ]


def test_a_number_alone_shows_the_task(chat: Chat) -> None:
    chat.say("task: call the dentist")
    assert "1. call the dentist" in chat.say("task 1")
    assert chat.say("task 9") == "You have no task 9."
    assert only(chat).id == 1


def test_among_others_a_number_means_only_what_was_written_down_there(chat: Chat) -> None:
    chat.say("task: plan a surprise for ben")
    for text in ("/tasks 1", "show task 1", "/done 1", "make task 1 urgent"):
        among = Incoming(PEOPLE["ana"], "family", chat.clock["now"], text=text, private=False)
        said = " ".join(message.text for message in chat.conversation.handle(among).messages)
        assert "surprise" not in said, text
    assert only(chat).priority == "normal"


def test_done_is_undone(chat: Chat) -> None:
    chat.say("task: buy milk")
    chat.say("/done 1")
    assert chat.say("undo") == "Open again: buy milk. (task 1)"
    assert only(chat).status == "open"


def test_several_that_may_be_meant_are_offered(chat: Chat) -> None:
    chat.say("task: buy milk")
    chat.say("task: buy milk")
    assert chat.say("done with the milk") == "Which task do you mean?"
    assert chat.press("1.") == "Done: buy milk. (task 1)"
    assert only(chat).id == 2


def test_a_change_that_came_too_late_is_told(chat: Chat) -> None:
    """The task of the button is done meanwhile."""
    chat.say("task: buy milk")
    chat.say("/tasks")
    button = chat.button("✓ 1")
    chat.say("/done 1")
    assert chat.press_id(button) == "That is done already: buy milk. (task 1)"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/done 2", "That is done already: buy bread. (task 2)"),
        ("/done 7", "You have no task 7."),
        ("/done 0", "You have no task 0."),
        ("/done cake", "You have no open task like “cake”."),
        ("/done", "Which one is done? Write its number: /done 12. /tasks shows them all."),
        ("move task 7 to monday", "You have no task 7."),
    ],
)
def test_what_is_not_there_is_said(chat: Chat, text: str, answer: str) -> None:
    chat.say("task: buy milk")
    chat.say("task: buy bread")
    chat.say("/done 2")
    assert chat.say(text) == answer
    assert only(chat).title == "buy milk"


def test_several_numbers_are_done_at_once(chat: Chat) -> None:
    for title in ("one", "two", "three"):
        chat.say(f"task: {title}")
    said = chat.say("/done 1, 3 and 9")
    assert "Done: one. (task 1)" in said
    assert "Done: three. (task 3)" in said
    assert "You have no task 9." in said
    assert only(chat).title == "two"


def test_what_comes_again_is_put_down_for_its_next_time(chat: Chat) -> None:
    chat.say("task: water the plants every monday")
    said = chat.say("/done 1")
    assert said.startswith("Done: water the plants. (task 1) It comes again on Monday, 30 November. (task 2)")
    assert only(chat).id == 2
    chat.say("undo")
    assert only(chat).id == 1


def test_a_change_soon_after_is_a_correction(chat: Chat) -> None:
    """It is traced with what was before and after, and the thought knows how it was amended."""
    chat.say("task: call the dentist tomorrow")
    chat.wait(60)
    chat.say("move the dentist to monday")
    [trace] = [entry for entry in traces.by_turn(chat.store, chat.last.turn or 0) if entry.stage == "amend"]
    assert (trace.decision, trace.outcome, trace.metadata["after_s"]) == ("due", "correction", 60.0)
    thought = thoughts.get(chat.store, 1)
    assert thought is not None
    assert thought.due is not None
    assert (thought.amended_by, thought.first["due"]["wording"]) == ("talk", "tomorrow")
    assert thought.due["wording"] == "monday"


def test_a_change_much_later_is_a_change(chat: Chat) -> None:
    chat.say("task: call the dentist tomorrow")
    chat.wait(3600)
    chat.say("move the dentist to monday")
    [trace] = [entry for entry in traces.by_turn(chat.store, chat.last.turn or 0) if entry.stage == "amend"]
    assert trace.outcome == "change"


def test_nothing_is_said_to_change_that_does_not(chat: Chat) -> None:
    chat.say("task: call the dentist tomorrow")
    assert chat.say("move the dentist to tomorrow") == "That is how it is already."


def test_a_task_is_moved_into_a_project(chat: Chat) -> None:
    chat.say("task: buy paint")
    assert "project hall" in chat.say("put paint in the hall project")
    assert "hall" in chat.say("/projects")


def test_a_note_is_deleted_and_put_back(chat: Chat) -> None:
    chat.say("idea: build a treehouse")
    assert chat.say("delete the treehouse idea") == "Deleted: build a treehouse."
    assert chat.say("show my ideas") == "You have no ideas yet."
    assert chat.say("undo") == "As before: build a treehouse."
    assert "treehouse" in chat.say("show my ideas")


def test_a_note_that_is_moved_to_a_day_becomes_a_task(chat: Chat) -> None:
    chat.say("idea: solar panels")
    assert chat.say("move the solar panels to monday") == "Noted as a task for Monday: solar panels. (task 1)"


def test_nothing_is_done_to_all_tasks_at_once(chat: Chat) -> None:
    chat.say("task: buy milk")
    chat.say("task: buy bread")
    chat.say("mark all tasks as done")
    assert len(tasks.open_of(chat.store, "ana")) == 2


def test_it_without_anything_before_is_asked_about(chat: Chat) -> None:
    assert "?" in chat.say("make it urgent")
    assert tasks.open_of(chat.store, "ana") == []
