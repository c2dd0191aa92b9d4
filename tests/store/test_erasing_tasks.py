"""Who is forgotten leaves nothing kept for later, and the household's lists and projects lose their name."""

import sqlite3
from dataclasses import replace

import pytest

from store import (
    LearningWriter,
    Store,
    belongings,
    clarifications,
    device_notices,
    erasing,
    lists,
    people,
    projects,
    rings,
    schedules,
    task_proposals,
    tasks,
    thoughts,
    traces,
    work,
)
from store.traces import TraceEntry
from tests.store.conftest import NOW

ANA, BOB = "telegram:4711001", "telegram:4711002"
SECRETS = (b"4711001", b"zsazsagabor", b"xylo")
OWN_TABLES = (
    "thoughts",
    "tasks",
    "rings",
    "schedules",
    "device_notices",
    "clarifications",
    "task_proposals",
)


def keep_for_later(store: Store, user: str, word: str, project: int) -> tuple[int, int]:
    """Have somebody keep one thing of each kind, and return the numbers of their thought and task."""
    sentence = f"buy {word} for {ANA}" if user == BOB else f"buy {word}"
    new = thoughts.NewThought("task", sentence, word, user, user, NOW, {"wording": word}, project_id=project)
    thought = thoughts.add(store, new)
    task = tasks.add(store, tasks.NewTask(word, user, user, NOW, thought=thought, project_id=project))
    rings.add(store, rings.NewRing("reminder", word, NOW, user, user, NOW, task=task))
    schedules.add(store, schedules.NewSchedule(sentence, [{"text": sentence}], user, user, NOW))
    device_notices.add(store, device_notices.NewDeviceNotice(user, user, "light.x", {"state": "on"}, sentence, NOW))
    asked = clarifications.NewClarification(user, user, "when", f"When is “{word}”?", NOW, NOW, thought=thought)
    clarifications.answer(store, clarifications.ask(store, asked) or 0, word, at=NOW)
    offer = task_proposals.NewTaskProposal("due", f"task:{task}", user, word, {"title": word}, "model", word, NOW)
    task_proposals.add(store, offer)
    piece = work.put(store, "task_analysis", f"task:{task}", priority=1, at=NOW)
    store.database.fetch("UPDATE work_queue SET result = ? WHERE id = ?", (f'{{"title":"{word}"}}', piece))
    lists.add(store, "shopping", [lists.NewItem(f"tea of {user}", f"tea {user}")], by=user, at=NOW)
    return thought, task


@pytest.fixture
def kept(store: Store) -> Store:
    """Give a store in which two people kept things for later, and slow work spoke of them."""
    people.admit(store, ANA, "resident", name="Zsazsa", username="zsazsagabor", at=NOW)
    people.admit(store, BOB, "admin", name="Bob", username=None, at=NOW)
    hall = projects.find_or_add(store, "hall of @zsazsagabor", ANA, NOW).id
    thought, task = keep_for_later(store, ANA, "xylo", hall)
    keep_for_later(store, BOB, "bread", projects.find_or_add(store, "garden", BOB, NOW).id)
    lists.remove(store, "shopping", [f"tea {BOB}"], by=ANA, at=NOW)
    told = task_proposals.NewTaskProposal("next", f"project:{hall}", BOB, "xylo next?", "xylo", "model", "xylo", NOW)
    task_proposals.answer(store, task_proposals.add(store, told), "taken", at=NOW)
    task_proposals.add(store, replace(told, alternatives=["xylo"]))
    for kind, subject in (("project_next_action", f"project:{hall}"), ("log_review", "log")):
        work.put(store, kind, subject, priority=1, at=NOW)  # type: ignore[arg-type]  # one of the kinds
        store.database.fetch("UPDATE work_queue SET result = '[\"xylo\"]' WHERE subject = ?", (subject,))
    background = TraceEntry("job", "slow", "analysis", NOW, decision="xylo", outcome="xylo")
    traces.append(
        store,
        [
            replace(background, metadata={"user": ANA, "said": "xylo"}),
            replace(background, metadata={"task": task, "seen": ["xylo"]}),
            replace(background, metadata={"inner": {"thought": thought, "as": "xylo"}}),
            replace(background, metadata={"subject": f"task:{task}", "why": "xylo"}),
            replace(background, metadata={"text": "Buy xylo!"}),
            replace(background, decision="bread", outcome="told", metadata={"user": BOB, "by": ANA, "title": "bread"}),
            replace(background, decision="scanned", outcome="ok", metadata={"rows": task}),
        ],
    )
    return store


def erase(store: Store, writer: LearningWriter) -> str:
    """Erase Ana from the first step to the last, and return what she is called afterwards."""
    name = erasing.begin(store, ANA, at=NOW)
    writer.erase(ANA, name)
    erasing.erase(store, ANA, name)
    return name


def test_nothing_kept_for_later_is_left_in_any_file(kept: Store, writer: LearningWriter) -> None:
    """Neither id, name nor words lie in the store or beside it."""
    content = b"".join(path.read_bytes() for path in kept.path.parent.iterdir())
    assert all(secret in content for secret in SECRETS)
    erase(kept, writer)
    for path in kept.path.parent.iterdir():
        found = path.read_bytes().lower()
        assert [secret for secret in SECRETS if secret in found] == [], path.name


