"""What a turn's words are read with, and what was read of them kept with the turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from butler.conversation.turn import Ports, Turn
from engine.tasks.rules import TaskRules
from engine.understanding.interpretation import Interpretation

KEPT = "kept"
"""The outcome of a turn in which something was written down or changed: no turn that understanding is tested on."""


def rules_of(ports: Ports, user: str) -> TaskRules:
    """Return the rules by which a person's thoughts and times are read: those that ship and those learned."""
    return ports.engine.task_rules(user)


def mark_kept(turn: Turn) -> None:
    """Give a turn the outcome of one that wrote something down, unless it also did something in the home."""
    if turn.outcome in {"answered", "asked"}:
        turn.outcome = KEPT


def with_slots(turn: Turn, found: Interpretation, **slots: Any) -> None:
    """Keep with the turn what was read of a clause; what is None or empty is left out."""
    mark_kept(turn)
    whole = turn.interpretation
    if whole is None:
        return
    read = {name: value for name, value in slots.items() if value not in (None, "", [], ())}
    better = replace(found, slots={**found.slots, **read})
    if whole is found:
        turn.interpretation = better
        return
    clauses = tuple(better if clause is found else clause for clause in whole.clauses)
    first = better.slots if whole.clauses and whole.clauses[0] is found else whole.slots
    turn.interpretation = replace(whole, clauses=clauses, slots=first)
