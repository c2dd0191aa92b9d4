"""The intents an engine is given: examples of another one are refused, taught, deployed or loaded."""

from __future__ import annotations

from collections.abc import Mapping

from engine.learning.changes import Change, ExemplarChange, PatternChange, RoutingChange
from engine.understanding.intents import Intent

Catalogue = Mapping[str, Intent]


def unknown_intent(change: Change, intents: Catalogue) -> str | None:
    """Return a sentence on the intent of a change that is not in the catalogue, or None."""
    if isinstance(change, ExemplarChange | PatternChange | RoutingChange) and change.intent not in intents:
        return f"There is no intent {change.intent!r}."
    return None
