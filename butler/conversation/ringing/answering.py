"""What is answered to something that rang: it is done, or is to ring once more, by a press or in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from butler.conversation.keeping import kept
from butler.conversation.ringing.planning import JOB
from butler.conversation.ringing.words import clock_words, timer_name
from butler.conversation.turn import Effect, Ports, Turn
from engine.tasks.wall import instant_of, local
from store import jobs, rings, tasks
from store.rings import Kind, Ring

LATELY = timedelta(hours=1)
"""How long after it rang something can be answered in words."""

_GONE = "I don't know that one any more, so there was nothing to do."
_OVER = {
    "done": "That one is done already.",
    "cancelled": "That one was called off, so there is nothing to do.",
    "waiting": "That one is to ring again {when} already.",
}


def press_done(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Note that something that rang is done, by a press."""
    ring = rings.get(ports.store, effect["ring"], user=turn.user)
    turn.say(_GONE if ring is None else done_text(ports, turn, ring))


def press_snooze(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Have something that rang ring once more, by a press; without seconds at its hour tomorrow."""
    ring = rings.get(ports.store, effect["ring"], user=turn.user)
    if ring is None:
        turn.say(_GONE)
        return
    seconds = effect["s"]
    at = tomorrow(ports, turn, ring) if seconds is None else turn.incoming.at + timedelta(seconds=seconds)
    turn.say(snoozed_text(ports, turn, ring, at))


def just_rung(ports: Ports, turn: Turn, kind: Kind | None = None, within: timedelta = LATELY) -> Ring | None:
    """Return what rang last for who speaks, here and lately, and nobody has answered; None when nothing did."""
    since, kinds = turn.incoming.at - within, (kind,) if kind is not None else ()
    return rings.last_rung(ports.store, turn.user, turn.incoming.chat, since, kinds=kinds)


def tomorrow(ports: Ports, turn: Turn, ring: Ring) -> datetime:
    """Return tomorrow's instant at the wall time at which something was due."""
    zone = ports.settings.time_zone
    day = local(turn.incoming.at, zone).date() + timedelta(days=1)
    return instant_of(day, local(ring.due_at, zone).time(), zone)


def done_text(ports: Ports, turn: Turn, ring: Ring) -> str:
    """Note that something that rang is done, with the task it is about, and return what is said of that."""
    at, undo = turn.incoming.at, answered_undo(ring)
    with ports.store.atomic():
        if not rings.finish(ports.store, ring.id, at=at, user=turn.user):
            return _over(ports, turn, ring.id)
        once = ring.series is None
        if once and ring.task is not None and tasks.complete(ports.store, ring.task, at=at, user=turn.user):
            undo["task"] = ring.task
            undo["rings"] = [other.id for other in rings.of_task(ports.store, ring.task)]
            rings.cancel_of_task(ports.store, ring.task, at=at)
        kept(ports, turn, "It is done.", undo)
    turn.trace("ring", "done", ring=ring.id, kind=ring.kind, task=ring.task)
    if ring.kind == "alarm":
        return "Good. Have a nice day!" if not ring.title else f"Done: {ring.title}."
    return "All right." if ring.kind == "timer" else f"Done: {ring.title}."


def answered_undo(ring: Ring) -> dict[str, Any]:
    """Return how an answer to something that rang is taken back: it has rung, and waits for another."""
    ended = ring.ended_at.isoformat() if ring.ended_at is not None else None
    return {
        "kind": "ring_answered",
        "ring": ring.id,
        "state": ring.state,
        "due": ring.due_at.isoformat(),
        "snoozed": ring.snoozed,
        "ended": ended,
        "late": ring.late,
        "recurrence": ring.recurrence,
        "rung": ring.rung_at.isoformat() if ring.rung_at is not None else None,
        "task": None,
        "rings": [],
    }


def snoozed_text(ports: Ports, turn: Turn, ring: Ring, at: datetime) -> str:
    """Have something that rang ring once more at an instant, and return what is said of that."""
    said = f"I'll {_tell_again(ring)} {clock_words(at, turn.incoming.at, ports.settings.time_zone)}."
    with ports.store.atomic():
        if not rings.snooze(ports.store, ring.id, at, at=turn.incoming.at, user=turn.user):
            return _over(ports, turn, ring.id)
        jobs.schedule_earlier(ports.store, JOB, at)
        kept(ports, turn, said, answered_undo(ring))
    turn.trace("ring", "snoozed", ring=ring.id, kind=ring.kind, seconds=(at - turn.incoming.at).total_seconds())
    return said


def _tell_again(ring: Ring) -> str:
    if ring.kind == "alarm":
        return "wake you again"
    return f"ring {timer_name(ring)} again" if ring.kind == "timer" else "remind you again"


def _over(ports: Ports, turn: Turn, number: int) -> str:
    """Return why something can neither be done nor put off."""
    now = rings.get(ports.store, number, user=turn.user)
    if now is None or now.state == "rung":
        return _GONE
    turn.outcome = "press_refused"
    return _OVER[now.state].format(when=clock_words(now.due_at, turn.incoming.at, ports.settings.time_zone))
