"""Thoughts, tasks and projects: what was written down, what is to be done, and what it is for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store import Store, StoreConstraint, projects, tasks, thoughts
from store.tasks import NewTask
from store.thoughts import NewThought
from tests.store.conftest import NOW

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MILK = NewThought("task", "buy milk tomorrow", "buy milk", "ana", "c", NOW, due={"kind": "day"}, confidence=0.9, turn=4)
TODO = NewTask("Buy milk", "ana", "c", NOW)


def test_a_thought_keeps_what_it_was_first_understood_to_be(store: Store) -> None:
    """An amendment changes what it is now, says how it came about, and leaves the first reading for review."""
    number = thoughts.add(store, MILK)
    assert thoughts.amend(store, number, at=NOW + MINUTE, by="summon", kind="note", title="milk", due=None)
    found = thoughts.get(store, number)
    assert found is not None
    assert (found.kind, found.title, found.due, found.text) == ("note", "milk", None, "buy milk tomorrow")
    assert (found.amended_by, found.amended_at) == ("summon", NOW + MINUTE)
    assert found.first["kind"] == "task"
    assert (found.first["title"], found.first["due"], found.first["confidence"]) == ("buy milk", {"kind": "day"}, 0.9)


def test_what_butler_finds_out_later_is_no_amendment(store: Store) -> None:
    """Without somebody who amends it, a thought changes and does not count as corrected."""
    number = thoughts.add(store, MILK)
    assert thoughts.amend(store, number, at=NOW, priority="high")
    found = thoughts.get(store, number)
    assert found is not None
    assert (found.priority, found.amended_at, found.amended_by) == ("high", None, None)


def test_only_what_a_thought_has_can_be_amended(store: Store) -> None:
    """A misspelt column, a value out of its range, another person's and a removed thought are all refused."""
    number = thoughts.add(store, MILK)
    with pytest.raises(ValueError, match="has no first"):
        thoughts.amend(store, number, at=NOW, first={})
    with pytest.raises(StoreConstraint):
        thoughts.amend(store, number, at=NOW, kind="wish")
    assert not thoughts.amend(store, number, at=NOW, user="bob", title="mine now")
    assert thoughts.settle(store, number, "removed")
    assert not thoughts.amend(store, number, at=NOW, title="back again")
    assert not thoughts.amend(store, 99, at=NOW, title="nothing")


def test_a_thought_is_filed_once(store: Store) -> None:
    """Whoever comes second, by a press or by the clock, is told so."""
    number = thoughts.add(store, MILK)
    assert [thoughts.settle(store, number, "task"), thoughts.settle(store, number, "filed")] == [True, False]


def test_the_last_thought_is_the_persons_own_in_that_chat(store: Store) -> None:
    """Neither another chat's, nor another person's, nor one that was removed."""
    mine = thoughts.add(store, MILK)
    thoughts.add(store, replace(MILK, chat="group"))
    thoughts.add(store, replace(MILK, user="bob"))
    removed = thoughts.add(store, replace(MILK, status="removed"))
    last = thoughts.last_of(store, "ana", "c")
    assert last is not None
    assert last.id == mine
    assert removed not in [thought.id for thought in thoughts.of_user(store, "ana")]
    assert thoughts.last_of(store, "eve", "c") is None


def test_thoughts_are_listed_by_kind_and_counted_by_time(store: Store) -> None:
    """A person's ideas are the latest first; review counts everybody's from an instant on."""
    kinds = ["idea", "note", "idea"]
    numbers = [thoughts.add(store, replace(MILK, kind=kind, created_at=NOW + n * DAY)) for n, kind in enumerate(kinds)]
    assert [one.id for one in thoughts.of_user(store, "ana", kinds=["idea"])] == [numbers[2], numbers[0]]
    assert [one.id for one in thoughts.of_user(store, "ana", limit=1)] == [numbers[2]]
    assert (thoughts.count_since(store, NOW + DAY), [one.id for one in thoughts.since(store, NOW + DAY)]) == (
        2,
        numbers[1:],
    )


