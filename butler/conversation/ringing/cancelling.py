"""Calling off what is to ring, by words or a press: one clear match is called off, several are chosen among."""

from __future__ import annotations

from collections.abc import Sequence

from butler.conversation.keeping import kept
from butler.conversation.phrasing import joined
from butler.conversation.ringing.asking import label, ring_words, told_text
from butler.conversation.ringing.planning import JOB
from butler.conversation.ringing.words import clock_words, timer_name
from butler.conversation.tasks.telling import undo_option
from butler.conversation.turn import Effect, Option, Ports, Turn
from store import jobs, rings, tasks
from store.rings import Kind, Ring

_MOST_OFFERED = 8
_CHOOSE_S = 600.0
_OVER = "That doesn't wait any more, so there was nothing to call off."


def cancel_found(ports: Ports, turn: Turn, kind: Kind, found: Sequence[Ring], waiting: Sequence[Ring]) -> None:
    """Call off what was found among what waits: the one, or after asking which; nothing found is said so."""
    if len(found) == 1:
        call_off(ports, turn, found)
    elif found:
        _choose(ports, turn, kind, found)
    elif waiting:
        turn.outcome = "asked"
        turn.say(f"I found no such {kind}. {told_text(ports, turn, kind, waiting)}")
    else:
        turn.say(f"There is no {kind} to call off.")


def call_off(ports: Ports, turn: Turn, found: Sequence[Ring]) -> None:
    """Keep these from ringing, with all that would come after them, and say so."""
    with ports.store.atomic():
        gone = [ring for ring in found if _cancelled(ports, turn, ring)]
        if not gone:
            turn.say(_OVER)
            return
        undo: Effect = {"kind": "ring_cancelled", "rings": [ring.id for ring in gone]}
        said = _gone_text(ports, turn, gone)
        kept(ports, turn, said, undo)
    turn.trace("ring", "cancelled", rings=[ring.id for ring in gone])
    turn.offer(said, (undo_option(turn, undo),))


def press_cancel(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Call off what was chosen by a press."""
    found = [rings.get(ports.store, number, user=turn.user) for number in effect["rings"]]
    call_off(ports, turn, [ring for ring in found if ring is not None])


def put_back(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Have what was called off ring after all, if its time has not passed; return what is so now."""
    now, zone = turn.incoming.at, ports.settings.time_zone
    back: list[Ring] = []
    with ports.store.atomic():
        for number in undo["rings"]:
            ring = rings.get(ports.store, number, user=turn.user)
            if ring is not None and rings.revive(ports.store, number, at=now, user=turn.user):
                jobs.schedule_earlier(ports.store, JOB, ring.due_at)
                if ring.task is not None:
                    tasks.reopen(ports.store, ring.task, at=now, user=turn.user)
                back.append(ring)
    if not back:
        return "Its time has passed meanwhile, so nothing rings any more."
    return f"Back again: {joined(_named(ring, clock_words(ring.due_at, now, zone)) for ring in back)}."


def _cancelled(ports: Ports, turn: Turn, ring: Ring) -> bool:
    """Call one off, with what was put off of the same series, and its task with it."""
    at = turn.incoming.at
    done = rings.cancel(ports.store, ring.id, at=at, user=turn.user)
    if done and ring.series is not None:
        rings.cancel_series(ports.store, ring.series, at=at, user=turn.user)
    if done and ring.task is not None and ring.kind != "timer":
        tasks.drop(ports.store, ring.task, at=at, user=turn.user)
    return done


def _choose(ports: Ports, turn: Turn, kind: Kind, found: Sequence[Ring]) -> None:
    options = [
        Option(label(ports, turn, ring), {"kind": "ring_cancel", "rings": [ring.id]}) for ring in found[:_MOST_OFFERED]
    ]
    all_of_them = Option("All of them", {"kind": "ring_cancel", "rings": [ring.id for ring in found]})
    turn.ask(
        "choose",
        f"Which {kind} shall I call off?",
        (*options, all_of_them, Option("None of them", {"kind": "leave"})),
        about=f"which {kind} to call off",
        lasts_s=_CHOOSE_S,
    )


def _gone_text(ports: Ports, turn: Turn, gone: Sequence[Ring]) -> str:
    if len(gone) > 1:
        return f"I've called off {len(gone)} {gone[0].kind}s."
    ring = gone[0]
    if ring.kind == "timer":
        return f"I've stopped {timer_name(ring)}."
    return f"I've called off your {ring.kind}: {ring_words(ports, turn, ring)}."


def _named(ring: Ring, when: str) -> str:
    if ring.kind == "timer":
        return timer_name(ring)
    return f"{ring.title} {when}" if ring.title else f"your alarm {when}"
