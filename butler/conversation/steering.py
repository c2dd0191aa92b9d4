"""What admins steer of the learning: what is pending, approve and reject, pause and resume."""

from __future__ import annotations

from butler.conversation.dialogue import Deed
from butler.conversation.improvement_words import change_words, improvement_line
from butler.conversation.journal import about_to_learn
from butler.conversation.rolling import no_such
from butler.conversation.turn import Notice, Ports, Turn
from engine.learning import outcomes
from engine.learning.pausing import pause, resume
from store import improvements
from store.improvements import Improvement


def pending_text(ports: Ports, turn: Turn) -> str:
    """Return what waits for a decision."""
    found = ports.engine.pending()
    if not found:
        return "Nothing is waiting for approval."
    lines = [f"{_line(ports, turn, one)}. /approve {one.number} or /reject {one.number}" for one in found]
    return "\n".join(["Waiting for approval:", *lines])


def approve_text(ports: Ports, turn: Turn, number: int) -> str:
    """Approve a waiting improvement, tell who taught it, and return what came of it."""
    about_to_learn(ports, turn)
    outcome = ports.engine.approve(number, actor=turn.user, at=turn.incoming.at, snapshot=turn.snapshot)
    turn.trace("approve", type(outcome).__name__, component="engine", improvement=number)
    match outcome:
        case outcomes.Live():
            turn.improvements.append(number)
            turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, number))
            _tell_teacher(ports, turn, number, "was approved and is in use from now on")
            found = improvements.get(ports.store, number)
            return f"Approved: {_line(ports, turn, found) if found else f'#{number}'}. It is in use from now on."
        case outcomes.Failed(reasons=reasons):
            _tell_teacher(ports, turn, number, "failed its test, so I didn't learn it")
            return f"#{number} failed its test ({'; '.join(reasons)}), so it was rejected and nothing changed."
        case outcomes.NotNow(status=status):
            return f"#{number} isn't waiting for approval: it is {status.replace('_', ' ')}."
        case _:
            return no_such(number)


def reject_text(ports: Ports, turn: Turn, number: int, reason: str) -> str:
    """Reject a waiting improvement, tell who taught it, and return what came of it."""
    about_to_learn(ports, turn)
    outcome = ports.engine.reject(number, actor=turn.user, at=turn.incoming.at, reason=reason or "no reason given")
    turn.trace("reject", type(outcome).__name__, component="engine", improvement=number)
    match outcome:
        case outcomes.Rejected():
            _tell_teacher(ports, turn, number, f"was turned down{f': {reason}' if reason else ''}")
            return f"Rejected #{number}. Nothing changed."
        case outcomes.NotNow(status=status):
            return f"#{number} isn't waiting for approval: it is {status.replace('_', ' ')}."
        case _:
            return no_such(number)


def pause_text(ports: Ports, turn: Turn) -> str:
    """Stop all automatic changes, and say so."""
    if not pause(ports.store, turn.user, turn.incoming.at):
        return "Learning is paused already. /resume lets it go on."
    turn.trace("learning", "paused")
    return (
        "Learning is paused: I change nothing by myself, neither learning nor taking back, until /resume. "
        "What you teach me still counts."
    )


def resume_text(ports: Ports, turn: Turn) -> str:
    """Allow automatic changes again, and say so."""
    if not resume(ports.store, turn.user, turn.incoming.at):
        return "Learning isn't paused."
    turn.trace("learning", "resumed")
    return "I'm learning by myself again."


def _tell_teacher(ports: Ports, turn: Turn, number: int, decision: str) -> None:
    found = improvements.get(ports.store, number)
    if found is None or found.submitted_by in {None, turn.user}:
        return
    words = change_words(ports.store, turn.snapshot, found.proposed_value)
    yours = "suggested" if found.source == "user_suggestion" else "taught me"
    text = f"What you {yours}{f', that {words},' if words else ''} {decision} (#{number})."
    ports.notify(Notice("decision", text, to=str(found.submitted_by)), turn.incoming.at)


def _line(ports: Ports, turn: Turn, found: Improvement) -> str:
    return improvement_line(ports.store, turn.snapshot, found)
