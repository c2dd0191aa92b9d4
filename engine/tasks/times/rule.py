"""A rule: words that must be there, a pattern, and what a match of it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.tasks.times.moment import Moment, Piece, Scene
from engine.tasks.times.plain import Plain

Reading = Callable[[re.Match[str], Scene], Moment | None]


@dataclass(frozen=True)
class Rule:
    """Finds one kind of piece; a text with none of its `triggers` is not searched ("0" stands for any digit)."""

    triggers: frozenset[str]
    pattern: re.Pattern[str]
    read: Reading

    def pieces(self, text: Plain, scene: Scene, *, digits: bool) -> Iterator[Piece]:
        """Yield what the rule finds in a text."""
        if not ((digits and "0" in self.triggers) or not self.triggers.isdisjoint(text.words)):
            return
        for found in self.pattern.finditer(text.text):
            try:
                moment = self.read(found, scene)
            except (ValueError, OverflowError):  # a date beyond the calendar
                continue
            if moment is not None:
                yield Piece(*found.span(), moment)


def rule(triggers: str, pattern: str, read: Reading) -> Rule:
    """Return a rule of trigger words and a pattern of lower-case text."""
    return Rule(frozenset(triggers.split()), re.compile(pattern), read)
