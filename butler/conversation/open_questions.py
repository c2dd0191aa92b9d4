"""Questions that Butler waits to have answered: closed, or dropped because something else was asked for."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation import dialogue
from butler.conversation.lateness import KIND as LATE
from butler.conversation.replying import settle_dropped
from butler.conversation.tasks.clarifying import CLARIFY
from butler.conversation.turn import Ports, Turn

_CANCELLED = frozenset({"confirm", "choose", "conflict", "forget", "teach_target"})


def close_question(ports: Ports, turn: Turn) -> None:
    """Have no question open any more; one about a late message can still be answered by its buttons.

    One about a thought stays as it is, for a day.
    """
    question = turn.dialogue.question
    if question is not None and question.kind == CLARIFY:
        return
    turn.dialogue = replace(turn.dialogue, question=None)
    if question is None or question.kind == LATE:
        return
    dialogue.close(ports.store, question, at=turn.incoming.at, turn=turn.number)
    settle_dropped(turn, question)


def drop_question(ports: Ports, turn: Turn) -> None:
    """Cancel the open question because of a new command, and say so while it could still be answered."""
    question = turn.dialogue.question
    if question is None or question.kind == CLARIFY:
        return
    close_question(ports, turn)
    if question.kind in _CANCELLED and not question.expired(turn.incoming.at):
        turn.trace("open_question", question.kind, outcome="cancelled")
        about = f" about {'whether to ' if question.kind == 'confirm' else ''}{question.about}"
        turn.say(f"I've dropped my question{about}.")
