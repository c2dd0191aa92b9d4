"""Calling off what was planned or written down a moment ago: "cancel that" means it, where nothing is asked."""

from __future__ import annotations

import re

from butler.conversation.turn import Ports, Turn
from butler.conversation.undoing import undo
from engine.understanding.plain import plain

_CALLED_OFF = re.compile(
    r"(?:(?:no|oh|ah|actually|wait|sorry|please) )*"
    r"(?:(?:cancel|scrap|scratch|drop|delete|remove) (?:that|it|this)|call (?:that|it) off|don't do (?:that|it))"
    r"(?: (?:again|please|then|after all))*"
)


def call_off_last(ports: Ports, turn: Turn) -> bool:
    """Take back what the last turn planned or wrote down; False where the words or that turn were of another kind."""
    deeds = turn.dialogue.deeds
    if turn.dialogue.question is not None or not deeds or _CALLED_OFF.fullmatch(plain(turn.text)) is None:
        return False
    if deeds[-1].undo is None or deeds[-1].turn != turn.dialogue.last_turn:
        return False
    undo(ports, turn)
    return True
