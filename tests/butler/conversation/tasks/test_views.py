"""Tasks and notes as they are shown: by page, by day, by words, each with its buttons."""

from __future__ import annotations

import pytest

from store import tasks
from tests.butler.conversation.conftest import Chat


def test_tasks_come_a_page_at_a_time(chat: Chat) -> None:
    for number in range(7):
        chat.say(f"task: chore {number}")
    said = chat.say("/tasks")
    assert said.startswith("You have 7 open tasks:\n1. chore 0\n")
    assert chat.labels[-1] == "2 more"
    assert "7. chore 6" in chat.press("2 more")


def test_the_earliest_come_first_with_when_they_are_due(chat: Chat) -> None:
    chat.say("task: paint the fence")
    chat.say("task: pay the rent on friday")
    chat.say("task: call mum tomorrow at 5, it's urgent")
    assert chat.say("/tasks").splitlines()[1:] == [
        "3. call mum · tomorrow at 17:00 · urgent",
        "2. pay the rent · Friday",
        "1. paint the fence",
    ]


def test_a_button_ticks_off_and_only_once(chat: Chat) -> None:
    chat.say("task: buy milk")
    chat.say("/tasks")
    assert chat.press("✓ 1") == "Done: buy milk. (task 1)"
    assert "already" in chat.press("✓ 1")


def test_another_day_is_two_presses_away(chat: Chat) -> None:
    chat.say("task: buy milk")
    chat.say("task: buy bread")
    chat.say("/tasks")
    assert chat.press("Another day") == "Which one is for another day?"
    assert chat.press("2.").startswith("When should it be: buy bread?")
    assert chat.press("Tomorrow") == "Moved to tomorrow: buy bread. (task 2)"


def test_another_day_may_be_typed(chat: Chat) -> None:
    chat.say("task: buy milk")
    chat.say("/tasks 1")
    assert chat.say("friday at 6") == "Moved to Friday at 18:00: buy milk. (task 1)"


@pytest.mark.parametrize(
    ("text", "shown", "hidden"),
    [
        ("/today", ["mow the lawn"], ["pay the rent", "paint"]),
        ("what do I have to do today", ["mow the lawn"], ["pay the rent", "paint"]),
        ("what do I have to do this weekend", ["mow the lawn"], ["pay the rent"]),
        ("/tasks rent", ["pay the rent"], ["mow the lawn"]),
        ("show my tasks", ["mow the lawn", "pay the rent", "paint the hall"], []),
    ],
)
def test_a_question_shows_what_it_asks_for(chat: Chat, text: str, shown: list[str], hidden: list[str]) -> None:
    chat.say("task: mow the lawn today")
    chat.say("task: pay the rent next friday")
    chat.say("task: paint the hall")
    said = chat.say(text)
    assert [words for words in shown if words not in said] == []
    assert [words for words in hidden if words in said] == []


def test_today_shows_what_is_overdue(chat: Chat) -> None:
    chat.say("task: mow the lawn today")
    chat.wait(24 * 3600)
    assert "1. mow the lawn · yesterday · overdue" in chat.say("/today")


def test_a_task_for_a_range_is_due_on_each_of_its_days(chat: Chat) -> None:
    chat.say("task: mow the lawn this weekend")
    assert "mow the lawn" in chat.say("/today")


def test_nothing_due_says_so(chat: Chat) -> None:
    assert chat.say("/today").startswith("There is nothing on your list.")
    chat.say("task: paint the hall")
    assert chat.say("/today") == "There is nothing to do today. One open task has no date: /tasks shows them."


def test_each_kind_is_listed_and_searched(chat: Chat) -> None:
    chat.say("note: the boiler was serviced in May")
    chat.say("idea: a boiler with solar")
    chat.say("task: clean the boiler")
    assert chat.say("what notes do I have") == "Your notes:\n· the boiler was serviced in May (note 1)"
    assert "a boiler with solar (idea)" in chat.say("/tasks boiler")
    assert "3" not in chat.say("/tasks zebra")
    assert "1. clean the boiler" in chat.say("/tasks boiler")


def test_what_was_done_is_found_too(chat: Chat) -> None:
    chat.say("task: buy milk")
    chat.say("/done 1")
    assert chat.say("/tasks milk") == "Done, with “milk”:\n1. buy milk"


def test_the_only_task_shown_is_it(chat: Chat) -> None:
    chat.say("task: buy milk")
    chat.say("task: pay the rent")
    chat.say("/tasks milk")
    assert chat.say("make it urgent") == "Now urgent: buy milk. (task 1)"


def test_a_page_that_is_gone_meanwhile_begins_anew(chat: Chat) -> None:
    for number in range(6):
        chat.say(f"task: chore {number}")
    chat.say("/tasks")
    more = chat.button("1 more")
    chat.say("/done 1 2 3")
    assert chat.press_id(more).startswith("You have 3 open tasks:")
    assert len(tasks.open_of(chat.store, "ana")) == 3


def test_what_was_written_down_when_is_told(chat: Chat) -> None:
    chat.say("idea: build a treehouse")
    chat.wait(24 * 3600)
    chat.say("task: buy milk")
    assert chat.say("what did I write down today") == "Written down today:\n· buy milk (task)"
    assert chat.say("what did I write down yesterday") == "Written down yesterday:\n· build a treehouse (idea)"


def test_a_question_about_one_task_shows_it(chat: Chat) -> None:
    chat.say("task: pay the rent next friday")
    chat.say("task: buy milk")
    said = chat.say("when is the rent due")
    assert "pay the rent · Friday" in said
    assert "milk" not in said


def test_ones_questions_are_listed(chat: Chat) -> None:
    assert chat.say("question: should we get a dog?") == "Question kept: should we get a dog?"
    assert chat.say("show my questions") == "Your questions:\n· should we get a dog? (question 1)"
