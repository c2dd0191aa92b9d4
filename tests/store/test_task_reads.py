"""What is read to answer a person, or at every tick, goes along an index: never through a whole table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from store import (
    Store,
    clarifications,
    device_notices,
    lists,
    projects,
    rings,
    schedules,
    task_proposals,
    tasks,
    thoughts,
    work,
)
from tests.store.conftest import NOW

SHORT_TABLES = ("found",)  # the names already found, in the list of lists

READS: dict[str, Callable[[Store], object]] = {
    "thoughts.last_of": lambda store: thoughts.last_of(store, "ana", "c"),
    "thoughts.of_user": lambda store: thoughts.of_user(store, "ana", kinds=["idea", "note"]),
    "thoughts.of_project": lambda store: thoughts.of_project(store, 1),
    "thoughts.since": lambda store: thoughts.since(store, NOW),
    "thoughts.count_since": lambda store: thoughts.count_since(store, NOW),
    "tasks.open_of": lambda store: tasks.open_of(store, "ana"),
    "tasks.count_open": lambda store: tasks.count_open(store, "ana"),
    "tasks.between": lambda store: tasks.between(store, "ana", NOW, NOW),
    "tasks.of_project": lambda store: tasks.of_project(store, 1),
    "tasks.of_thought": lambda store: tasks.of_thought(store, 1),
    "tasks.done_of": lambda store: tasks.done_of(store, "ana", NOW),
    "tasks.search": lambda store: tasks.search(store, "ana", "milk"),
    "projects.active": projects.active,
    "projects.by_key": lambda store: projects.by_key(store, "hall"),
    "projects.stalled": lambda store: projects.stalled(store, NOW),
    "lists.items": lambda store: lists.items(store, "shopping"),
    "lists.count": lambda store: lists.count(store, "shopping"),
    "lists.names": lists.names,
    "lists.remove": lambda store: lists.remove(store, "shopping", ["milk"], by="ana", at=NOW),
    "rings.due": lambda store: rings.due(store, NOW),
    "rings.next_due": lambda store: (rings.next_due(store), rings.next_due(store, NOW)),
    "rings.of_user": lambda store: rings.of_user(store, "ana", kinds=["timer"]),
    "rings.of_task": lambda store: rings.of_task(store, 1),
    "rings.cancel_series": lambda store: rings.cancel_series(store, 1, at=NOW),
    "schedules.due": lambda store: schedules.due(store, NOW),
    "schedules.next_due": lambda store: (schedules.next_due(store), schedules.next_due(store, NOW)),
    "schedules.of_user": lambda store: schedules.of_user(store, "ana"),
    "schedules.cut_off": schedules.cut_off,
    "device_notices.active": device_notices.active,
    "device_notices.of_entity": lambda store: device_notices.of_entity(store, "light.x"),
    "device_notices.due": lambda store: device_notices.due(store, NOW),
    "device_notices.next_due": lambda store: (device_notices.next_due(store), device_notices.next_due(store, NOW)),
    "clarifications.open_of": lambda store: clarifications.open_of(store, "ana"),
    "clarifications.expire": lambda store: clarifications.expire(store, NOW),
    "clarifications.next_expiry": clarifications.next_expiry,
    "clarifications.since": lambda store: clarifications.since(store, NOW),
    "clarifications.unanswered_in_a_row": lambda store: clarifications.unanswered_in_a_row(store, "ana"),
    "work.put": lambda store: work.put(store, "log_review", "log", priority=1, at=NOW),
    "work.next_due": work.next_due,
    "work.last_done": lambda store: work.last_done(store, "log_review"),
    "task_proposals.open_of": lambda store: task_proposals.open_of(store, "ana"),
    "task_proposals.of_subject": lambda store: task_proposals.of_subject(store, "task:1"),
    "task_proposals.since": lambda store: task_proposals.since(store, NOW),
}


@contextmanager
def heard(store: Store) -> Iterator[list[str]]:
    """Hear the statements that are executed, with their values."""
    statements: list[str] = []
    store.database.seam().set_trace_callback(statements.append)
    try:
        yield statements
    finally:
        store.database.seam().set_trace_callback(None)


@pytest.mark.parametrize("name", READS)
def test_a_read_does_not_go_through_a_whole_table(store: Store, name: str) -> None:
    """The plan of each of its statements searches along an index."""
    with heard(store) as statements:
        READS[name](store)
    asked = [statement for statement in statements if statement.lstrip().startswith(("SELECT", "UPDATE", "WITH"))]
    assert asked
    for statement in asked:
        plan = [str(row[3]) for row in store.database.fetch(f"EXPLAIN QUERY PLAN {statement}")]
        scans = [step for step in plan if step.startswith("SCAN") and not step.endswith(SHORT_TABLES)]
        assert [step for step in scans if step != "SCAN CONSTANT ROW"] == [], statement


def test_a_read_through_a_whole_table_would_be_seen(store: Store) -> None:
    """The plan of a search by title says so."""
    plan = store.database.fetch("EXPLAIN QUERY PLAN SELECT id FROM tasks WHERE title = 'milk'")
    assert [row[3] for row in plan] == ["SCAN tasks"]
