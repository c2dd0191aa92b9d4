"""Whole known names that stand somewhere in a text."""

from __future__ import annotations

from engine.understanding.home_index import find_span, words_of
from engine.understanding.scope import Resolution, Scope

LONGEST_NAME = 6  # words


def named_within(bare: str, scope: Scope) -> Resolution | None:
    """Return the one thing that can be asked about whose name stands in a text, the home's names before taught ones."""
    words = words_of(bare)
    span = find_span(words, scope.index.readable_names, LONGEST_NAME)
    if span:
        ids = scope.index.readable_names[" ".join(words[slice(*span)])]
        return Resolution(ids) if len(ids) == 1 else None
    taught = scope.taught.things
    span = find_span(words, taught, LONGEST_NAME)
    if span is None:
        return None
    name = taught[" ".join(words[slice(*span)])]
    return Resolution((name.target,), used=(name.improvement,))
