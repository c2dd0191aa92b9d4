"""Notes, lists and projects as a whole: deleted, renamed, finished in talk, and taken back."""

from __future__ import annotations

import pytest

from store import lists, projects, tasks, thoughts
from tests.butler.conversation.conftest import Chat


def notes(chat: Chat) -> list[str]:
    return [thought.title for thought in thoughts.of_user(chat.store, "ana", kinds=("note",))][::-1]


@pytest.fixture
def noted(chat: Chat) -> Chat:
    """Two notes were written down, and something else was spoken of since."""
    chat.say("note: the boiler was serviced in May")
    chat.say("note: the wifi password is on the fridge")
    chat.say("what time is it")
    return chat


@pytest.mark.parametrize(
    "said",
    [
        "forget the note about the boiler",
        "delete the boiler note",
        "please delete note 1",
        "delete note one",
        "get rid of my note about the boiler",
        "drop the note about the boiler",
    ],
)
def test_a_note_is_found_deleted_and_brought_back(noted: Chat, said: str) -> None:
    assert noted.say(said) == "Deleted: the boiler was serviced in May."
    assert notes(noted) == ["the wifi password is on the fridge"]
    assert noted.say("undo") == "As before: the boiler was serviced in May."
    assert len(notes(noted)) == 2


def test_the_note_is_the_one_just_written(noted: Chat) -> None:
    noted.say("note: the spare key is at grandma's")
    assert noted.say("delete the note") == "Deleted: the spare key is at grandma's."
    assert noted.say("delete the last note") == "Deleted: the wifi password is on the fridge."


def test_several_notes_are_asked_about_and_none_is_written(chat: Chat) -> None:
    chat.say("note: the boiler was serviced in May")
    chat.say("note: the boiler pressure is 1.5")
    assert chat.say("delete the note about the boiler") == "Which one shall I delete?"
    assert chat.press("1. the boiler was") == "Deleted: the boiler was serviced in May."
    assert notes(chat) == ["the boiler pressure is 1.5"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("delete note 9", "You have no note 9. “Show my notes” tells their numbers."),
        ("forget the note about the car", "I find no note about “the car”, so I deleted nothing."),
        ("delete the last idea", "You have no ideas."),
        ("delete idea 1", "You have no idea 1. “Show my ideas” tells their numbers."),
    ],
)
def test_no_such_note_is_said_so(noted: Chat, said: str, answer: str) -> None:
    assert noted.say(said) == answer
    assert len(notes(noted)) == 2


def test_anothers_note_is_not_found(noted: Chat) -> None:
    assert noted.say("delete note 1", "ben") == "You have no note 1. “Show my notes” tells their numbers."
    assert len(notes(noted)) == 2


def test_the_numbers_of_notes_are_shown(noted: Chat) -> None:
    assert "\n· the boiler was serviced in May (note 1)" in noted.say("show my notes")


def test_a_list_is_renamed_and_named_again(chat: Chat) -> None:
    chat.say("add tent and stove to the camping list")
    assert (
        chat.say("rename the camping list to holiday")
        == "The camping list is the holiday list now, with tent and stove."
    )
    assert [item.item for item in lists.items(chat.store, "holiday")] == ["tent", "stove"]
    assert lists.count(chat.store, "camping") == 0
    assert chat.say("undo") == "It is the camping list again."
    assert lists.count(chat.store, "holiday") == 0
    assert lists.count(chat.store, "camping") == 2


def test_a_list_renamed_to_another_holds_what_is_on_both_once(chat: Chat) -> None:
    chat.say("add tent and stove to the camping list")
    chat.say("add tent to the holiday list")
    chat.say("rename the camping list to holiday")
    assert sorted(item.item for item in lists.items(chat.store, "holiday")) == ["stove", "tent"]
    chat.say("undo")
    assert sorted(item.item for item in lists.items(chat.store, "camping")) == ["stove", "tent"]
    assert [item.item for item in lists.items(chat.store, "holiday")] == ["tent"]


def test_groceries_are_the_shopping_list_already(chat: Chat) -> None:
    chat.say("add milk to the groceries list")
    said = chat.say("rename the groceries list to shopping")
    assert said == "“groceries” and “shopping” are the same list here: the shopping list."
    assert [item.item for item in lists.items(chat.store, "shopping")] == ["milk"]


def test_a_list_is_deleted_after_a_yes_and_brought_back(chat: Chat) -> None:
    chat.say("add socks to the packing list")
    assert chat.say("delete the packing list") == "Shall I delete the packing list, with 1 thing on it: socks?"
    assert lists.count(chat.store, "packing") == 1
    assert chat.press("Yes, delete") == "Deleted the packing list, with socks. It is no list any more."
    assert "packing" not in chat.say("/lists")
    chat.say("undo")
    assert lists.count(chat.store, "packing") == 1


def test_a_project_is_finished_with_its_tasks_left_and_opened_again(chat: Chat) -> None:
    chat.say("add 'buy paint' to the bathroom project")
    assert chat.say("project bathroom is finished") == (
        "The project bathroom is finished. Still on your list: buy paint (1)."
    )
    assert projects.names(chat.store) == []
    assert [task.title for task in tasks.open_of(chat.store, "ana")] == ["buy paint"]
    assert chat.say("close the bathroom project") == "The project bathroom is over already."
    assert chat.say("reopen the bathroom project") == "The project bathroom is open again."
    assert projects.names(chat.store) == ["bathroom"]


def test_a_project_is_renamed_deleted_and_both_are_undone(chat: Chat) -> None:
    chat.say("add 'buy paint' to the bathroom project")
    assert chat.say("rename the bathroom project to upstairs bath") == (
        "The project bathroom is called upstairs bath now."
    )
    assert chat.say("delete the upstairs bath project").startswith("The project upstairs bath is gone.")
    chat.say("undo")
    assert projects.names(chat.store) == ["upstairs bath"]
    chat.say("undo")
    assert projects.names(chat.store) == ["bathroom"]


def test_a_name_that_is_taken_stays_with_its_project(chat: Chat) -> None:
    chat.say("add 'buy paint' to the bathroom project")
    chat.say("add 'buy tiles' to the kitchen project")
    chat.say("rename the bathroom project to kitchen")
    assert sorted(projects.names(chat.store)) == ["bathroom", "kitchen"]


def test_what_is_no_project_here_is_the_task_of_that_name(chat: Chat) -> None:
    chat.say("task: history project")
    chat.say("delete the history project")
    assert tasks.open_of(chat.store, "ana") == []
    assert projects.names(chat.store) == []


def test_a_guest_changes_no_project(chat: Chat) -> None:
    chat.say("add 'buy paint' to the bathroom project")
    chat.say("project bathroom is finished", "gus")
    assert projects.names(chat.store) == ["bathroom"]
