"""Whether a phrase speaks of a home at all: what is asked where no name in the home tells."""

from __future__ import annotations

import re

from engine.understanding.lesson import Vocabulary
from engine.understanding.nouns import NOUNS

_ROOMS = (
    "room rooms bedroom bathroom kitchen hall hallway office study garage garden porch patio attic basement cellar"
    " lounge den nursery landing loft pantry utility upstairs downstairs house home shower toilet dining yard terrace"
    " balcony driveway shed strip lantern chandelier spot spots downlights uplighter sconce candle"
)
_NOUNS = frozenset(_ROOMS.split()) | frozenset(word for noun in NOUNS for word in noun.split() if len(word) > 1)
_VERBS = (
    "turn switch set dim brighten open close shut lock unlock start stop play pause mute unmute activate run put lower"
    " raise increase decrease enable disable toggle vacuum warm cool heat roll pull draw resume skip"
)
_COMMAND = re.compile(rf"(?:please )?(?:{'|'.join(_VERBS.split())})(?: .+)", re.IGNORECASE)
_ON_OR_OFF = re.compile(r"\b(?:on|off|up|down|everything)\b|%", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;] ")
_ARTICLE = re.compile(r"(?:(?:the|a|an|our)\b )+(?=\S)", re.IGNORECASE)
_PLACE = re.compile(r"(?:(?:in|on|at|of|for|by)\b )+(?=\S)", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:(?:in|on|at|by) )?(?:the|our|my|that|this) \S", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def without_article(phrase: str) -> str:
    """Return `phrase` without a leading "the", "a", "an" or "our"."""
    return _ARTICLE.sub("", phrase, count=1) if _ARTICLE.match(phrase) else phrase


def is_definite(phrase: str) -> bool:
    """Tell whether `phrase` points at one thing: "the …", "my …", "in our …"."""
    return bool(_DEFINITE.match(phrase))


def sounds_like_home(phrase: str) -> bool:
    """Tell whether `phrase` ends in a household noun or is built like a command to a house."""
    words = _WORD.findall(phrase.lower())
    if not words or len(words) > 30:
        return False
    return words[-1] in _NOUNS or sounds_like_command(phrase)


def sounds_like_command(phrase: str) -> bool:
    """Tell whether `phrase` starts with a verb of the house and goes on about something in it."""
    if not _COMMAND.fullmatch(phrase) or _SENTENCE_END.search(phrase):
        return False
    return bool(_ON_OR_OFF.search(phrase)) or any(word in _NOUNS for word in _WORD.findall(phrase.lower())[1:])


def is_known(phrase: str, vocabulary: Vocabulary | None) -> bool:
    """Tell whether the vocabulary knows `phrase`, as it stands, without its article, or without its "in the"."""
    if vocabulary is None or not phrase:
        return False
    bare = without_article(phrase)
    placeless = without_article(_PLACE.sub("", phrase, count=1)) if _PLACE.match(phrase) else bare
    return any(vocabulary(form) for form in dict.fromkeys((phrase, bare, placeless)))


def is_named(phrase: str, vocabulary: Vocabulary | None) -> bool:
    """Tell whether `phrase` is known as the name it stands for, so that "in the kitchen" is not one."""
    if vocabulary is None or not phrase or _PLACE.match(phrase):
        return False
    return any(vocabulary(form) for form in dict.fromkeys((phrase, without_article(phrase))))
