"""What of a person's tasks and notes may be shown where they are: among others, only what was written down there."""

from __future__ import annotations

from typing import TypeVar

from butler.conversation.tasks.occurrences import as_next
from butler.conversation.turn import Ports, Turn
from store import tasks
from store.tasks import Task
from store.thoughts import Thought

_Row = TypeVar("_Row", Task, Thought)


def visible(turn: Turn, rows: list[_Row]) -> list[_Row]:
    """Return those that may be shown here."""
    return rows if turn.incoming.private else [row for row in rows if row.chat == turn.incoming.chat]


def open_tasks(ports: Ports, turn: Turn) -> list[Task]:
    """Return the open tasks of who speaks, the earliest due first, as far as they may be shown here.

    What comes again is due at its next time.
    """
    now, zone = turn.incoming.at, ports.settings.time_zone
    found = [as_next(task, now, zone) for task in tasks.open_of(ports.store, turn.user)]
    dated = sorted((task for task in found if task.due_at is not None), key=_by_due)
    return visible(turn, [*dated, *(task for task in found if task.due_at is None)])


def _by_due(task: Task) -> tuple[float, int]:
    return task.due_at.timestamp() if task.due_at is not None else 0.0, task.id
