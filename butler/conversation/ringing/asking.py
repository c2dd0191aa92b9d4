"""What is to ring, told when somebody asks: all of it, or what their words narrow it down to."""

from __future__ import annotations

from collections.abc import Sequence

from butler.conversation.phrasing import opening
from butler.conversation.ringing.words import again_words, duration_words, instant_words, timer_name, when_words
from butler.conversation.tasks.phrases import short
from butler.conversation.turn import Ports, Turn
from store import rings
from store.rings import Kind, Ring

_MOST = 30
_LONGEST_TITLE = 24  # characters, on a button
_EXAMPLES: dict[Kind, str] = {
    "reminder": "Try: remind me to call mum tomorrow at 5.",
    "alarm": "Try: wake me at 7 on weekdays.",
    "timer": "Try: set a pasta timer for 8 minutes.",
}


def visible(ports: Ports, turn: Turn, kind: Kind | None = None) -> list[Ring]:
    """Return what waits to ring for who speaks, the earliest first: where others read along, only what rings there."""
    kinds = (kind,) if kind is not None else ()
    found = rings.of_user(ports.store, turn.user, kinds=kinds)
    return found if turn.incoming.private else [ring for ring in found if ring.chat == turn.incoming.chat]


def tell(ports: Ports, turn: Turn, kind: Kind, found: Sequence[Ring] | None = None) -> None:
    """Say what waits to ring: all of a kind, or what was found of it."""
    waiting = visible(ports, turn, kind) if found is None else list(found)
    turn.trace("ring", "told", kind=kind, count=len(waiting))
    turn.say(told_text(ports, turn, kind, waiting))


def rings_text(ports: Ports, turn: Turn) -> str:
    """Return all that waits to ring for who speaks, by its kinds."""
    waiting = visible(ports, turn)
    if not waiting:
        return f"Nothing is going to ring{'' if turn.incoming.private else ' here'}. {_EXAMPLES['reminder']}"
    of_kinds = [(kind, [ring for ring in waiting if ring.kind == kind]) for kind in _EXAMPLES]
    return "\n".join(told_text(ports, turn, kind, found) for kind, found in of_kinds if found)


def told_text(ports: Ports, turn: Turn, kind: Kind, waiting: Sequence[Ring]) -> str:
    """Return what waits to ring as a list, or that nothing does."""
    if not waiting:
        here = "" if turn.incoming.private else " here"
        return f"You have no {kind}s{here}. {_EXAMPLES[kind]}"
    if len(waiting) == 1:
        return f"You have one {kind}: {ring_words(ports, turn, waiting[0])}."
    lines = [f"· {ring_words(ports, turn, ring)}" for ring in waiting[:_MOST]]
    more = [f"· and {len(waiting) - _MOST} more"] if len(waiting) > _MOST else []
    return "\n".join([f"You have {len(waiting)} {kind}s:", *lines, *more])


def ring_words(ports: Ports, turn: Turn, ring: Ring) -> str:
    """Return one thing that waits, in a list: "tomorrow at 17:00: call mum"."""
    now, zone = turn.incoming.at, ports.settings.time_zone
    if ring.kind == "timer":
        left = duration_words((ring.due_at - now).total_seconds())
        return f"{timer_name(ring)}, {left} left"
    when = when_words(ring, now, zone)
    return f"{when}: {short(ring.title)}" if ring.title else when


def label(ports: Ports, turn: Turn, ring: Ring) -> str:
    """Return one thing that waits, as it stands on a button."""
    if ring.kind == "timer":
        return opening(timer_name(ring).removeprefix("the "))
    now, zone = turn.incoming.at, ports.settings.time_zone
    when = again_words(ring, now, zone) or instant_words(ring.due_at, now, zone)
    return opening(f"{short(ring.title, _LONGEST_TITLE)} {when}".strip())
