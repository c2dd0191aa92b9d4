"""Writing something down in a turn: a crash neither doubles nor hides it, and "undo" takes it back."""

from __future__ import annotations

from butler.conversation.dialogue import Deed
from butler.conversation.journal import about_to
from butler.conversation.turn import Effect, Ports, Turn

WRITTEN = "written"


def kept(ports: Ports, turn: Turn, said: str, undo: Effect | None = None) -> None:
    """Record what the running transaction wrote down, to be called within it.

    `said` is what a person is told if the turn is cut off; `undo` is how it is taken back: a kind of
    `taking_back.WAYS` and what it needs.
    """
    before = turn.effect.get(WRITTEN, {"said": "", "undo": []})
    undoing = [*before["undo"], *([dict(undo)] if undo is not None else [])]
    about_to(ports, turn, WRITTEN, f"{before['said']} {said}".strip(), undo=undoing)
    if undo is not None:
        turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, undo=dict(undo)))
