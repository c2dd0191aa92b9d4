"""What comes again goes by its next date; one of it is moved or done, and the others stay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import rings, tasks
from tests.butler.conversation.conftest import Chat

DAY = 86_400


def due(chat: Chat) -> dict[str, str]:
    return {
        task.title: f"{task.due_at:%a %d %H:%M}" for task in tasks.open_of(chat.store, "ana") if task.due_at is not None
    }


def ringing(chat: Chat) -> list[str]:
    return [f"{ring.due_at:%a %d %H:%M}" for ring in rings.of_user(chat.store, "ana")]


def test_lists_go_by_the_next_date(chat: Chat) -> None:
    chat.say("task: clean the filter every monday")
    chat.say("task: call the bank on friday")
    chat.wait(3 * DAY)
    said = chat.say("/tasks")
    assert said.index("call the bank · Friday") < said.index("clean the filter · every Monday, next Monday")
    assert "filter" not in chat.say("/today")
    assert "filter" not in chat.say("what is overdue")


def test_what_comes_every_day_is_due_today_each_day(chat: Chat) -> None:
    chat.say("task: water the plants every day")
    chat.wait(9 * DAY)
    assert "water the plants · every day, next today" in chat.say("what is due today")
    assert "It comes again on Tuesday, 1 December." in chat.say("done with the plants")
    assert "water the plants" not in chat.say("/today")
    chat.wait(DAY)
    assert "water the plants · every day, next today" in chat.say("/today")


def test_one_that_was_missed_and_is_done_late_comes_at_its_next(chat: Chat) -> None:
    chat.say("task: clean the filter every monday")
    chat.wait(4 * DAY)
    assert "It comes again on Monday, 30 November." in chat.say("done with the filter")
    chat.wait(timedelta(days=5).total_seconds())
    assert "It comes again on Monday, 7 December." in chat.say("done with the filter")


def test_moving_it_moves_one_of_it_and_says_so(chat: Chat) -> None:
    chat.say("task: clean the filter every monday")
    assert chat.say("move the filter to tuesday") == (
        "Moved to Tuesday, this time only: clean the filter. (task 1) It still comes every Monday."
    )
    assert due(chat) == {"clean the filter": "Tue 24 09:00"}
    assert "every Monday, next Tuesday" in chat.say("/tasks")
    assert "It comes again on Monday, 30 November." in chat.say("done with the filter")


def test_moving_it_ahead_does_not_make_it_come_twice(chat: Chat) -> None:
    chat.say("remind me to clean the filter every monday at 7")
    chat.say("move the filter to sunday")
    assert ringing(chat) == ["Sun 22 07:00"]
    assert "It comes again on Monday, 30 November." in chat.say("done with the filter")
    assert ringing(chat) == ["Mon 30 07:00"]


@pytest.mark.parametrize(
    ("said", "ring"),
    [("move the bins to wednesday", "Wed 25 07:00"), ("move the bins back 2 days", "Thu 26 07:00")],
)
def test_what_rings_is_moved_with_it_and_back(chat: Chat, said: str, ring: str) -> None:
    chat.say("remind me to take out the bins every tuesday at 7")
    assert "this time only: take out the bins." in chat.say(said)
    assert ringing(chat) == [ring]
    chat.say("undo")
    assert ringing(chat) == ["Tue 24 07:00"]
    assert due(chat) == {"take out the bins": "Tue 24 07:00"}


def test_another_hour_or_another_rhythm_is_of_all_of_it(chat: Chat) -> None:
    chat.say("remind me to take out the bins every tuesday at 7")
    chat.say("make it 8")
    assert ringing(chat) == ["Tue 24 08:00"]
    chat.say("move the bins to every friday at 7")
    assert "this time only" not in chat.say("/tasks")
    assert ringing(chat) == ["Fri 27 07:00"]


@pytest.mark.parametrize(
    "said",
    ["skip the bins this time", "skip the bins this tuesday", "cancel the bins next week", "skip the bins on tuesday"],
)
def test_one_of_it_is_left_out_and_undone(chat: Chat, said: str) -> None:
    chat.say("remind me to take out the bins every tuesday at 7")
    chat.say("what time is it")
    assert chat.say(said) == "Left out on Tuesday: take out the bins. (task 1) It comes again on Tuesday, 1 December."
    assert ringing(chat) == ["Tue 01 07:00"]
    chat.say("undo")
    assert ringing(chat) == ["Tue 24 07:00"]


def test_one_that_is_not_on_then_is_not_left_out(chat: Chat) -> None:
    chat.say("remind me to take out the bins every tuesday at 7")
    assert "it comes next on Tuesday" in chat.say("skip the bins tomorrow")
    assert ringing(chat) == ["Tue 24 07:00"]


def test_done_answers_whether_that_is_done_and_no_other_task(chat: Chat) -> None:
    chat.say("task: call the school")
    chat.say("task: pay the nanny")
    assert chat.say("i called the school").startswith("Is that done: call the school?")
    assert chat.say("done") == "Done: call the school. (task 1)"
    assert [task.title for task in tasks.open_of(chat.store, "ana")] == ["pay the nanny"]


def test_another_hour_for_a_morning_stays_in_that_morning(chat: Chat) -> None:
    chat.say("remind me tomorrow morning to sign the school form")
    chat.say("change that to 7:30")
    assert ringing(chat) == ["Sun 22 07:30"]
