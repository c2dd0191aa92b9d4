"""What a turn's words are read with, and what was read of them kept with the turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from butler.conversation.turn import Ports, Turn
from engine.tasks.rules import TaskRules
from engine.understanding.interpretation import Interpretation

KEPT = "kept"
"""The outcome of a turn that did something else than its words were understood as: no change is tested on it."""


def rules_of(ports: Ports, user: str) -> TaskRules:
    """Return the rules by which a person's thoughts and times are read: those that ship and those learned."""
    return ports.engine.task_rules(user)


def mark_kept(turn: Turn, *, as_understood: bool = True) -> None:
    """Give a turn the outcome of one that wrote something down, unless it also did something in the home.

    Where it did what understanding said its words mean, it is as good as any other that was answered.
    """
    if turn.outcome in {"answered", "asked"}:
        pure = as_understood and turn.understood is not None and turn.interpretation is turn.understood
        turn.outcome = "answered" if pure else KEPT


def with_slots(turn: Turn, found: Interpretation, **slots: Any) -> None:
    """Show with the turn what was read of a clause; what is None or empty is left out.

    What the turn is kept with stays as it was understood, so that the same words can be tried again.
    """
    whole = turn.shown or turn.interpretation
    if whole is None:
        mark_kept(turn)
        return
    parts = whole.clauses or (whole,)
    mark_kept(turn, as_understood=any((part.text, part.intent) == (found.text, found.intent) for part in parts))
    read = {name: value for name, value in slots.items() if value not in (None, "", [], ())}
    better = replace(found, slots={**found.slots, **read})
    if not whole.clauses:
        turn.shown = replace(better, text=whole.text)
        return
    clauses = tuple(better if clause.text == found.text else clause for clause in whole.clauses)
    turn.shown = replace(whole, clauses=clauses, intent=clauses[0].intent, slots=clauses[0].slots)
