"""A text as the patterns read it: lower case, single spaces, plain quotes, and where each letter stood."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 2000
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "½": "\x01"})
_WORD = re.compile(r"[a-z]+|\d+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Plain:
    """The text in plain letters; `words` are its words, `index` the place of each letter where that moved."""

    text: str
    words: frozenset[str]
    index: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of the plain text as one of the text as typed."""
        if self.index is None:
            return start, end
        return self.index[start], self.index[end - 1] + 1


def plain(text: str) -> Plain:
    """Return a text in plain letters; what stands beyond the first 2,000 is not read."""
    text = text[:LONGEST]
    typed = text.translate(_QUOTES)
    lowered = typed.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower()[:1] or letter for letter in typed)
    if _SPACES.sub(" ", lowered) == lowered:
        return Plain(lowered, frozenset(_WORD.findall(lowered)), None)
    letters: list[str] = []
    index: list[int] = []
    for place, typed_letter in enumerate(lowered):
        letter = " " if typed_letter.isspace() else typed_letter
        if letter == " " and letters and letters[-1] == " ":
            continue
        letters.append(letter)
        index.append(place)
    joined = "".join(letters)
    return Plain(joined, frozenset(_WORD.findall(joined)), tuple(index))
