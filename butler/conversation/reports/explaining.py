"""Why an insight is proposed: what was seen, how often, how surely, and how its weight comes about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from butler.conversation.improvement_words import change_words
from butler.conversation.reports.messages import sentence
from butler.conversation.reports.standing import decided_text, found_for
from butler.conversation.tested_words import shortened
from butler.conversation.turn import Ports, Turn
from store import detected_patterns, people
from store.insights import Insight

FORMULA = "frequency × impact × confidence × actionability"
_FACTORS = ("frequency", "impact", "confidence", "actionability")


def explain(ports: Ports, turn: Turn, number: int) -> None:
    """Say why insight `number` is proposed, if it is the speaker's to decide."""
    insight = found_for(ports, turn, number)
    if insight is None:
        return
    turn.trace("insight", "why", component="reports", outcome=insight.status, insight=insight.id)
    turn.outcome = "insight_explained"
    turn.say("\n".join(explained(ports, turn, insight)))


def explained(ports: Ports, turn: Turn, insight: Insight) -> Iterable[str]:
    """Yield the reasons for an insight, a line each."""
    whose = "the whole household" if insight.owner is None else people.name_of(ports.store, insight.owner)
    yield f"Insight {insight.id}, {sentence(insight.title)} It is about {whose}. {sentence(insight.sentence)}"
    yield from _seen(ports, insight)
    yield f"Its weight is {insight.priority:.2f} = {FORMULA}{_factors(insight.evidence)}."
    words = change_words(ports.store, turn.snapshot, insight.change)
    if words:
        yield f"Applied, {words}. It is tested before it counts, watched afterwards, and can be taken back."
    if not insight.is_open:
        yield decided_text(ports.store, insight, turn.user)


def _seen(ports: Ports, insight: Insight) -> Iterable[str]:
    pattern = detected_patterns.get(ports.store, insight.pattern) if insight.pattern is not None else None
    if pattern is not None:
        times = f"{pattern.occurrence_count} of {pattern.opportunities} times"
        first, last = _day(ports, pattern.first_seen), _day(ports, pattern.last_seen)
        days = f"on {first}" if first == last else f"from {first} to {last}"
        yield f"I saw it {times}, {days}; cautiously reckoned that is {pattern.confidence:.0%} of the time."
    examples = [text for text in insight.evidence.get("examples", ()) if isinstance(text, str)]
    if examples:
        yield f"For example: {'; '.join(f'“{shortened(text)}”' for text in examples[:3])}."


def _factors(evidence: Mapping[str, object]) -> str:
    given = [evidence.get(name) for name in _FACTORS]
    values = [f"{value:g}" for value in given if isinstance(value, int | float)]
    return f" = {' × '.join(values)}" if len(values) == len(_FACTORS) else ""


def _day(ports: Ports, at: datetime) -> str:
    local = at.astimezone(ports.settings.time_zone)
    return f"{local.day} {local:%b}"
