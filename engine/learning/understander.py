"""What learning needs of understanding: a function of knowledge, tested by giving it another argument."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Protocol, Self, cast, runtime_checkable

from engine.learning.breathing import breathe
from engine.understanding.interpretation import Interpretation
from engine.understanding.knowledge import Knowledge
from engine.understanding.situation import Situation

__all__ = ["Rereadable", "Rescorable", "Scored", "Situation", "Understander", "heard"]


class Understander(Protocol):
    """An immutable interpreter over one knowledge."""

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge it understands with."""

    def with_knowledge(self, knowledge: Knowledge) -> Self:
        """Return an interpreter over another knowledge."""

    def understand(self, text: str, situation: Situation) -> Interpretation:
        """Return what `text` means in a situation."""


class Scored(Protocol):
    """What a classifier says of many texts."""

    def taken_for(self, intent: str) -> frozenset[str]:
        """Return the texts that are taken for an intent, or may be."""

    def unlike(self, other: object) -> frozenset[str] | None:
        """Return the texts that other scores decide otherwise, or may; None where there is no telling."""


@runtime_checkable
class Rescorable(Protocol):
    """An understander that can tell cheaply what an exemplar may change; one that cannot is asked everything again."""

    def noting(self, text: str, situation: Situation) -> tuple[Interpretation, tuple[str, ...]]:
        """Return what `text` means, and the texts the classifier was asked about on the way."""

    def scored(self, texts: Collection[str], known: object = None) -> Scored:
        """Return what the classifier says of texts, going on from scores of another understander."""


@runtime_checkable
class Rereadable(Protocol):
    """An understander that guesses, and can tell what else it might have guessed."""

    def others(self, found: Interpretation, situation: Situation) -> tuple[Interpretation, ...]:
        """Return what else the words of a guess may mean in a situation, the likeliest first."""

    def read_as(self, text: str, intent: str, situation: Situation) -> Interpretation | None:
        """Return what `text` means where somebody says that it is about `intent`; None where that cannot be done."""


def heard(understander: Understander, text: str, situation: Situation) -> tuple[Interpretation, tuple[str, ...] | None]:
    """Return what `text` means and what the classifier was asked about, None where that cannot be told.

    Whoever hears thousands of texts breathes between them.
    """
    breathe()
    if _takes_notes(type(understander)):
        return cast("Rescorable", understander).noting(text, situation)
    return understander.understand(text, situation), None


@cache
def _takes_notes(kind: type[Understander]) -> bool:
    """Tell whether understanders of a class are rescorable: to ask each one costs a tenth of a night."""
    return issubclass(kind, Rescorable)
