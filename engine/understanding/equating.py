"""Plain sentences that may give a room or a thing another name: "the den is the bedroom". They are asked about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.understanding.nouns import NOUNS
from engine.understanding.plain import plain
from engine.understanding.wordings import any_of

_OWN = "(?:the|our|my) "
_EQUATED = re.compile(
    rf"(?:(?:so|ok|well|oh|by the way|btw|you know) )*(?P<one>{_OWN}[\w']+(?: [\w']+){{0,2}}?) "
    rf"(?:is|are)(?: actually| really| also| just| in fact)? (?P<other>{_OWN}[\w']+(?: [\w']+){{0,3}})"
)
_ROOMS = any_of(
    "den|study|snug|lounge|parlou?r|nook|loft|attic|cave|playroom|nursery|library|studio|workshop|gym|pantry|larder",
    "scullery|conservatory|sunroom|lobby|foyer|landing|cellar|basement|shed|lair|office|room|bedroom|chamber|salon",
    "boudoir|hideout|retreat|corner|wing|annexe?|mud ?room|utility|vestibule|cloakroom|loo|bathroom|washroom",
)
_ROOM = re.compile(rf"(?:[\w']+ )?{_ROOMS}")
_SAYS_HOW_IT_IS = re.compile(
    r"\b(?:\w+est|most|least|only|same|other|another|best|worst|first|last|next|second|wrong|right|real|whole|new|old"
    r"|broken|noisy|dirty|messy|bright|brighter|dark|darker|warm|cold|hot|cool|quiet|loud|nice|good|bad|clean|empty|free"
    r"|busy|problem|one|ones|living|usual|main|\w+ing|\w+ed)\b"
)


@dataclass(frozen=True)
class Equated:
    """A new word and the name it may stand for."""

    phrase: str
    meaning: str


def read_equation(text: str, known: Callable[[str], bool]) -> Equated | None:
    """Return the new name that a plain sentence may give, where just one of its sides is `known`; else None.

    The new one has to be what rooms or things are called; what says how something is ("the warmest room") is none.
    """
    if text.rstrip().endswith("?"):
        return None
    found = _EQUATED.fullmatch(plain(text))
    if found is None:
        return None
    one, other = (re.sub(rf"^{_OWN}", "", found[side]) for side in ("one", "other"))
    if known(other) and not known(one) and _may_name(one):
        return Equated(one, other)
    if known(one) and not known(other) and _ROOM.fullmatch(other) and _may_name(other):
        return Equated(other, one)
    return None


def _may_name(phrase: str) -> bool:
    if _SAYS_HOW_IT_IS.search(phrase) is not None:
        return False
    return _ROOM.fullmatch(phrase) is not None or (len(phrase.split()) > 1 and phrase.rsplit(maxsplit=1)[-1] in NOUNS)
