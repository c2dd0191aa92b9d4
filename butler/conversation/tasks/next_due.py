"""What comes next: the earliest that is due or rings, and how much is overdue."""

from __future__ import annotations

from butler.conversation.ringing.asking import ring_words, visible
from butler.conversation.tasks.phrases import is_overdue
from butler.conversation.tasks.views import Page, show_page
from butler.conversation.tasks.visible import open_tasks
from butler.conversation.turn import Ports, Turn
from store.rings import Ring
from store.tasks import Task

_RANKS = {"urgent": 0, "high": 1, "normal": 2, "low": 3}


def show_next(ports: Ports, turn: Turn) -> None:
    """Show the next thing due: a task, a reminder, an alarm or a timer; without any the most pressing task."""
    waiting = open_tasks(ports, turn)
    overdue = [task for task in waiting if is_overdue(ports, turn, task)]
    dated = sorted((task for task in waiting if task.due_at and task not in overdue), key=_due)
    ring = next((ring for ring in visible(ports, turn) if ring.task is None), None)
    if ring is not None and (not dated or _rings_before(ring, dated[0])):
        turn.say(f"Next: {ring_words(ports, turn, ring)}.")
    elif dated:
        show_page(ports, turn, Page("Next:", dated[:1]))
    elif overdue or waiting:
        show_page(ports, turn, Page("Nothing is due next. This waits:", sorted(overdue or waiting, key=_pressing)[:1]))
        return
    else:
        turn.say("Nothing is due.")
        return
    if overdue:
        count = "One task is" if len(overdue) == 1 else f"{len(overdue)} tasks are"
        turn.say(f"{count} overdue: “what is overdue” shows them.")


def _rings_before(ring: Ring, task: Task) -> bool:
    return task.due_at is None or ring.due_at <= task.due_at


def _due(task: Task) -> tuple[float, int]:
    return task.due_at.timestamp() if task.due_at is not None else 0.0, _RANKS[task.priority]


def _pressing(task: Task) -> tuple[int, int]:
    return _RANKS[task.priority], task.id
