"""Slips of the finger in command words: "trun on", "swich off", "teh". Names are left to the fuzzy index."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA

from engine.understanding.nouns import singular

_WORDS = tuple(
    """
    turn switch open close shut lock unlock pause play resume volume light lights lamp start stop brightness
    temperature percent degrees toggle activate brighten increase decrease lower raise please brighter dimmer
    warmer cooler louder quieter vacuum thermostat heating curtains blinds speaker scene alarm timer reminder
    remind cancel shopping list task tasks clear remove undo wrong dock robot scene kettle
    bedtime routine morning night humidity battery everything except
    """.split()
)
_FIXED = {
    "teh": "the",
    "hte": "the",
    "th": "the",
    "lite": "light",
    "lites": "lights",
    "opn": "open",
    "clos": "close",
    "wich": "which",
    "evrything": "everything",
    "exept": "except",
    "udno": "undo",
    "cancle": "cancel",
    "midnite": "midnight",
    "tonite": "tonight",
}


_REAL_WORDS = frozenset("closet locker locket player opener starter lighter closed opened locked".split())


@lru_cache(maxsize=4096)
def _correct(word: str) -> str:
    if word in _FIXED:
        return _FIXED[word]
    if (
        word in _REAL_WORDS
        or len(word) < 4
        or not word.isalpha()
        or singular(word) in _WORDS
        or word.removesuffix("es") in _WORDS
    ):
        return word
    limit = 1 if len(word) < 8 else 2
    near = [
        known
        for known in _WORDS
        if abs(len(known) - len(word)) <= limit
        and known[0] == word[0]
        and OSA.distance(known, word, score_cutoff=limit) <= limit
    ]
    return near[0] if len(near) == 1 else word


_LESSON_WORDS = ("remember", "forget", "means", "meant", "undo", "wrong")
_NO_SLIPS = frozenset("mean forgets remembers wrongs undos meant means".split())


def correct_lesson_words(text: str) -> str:
    """Return a raw text with the misspelt words of teaching and correcting mended, everything else as it was."""

    def mend(match: re.Match[str]) -> str:
        word = match[0].lower()
        near = [known for known in _LESSON_WORDS if _one_slip(known, word)]
        return near[0] if len(near) == 1 and word not in _NO_SLIPS else match[0]

    return re.sub(r"[A-Za-z]{4,}", mend, text)


def _one_slip(known: str, word: str) -> bool:
    slips = 2 if len(known) >= 8 else 1
    return known[0] == word[0] and known != word and OSA.distance(known, word, score_cutoff=slips) <= slips


def correct_words(plain_text: str, known: Callable[[str], bool]) -> str:
    """Return the text with misspelt command words mended; a word that `known` knows is never touched."""
    return " ".join(
        word if word not in _FIXED and (word in _WORDS or known(word)) else _correct(word)
        for word in plain_text.split()
    )
