"""A rule: words that must be there, a pattern, and what a match of it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.tasks.times.moment import Moment, Piece, Scene
from engine.tasks.times.plain import Plain

Reading = Callable[[re.Match[str], Scene], Moment | None]


@dataclass(frozen=True)
class Rule:
    """Finds one kind of piece; a text with none of its `triggers` is not searched ("0" stands for any digit)."""

    triggers: frozenset[str]
    expression: str
    read: Reading

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, made when a text first has one of the triggers: most starts hear of few of them."""
        return re.compile(self.expression)

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
    return Rule(frozenset(triggers.split()), pattern, read)
