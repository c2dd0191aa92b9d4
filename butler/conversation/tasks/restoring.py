"""Taking back a capture or a change of a task: as it was before, if nothing else changed it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from butler.conversation.ringing.planning import cancel_rings_of_task, set_ring
from butler.conversation.tasks.given_up import give_up
from butler.conversation.tasks.phrases import due_of, for_when, short, when
from butler.conversation.tasks.telling import ended
from butler.conversation.turn import Effect, Ports, Turn
from engine.tasks.due import Recurrence
from store import rings, tasks, thoughts
from store.rings import Ring
from store.tasks import Task
from store.thoughts import Thought

_FIELDS = ("title", "due", "due_at", "priority", "project_id")


def state_of(ports: Ports, task: Task | None, thought: Thought | None) -> Effect:
    """Return how a task, its thought and what rings for it are now, as JSON values, to be brought back to it."""
    return {
        "task": None if task is None else {"id": task.id, **_task_fields(task)},
        "rings": [] if task is None else [_ring_document(ring) for ring in rings.of_task(ports.store, task.id)],
        "thought": None
        if thought is None
        else {
            "id": thought.id,
            "status": thought.status,
            "kind": thought.kind,
            "title": thought.title,
            "due": thought.due,
            "priority": thought.priority,
            "project_id": thought.project_id,
        },
    }


def remove_capture(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Take back that something was written down."""
    at = turn.incoming.at
    with ports.store.atomic():
        thought = thoughts.get(ports.store, undo["thought"], user=turn.user)
        task = tasks.get(ports.store, undo["task"], user=turn.user) if undo.get("task") is not None else None
        if thought is None or thought.status == "removed":
            return "That is gone already."
        give_up(ports, turn, thought.id)
        thoughts.amend(ports.store, thought.id, at=at, status="removed")
        if task is not None:
            tasks.drop(ports.store, task.id, at=at)
            cancel_rings_of_task(ports, turn, task.id)
    forget_written(turn, thought.id)
    turn.trace("undo", "capture", component="tasks", thought=thought.id, task=undo.get("task"))
    return f"Taken back: {ended(short(thought.title or thought.text))}"


def restore_task(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Bring a task and its thought back to how they were before a change."""
    at, before = turn.incoming.at, undo["before"]
    with ports.store.atomic():
        if before["thought"] is not None:
            thoughts.settle(ports.store, before["thought"]["id"], before["thought"]["status"], was="removed")
            fields = {name: value for name, value in before["thought"].items() if name != "id"}
            thoughts.amend(ports.store, before["thought"]["id"], at=at, user=turn.user, **fields)
        told = _restored(ports, turn, undo)
    turn.trace("undo", "task", component="tasks", before=before)
    return told


def forget_written(turn: Turn, thought: int) -> None:
    """Let "it" no longer mean a thought that is gone."""
    written = turn.dialogue.written
    if written is not None and written.thought == thought:
        turn.dialogue = replace(turn.dialogue, written=None)


def _restored(ports: Ports, turn: Turn, undo: Effect) -> str:
    at, was = turn.incoming.at, undo["before"]["task"]
    if undo.get("made") is not None:
        tasks.drop(ports.store, undo["made"], at=at, user=turn.user)
        cancel_rings_of_task(ports, turn, undo["made"])
    if was is None:
        title = undo["before"]["thought"]["title"] if undo["before"]["thought"] else ""
        return f"As before: {ended(short(title))}" if title else "Taken back."
    reopened = tasks.reopen(ports.store, was["id"], at=at, user=turn.user)
    fields = {name: was[name] for name in _FIELDS}
    fields["due_at"] = datetime.fromisoformat(was["due_at"]) if was["due_at"] else None
    if not tasks.amend(ports.store, was["id"], at=at, user=turn.user, **fields):
        return "That task is gone."
    _ring_again(ports, turn, was["id"], undo["before"]["rings"])
    moment = for_when(when(ports, turn, due_of(was["due"]))).removeprefix(",")
    lead = "Open again" if reopened else "As before"
    title = f"{short(was['title'])},{moment}." if moment else ended(short(was["title"]))
    return f"{lead}: {title} (task {was['id']})"


def _ring_again(ports: Ports, turn: Turn, task: int, before: Sequence[Effect]) -> None:
    """Have ring for a task what rang for it before, as far as that is still to come."""
    cancel_rings_of_task(ports, turn, task)
    for ring in before:
        at = datetime.fromisoformat(ring["at"])
        again = Recurrence.from_document(ring["recurrence"]) if ring["recurrence"] else None
        if at > turn.incoming.at:
            set_ring(ports, turn, kind=ring["kind"], title=ring["title"], at=at, task=task, recurrence=again)


def _ring_document(ring: Ring) -> Effect:
    return {"kind": ring.kind, "title": ring.title, "at": ring.due_at.isoformat(), "recurrence": ring.recurrence}


def _task_fields(task: Task) -> dict[str, object]:
    fields = {name: getattr(task, name) for name in _FIELDS}
    return {**fields, "due_at": task.due_at.isoformat() if task.due_at else None}
