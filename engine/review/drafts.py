"""An insight before it is kept: a change that follows from patterns, how sure it is, and how to tell if it helped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.learning.changes import Change
from engine.review.priority import Weight
from store.detected_patterns import DetectedPattern

LEAST_COUNT = 5
LEAST_CONFIDENCE = 0.7
_SHOWN = 5
CHANCE = 0.002
"""How likely it may be at most that so much would be seen by chance, among all that was looked at."""


@dataclass(frozen=True)
class Draft:
    """What is recommended: its words, its change, the patterns it rests on, and what it is measured by.

    `title` and `sentence` are plain text; `proposed` is what the change would do.
    """

    change: Change
    title: str
    sentence: str
    proposed: str
    patterns: tuple[DetectedPattern, ...]
    weight: Weight
    measure: Mapping[str, Any] = field(default_factory=dict)

    @property
    def owner(self) -> str | None:
        """Whose insight it is, None for the household's."""
        return self.change.owner

    @property
    def subject(self) -> tuple[str, str, str | None]:
        """What the change is about: there is at most one open recommendation about it."""
        return (self.change.type, self.change.phrase, self.owner)

    @property
    def examples(self) -> tuple[int, ...]:
        """The ids of the latest traces that show it."""
        return tuple(sorted({number for one in self.patterns for number in one.context.get("examples", [])}))[-_SHOWN:]


def times(count: int) -> str:
    """Return how often, in words."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def share_examples(first: frozenset[int], second: frozenset[int]) -> bool:
    """Tell whether two patterns rest on much the same traces."""
    return bool(first and second) and len(first & second) * 2 >= min(len(first), len(second))
