"""The thresholds there are: of understanding, of one intent, and of one sort of thought, each with its bounds."""

from __future__ import annotations

from collections.abc import Mapping

from engine.tasks.kinds import Kind
from engine.tasks.rules import ASK_KIND, OF_CAPTURES, TAKEN_FOR, WITH_DEADLINE, TaskRules
from engine.understanding.intents import INTENTS
from engine.understanding.knowledge import DEFAULT_THRESHOLDS, OF_INTENTS, THRESHOLD_BOUNDS

Bounds = tuple[float, float]
_CAPTURES = frozenset({WITH_DEADLINE, *(f"{OF_CAPTURES}{kind.value}" for kind in Kind)})
# Under the first an uncertain guess would be taken as it is; above the second all but explicit words would be asked of.
_OF_CAPTURE: Bounds = (0.35, 0.95)


def bounds_of(name: str) -> Bounds | None:
    """Return what the threshold `name` lies between, or None where there is no such threshold.

    "intent:NAME" is the confidence below which Butler asks before it does what a sentence of that intent says,
    "capture:KIND" the one below which it asks what a thought of that kind is, "capture:with_deadline" that of one
    with a time.
    """
    if is_of_tasks(name):
        return _OF_CAPTURE
    if name.startswith(OF_INTENTS):
        intent = INTENTS.get(name.removeprefix(OF_INTENTS))
        return THRESHOLD_BOUNDS["act"] if intent and intent.acts else None
    return THRESHOLD_BOUNDS.get(name)


def is_of_tasks(name: str) -> bool:
    """Tell whether a threshold decides about what is written down, and about nothing else."""
    return name in _CAPTURES or name in TAKEN_FOR.values()


def value_of(name: str, thresholds: Mapping[str, float]) -> float:
    """Return the value in force of a threshold; KeyError where there is none of that name."""
    if name in thresholds:
        return thresholds[name]
    if bounds_of(name) is None:
        raise KeyError(name)
    return TaskRules.base().threshold(ASK_KIND) if is_of_tasks(name) else DEFAULT_THRESHOLDS["act"]


def threshold_names() -> str:
    """Return the names there are, as a person may be told them."""
    return f"{', '.join(THRESHOLD_BOUNDS)}, intent:NAME, {', '.join(sorted(_CAPTURES))}"
