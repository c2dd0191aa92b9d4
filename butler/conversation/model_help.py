"""Asking a language model about words that nothing else was sure of; whoever speaks waits for it no longer than set."""

from __future__ import annotations

from collections.abc import Callable

from butler.conversation.turn import Ports, Turn
from butler.conversation.understood import situation_of
from engine.fallback import Asked, Outcome
from engine.understanding.interpretation import Interpretation
from store.traces import TraceEntry

STAGE = "llm"
_CAME_TO = {
    Outcome.USED: "I went by what it said",
    Outcome.NOTHING: "it took it for nothing I can do",
    Outcome.UNSURE: "it wasn't sure either",
    Outcome.GUARDED: "it spoke of something guarded, so I left its answer aside",
    Outcome.VETOED: "the words don't ask for what it said, so I left its answer aside",
    Outcome.UNHELPFUL: "nothing here fits what it said",
    Outcome.UNFIT: "its answer made no sense",
    Outcome.FAILED: "it gave no answer I could use",
}


def with_model(
    ports: Ports, turn: Turn, found: Interpretation, understood: Callable[[Turn, Interpretation, float], None]
) -> Interpretation:
    """Return what a turn's words mean, with a model's help where there is one and they were not understood.

    A turn in which it failed says nothing about understanding, so that nothing is learned from it. What came late is
    answered without one: there may be many such messages, and nobody waits for a guess. `understood` traces what it was
    understood as, and how many milliseconds that took; of a turn that a model read, that is its reading.
    """
    if turn.late:
        return found
    helped = ports.engine.helped(found, turn.text, situation_of(ports, turn, turn.dialogue.previous))
    if helped.asked is None:
        return found
    turn.spoilt = turn.spoilt or helped.asked.failed
    if helped.asked.outcome is Outcome.USED:
        turn.traces[:] = [trace for trace in turn.traces if trace.stage != "understand"]
        understood(turn, helped.found, helped.asked.seconds * 1000)
    _trace(turn, helped.asked, helped.found, found)
    return helped.found


def _trace(turn: Turn, asked: Asked, found: Interpretation, alone: Interpretation) -> None:
    speed = None if asked.tokens_per_second is None else round(asked.tokens_per_second, 1)
    turn.trace(
        STAGE,
        asked.outcome.value,
        component=asked.model,
        outcome=found.disposition.value,
        confidence=found.confidence if asked.outcome is Outcome.USED else None,
        duration_ms=asked.seconds * 1000,
        model=asked.model,
        seconds=round(asked.seconds, 3),
        tokens_per_second=speed,
        problem=asked.problem,
        intent=found.intent,
        without=[alone.intent, round(alone.confidence, 4)],
    )


def told_of_model(entry: TraceEntry) -> str:
    """Return which model was asked, and what came of it, from a turn's trace."""
    took = f" ({entry.duration_ms / 1000:.1f} s)" if entry.duration_ms else ""
    came_to = _CAME_TO.get(Outcome(entry.decision)) if entry.decision in set(Outcome) else None
    return f"I asked the language model {entry.component}{took}: {came_to or 'it answered'}."
