"""Taught commands that stand in a text as parts of it are written out in plain words."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from engine.understanding.clauses import split
from engine.understanding.knowledge import Command, Knowledge
from engine.understanding.plain import plain

_BETWEEN = re.compile(r"(\s*(?:[,;]\s*(?:and\s+)?(?:then\s+)?|\band\s+then\s+|\band\s+|\bthen\s+))", re.IGNORECASE)
_NO_PHRASES: frozenset[str] = frozenset()


def written_out(text: str, knowledge: Knowledge, speaker: str | None) -> str:
    """Return `text` with what `speaker`'s taught commands stand for in their place.

    What is taught by them then holds by itself: it leads back to nothing, and stays when one of them is forgotten.
    """
    return _written_out(text, knowledge, speaker, _NO_PHRASES).text


def commands_within(text: str, knowledge: Knowledge, speaker: str | None) -> Flattened | None:
    """Return a text with the taught commands among its clauses written out; None where none is a clause of its own.

    What is one of the things on a list, or belongs to something to remember, is no clause.
    """
    if not knowledge.commands:
        return None
    found = _written_out(text, knowledge, speaker, _NO_PHRASES)
    clauses = {plain(part) for part in split(found.text)} if found.commands else set()
    stand = all({plain(part) for part in split(one.text)} <= clauses for one in found.commands)
    return found if found.commands and len(clauses) > 1 and stand else None


@dataclass(frozen=True)
class Flattened:
    """A text with taught commands written out, and which."""

    text: str
    commands: tuple[Command, ...] = ()

    @property
    def used(self) -> tuple[int, ...]:
        """The improvements that taught them."""
        return tuple(one.improvement for one in self.commands)


def _written_out(text: str, knowledge: Knowledge, speaker: str | None, within: AbstractSet[str]) -> Flattened:
    parts = _BETWEEN.split(text.strip())  # parts at even places, what joins them between
    told: list[str] = []
    commands: list[Command] = []
    at = 0
    while at < len(parts):
        end, meaning = _longest(parts, at, knowledge, speaker, within)
        told.append(meaning.text)
        commands += meaning.commands
        told += parts[end + 1 : end + 2]
        at = end + 2
    return Flattened("".join(told), tuple(commands))


def _longest(
    parts: list[str], at: int, knowledge: Knowledge, speaker: str | None, within: AbstractSet[str]
) -> tuple[int, Flattened]:
    """Return the last place of the longest run of parts that is a taught command, and what it stands for."""
    last = len(parts) - 1 - (len(parts) - 1 - at) % 2
    for end in range(last, at - 1, -2):
        phrase = plain("".join(parts[at : end + 1]))
        known = knowledge.command(phrase, speaker)
        if known is not None and phrase not in within:
            inner = _written_out(known.text, knowledge, speaker, {*within, phrase})
            return end, Flattened(inner.text, (replace(known, text=inner.text), *inner.commands))
    return at, Flattened(parts[at])
