"""What rings is put down, moved and called off, and the job that rings it is due in time."""

from __future__ import annotations

from datetime import datetime

from butler.conversation.turn import Ports, Turn
from engine.tasks.due import Due, Recurrence
from engine.tasks.ring_times import rings_at
from store import jobs, rings
from store.rings import Kind, NewRing, Ring

JOB = "schedules"
"""The job that does what falls due: whoever keeps something that does calls `jobs.schedule_earlier` for it."""


def set_ring(
    ports: Ports,
    turn: Turn,
    *,
    kind: Kind,
    title: str,
    at: datetime,
    task: int | None = None,
    recurrence: Recurrence | None = None,
    duration_s: float | None = None,
) -> int:
    """Have something ring at an instant for who speaks, in this chat, and return its number.

    With a recurrence it rings again and again. The transaction that this runs in is to be `kept`.
    """
    new = NewRing(
        kind=kind,
        title=title,
        due_at=at,
        user=turn.user,
        chat=turn.incoming.chat,
        created_at=turn.incoming.at,
        task=task,
        recurrence=recurrence.to_document() if recurrence is not None else None,
        duration_s=duration_s,
        turn=turn.number,
    )
    with ports.store.atomic():
        number = rings.add(ports.store, new)
        jobs.schedule_earlier(ports.store, JOB, at)
    return number


def ring_as_due(ports: Ports, turn: Turn, *, task: int, kind: Kind, title: str, due: Due | None) -> datetime | None:
    """Have a task ring when its due says, whether or not it did before, and return that instant.

    None where the due names no instant to come: then nothing rings for it.
    """
    now, zone, rules = turn.incoming.at, ports.settings.time_zone, ports.engine.task_rules(turn.user)
    at = rings_at(due, now, zone, rules)
    if at is None or at <= now:
        cancel_rings_of_task(ports, turn, task)
        return None
    recurrence = due.recurrence if due is not None else None
    with ports.store.atomic():
        moved = move_ring(ports, turn, task, at, recurrence)
        if moved is None:
            set_ring(ports, turn, kind=kind, title=title, at=at, task=task, recurrence=recurrence)
    return at


def move_ring(
    ports: Ports, turn: Turn, task: int, at: datetime | None, recurrence: Recurrence | None = None
) -> datetime | None:
    """Have what rings for a task ring at another instant, and return it; None where nothing rings for it.

    What has rung already rings once more. Without an instant it is called off.
    """
    with ports.store.atomic():
        last = _last_of(ports, task)
        if last is None:
            return None
        if at is None:
            cancel_rings_of_task(ports, turn, task)
            return None
        document = recurrence.to_document() if recurrence is not None else None
        if last.state == "waiting":
            rings.amend(ports.store, last.id, due_at=at, recurrence=document)
        else:
            again = NewRing(
                last.kind, last.title, at, last.user, last.chat, turn.incoming.at, task, document, turn=turn.number
            )
            rings.add(ports.store, again)
        jobs.schedule_earlier(ports.store, JOB, at)
    return at


def rename_ring(ports: Ports, task: int, title: str) -> None:
    """Have what rings for a task say another title."""
    for ring in rings.of_task(ports.store, task):
        rings.amend(ports.store, ring.id, title=title)


def cancel_rings_of_task(ports: Ports, turn: Turn, task: int) -> int:
    """Keep what rings for a task from ringing, and return how many; for one that is done or dropped."""
    return rings.cancel_of_task(ports.store, task, at=turn.incoming.at)


def _last_of(ports: Ports, task: int) -> Ring | None:
    """Return what rings next for a task, else what rang for it last."""
    waiting = rings.of_task(ports.store, task)
    return waiting[0] if waiting else next(iter(rings.of_task(ports.store, task, states=("rung", "done"))[::-1]), None)
