"""What the buttons of insights do, by the kind of their effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from butler.conversation.reports.deciding import apply_insight, dismiss_insight
from butler.conversation.reports.explaining import explain
from butler.conversation.reports.messages import APPLY, DISMISS, WHY
from butler.conversation.turn import Effect, Ports, Turn

Decide = Callable[[Ports, Turn, int], None]
DECISIONS: Mapping[str, Decide] = MappingProxyType({APPLY: apply_insight, DISMISS: dismiss_insight, WHY: explain})


def _pressed(decide: Decide) -> Callable[[Ports, Turn, Effect], None]:
    return lambda ports, turn, effect: decide(ports, turn, effect["insight"])


INSIGHT_PRESSES: Mapping[str, Callable[[Ports, Turn, Effect], None]] = MappingProxyType(
    {kind: _pressed(decide) for kind, decide in DECISIONS.items()}
)
ASIDE = frozenset({WHY})
"""Presses that answer nothing: the buttons beside them can still be pressed."""
