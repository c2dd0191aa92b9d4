"""Applying and dismissing insights: applied is what its presser approves and its test passes, as with any lesson."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from butler.conversation.dialogue import Deed
from butler.conversation.improvement_words import change_words
from butler.conversation.journal import about_to_learn
from butler.conversation.messages import Role
from butler.conversation.reports.closing import close_messages
from butler.conversation.reports.messages import ROLLBACK
from butler.conversation.reports.standing import decided_text, found_for
from butler.conversation.rolling import roll_back
from butler.conversation.suggested import ROLES
from butler.conversation.tested_words import shortened
from butler.conversation.turn import Draft, Option, Ports, Turn
from engine.api import LessonContext
from engine.learning import outcomes
from engine.learning.changes import Change, ChangeError, from_payload, to_payload
from store import detected_patterns, improvements, insights, jobs
from store.insights import Insight
from store.status import IN_FORCE

REPORT_JOB = "report"


def apply_insight(ports: Ports, turn: Turn, number: int) -> None:
    """Test what insight `number` recommends and put it in force, once, if it is the speaker's to decide."""
    insight = _still_open(ports, turn, number)
    if insight is None:
        return
    if insight.insight_type == ROLLBACK:
        _take_back(ports, turn, insight)
        return
    try:
        change = from_payload(insight.change)
    except ChangeError as error:
        _failed(ports, turn, insight, f"what it proposes can't be read ({error})")
        return
    about_to_learn(ports, turn)
    outcome = ports.engine.apply_insight(change, _context(turn, insight))
    turn.readings.clear()
    turn.trace("insight", "apply", component="reports", outcome=type(outcome).__name__.lower(), **_about(insight))
    _told(ports, turn, insight, change, outcome)


def dismiss_insight(ports: Ports, turn: Turn, number: int) -> None:
    """Turn insight `number` down, once; it does not come back by itself."""
    insight = _still_open(ports, turn, number)
    if insight is None:
        return
    with ports.store.atomic():
        if not insights.decide(ports.store, number, "dismissed", by=turn.user, at=turn.incoming.at):
            _too_late(ports, turn, number)
            return
        if insight.pattern is not None:
            detected_patterns.settle(ports.store, insight.pattern, "dismissed", was="promoted_to_insight")
        close_messages(ports, turn, insight, "Dismissed")
    turn.outcome = "insight_dismissed"
    turn.trace("insight", "dismiss", component="reports", outcome="dismissed", **_about(insight))
    turn.say("Dismissed. Nothing changes, and I won't bring it up again.")


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


def _context(turn: Turn, insight: Insight) -> LessonContext:
    return LessonContext(
        person=turn.user,
        source="insight",
        rationale=f"{insight.title}. {insight.sentence}",
        snapshot=turn.snapshot,
        at=turn.incoming.at,
        turn=turn.number,
        role=ROLES[turn.incoming.user.role],
    )


def _told(ports: Ports, turn: Turn, insight: Insight, change: Change, outcome: outcomes.LessonOutcome) -> None:
    words = change_words(ports.store, turn.snapshot, to_payload(change)) or insight.title
    match outcome:
        case outcomes.Live(number=number):
            _applied(ports, turn, insight, change, number)
            text = (
                f"Applied: {words} (#{number}). It passed its test and I'm watching how it goes. {_back(turn, number)}"
            )
            turn.drafts.append(Draft(text, (_undo(turn, number),)))
        case outcomes.AlreadyKnown(number=number):
            _applied(ports, turn, insight, change, number)
            turn.say(f"That is so already: {words}{f' (#{number})' if number is not None else ''}.")
        case outcomes.Failed(number=number):
            _failed(ports, turn, insight, _obstacle(ports, turn, outcome), number)
        case outcomes.Held(number=number, reason=reason):
            turn.say(f"It passed its test and waits (#{number}): {reason.rstrip('.')}.")
        case outcomes.Refused(text=text):
            _failed(ports, turn, insight, text)
        case _:
            _failed(ports, turn, insight, "its words mean something else already")


