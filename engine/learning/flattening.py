"""A whole command in plain words: the taught commands that stand in it as parts are written out."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from engine.understanding.knowledge import Knowledge
from engine.understanding.plain import plain

_BETWEEN = re.compile(r"(\s*(?:[,;]\s*(?:and\s+)?(?:then\s+)?|\band\s+then\s+|\band\s+|\bthen\s+))", re.IGNORECASE)
_NO_PHRASES: frozenset[str] = frozenset()


def written_out(text: str, knowledge: Knowledge, speaker: str | None) -> str:
    """Return `text` with what `speaker`'s taught commands stand for in their place.

    What is taught by them then holds by itself: it leads back to nothing, and stays when one of them is forgotten.
    """
    return _written_out(text, knowledge, speaker, _NO_PHRASES)


def _written_out(text: str, knowledge: Knowledge, speaker: str | None, within: AbstractSet[str]) -> str:
    parts = _BETWEEN.split(text.strip())  # parts at even places, what joins them between
    told: list[str] = []
    at = 0
    while at < len(parts):
        end, meaning = _longest(parts, at, knowledge, speaker, within)
        told.append(meaning)
        told += parts[end + 1 : end + 2]
        at = end + 2
    return "".join(told)


def _longest(
    parts: list[str], at: int, knowledge: Knowledge, speaker: str | None, within: AbstractSet[str]
) -> tuple[int, str]:
    """Return the last place of the longest run of parts that is a taught command, and what it stands for."""
    last = len(parts) - 1 - (len(parts) - 1 - at) % 2
    for end in range(last, at - 1, -2):
        phrase = plain("".join(parts[at : end + 1]))
        known = knowledge.command(phrase, speaker)
        if known is not None and phrase not in within:
            return end, _written_out(known.text, knowledge, speaker, {*within, phrase})
    return at, parts[at]
