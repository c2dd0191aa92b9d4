"""Taking back that something was to ring."""

from __future__ import annotations

from butler.conversation.ringing.words import clock_words, timer_name
from butler.conversation.tasks.restoring import remove_capture
from butler.conversation.turn import Effect, Ports, Turn
from store import rings
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


def _called_off(ports: Ports, turn: Turn, ring: Ring) -> str:
    if ring.kind == "timer":
        return f"I've stopped {timer_name(ring)}."
    when = clock_words(ring.due_at, turn.incoming.at, ports.settings.time_zone)
    return f"Called off: {ring.title} {when}." if ring.title else f"Your alarm {when} is off."
