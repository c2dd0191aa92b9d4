"""A phrase for a target taken apart: its kind, its place, "all", and the words that describe."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.understanding.home_index import Place, find_noun, find_span, words_of
from engine.understanding.nouns import NOUNS, Noun
from engine.understanding.scope import Scope

_PRONOUNS = frozenset("it them that those this these one ones thing same".split())
_QUANTIFIERS = frozenset("all every each both everything entire whole everywhere anything any".split())
_BESIDE_PRONOUNS = _PRONOUNS | _QUANTIFIERS | {"of", "the"}
_LINKS = frozenset("in on at of from for inside around within with to by near over under".split())
_LOOSE = frozenset(
    """
    house home place room area floor there here device devices stuff things thing
    other both too also again just only please now
    """.split()
)
_NEVER_DESCRIBE = _LINKS | _LOOSE
_HOUSE = re.compile(
    r"\b(?:(?:in|of|at|around|throughout|across) )?(?:the )?(?:whole |entire )?(?:house|home|flat|apartment)\b"
)


@dataclass(frozen=True)
class Phrase:
    """A mention taken apart; `rest` are the describing words left over, `linked` what stood where a place should be."""

    rest: tuple[str, ...] = ()
    noun: Noun | None = None
    noun_words: tuple[str, ...] = ()
    place: Place | None = None
    place_words: tuple[str, ...] = ()
    everything: bool = False
    used: tuple[int, ...] = ()
    linked: tuple[str, ...] = ()

    @property
    def whole_kind(self) -> bool:
        """Whether all things that fit are meant: "all lamps", "the lamps"."""
        return self.everything or (self.noun is not None and self.noun.plural and bool(self.noun_words))


def is_pronoun(text: str) -> bool:
    """Tell whether a plain text only points back: "it", "all of them"."""
    said = set(text.split())
    if said <= {"both", "of", "the", "two", "2"} and "both" in said:
        return True
    return said <= _BESIDE_PRONOUNS and bool(said & _PRONOUNS)


def take_apart(text: str, scope: Scope) -> Phrase:
    """Return the parts of a plain text; places are those of the home and those this speaker's words stand for."""
    words = words_of(_HOUSE.sub(" ", text))
    everything = not _QUANTIFIERS.isdisjoint(words) or (
        bool(_HOUSE.search(text)) and not _QUANTIFIERS.isdisjoint(text.split())
    )
    taken = _take_place(tuple(word for word in words if word not in _QUANTIFIERS), scope)
    rest, place = taken.rest, taken.place
    linked = _linked(rest)
    if place is None and "there" in rest:
        place = scope.previous_place
    noun: Noun | None = None
    noun_words: tuple[str, ...] = ()
    span = find_noun(rest)
    if span:
        noun_words = rest[slice(*span)]
        noun = NOUNS[" ".join(noun_words)]
        rest = (*rest[: span[0]], *rest[span[1] :])
    rest = tuple(word for word in rest if word not in _NEVER_DESCRIBE)
    return Phrase(rest, noun or scope.noun, noun_words, place, taken.place_words, everything, taken.used, linked)


def _take_place(words: tuple[str, ...], scope: Scope) -> Phrase:
    """Take the longest place out of the words, a taught one before the home's own."""
    taught = scope.taught.places
    span = find_span(words, taught, max((len(key.split()) for key in taught), default=0))
    if span:
        name = taught[" ".join(words[slice(*span)])]
        return _without(words, span, Place(area=name.target), (name.improvement,))
    span = find_span(words, scope.index.places, scope.index.longest_place)
    if span:
        return _without(words, span, scope.index.places[" ".join(words[slice(*span)])])
    return Phrase(words)


def _without(words: tuple[str, ...], span: tuple[int, int], place: Place, used: tuple[int, ...] = ()) -> Phrase:
    start, end = span
    return Phrase((*words[:start], *words[end:]), place=place, place_words=words[start:end], used=used)


def _linked(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words behind "in" or "at": what should have been a place."""
    for at, word in enumerate(words):
        if word in {"in", "at", "inside"} and at + 1 < len(words):
            return tuple(w for w in words[at + 1 :] if w not in _LOOSE)
    return ()