def test_text_that_no_file_can_hold_is_kept_as_far_as_it_goes(store: Store) -> None:
    """A lone surrogate, as a broken client sends it, keeps nobody from writing something down."""
    number = thoughts.add(store, replace(MILK, text="milk \ud83d", title="\udc00"))
    found = thoughts.get(store, number)
    assert found is not None
    assert (found.text, found.title) == ("milk \ufffd", "\ufffd")


def test_a_task_is_done_once(store: Store) -> None:
    """Of two presses the second is told so; what was done can be opened again, once."""
    number = tasks.add(store, TODO)
    assert [tasks.complete(store, number, at=NOW), tasks.complete(store, number, at=NOW + DAY)] == [True, False]
    assert tasks.drop(store, number, at=NOW) is False
    found = tasks.get(store, number)
    assert found is not None
    assert (found.status, found.done_at) == ("done", NOW)
    assert [tasks.reopen(store, number, at=NOW), tasks.reopen(store, number, at=NOW)] == [True, False]
    found = tasks.get(store, number)
    assert found is not None
    assert (found.status, found.done_at) == ("open", None)


def test_a_task_is_its_owners(store: Store) -> None:
    """With a person given, nobody else's task is read, changed, done, dropped or opened again."""
    number = tasks.add(store, TODO)
    assert tasks.get(store, number, user="bob") is None
    assert not tasks.amend(store, number, at=NOW, user="bob", title="mine")
    assert not tasks.complete(store, number, at=NOW, user="bob")
    assert not tasks.drop(store, number, at=NOW, user="bob")
    assert tasks.complete(store, number, at=NOW, user="ana")
    assert not tasks.reopen(store, number, at=NOW, user="bob")


def test_a_tasks_number_is_never_given_again(store: Store) -> None:
    """An old button or an old list of numbers cannot hit a newer task."""
    first = tasks.add(store, TODO)
    store.database.fetch("DELETE FROM tasks")
    assert tasks.add(store, TODO) > first


def test_open_tasks_come_by_their_instant_and_then_as_they_were_made(store: Store) -> None:
    """What has no instant comes last; the limit counts both."""
    dues = [None, NOW + DAY, NOW, None]
    numbers = [tasks.add(store, replace(TODO, due_at=due_at)) for due_at in dues]
    tasks.add(store, replace(TODO, user="bob", due_at=NOW))
    expected = [numbers[2], numbers[1], numbers[0], numbers[3]]
    assert [task.id for task in tasks.open_of(store, "ana")] == expected
    assert [task.id for task in tasks.open_of(store, "ana", limit=3)] == expected[:3]
    assert [task.id for task in tasks.open_of(store, "ana", limit=1)] == expected[:1]
    assert tasks.count_open(store, "ana") == 4


def test_tasks_between_two_instants(store: Store) -> None:
    """The start belongs to it and the end does not; no start takes in what is overdue."""
    numbers = [tasks.add(store, replace(TODO, due_at=NOW + days * DAY)) for days in (-1, 0, 1, 2)]
    tasks.complete(store, numbers[2], at=NOW)
    tasks.add(store, TODO)
    assert [task.id for task in tasks.between(store, "ana", NOW, NOW + 2 * DAY)] == [numbers[1]]
    assert [task.id for task in tasks.between(store, "ana", None, NOW + DAY)] == numbers[:2]
    assert [task.id for task in tasks.between(store, "ana", NOW, None, statuses=("open", "done"))] == numbers[1:]


def test_a_task_is_amended_while_it_is_open(store: Store) -> None:
    """The title, the instant and the project change together; a task that is done stays as it is."""
    number = tasks.add(store, TODO)
    hall = projects.find_or_add(store, "hall", "ana", NOW)
    assert tasks.amend(store, number, at=NOW + MINUTE, title="oat milk", due_at=NOW + DAY, project_id=hall.id)
    found = tasks.get(store, number)
    assert found is not None
    assert (found.title, found.due_at, found.project_id, found.updated_at) == (
        "oat milk",
        NOW + DAY,
        hall.id,
        NOW + MINUTE,
    )
    assert [task.id for task in tasks.of_project(store, hall.id)] == [number]
    with pytest.raises(ValueError, match="status"):
        tasks.amend(store, number, at=NOW, status="done")
    with pytest.raises(StoreConstraint):
        tasks.amend(store, number, at=NOW, project_id=99)
    tasks.complete(store, number, at=NOW)
    assert not tasks.amend(store, number, at=NOW, title="too late")


