"""Applying and dismissing insights in talk: applied is what its presser approves and its test passes."""

from __future__ import annotations

from typing import Any

from butler.conversation.dialogue import Deed
from butler.conversation.journal import about_to_learn
from butler.conversation.messages import Role
from butler.conversation.reports.carrying_out import Applying, CarriedOut, dismiss
from butler.conversation.reports.closing import close_messages
from butler.conversation.reports.cut_off import has_taken_back, rollback_reason
from butler.conversation.reports.messages import ROLLBACK
from butler.conversation.reports.standing import decided_text, found_for
from butler.conversation.rolling import roll_back
from butler.conversation.turn import Draft, Option, Ports, Turn
from store import improvements, insights
from store.insights import Insight
from store.status import IN_FORCE

GONE = "It isn't in use any more, so there is nothing to take back."
DISMISSED = "Dismissed. Nothing changes, and I won't bring it up again."
_SHOWN = {"applied": "Applied", "failed": "Not applied"}


def apply_insight(ports: Ports, turn: Turn, number: int) -> None:
    """Test what insight `number` recommends and put it in force, once, if it is the speaker's to decide."""
    insight = _still_open(ports, turn, number)
    if insight is None:
        return
    if insight.insight_type == ROLLBACK:
        _take_back(ports, turn, insight)
        return
    about_to_learn(ports, turn)
    given = turn.incoming
    done = Applying(ports.engine, ports.store, turn.snapshot, given.user, given.at, turn.number).apply(insight)
    turn.readings.clear()
    turn.outcome = f"insight_{done.status}"
    turn.trace("insight", "apply", component="reports", outcome=done.status, improvement=done.number, **_about(insight))
    if done.status in _SHOWN:
        close_messages(ports, turn, insight, _SHOWN[done.status])
    _say(turn, done)


def dismiss_insight(ports: Ports, turn: Turn, number: int) -> None:
    """Turn insight `number` down, once; it does not come back by itself."""
    insight = _still_open(ports, turn, number)
    if insight is None:
        return
    if not dismiss(ports.store, insight, turn.user, turn.incoming.at):
        _too_late(ports, turn, number)
        return
    close_messages(ports, turn, insight, "Dismissed")
    turn.outcome = "insight_dismissed"
    turn.trace("insight", "dismiss", component="reports", outcome="dismissed", **_about(insight))
    turn.say(DISMISSED)


def _still_open(ports: Ports, turn: Turn, number: int) -> Insight | None:
    insight = found_for(ports, turn, number)
    if insight is None or insight.is_open:
        return insight
    _too_late(ports, turn, number)
    return None


def _too_late(ports: Ports, turn: Turn, number: int) -> None:
    insight = insights.get(ports.store, number)
    turn.outcome = "press_refused"
    turn.trace("insight", "too_late", component="reports", insight=number)
    turn.say(decided_text(ports.store, insight, turn.user) if insight else "That is over, so I did nothing.")


def _say(turn: Turn, done: CarriedOut) -> None:
    if not done.live or done.number is None:
        turn.say(done.text)
        return
    turn.improvements.append(done.number)
    turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, done.number))
    admin = turn.incoming.user.role is Role.ADMIN
    back = f"“undo” or /rollback {done.number} takes it back." if admin else "“undo” takes it back."
    everybodys = {"kind": "take_back", "improvements": [done.number]}
    effect = everybodys if admin else {"kind": "dont_remember", "improvement": done.number}
    turn.drafts.append(Draft(f"{done.text} {back}", (Option("Undo", effect),)))


def _take_back(ports: Ports, turn: Turn, insight: Insight) -> None:
    """Take an applied insight back that made things worse, as its own insight proposes."""
    improvement, at = insight.change.get("improvement"), turn.incoming.at
    known = improvements.get(ports.store, improvement) if isinstance(improvement, int) else None
    if known is not None and has_taken_back(ports.store, insight, known.number):
        insights.decide(ports.store, insight.id, "applied", by=turn.user, at=at, improvement=known.number)
        close_messages(ports, turn, insight, "Applied")
        turn.outcome = "insight_applied"
        turn.say(f"I took #{known.number} back already, as you asked.")
        return
    if known is None or known.status not in IN_FORCE:
        insights.decide(ports.store, insight.id, "failed", by=turn.user, at=at, problem=GONE)
        close_messages(ports, turn, insight, "Not applied")
        turn.outcome = "insight_failed"
        turn.say(GONE)
        return
    admin = turn.incoming.user.role is Role.ADMIN
    roll_back(ports, turn, known.number, rollback_reason(insight), by_admin=admin)
    if turn.outcome != "rolled_back":
        return  # what builds on it is asked about first
    insights.decide(ports.store, insight.id, "applied", by=turn.user, at=at, improvement=known.number)
    close_messages(ports, turn, insight, "Applied")
    turn.trace("insight", "apply", component="reports", outcome="rolled_back", **_about(insight))


def _about(insight: Insight) -> dict[str, Any]:
    return {"insight": insight.id, "type": insight.insight_type, "priority": insight.priority}