def _back(turn: Turn, number: int) -> str:
    admin = turn.incoming.user.role is Role.ADMIN
    return f"“undo” or /rollback {number} takes it back." if admin else "“undo” takes it back."


def _undo(turn: Turn, number: int) -> Option:
    if turn.incoming.user.role is Role.ADMIN:
        return Option("Undo", {"kind": "take_back", "improvements": [number]})
    return Option("Undo", {"kind": "dont_remember", "improvement": number})


def _applied(ports: Ports, turn: Turn, insight: Insight, change: Change, number: int | None) -> None:
    at = turn.incoming.at
    with ports.store.atomic():
        insights.decide(ports.store, insight.id, "applied", by=turn.user, at=at, improvement=number)
        close_messages(ports, turn, insight, "Applied")
        if change.type == "report_hour":
            jobs.schedule_earlier(ports.store, REPORT_JOB, at)  # when reports are due is reckoned anew
    turn.outcome = "insight_applied"
    if number is not None:
        turn.improvements.append(number)
        turn.dialogue = turn.dialogue.did(Deed(turn.number, at, number))


def _failed(ports: Ports, turn: Turn, insight: Insight, problem: str, number: int | None = None) -> None:
    said = f"{problem.rstrip('.')}."
    with ports.store.atomic():
        insights.decide(
            ports.store, insight.id, "failed", by=turn.user, at=turn.incoming.at, improvement=number, problem=said
        )
        close_messages(ports, turn, insight, "Failed its test" if number is not None else "Not applied")
    turn.outcome = "insight_failed"
    tested = f"I tested it first and it failed (#{number})" if number is not None else "I can't apply it"
    turn.say(f"{tested}, so nothing changed: {said}")


def _obstacle(ports: Ports, turn: Turn, failed: outcomes.Failed) -> str:
    """Return which case stood in the way; what somebody else said is not repeated."""
    row = improvements.get(ports.store, failed.number)
    results = row.shadow_test_results if row is not None else None
    cases = results.get("cases") if isinstance(results, Mapping) else None
    told = [case for case in cases or () if isinstance(case, Mapping)]
    mine = next((case for case in told if case.get("text") and case.get("speaker") in {None, turn.user}), None)
    if mine is not None:
        return _case(mine)
    reasons = "; ".join(failed.reasons) or "other things would be misunderstood"
    return f"{reasons}: something that somebody else says would be misunderstood" if told else reasons


def _case(case: Mapping[str, Any]) -> str:
    why = f" ({case['why']})" if case.get("why") else ""
    where = f"case {case['id']}" if case.get("turn") is None and case.get("id") else "what you said before"
    return shortened(f"{where}, “{case['text']}”, stood in the way{why}")


def _take_back(ports: Ports, turn: Turn, insight: Insight) -> None:
    """Take an applied insight back that made things worse, as its own insight proposes."""
    improvement = insight.change.get("improvement")
    known = improvements.get(ports.store, improvement) if isinstance(improvement, int) else None
    if known is None or known.status not in IN_FORCE:
        _failed(ports, turn, insight, "it isn't in use any more")
        return
    admin = turn.incoming.user.role is Role.ADMIN
    roll_back(ports, turn, known.number, f"insight {insight.id}: it made things worse", by_admin=admin)
    if turn.outcome != "rolled_back":
        return  # what builds on it is asked about first
    with ports.store.atomic():
        at = turn.incoming.at
        insights.decide(ports.store, insight.id, "applied", by=turn.user, at=at, improvement=known.number)
        close_messages(ports, turn, insight, "Applied")
    turn.trace("insight", "apply", component="reports", outcome="rolled_back", **_about(insight))


def _about(insight: Insight) -> dict[str, Any]:
    return {"insight": insight.id, "type": insight.insight_type, "priority": insight.priority}
