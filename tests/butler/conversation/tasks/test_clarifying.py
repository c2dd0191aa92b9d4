"""What is unclear is written down as understood and asked about once: answered by a press, in words, or filed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from butler.conversation.tasks.clarified import expire_clarifications
from store import clarifications, tasks, thoughts, traces
from tests.acceptance.family import RIA, Family
from tests.butler.conversation.conftest import Chat

SOON = "task: call mum soon"
DAY = 24 * 3600


def test_the_draft_is_stored_at_once_and_asked_about(chat: Chat) -> None:
    said = chat.say(SOON)
    assert "call mum" in said
    assert said.endswith("When should that be?")
    assert chat.labels == ["Today", "Tomorrow", "This weekend", "Next week", "No date", "Undo"]
    assert [task.title for task in tasks.open_of(chat.store, "ana")] == ["call mum"]


def test_a_press_answers(chat: Chat) -> None:
    chat.say(SOON)
    assert chat.press("Tomorrow") == "Moved to tomorrow: call mum. (task 1)"
    assert clarifications.open_of(chat.store, "ana") is None


@pytest.mark.parametrize(("text", "title"), [("milk soon", "milk"), ("gym after work", "gym")])
def test_a_bare_thing_with_a_time_that_asks_is_written_down_and_asked_about(chat: Chat, text: str, title: str) -> None:
    assert chat.say(text) == f"Noted: {title}. (task 1) When should that be?"
    assert chat.say("tomorrow") == f"Moved to tomorrow: {title}. (task 1)"


@pytest.mark.parametrize("text", ["see you soon", "get well soon", "home soon", "talk later", "goodnight, later"])
def test_small_talk_with_such_a_time_is_written_down_nowhere(chat: Chat, text: str) -> None:
    chat.say(text)
    assert tasks.open_of(chat.store, "ana") == []


@pytest.mark.parametrize("draft", [SOON, "remind me to call mum"])
def test_an_answer_no_clock_knows_keeps_the_draft_and_asks_for_another(chat: Chat, draft: str) -> None:
    chat.say(draft)
    assert chat.say("soon").startswith("“soon” is no time I can go by. When sh")
    assert [task.title for task in tasks.open_of(chat.store, "ana")] == ["call mum"]
    assert "17:00" in chat.say("tomorrow at 5pm")
    assert clarifications.open_of(chat.store, "ana") is None


@pytest.mark.parametrize("end", [lambda chat: chat.press("Undo"), lambda chat: chat.say("done with 1")])
def test_a_question_that_ends_without_an_answer_is_traced_to_its_end(chat: Chat, end: Callable[[Chat], str]) -> None:
    chat.say(SOON)
    asked = chat.last.turn
    chat.wait(30)
    end(chat)
    [trace] = [entry for entry in traces.by_turn(chat.store, chat.last.turn or 0) if entry.stage == "clarify"]
    assert (trace.decision, trace.outcome) == ("given_up", "superseded")
    assert trace.metadata["of_turn"] == asked
    assert trace.metadata["after_s"] == 30


@pytest.mark.parametrize("text", ["tomorrow at 5", "on monday", "this weekend please"])
def test_a_few_words_answer(chat: Chat, text: str) -> None:
    chat.say(SOON)
    assert chat.say(text).startswith("Moved to ")


@pytest.mark.parametrize("text", ["no date", "never mind", "No date"])
def test_it_may_stay_as_it_is(chat: Chat, text: str) -> None:
    chat.say(SOON)
    assert chat.say(text).startswith("All right, it stays as it is: call mum.")
    assert clarifications.open_of(chat.store, "ana") is None


def test_a_new_command_leaves_the_question_open(chat: Chat) -> None:
    """Neither a command nor a question of the home in between closes it."""
    chat.say(SOON)
    assert "dropped" not in chat.say("turn on the kitchen light")
    chat.say("unlock the front door")
    chat.press("No")
    assert chat.say("tomorrow") == "Moved to tomorrow: call mum. (task 1)"


def test_undo_takes_back_what_was_done_last_and_not_what_was_asked_about_before(chat: Chat) -> None:
    chat.say(SOON)
    chat.say("task: buy milk")
    chat.say("done with the milk")
    assert chat.say("undo") == "Open again: buy milk. (task 2)"
    assert chat.say("undo") == "Taken back: buy milk."
    assert chat.say("undo") == "Taken back: call mum."


def test_a_number_answers_only_while_the_question_is_the_last_thing_said(chat: Chat) -> None:
    chat.say(SOON)
    chat.say("/tasks")
    chat.say("2")
    assert tasks.open_of(chat.store, "ana")[0].due_at is None
    chat.say("task: pay the rent soon")
    assert clarifications.open_of(chat.store, "ana") is not None


def test_a_number_answers_right_away(chat: Chat) -> None:
    chat.say(SOON)
    assert chat.say("2") == "Moved to tomorrow: call mum. (task 1)"


def test_a_press_after_another_question_still_answers(chat: Chat) -> None:
    chat.say(SOON)
    button = chat.button("Tomorrow")
    chat.say("unlock the front door")
    assert chat.press_id(button) == "Moved to tomorrow: call mum. (task 1)"


def test_there_is_never_a_second_question(chat: Chat) -> None:
    """What is unclear meanwhile is kept as understood; that it was not asked about is traced with its reason."""
    chat.say(SOON)
    assert "?" not in chat.say("task: paint the fence soon")
    [trace] = [entry for entry in traces.by_turn(chat.store, chat.last.turn or 0) if entry.stage == "clarify"]
    assert (trace.decision, trace.outcome) == ("held_back", "question_open")
    assert len(tasks.open_of(chat.store, "ana")) == 2


def test_everybody_has_a_question_of_their_own(chat: Chat) -> None:
    chat.say(SOON)
    assert "?" in chat.say(SOON, "ben")
    chat.say("tomorrow", "ben")
    assert clarifications.open_of(chat.store, "ana") is not None


def test_the_outcome_is_traced(chat: Chat) -> None:
    """Asked, answered, after how long, and whether it helped."""
    chat.say(SOON)
    chat.wait(90)
    chat.press("Tomorrow")
    [trace] = [entry for entry in traces.by_turn(chat.store, chat.last.turn or 0) if entry.stage == "clarify"]
    assert (trace.decision, trace.outcome, trace.metadata["after_s"]) == ("answered", "helped", 90.0)
    [row] = clarifications.of_thought(chat.store, 1)
    assert (row.outcome, row.answer, row.helped) == ("answered", "tomorrow", True)


def test_an_answer_that_changes_nothing_did_not_help(chat: Chat) -> None:
    chat.say(SOON)
    chat.press("No date")
    [row] = clarifications.of_thought(chat.store, 1)
    assert (row.outcome, row.helped) == ("answered", False)


def test_what_nobody_answers_is_filed_and_not_asked_again(chat: Chat) -> None:
    chat.say(SOON)
    chat.wait(DAY)
    assert expire_clarifications(chat.store, chat.clock["now"]) == 1
    assert expire_clarifications(chat.store, chat.clock["now"]) == 0
    [row] = clarifications.of_thought(chat.store, 1)
    assert row.outcome == "filed"
    [trace] = traces.by_trace(chat.store, f"clarification-{row.id}")
    assert (trace.decision, trace.outcome, trace.metadata["after_s"]) == ("filed", "unanswered", float(DAY))
    assert [task.title for task in tasks.open_of(chat.store, "ana")] == ["call mum"]


@pytest.mark.parametrize("filed", [False, True])
def test_a_press_that_comes_a_day_later_changes_nothing_and_says_so(chat: Chat, *, filed: bool) -> None:
    chat.say(SOON)
    chat.wait(DAY)
    if filed:
        expire_clarifications(chat.store, chat.clock["now"])
    said = chat.press("Tomorrow")
    assert "That question is over" in said
    assert "call mum" in said
    [task] = tasks.open_of(chat.store, "ana")
    assert task.due_at is None


def test_who_never_answers_is_not_asked_for_a_while(chat: Chat) -> None:
    for title in ("call mum", "paint the fence", "mend the gate"):
        assert "?" in chat.say(f"task: {title} soon")
        chat.wait(DAY)
        expire_clarifications(chat.store, chat.clock["now"])
    assert "?" not in chat.say("task: wash the car soon")
    [trace] = [entry for entry in traces.by_turn(chat.store, chat.last.turn or 0) if entry.stage == "clarify"]
    assert trace.outcome == "nobody_answers"
    chat.wait(7 * DAY)
    assert "?" in chat.say("task: sweep the yard soon")


def test_what_is_changed_otherwise_is_not_asked_about_any_more(chat: Chat) -> None:
    chat.say(SOON)
    chat.say("/done 1")
    [row] = clarifications.of_thought(chat.store, 1)
    assert row.outcome == "superseded"


def test_undo_takes_the_question_back_too(chat: Chat) -> None:
    chat.say(SOON)
    assert chat.press("Undo") == "Taken back: call mum."
    assert clarifications.open_of(chat.store, "ana") is None
    assert thoughts.of_user(chat.store, "ana") == []


def test_what_to_write_down_is_asked_where_it_is_missing(chat: Chat) -> None:
    assert chat.say("note:").endswith("What exactly should I write down?")
    assert chat.say("buy candles tomorrow") == "Note kept: buy candles tomorrow."


def test_another_labelled_thought_is_no_answer_to_that(chat: Chat) -> None:
    chat.say("idea:")
    assert chat.say("task: buy milk") == "Noted: buy milk. (task 1)"


def test_never_mind_writes_nothing_down(chat: Chat) -> None:
    chat.say("note:")
    assert chat.say("never mind") == "All right, I've written nothing down."
    assert chat.say("what notes do I have") == "You have no notes yet."


def test_a_draft_and_its_buttons_outlive_a_restart(family: Family) -> None:
    family.say(SOON)
    family.restart()
    assert family.press("Tomorrow").startswith("Moved to tomorrow: call mum.")


def test_the_job_files_what_nobody_answered(family: Family) -> None:
    family.say(SOON)
    family.app.advance(DAY + 60)
    assert clarifications.open_of(family.app.store, RIA) is None
    [row] = clarifications.since(family.app.store, family.at - timedelta(days=1))
    assert row.outcome == "filed"
