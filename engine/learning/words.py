"""When two phrases are the same word, and when one stands in a text."""

from __future__ import annotations

from functools import lru_cache

from engine.understanding.plain import plain

_REMEMBERED = 4_000  # the same few texts are compared with thousands of words
_ARTICLES = frozenset({"the", "a", "an"})


@lru_cache(_REMEMBERED)
def word_key(phrase: str) -> str:
    """Return the form in which two phrases are the same word: plain, without a leading article."""
    words = plain(phrase).split()
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def contains_phrase(text: str, phrase: str) -> bool:
    """Tell whether the words of `phrase` stand together in `text`."""
    return f" {word_key(phrase)} " in f" {plain(text)} "
