"""Changing what was written down: another time, priority, title, project or kind; in one transaction, undoable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from butler.conversation.keeping import kept
from butler.conversation.ringing.planning import cancel_rings_of_task, move_ring, rename_ring, set_ring
from butler.conversation.tasks.change_words import Difference, difference_text
from butler.conversation.tasks.given_up import give_up
from butler.conversation.tasks.noting import due_at, is_to_do, project_of, speak_of_written
from butler.conversation.tasks.phrases import due_of, moment
from butler.conversation.tasks.reading import rules_of
from butler.conversation.tasks.restoring import state_of
from butler.conversation.tasks.shifting import new_due
from butler.conversation.turn import Effect, Ports, Turn
from engine.tasks.amendments import Amendment
from engine.tasks.capture import capture
from engine.tasks.due import DueKind
from engine.tasks.kind_reading import read_kind
from engine.tasks.kinds import Kind
from engine.tasks.ring_times import rings_at
from engine.tasks.titles import title_of
from store import projects, tasks, thoughts
from store.tasks import NewTask, Task
from store.thoughts import Thought

By = Literal["summon", "talk", "press"]
CORRECTION = timedelta(minutes=10)
"""How soon after it was written down a change counts as a correction of what was understood."""


@dataclass(frozen=True)
class Changed:
    """What became of a change: the number of the task, if there is one now, what is said, how it is taken back."""

    text: str
    undo: Effect | None
    task: int | None = None


@dataclass(frozen=True)
class Subject:
    """What is to be changed: a thought, the open task it became, or both."""

    thought: Thought | None
    task: Task | None = None

    @property
    def kind(self) -> Kind:
        """What it is now."""
        return Kind(self.thought.kind) if self.thought is not None else Kind.TASK


@dataclass(frozen=True)
class _Step:
    """A change that was worked out: the columns that are to be other than now, the kind it is to be, and by whom."""

    subject: Subject
    values: dict[str, Any]
    kind: Kind
    by: By

    @property
    def new_kind(self) -> bool:
        return self.kind is not self.subject.kind


def change(ports: Ports, turn: Turn, subject: Subject, wanted: Amendment, by: By) -> Changed:
    """Change a thought and the open task it became; nothing is written where nothing would be other than before."""
    thought, task = subject.thought, subject.task
    kind = wanted.kind or subject.kind
    values = _values(ports, turn, subject, wanted, kind)
    step = _Step(subject, values, kind, by)
    if not values and not step.new_kind:
        return Changed("That is how it is already.", None, task.id if task else None)
    before = state_of(ports, task, thought)
    with ports.store.unflushed():
        made = _write(ports, turn, step)
        now_task = made if made is not None else task.id if task is not None and is_to_do(kind) else None
        rings = _ring(ports, turn, now_task, values, kind)
        after = tasks.get(ports.store, now_task) if now_task is not None else None
        title = after.title if after is not None else str(values.get("title") or (thought.title if thought else ""))
        untitled = thought is not None and not thought.title
        once = "due" in values and task is not None and _recurs(task.due) and not _recurs(values["due"])
        now = Difference(kind, step.new_kind, values, title, after, rings, untitled, once)
        text = difference_text(ports, turn, now)
        undo: Effect = {"kind": "task", "before": before, "made": made}
        kept(ports, turn, text, undo)
    _trace(turn, step)
    if thought is not None:
        speak_of_written(turn, thought.id, now_task)
    return Changed(text, undo, now_task)


def _recurs(document: Mapping[str, Any] | None) -> bool:
    due = due_of(document)
    return due is not None and due.recurrence is not None


def soon_after(turn: Turn, thought: Thought | None) -> bool:
    """Tell whether a thought was written down so lately that changing it corrects what was understood."""
    return thought is not None and turn.incoming.at - thought.created_at <= CORRECTION


def _values(ports: Ports, turn: Turn, subject: Subject, wanted: Amendment, kind: Kind) -> dict[str, Any]:
    """Return what is to be other than it is now, by the columns of a thought."""
    thought = subject.thought
    now = subject.task or thought
    if now is None:
        return {}
    wished: dict[str, Any] = _reread(ports, thought, kind) if thought and kind is not subject.kind else {}
    if wanted.title:
        wished["title"] = wanted.title
    due = new_due(due_of(now.due), wanted, moment(turn), ports.settings.time_zone)
    if due is not None:
        wished["due"] = None if due.kind is DueKind.OPEN else due.to_document()
    if wanted.priority is not None:
        wished["priority"] = wanted.priority.value
    if wanted.project:
        project, _ = project_of(ports, turn, wanted.project)
        wished.update({"project_id": project.id} if project else {})
    return {name: value for name, value in wished.items() if getattr(now, name) != value}


def _reread(ports: Ports, thought: Thought, kind: Kind) -> dict[str, Any]:
    """Return the title and time of a thought, read again as another kind: in a note a time is part of what it says."""
    if not kind.is_due:
        title = title_of(read_kind(thought.text).rest, duties=False)
        return {"title": title or thought.title, "due": None}
    zone = ports.settings.time_zone
    read = capture(thought.title, kind=kind, now=thought.created_at, zone=zone, rules=rules_of(ports, thought.user))
    if read is None or not read.title:
        return {}
    return {"title": read.title, "due": read.due.to_document() if read.due else thought.due}


def _write(ports: Ports, turn: Turn, step: _Step) -> int | None:
    """Write the change down, and return the number of the task that came of it, if one did."""
    at, to_do, values = turn.incoming.at, is_to_do(step.kind), step.values
    thought, task = step.subject.thought, step.subject.task
    timed = {"due_at": _instant(ports, turn, values["due"])} if "due" in values else {}
    made = None
    if task is not None and to_do:
        tasks.amend(ports.store, task.id, at=at, user=turn.user, **values, **timed)
    elif task is not None:
        tasks.drop(ports.store, task.id, at=at, user=turn.user)
        cancel_rings_of_task(ports, turn, task.id)
    elif to_do and thought is not None:
        made = _made(ports, turn, thought, values)
    if thought is not None:
        status = "task" if to_do else "captured"
        new = {**values, "kind": step.kind.value, "status": status}
        thoughts.amend(ports.store, thought.id, at=at, by=step.by, user=turn.user, **new)
        give_up(ports, turn, thought.id)
    project = values.get("project_id") or (task.project_id if task else None)
    if project is not None:
        projects.touch(ports.store, project, at)
    return made


def _made(ports: Ports, turn: Turn, thought: Thought, values: dict[str, Any]) -> int:
    due = values.get("due", thought.due)
    new = NewTask(
        title=values.get("title", thought.title),
        user=thought.user,
        chat=thought.chat,
        created_at=turn.incoming.at,
        thought=thought.id,
        due=due,
        due_at=_instant(ports, turn, due),
        priority=values.get("priority", thought.priority),
        project_id=values.get("project_id", thought.project_id),
    )
    return tasks.add(ports.store, new)


def _instant(ports: Ports, turn: Turn, document: dict[str, Any] | None) -> datetime | None:
    return due_at(due_of(document), turn.incoming.at, ports.settings.time_zone)


def _ring(ports: Ports, turn: Turn, task: int | None, values: dict[str, Any], kind: Kind) -> datetime | None:
    """Have what rings for a task follow its time and title; return when it rings where that is new."""
    if task is None:
        return None
    if "title" in values:
        rename_ring(ports, task, values["title"])
    row = tasks.get(ports.store, task)
    due = due_of(row.due) if row else None
    at = rings_at(due, moment(turn), ports.settings.time_zone, rules_of(ports, turn.user))
    recurrence = due.recurrence if due is not None else None
    moved = move_ring(ports, turn, task, at, recurrence) if "due" in values else None
    if moved is None and row is not None and at is not None and kind.rings:
        set_ring(
            ports,
            turn,
            kind="alarm" if kind is Kind.ALARM else "reminder",
            title=row.title,
            at=at,
            task=task,
            recurrence=recurrence,
        )
        return at
    return moved


def _trace(turn: Turn, step: _Step) -> None:
    thought, task, values = step.subject.thought, step.subject.task, step.values
    was = task or thought
    before = {name: getattr(was, name) for name in values}
    if step.new_kind:
        before, values = {**before, "kind": step.subject.kind.value}, {**values, "kind": step.kind.value}
    turn.trace(
        "amend",
        "+".join(sorted(values)),
        component="tasks",
        outcome="correction" if soon_after(turn, thought) else "change",
        project_id=values.get("project_id") or getattr(was, "project_id", None),
        by=step.by,
        thought=thought.id if thought else None,
        of_turn=thought.turn if thought else None,
        task=task.id if task else None,
        before=before,
        after=values,
        after_s=(turn.incoming.at - thought.created_at).total_seconds() if thought else None,
    )
