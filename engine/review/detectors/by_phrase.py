"""Patterns about phrases: one for each phrase of a thought in which something showed, and one for all thoughts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from engine.review.page import Amended
from engine.review.phrases import phrases_of
from engine.review.tallies import Tallies

EVERYTHING = ""
"""The phrase that stands for all that a person wrote down."""


def phrase_key(what: str, phrase: str, owner: str) -> str:
    """Return the key of a pattern about a phrase of one person."""
    return f"{what}:{phrase}@{owner}"


def find_phrases(
    tallies: Tallies, what: str, one: Amended, phrases: Collection[str] | None = None, **context: Any
) -> None:
    """Count what showed in a thought for each of its phrases; how often they were said at all is known elsewhere."""
    for phrase in (EVERYTHING, *sorted(phrases_of(one.text) if phrases is None else phrases)):
        said = {"what": what, "phrase": phrase, **context}
        tallies.find(phrase_key(what, phrase, one.owner), one.trace, owner=one.owner, context=said)