def test_a_search_takes_every_word_in_any_case(store: Store) -> None:
    """Only the person's own tasks in the wanted status, the latest first; a percent sign is a sign like any other."""
    numbers = [tasks.add(store, replace(TODO, title=title)) for title in ("Größe messen", "100% Milch", "Milch GRÖSSE")]
    tasks.add(store, replace(TODO, title="Milch", user="bob"))
    assert [task.id for task in tasks.search(store, "ana", "milch")] == [numbers[2], numbers[1]]
    assert [task.id for task in tasks.search(store, "ana", "größe milch")] == [numbers[2]]
    assert [task.id for task in tasks.search(store, "ana", "%")] == [numbers[1]]
    assert [task.id for task in tasks.search(store, "ana", "milch", limit=1)] == [numbers[2]]
    tasks.complete(store, numbers[1], at=NOW)
    assert tasks.search(store, "ana", "100%") == []
    assert [task.id for task in tasks.search(store, "ana", "100%", statuses=("done",))] == [numbers[1]]
    assert [task.id for task in tasks.done_of(store, "ana", NOW - DAY)] == [numbers[1]]
    assert tasks.done_of(store, "ana", NOW + DAY) == []


def test_a_task_knows_the_thought_it_came_from(store: Store) -> None:
    """The thought leads to its task; one that there is not cannot be named."""
    thought = thoughts.add(store, MILK)
    number = tasks.add(store, replace(TODO, thought=thought))
    found = tasks.of_thought(store, thought)
    assert found is not None
    assert found.id == number
    with pytest.raises(StoreConstraint):
        tasks.add(store, replace(TODO, thought=99))


def test_a_project_is_found_however_it_is_spelled(store: Store) -> None:
    """Case, hashes, dashes and an article make no second project; the first spelling is the one shown."""
    first = projects.find_or_add(store, "Hall-Way", "ana", NOW)
    again = projects.find_or_add(store, "#the_HALL  way", "bob", NOW + DAY)
    assert (again.id, again.name, again.created_by, again.touched_at) == (first.id, "Hall-Way", "ana", NOW + DAY)
    assert projects.by_key(store, "hall way") == again == projects.get(store, first.id)
    assert projects.by_key(store, "garden") is None
    with pytest.raises(ValueError, match="needs a name"):
        projects.find_or_add(store, "#!", "ana", NOW)


def test_a_project_that_was_ended_is_active_again_when_it_is_named(store: Store) -> None:
    """It ends once; naming it anew brings it back with its number."""
    hall = projects.find_or_add(store, "hall", "ana", NOW)
    assert [projects.finish(store, hall.id, NOW), projects.finish(store, hall.id, NOW, status="dropped")] == [
        True,
        False,
    ]
    assert projects.names(store) == []
    assert projects.find_or_add(store, "hall", "ana", NOW).id == hall.id
    assert projects.names(store) == ["hall"]
    assert projects.reopen(store, hall.id, NOW) is False


def test_stalled_projects_are_the_active_ones_nobody_touched(store: Store) -> None:
    """The quietest comes first; a touch brings a project back to life, never into the past."""
    hall, garden, done = (projects.find_or_add(store, name, "ana", NOW) for name in ("hall", "garden", "done"))
    projects.finish(store, done.id, NOW)
    assert projects.touch(store, garden.id, NOW + DAY)
    assert not projects.touch(store, garden.id, NOW)
    assert [project.id for project in projects.stalled(store, NOW + MINUTE)] == [hall.id]
    assert [project.name for project in projects.active(store)] == ["garden", "hall"]
