"""Taking an improvement out of force, and saying what came of it."""

from __future__ import annotations

from butler.conversation.phrasing import joined
from butler.conversation.turn import Ports, Turn
from engine.learning import outcomes
from store import improvements


def roll_back_text(ports: Ports, turn: Turn, number: int, reason: str) -> str:
    """Take improvement #number back and return what is so now."""
    known = improvements.get(ports.store, number)
    word = _word(known) if known else ""
    outcome = ports.engine.roll_back(number, actor=turn.user, at=turn.incoming.at, reason=reason)
    turn.trace("roll_back", type(outcome).__name__, component="engine", improvement=number)
    match outcome:
        case outcomes.RolledBack(numbers=numbers):
            turn.outcome = "rolled_back"
            turn.improvements.extend(numbers)
            return f"Rolled back {joined(f'#{n}' for n in numbers)}: {word}is forgotten, and all else is as it was."
        case outcomes.BuiltUpon(by=by):
            later = joined(f"#{n}" for n in by)
            return f"#{number} can't be taken back alone: {later} builds on it. Take that back first."
        case outcomes.NotNow(status=status):
            return f"#{number} isn't in use (it is {status.replace('_', ' ')}), so there is nothing to take back."
        case _:
            return no_such(number)


def no_such(number: int) -> str:
    """Return the sentence for a number nothing bears."""
    return f"There is no improvement #{number}. /history shows those there are."


def _word(known: improvements.Improvement) -> str:
    value = known.proposed_value
    phrase = value.get("phrase") or value.get("text") if isinstance(value, dict) else None
    return f"“{phrase}” " if phrase else "it "
