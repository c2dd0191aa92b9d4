"""Tasks that are done or not wanted any more, one press or sentence each."""

from __future__ import annotations

from butler.conversation.keeping import kept
from butler.conversation.ringing.planning import cancel_rings_of_task
from butler.conversation.tasks.changing import Changed
from butler.conversation.tasks.given_up import give_up
from butler.conversation.tasks.noting import due_at
from butler.conversation.tasks.occurrences import done_occurrence
from butler.conversation.tasks.phrases import due_of, short
from butler.conversation.tasks.restoring import forget_written, state_of
from butler.conversation.tasks.telling import ended
from butler.conversation.turn import Effect, Ports, Turn
from engine.tasks.due import DueKind, Recurrence
from store import projects, rings, tasks, thoughts
from store.tasks import NewTask, Task
from store.thoughts import Thought


def complete(ports: Ports, turn: Turn, task: Task) -> Changed:
    """Note that a task is done; one that comes again is put down for its next time."""
    at = turn.incoming.at
    task = tasks.get(ports.store, task.id, user=turn.user) or task
    before = state_of(ports, task, None)
    with ports.store.unflushed():
        if not tasks.complete(ports.store, task.id, at=at, user=turn.user):
            return Changed(f"That is done already: {ended(short(task.title))} (task {task.id})", None)
        _settle(ports, turn, task)
        again = _again(ports, turn, task)
        text = f"Done: {ended(short(task.title))} (task {task.id})"
        if again is not None:
            _ring_on(ports, turn, task, again)
            text = f"{text} It comes again {_next(ports, again)}. (task {again})"
        cancel_rings_of_task(ports, turn, task.id)
        undo: Effect = {"kind": "task", "before": before, "made": again}
        kept(ports, turn, text, undo)
    project = task.project_id
    turn.trace("task", "done", component="tasks", project_id=project, task=task.id, thought=task.thought, next=again)
    return Changed(text, undo, task.id)


def drop(ports: Ports, turn: Turn, task: Task) -> Changed:
    """Take a task off without its being done."""
    before = state_of(ports, task, None)
    with ports.store.unflushed():
        if not tasks.drop(ports.store, task.id, at=turn.incoming.at, user=turn.user):
            return Changed(f"That is not open any more: {ended(short(task.title))} (task {task.id})", None)
        _settle(ports, turn, task)
        cancel_rings_of_task(ports, turn, task.id)
        text = f"Taken off: {ended(short(task.title))} (task {task.id})"
        undo: Effect = {"kind": "task", "before": before, "made": None}
        kept(ports, turn, text, undo)
    project = task.project_id
    turn.trace("task", "dropped", component="tasks", project_id=project, task=task.id, thought=task.thought)
    return Changed(text, undo, task.id)


def remove(ports: Ports, turn: Turn, thought: Thought) -> Changed:
    """Take a note, idea or question off."""
    before = state_of(ports, None, thought)
    with ports.store.unflushed():
        if not thoughts.amend(ports.store, thought.id, at=turn.incoming.at, user=turn.user, status="removed"):
            return Changed("That is gone already.", None)
        give_up(ports, turn, thought.id)
        text = f"Deleted: {ended(short(thought.title))}"
        undo: Effect = {"kind": "task", "before": before, "made": None}
        kept(ports, turn, text, undo)
    forget_written(turn, thought.id)
    turn.trace("task", "removed", component="tasks", thought=thought.id)
    return Changed(text, undo)


def _settle(ports: Ports, turn: Turn, task: Task) -> None:
    if task.thought is not None:
        give_up(ports, turn, task.thought)
    if task.project_id is not None:
        projects.touch(ports.store, task.project_id, turn.incoming.at)


def _again(ports: Ports, turn: Turn, task: Task) -> int | None:
    """Put a task that comes again down for its next time, and return its number; None for any other."""
    due = due_of(task.due)
    if due is None or due.kind is not DueKind.RECURRENCE:
        return None
    done = done_occurrence(task, turn.incoming.at, ports.settings.time_zone)
    later = max(turn.incoming.at, done) if done else turn.incoming.at
    instant = due_at(due, later, ports.settings.time_zone)
    if instant is None:
        return None
    new = NewTask(
        title=task.title,
        user=task.user,
        chat=task.chat,
        created_at=turn.incoming.at,
        thought=task.thought,
        due=task.due,
        due_at=instant,
        priority=task.priority,
        project_id=task.project_id,
    )
    return tasks.add(ports.store, new)


def _ring_on(ports: Ports, turn: Turn, done: Task, again: int) -> None:
    """Have what rings again and again ring for a task's next time, and no more for the time that is done."""
    zone = ports.settings.time_zone
    occurrence = done_occurrence(done, turn.incoming.at, zone)
    day = occurrence.astimezone(zone).date() if occurrence is not None else None
    for ring in rings.of_task(ports.store, done.id):
        if ring.recurrence is None:
            continue
        is_over = ring.due_at.astimezone(zone).date() == day
        after = Recurrence.from_document(ring.recurrence).next_after(ring.due_at, zone) if is_over else ring.due_at
        rings.amend(ports.store, ring.id, task=again, due_at=after or ring.due_at)


def _next(ports: Ports, number: int) -> str:
    task = tasks.get(ports.store, number)
    if task is None or task.due_at is None:
        return "later"
    day = task.due_at.astimezone(ports.settings.time_zone)
    return f"on {day:%A}, {day.day} {day:%B}"
