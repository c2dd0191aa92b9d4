"""A home that nobody has seen yet: what is in it is not known, which is not the same as that it is not there."""

from __future__ import annotations

from butler.conversation import wording
from butler.conversation.turn import Ports, Turn


def is_unseen(turn: Turn) -> bool:
    """Tell whether the home is out of reach and was never reached since Butler was started."""
    return not turn.reachable and not turn.snapshot.entities


def say_unseen(ports: Ports, turn: Turn) -> None:
    """Say that the home is out of reach, where else a name of its would be called unknown."""
    turn.outcome = "home_unreachable"
    turn.spoilt = True
    turn.trace("act", "home_unreachable", outcome="never seen")
    turn.say(ports.words(wording.UNREACHABLE))
