"""Slips of the finger in the few words that say what is wanted: "remnid me", "shoping lsit". Names are left alone."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

_WORDS = tuple(
    """
    remind reminder reminders shopping grocery groceries list lists timer timers remove delete clear empty cancel take
    start stop move change rename postpone reschedule complete completed finished minutes minute seconds hours urgent
    priority tasks task countdown wednesday project note alarm alarms forget wake tomorrow make show scratch cross wipe
    reset push mark
    """.split()
)
_FIXED = {
    "teh": "the",
    "hte": "the",
    "cancle": "cancel",
    "lits": "list",
    "minuet": "minute",
    "ot": "to",
    "waht": "what",
}
_REAL = frozenset(
    """
    remainder remained remaining reminding reminded forgot forgets forges forged alarmed minded listen shipping chopping
    stopping hopping shopped projects delta cleaner clearer notes remover removed removes deleted deletes emptied
    cancels cancelled canceled charge chance hangs renamed moved moves changed changes started stopped starts stops
    urgently completes finishes notice second minuted hour hourly resets
    """.split()
)
_WORD = re.compile(r"(?<![\w'])[a-z]{2,12}(?![\w'])")


def mended(text: str) -> str:
    """Return the text with such words mended, everything else, and words written large, as it was."""
    return _WORD.sub(lambda word: _mended(word[0]), text)


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    if word in _FIXED:
        return _FIXED[word]
    if len(word) < 4 or word in _WORDS or word in _REAL:
        return word
    near = sorted((OSA.distance(word, known), known) for known in _WORDS if _is_slip(word, known))
    alone = len(near) == 1 or (len(near) > 1 and near[0][0] < near[1][0])
    return near[0][1] if alone else word


def _is_slip(word: str, known: str) -> bool:
    if word[0] != known[0] or abs(len(word) - len(known)) > 1:
        return False
    if OSA.distance(word, known, score_cutoff=1) > 1:
        return len(known) >= 8 and OSA.distance(word, known, score_cutoff=2) <= 2
    # In a short word only two letters that changed places are a slip: "last" is no "list".
    return len(known) >= 7 or sorted(word) == sorted(known) or (len(known) == 6 and len(word) < 6 and known == "remind")
