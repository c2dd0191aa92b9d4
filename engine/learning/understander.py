"""What learning needs of understanding: a function of knowledge, tested by giving it another argument."""

from __future__ import annotations

from typing import Protocol, Self

from engine.understanding.interpretation import Interpretation
from engine.understanding.knowledge import Knowledge
from engine.understanding.situation import Situation

__all__ = ["Situation", "Understander"]


class Understander(Protocol):
    """An immutable interpreter over one knowledge."""

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge it understands with."""

    def with_knowledge(self, knowledge: Knowledge) -> Self:
        """Return an interpreter over another knowledge."""

    def understand(self, text: str, situation: Situation) -> Interpretation:
        """Return what `text` means in a situation."""
