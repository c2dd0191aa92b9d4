"""The traces of a turn, as rows: one for each stage, and one for the turn as a whole, which ends them."""

from __future__ import annotations

from typing import Any

from butler.conversation.commands import is_command
from butler.conversation.turn import Trace, Turn
from engine.learning.documents import plain_json
from engine.understanding.interpretation import Disposition, Interpretation
from store.traces import TraceEntry


def trace_understanding(turn: Turn, found: Interpretation, duration_ms: float) -> None:
    """Log how each clause of a text was understood, which took that long together."""
    for clause in found.clauses or (found,):
        turn.trace(
            "understand",
            clause.intent,
            component=clause.stage.value if clause.stage else "none",
            outcome=clause.disposition.value,
            confidence=clause.confidence,
            duration_ms=duration_ms,
            targets=list(clause.targets),
            used=list(clause.used),
            runners_up=[[other.intent, other.confidence] for other in clause.runners_up],
        )
        if clause.disposition is Disposition.REFUSE and clause.reason:
            turn.trace("refuse", clause.reason.value)


def entries_of(turn: Turn, now: float) -> list[TraceEntry]:
    """Return the rows of a turn that ends now, by the timer that says when it began."""
    return [*(_entry(turn, trace) for trace in turn.traces), _entry(turn, _whole(turn, now))]


def _entry(turn: Turn, trace: Trace) -> TraceEntry:
    model = (trace.metadata or {}).get("model")
    return TraceEntry(
        trace_id=f"turn-{turn.number}",
        stage=trace.stage,
        component=trace.component,
        created_at=turn.incoming.at,
        turn=turn.number,
        decision=trace.decision,
        outcome=trace.outcome,
        confidence=trace.confidence,
        duration_ms=trace.duration_ms,
        metadata=plain_json(trace.metadata) if trace.metadata else None,
        project=trace.project,
        model=model if isinstance(model, str) else None,
    )


def _whole(turn: Turn, now: float) -> Trace:
    found = turn.interpretation
    return Trace(
        "turn",
        _way(turn),
        found.intent if found is not None else "none",
        turn.outcome,
        found.confidence if found is not None else None,
        _said_of_another(turn) or None,
        (now - turn.began) * 1000 if turn.began is not None else None,
    )


def _way(turn: Turn) -> str:
    """Return how a turn came about."""
    incoming = turn.incoming
    if incoming.press is not None:
        return "press"
    if incoming.medium is not None:
        return incoming.medium
    return "command" if is_command(turn.text) else "talk"


def _said_of_another(turn: Turn) -> dict[str, Any]:
    later = turn.later
    if later is None:
        return {}
    return {"of_turn": later.of_turn, "says": later.saying.value, "pressed": later.pressed}
