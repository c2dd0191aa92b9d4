"""How much an insight matters: frequency times impact times confidence times how far the change helps by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

OFTEN = 5
"""More occurrences than this are frequent."""
CERTAIN = 0.8
"""What is held more surely than this is certain."""
CORRECTION = 3.0
QUESTION = 1.0
WAITING = 1.5
_MOST = 4.0


@dataclass(frozen=True)
class Weight:
    """What the priority of an insight is made of.

    `impact` is what one occurrence costs a person: 3 where they had to put something right, 1 where they let a question
    pass, 1.5 where they waited. `actionable` (0 to 1) is how much of it ends once the change is in force.
    """

    count: int
    chances: int
    confidence: float
    impact: float
    actionable: float = 1.0

    @property
    def frequency(self) -> float:
        """How often it was seen, as a multiple of five, at most four."""
        return min(self.count / OFTEN, _MOST)

    @property
    def priority(self) -> float:
        """The product of all four."""
        return round(self.frequency * self.impact * self.confidence * self.actionable, 3)

    def to_document(self) -> dict[str, Any]:
        """Return it as evidence, with what follows from it."""
        return {
            "count": self.count,
            "opportunities": self.chances,
            "confidence": round(self.confidence, 3),
            "frequency": round(self.frequency, 3),
            "impact": self.impact,
            "actionability": self.actionable,
            "priority": self.priority,
            "frequent": self.count > OFTEN,
            "certain": self.confidence > CERTAIN,
        }
