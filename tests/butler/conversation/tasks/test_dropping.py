"""Dropping a task by its name takes it off; where there is none, and where it may be something to do, it is asked."""

from __future__ import annotations

import pytest

from store import tasks
from tests.butler.conversation.conftest import Chat


def titles(chat: Chat) -> list[str]:
    return [task.title for task in tasks.open_of(chat.store, "ana")]


@pytest.mark.parametrize("said", ["drop the car wash", "scrap the car wash", "ditch the car wash please"])
def test_a_task_of_that_name_is_taken_off(chat: Chat, said: str) -> None:
    chat.say("task: car wash")
    chat.say("what time is it")
    assert chat.say(said) == "Taken off: car wash. (task 1)"
    assert titles(chat) == []
    chat.say("undo")
    assert titles(chat) == ["car wash"]


def test_without_such_a_task_it_is_asked_and_nothing_is_written(chat: Chat) -> None:
    said = chat.say("drop the car wash")
    assert said.startswith("You have no open task like “car wash”. Shall I write it down as something to do:")
    assert titles(chat) == []
    chat.press("Write it down")
    assert titles(chat) == ["drop the car wash"]


def test_what_is_to_be_cancelled_is_not_dropped_by_being_said_again(chat: Chat) -> None:
    chat.say("task: cancel the gym membership")
    said = chat.say("cancel the gym membership")
    assert said.startswith("That is on your list: cancel the gym membership. (task 1) Is it done,")
    assert titles(chat) == ["cancel the gym membership"]
    assert chat.press("It's done") == "Done: cancel the gym membership. (task 1)"


def test_something_to_drop_somewhere_is_something_to_do(chat: Chat) -> None:
    chat.say("drop the parcel at the post office")
    assert titles(chat) == ["drop the parcel at the post office"]
