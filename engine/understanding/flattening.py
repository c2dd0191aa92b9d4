"""Taught commands that stand in a text as parts of it: written out in plain words, or as clauses of their own."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from engine.understanding.clauses import looks_like_command, looks_like_question, split
from engine.understanding.knowledge import Command, Knowledge
from engine.understanding.plain import plain
from engine.understanding.text import without_politeness

_BETWEEN = re.compile(r"(\s*(?:[,;]\s*(?:and\s+)?(?:then\s+)?|\band\s+then\s+|\band\s+|\bthen\s+))", re.IGNORECASE)
_HELD_BACK = re.compile(
    r"^(?:no|not|don'?t|do not|never|without|undo|forget|redo|if|when|unless|call|name|rename|say|tell|teach|know|learn"
    r"|why|how|what|who|which|did|do|does|explain|should|shall|may|might|must|i|we|you|he|she|they|it|there|that|this)\b"
)
_NO_PHRASES: frozenset[str] = frozenset()


def written_out(text: str, knowledge: Knowledge, speaker: str | None) -> str:
    """Return `text` with what `speaker`'s taught commands stand for in their place.

    What is taught by them then holds by itself: it leads back to nothing, and stays when one of them is forgotten.
    """
    return _written_out(text, knowledge, speaker, _NO_PHRASES)


def clauses_with_commands(text: str, knowledge: Knowledge, speaker: str | None) -> tuple[str, ...]:
    """Return the clauses of a text with the taught commands among them as they were said; none where none is one.

    Whatever stands beside must be a command as well: what is on a list, is told, asked, negated or to be remembered
    only names it.
    """
    if not knowledge.commands:
        return ()
    parts = _BETWEEN.split(text.strip())
    clauses: list[str] = []
    beside: list[str] = []
    at = found = 0
    while at < len(parts):
        end, known = _longest(parts, at, knowledge, speaker, _NO_PHRASES)
        if known is not None:
            clauses += _beside(beside)
            clauses.append("".join(parts[at : end + 1]))
            beside, found = [], found + 1
        else:
            beside += parts[at : end + 2]
        at = end + 2
    clauses += _beside(beside)
    commanding = all(_commands(one) for one in clauses if knowledge.command(plain(one), speaker) is None)
    return tuple(clauses) if found and len(clauses) > 1 and commanding else ()


def _beside(parts: list[str]) -> tuple[str, ...]:
    """Return the clauses of what stands between taught commands, what joins it to them left out."""
    said = "".join(parts[: len(parts) - (len(parts) + 1) % 2]).strip(" ,;")
    return split(said) if said else ()


def _commands(clause: str) -> bool:
    """Tell whether a clause tells the home to do something, and neither forbids nor asks."""
    bare = without_politeness(plain(clause))
    return looks_like_command(clause) and not _HELD_BACK.match(bare) and not looks_like_question(clause)


def _written_out(text: str, knowledge: Knowledge, speaker: str | None, within: AbstractSet[str]) -> str:
    parts = _BETWEEN.split(text.strip())  # parts at even places, what joins them between
    told: list[str] = []
    at = 0
    while at < len(parts):
        end, known = _longest(parts, at, knowledge, speaker, within)
        if known is None:
            told.append(parts[at])
        else:
            told.append(_written_out(known.text, knowledge, speaker, {*within, plain(known.phrase)}))
        told += parts[end + 1 : end + 2]
        at = end + 2
    return "".join(told)


def _longest(
    parts: list[str], at: int, knowledge: Knowledge, speaker: str | None, within: AbstractSet[str]
) -> tuple[int, Command | None]:
    """Return the last place of the longest run of parts that is a taught command, and that; or one part and None."""
    last = len(parts) - 1 - (len(parts) - 1 - at) % 2
    for end in range(last, at - 1, -2):
        phrase = plain("".join(parts[at : end + 1]))
        known = knowledge.command(phrase, speaker)
        if known is not None and phrase not in within:
            return end, known
    return at, None
