"""Putting one occurrence of a task that comes again on another day; the others stay as they are."""

from __future__ import annotations

from butler.conversation.keeping import kept
from butler.conversation.phrasing import opening
from butler.conversation.ringing.planning import JOB
from butler.conversation.ringing.words import clock_words, recurrence_words
from butler.conversation.tasks.changing import By, Changed, Subject
from butler.conversation.tasks.noting import speak_of_written
from butler.conversation.tasks.occurrences import MovedOnce
from butler.conversation.tasks.phrases import due_of, short
from butler.conversation.tasks.restoring import state_of
from butler.conversation.tasks.telling import ended
from butler.conversation.turn import Effect, Ports, Turn
from engine.tasks.due import Due, DueKind
from engine.tasks.times import wording_of
from engine.tasks.wall import local
from store import jobs, projects, rings, tasks
from store.tasks import Task


def move_once(ports: Ports, turn: Turn, subject: Subject, once: MovedOnce, by: By, *, text: str = "") -> Changed:
    """Put the next occurrence of a task on another day, with what rings for it, and say that it is only this one.

    `text` is what is said instead.
    """
    task, at = subject.task, turn.incoming.at
    if task is None:
        return Changed("That is no task, so it can't be moved.", None)
    before = state_of(ports, task, subject.thought)
    with ports.store.unflushed():
        tasks.amend(ports.store, task.id, at=at, user=turn.user, due=once.due.to_document(), due_at=once.at)
        rung = _ring_then(ports, turn, task, once)
        text = text or _text(ports, turn, task, once, rings_too=rung)
        undo: Effect = {"kind": "task", "before": before, "made": None}
        kept(ports, turn, text, undo)
        if task.project_id is not None:
            projects.touch(ports.store, task.project_id, at)
    turn.trace("amend", "once", component="tasks", task=task.id, by=by, after=once.at.isoformat(), before=task.due)
    if subject.thought is not None:
        speak_of_written(turn, subject.thought.id, task.id)
    return Changed(text, undo, task.id)


def _ring_then(ports: Ports, turn: Turn, task: Task, once: MovedOnce) -> bool:
    """Have what rings for a task ring with the moved occurrence, if that is to come; tell whether it does."""
    again = once.due.recurrence
    moved = False
    for ring in rings.of_task(ports.store, task.id):
        if ring.recurrence is None or again is None:
            continue
        due = once.at if once.at > turn.incoming.at else again.next_after(turn.incoming.at, ports.settings.time_zone)
        if due is not None:
            rings.amend(ports.store, ring.id, due_at=due, recurrence=again.to_document())
            jobs.schedule_earlier(ports.store, JOB, due)
            moved = moved or due == once.at
    return moved


def _text(ports: Ports, turn: Turn, task: Task, once: MovedOnce, *, rings_too: bool) -> str:
    now, zone = turn.incoming.at, ports.settings.time_zone
    day = Due(DueKind.DAY, "", day=local(once.at, zone).date())
    old = due_of(task.due)
    usual = old.recurrence if old is not None else None
    timed = rings_too or (usual is not None and bool(usual.times))
    when = clock_words(once.at, now, zone) if timed else wording_of(day, now, zone)
    told = (
        f"{opening('moved to')} {when.removeprefix('on ')}, this time only: {ended(short(task.title))} (task {task.id})"
    )
    return f"{told} It still comes {recurrence_words(usual, now, zone)}." if usual is not None else told
