"""Ending the questions about a thought that nobody answers any more: it was taken back, finished or changed."""

from __future__ import annotations

from butler.conversation.turn import Ports, Turn
from store import clarifications
from store.clarifications import Clarification


def give_up(ports: Ports, turn: Turn, thought: int) -> None:
    """End the open questions about a thought, and log what became of each."""
    waiting = [row for row in clarifications.of_thought(ports.store, thought) if row.outcome is None]
    if clarifications.give_up(ports.store, thought):
        for row in waiting:
            trace_given_up(turn, row)


def trace_given_up(turn: Turn, row: Clarification) -> None:
    """Log that a question was ended without an answer."""
    turn.trace(
        "clarify",
        "given_up",
        component="tasks",
        outcome="superseded",
        asks=row.asks,
        thought=row.thought,
        of_turn=row.turn,
        after_s=(turn.incoming.at - row.asked_at).total_seconds(),
    )
