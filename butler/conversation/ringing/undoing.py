"""Taking back that something was to ring."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from butler.conversation.ringing.planning import JOB
from butler.conversation.ringing.words import clock_words, timer_name
from butler.conversation.tasks.restoring import remove_capture
from butler.conversation.turn import Effect, Ports, Turn
from store import jobs, rings, tasks
from store.rings import Ring


def unset(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Keep what a turn set from ringing, and return what is so now."""
    found = [rings.get(ports.store, number, user=turn.user) for number in undo["rings"]]
    gone = [ring for ring in found if ring is not None and rings.cancel(ports.store, ring.id, at=turn.incoming.at)]
    if not gone:
        return "That has rung or was called off already."
    return " ".join(_called_off(ports, turn, ring) for ring in gone)


def unset_capture(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Keep what a turn wrote down from ringing, and take it off; return what is so now."""
    with ports.store.atomic():
        for number in undo["rings"]:
            rings.cancel(ports.store, number, at=turn.incoming.at, user=turn.user)
        return remove_capture(ports, turn, undo)


def unanswer(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Have what was put off or done wait for another answer, and return what is so now."""
    at = turn.incoming.at
    with ports.store.atomic():
        ring = rings.get(ports.store, undo["ring"], user=turn.user)
        if ring is None or not rings.unanswer(ports.store, _as_rung(ring, undo)):
            return "That has rung again or was called off since, so I left it."
        if undo["state"] == "waiting":
            jobs.schedule_earlier(ports.store, JOB, datetime.fromisoformat(undo["due"]))
        if undo["task"] is not None:
            tasks.reopen(ports.store, undo["task"], at=at, user=turn.user)
        for number in undo["rings"]:
            if rings.revive(ports.store, number, at=at, user=turn.user):
                other = rings.get(ports.store, number)
                jobs.schedule_earlier(ports.store, JOB, other.due_at if other is not None else at)
    turn.trace("undo", "ring_answered", component="tasks", ring=ring.id, was=ring.state)
    named = timer_name(ring) if ring.kind == "timer" else ring.title or "your alarm"
    if ring.state == "done":
        return f"Not done yet, then: {named}."
    when = clock_words(ring.due_at, at, ports.settings.time_zone)
    return f"All right, not {when} again: {named}. You can still say “done” or “snooze”."


def _as_rung(ring: Ring, undo: Effect) -> Ring:
    instants = {name: datetime.fromisoformat(undo[name]) if undo[name] else None for name in ("due", "ended", "rung")}
    return replace(
        ring,
        state=undo["state"],
        due_at=instants["due"] or ring.due_at,
        ended_at=instants["ended"],
        rung_at=instants["rung"],
        snoozed=undo["snoozed"],
        late=undo["late"],
        recurrence=undo["recurrence"],
    )


def _called_off(ports: Ports, turn: Turn, ring: Ring) -> str:
    if ring.kind == "timer":
        return f"I've stopped {timer_name(ring)}."
    when = clock_words(ring.due_at, turn.incoming.at, ports.settings.time_zone)
    return f"Called off: {ring.title} {when}." if ring.title else f"Your alarm {when} is off."
