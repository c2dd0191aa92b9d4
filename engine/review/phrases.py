"""The phrases of a text: what a rule could be about."""

from __future__ import annotations

from functools import lru_cache

from engine.understanding.plain import plain

LONGEST = 3
# Words that say nothing by themselves; those of `_EDGES` may not begin or end a phrase either.
_EDGES = frozenset(
    "a an the my your our his her their its and or but that it i me we us you he she they them is are was were be am "
    "do does did will would can could should shall to of so please just also not no".split()
)
_PLACED = frozenset(
    "at on in by for with from about into onto up off out over down back round around after before during until till "
    "as if when while than then there here this that these those some any all every each other another".split()
)
# Verbs that begin nearly everything to do: a rule about one of them alone would be about everything.
_COMMON = frozenset(
    "add buy get make go take put remind remember note task todo need have has had want let tell ask call ring phone "
    "write send check find look bring pick give see say set turn move new one two thing things something".split()
)


@lru_cache(maxsize=4096)
def phrases_of(text: str) -> frozenset[str]:
    """Return the phrases of up to three words in a text that hold a word with a meaning, in their plain form."""
    words = plain(text).split()
    found = set()
    for start, first in enumerate(words):
        if first in _EDGES:
            continue
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            said = words[start:end]
            if said[-1] not in _EDGES and any(is_meaningful(word) for word in said):
                found.add(" ".join(said))
    return frozenset(found)


def is_meaningful(word: str) -> bool:
    """Tell whether a plain word says something by itself."""
    return word not in _EDGES and word not in _PLACED and word not in _COMMON and any(map(str.isalpha, word))


def breadth(phrase: str) -> tuple[int, int]:
    """Return what to sort equally good phrases by: few words with a meaning, then all the words that go with them.

    "Work on" stands before "work" (which is also in "after work") and before "work on report".
    """
    words = phrase.split()
    return sum(is_meaningful(word) or word in _COMMON for word in words), -len(words)