def test_what_was_theirs_is_gone_and_what_is_anothers_is_not(kept: Store, writer: LearningWriter) -> None:
    """One row of each kind is left, Bob's; what he wrote names a number."""
    erase(kept, writer)
    for table in OWN_TABLES:
        users = [row[0] for row in kept.database.fetch(f"SELECT DISTINCT user FROM {table}")]
        assert users == [BOB], table
    assert [thought.text for thought in thoughts.of_user(kept, BOB)] == ["buy bread for person 1"]
    assert [task.title for task in tasks.open_of(kept, BOB)] == ["bread"]
    assert [ring.task for ring in rings.of_user(kept, BOB)] == [tasks.open_of(kept, BOB)[0].id]
    assert kept.database.fetch("PRAGMA foreign_key_check") == []


def test_what_is_the_households_stays_without_the_name(kept: Store, writer: LearningWriter) -> None:
    """Things on lists and projects stay, and say a number where they said a person."""
    name = erase(kept, writer)
    (tea,) = lists.items(kept, "shopping")
    assert (tea.item, tea.key, tea.added_by) == ("tea of person 1", "tea person 1", name)
    taken = [row[0] for row in kept.database.fetch("SELECT removed_by FROM list_items WHERE removed_at IS NOT NULL")]
    assert taken == [name]
    hall, garden = sorted(projects.active(kept), key=lambda project: project.id)
    assert (hall.created_by, hall.name, garden.created_by) == (name, "hall of person 1", BOB)
    assert projects.by_key(kept, hall.name) == hall


def test_what_slow_work_told_others_of_a_shared_project_is_emptied(kept: Store, writer: LearningWriter) -> None:
    """An open offer goes, an answered one only says how it was answered, and its own work says nothing."""
    erase(kept, writer)
    of_hall = task_proposals.of_subject(kept, "project:1")
    assert [(one.state, one.text, one.change, one.why, one.alternatives) for one in of_hall] == [
        ("taken", "", {}, "", [])
    ]
    results = kept.database.fetch("SELECT subject, result FROM work_queue ORDER BY subject")
    assert dict(results) == {"log": None, "project:1": None, "task:2": '{"title":"bread"}'}


def test_background_traces_of_theirs_say_nothing(kept: Store, writer: LearningWriter) -> None:
    """Those that name them, what is theirs, or quote them are blank; others' keep all but the name."""
    name = erase(kept, writer)
    found = traces.by_trace(kept, "job")
    assert [(entry.decision, entry.outcome, entry.metadata) for entry in found[:5]] == [(None, None, None)] * 5
    assert (found[5].decision, found[5].metadata) == ("bread", {"user": BOB, "by": name, "title": "bread"})
    assert (found[6].decision, found[6].outcome) == ("scanned", "ok")


def test_erasing_again_changes_nothing(kept: Store, writer: LearningWriter) -> None:
    """A crash in the middle lets all of it be done once more."""
    name = erase(kept, writer)
    before = {table: kept.database.fetch(f"SELECT * FROM {table}") for table in kept.database.get_tables()}
    erasing.erase(kept, ANA, name)
    assert {table: kept.database.fetch(f"SELECT * FROM {table}") for table in kept.database.get_tables()} == before


def test_a_name_that_becomes_the_same_as_another_does_not_stop_the_erasing(kept: Store, writer: LearningWriter) -> None:
    """A list and a project may already be called what another is called afterwards."""
    projects.find_or_add(kept, "hall of person 1", BOB, NOW)
    lists.add(
        kept, "shopping", [lists.NewItem("tea", "tea person-1"), lists.NewItem("t", "tea person 1")], by=BOB, at=NOW
    )
    erase(kept, writer)
    assert len({item.key for item in lists.items(kept, "shopping")}) == 3
    assert len({project.key for project in projects.active(kept)}) == 3


def test_a_person_reads_all_they_kept_for_later(kept: Store) -> None:
    """One of each kind, with the traces and the work about it, and nothing that is only another's."""
    found = belongings.of_person(kept, ANA)
    for name in (
        "thoughts",
        "tasks",
        "reminders_alarms_timers",
        "scheduled_actions",
        "device_notices",
        "clarifications",
        "task_proposals",
        "projects_begun",
        "put_on_lists",
        "taken_off_lists",
        "slow_work",
    ):
        assert len(found[name]) == 1, name
    assert [row["title"] for row in found["tasks"]] == ["xylo"]
    assert len(found["background_traces"]) == 5
    assert [row["title"] for row in belongings.of_person(kept, BOB)["tasks"]] == ["bread"]


def test_more_traces_than_sqlite_takes_values_are_read(kept: Store) -> None:
    """A year of background traces of one person is no error."""
    traces.append(kept, [TraceEntry("t", "slow", "x", NOW, metadata={"user": ANA})] * 1100)
    kept.database.seam().setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
    assert len(belongings.of_person(kept, ANA)["background_traces"]) == 1105
