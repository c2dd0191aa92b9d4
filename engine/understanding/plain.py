"""The plain form of a text: what is left when case, quotes and punctuation no longer matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032`\u00b4", "'"))
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b\.?")
# Kept: marks between two digits (21.5, 7:30, 1,000), apostrophes within a word (don't), a minus before a number,
# and the signs that carry meaning in a household: percent and degree.
_KEPT = re.compile(r"(?<=\d)[.,:/](?=\d)|(?<=\w)'(?=\w)|(?<![\w)])-(?=\d)")
_PLAIN_ASCII = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_REMEMBERED = 2_000  # names of the home and words of the moment are made plain again and again


@lru_cache(_REMEMBERED)
def plain(text: str) -> str:
    """Return `text` in Unicode NFKC, case-folded, without punctuation and with single spaces.

    Marks within numbers (`21.5`, `7:30`), a minus before a number, apostrophes within words and `%` stay. The result
    is a fixed point: `plain(plain(text)) == plain(text)`.
    """
    if _PLAIN_ASCII.fullmatch(text):
        return text
    folded = text.replace("`", "'").lower() if text.isascii() else _folded(text)
    folded = _ABBREVIATION.sub(lambda match: match.group().replace(".", ""), folded)
    kept = {match.start() for match in _KEPT.finditer(folded)}
    if folded.isascii() and not kept:
        marked = folded.translate(_ASCII_MARKS)
    else:
        marked = "".join(" " if _is_mark(letter) and at not in kept else letter for at, letter in enumerate(folded))
    return _settle(" ".join(marked.split()), folded)


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold())
    return _without_invisible(folded.translate(_APOSTROPHES))


def _without_invisible(text: str) -> str:
    return "".join(letter for letter in text if letter not in "\ufe0e\ufe0f" and unicodedata.category(letter) != "Cf")


def _is_mark(letter: str) -> bool:
    if letter == "%":
        return False
    return letter == "\u0000" or unicodedata.category(letter)[0] == "P" or unicodedata.category(letter) == "Cc"


def _settle(result: str, before: str) -> str:
    # Taking a mark away can bring others together ("- -5", "a. b."), so the rules run until nothing changes.
    return result if result == before else plain(result)


_ASCII_MARKS = str.maketrans({chr(code): " " for code in range(128) if _is_mark(chr(code))})
"""What becomes of the marks of an ASCII text; most texts are such, and thousands are read at once."""
