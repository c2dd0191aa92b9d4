"""Projects are the household's: made by adding to them, shown with what is open of them for who asks."""

from __future__ import annotations

from store import projects, traces
from tests.butler.conversation.conftest import Chat


def test_adding_to_a_project_makes_it(chat: Chat) -> None:
    said = chat.say("add 'buy paint' to the hall project")
    assert said == "Noted in the new project hall: buy paint. (task 1)"
    assert chat.say("add 'buy brushes' to the hall project") == "Noted in the project hall: buy brushes. (task 2)"
    assert chat.say("/projects") == "The projects here:\n· hall: buy paint, and 1 more"


def test_a_project_is_shown_by_its_button(chat: Chat) -> None:
    chat.say("add 'buy paint' to the hall project")
    chat.say("/projects")
    assert chat.press("hall") == "In the project hall:\n1. buy paint"


def test_a_project_is_everybodys_and_its_tasks_are_not(chat: Chat) -> None:
    chat.say("add 'buy paint' to the hall project")
    assert chat.say("/projects", "ben") == "The projects here:\n· hall: nothing open for you"


def test_guests_found_no_projects(chat: Chat) -> None:
    assert chat.say("add 'buy paint' to the hall project", "gus") == "Noted: buy paint. (task 1)"
    assert projects.active(chat.store) == []
    assert "for the people who live here" in chat.say("/projects", "gus")


def test_no_projects_yet_says_how_to_make_one(chat: Chat) -> None:
    assert chat.say("/projects").startswith("There are no projects yet.")


def test_the_trace_names_the_project(chat: Chat) -> None:
    chat.say("add 'buy paint' to the hall project")
    [project] = projects.active(chat.store)
    written = [entry for entry in traces.by_turn(chat.store, chat.last.turn or 0) if entry.stage == "written"]
    assert [entry.project for entry in written] == [project.id]
    chat.say("/done 1")
    done = [entry for entry in traces.by_turn(chat.store, chat.last.turn or 0) if entry.stage == "task"]
    assert [entry.project for entry in done] == [project.id]


def test_a_task_that_is_named_later_is_of_its_project(chat: Chat) -> None:
    chat.say("add a task to the hall project")
    assert chat.say("buy paint") == "Noted in the project hall: buy paint. (task 1)"
