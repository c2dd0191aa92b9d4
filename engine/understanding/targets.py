"""Which entities a phrase speaks of: exact names first, then kinds and places, then partial and misspelt names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from engine.understanding.home_index import Place, find_noun, key_of, words_of
from engine.understanding.interpretation import Reason
from engine.understanding.kinds import in_place, of_kind, of_kind_and_place
from engine.understanding.near_names import nearest
from engine.understanding.nouns import singular
from engine.understanding.offers import ambiguous
from engine.understanding.phrases import Phrase, is_pronoun, take_apart
from engine.understanding.plain import plain
from engine.understanding.scope import Resolution, Scope, TaughtName

_AND = re.compile(r"(?:\s*,\s*(?:and\s+)?|\s+(?:and(?: also)?|plus|as well as|along with|&|n)\s+)")
_BOTH = re.compile(r"\bboth\b(?: of)?")


def resolve(mention: str, scope: Scope) -> Resolution:
    """Return what `mention` stands for within `scope`."""
    text = plain(mention.replace(",", " and ").replace("&", " and ")).strip()
    whole = _named(text, scope)
    if whole:
        return whole
    parts = [part for part in _AND.split(_BOTH.sub("", text)) if part.strip()]
    return _together(parts, scope) if len(parts) > 1 else _single(text, scope)


def _together(parts: list[str], scope: Scope) -> Resolution:
    last_words = words_of(parts[-1])
    if {"all", "every"} & set(parts[0].split()) and find_noun(words_of(parts[0])):
        parts = [parts[0], *(f"all {part}" for part in parts[1:])]
    noun = next((noun for part in reversed(parts) if (noun := _noun_in(part))), "")
    found: list[Resolution] = []
    for at, part in enumerate(parts):
        resolution = _part(part, noun, last_words if at < len(parts) - 1 else (), scope)
        if not resolution.targets:
            return resolution
        found.append(resolution)
    return Resolution(
        targets=tuple(sorted({target for one in found for target in one.targets})),
        exact=all(one.exact for one in found),
        used=tuple(sorted({number for one in found for number in one.used})),
        group=any(one.group for one in found),
    )


def _noun_in(part: str) -> str:
    words = words_of(part)
    span = find_noun(words)
    return " ".join(words[slice(*span)]) if span else ""


def _part(part: str, noun: str, last_words: tuple[str, ...], scope: Scope) -> Resolution:
    """Return what one of several joined phrases stands for: "the hall and kitchen lights" says lights of both."""
    named = _named(part, scope)
    if named:
        return named
    first: Resolution | None = None
    for wording in _wordings(part, noun, last_words):
        resolution = _named(wording, scope) or _single(wording, scope)
        if resolution.targets:
            return resolution
        first = first or resolution
    assert first is not None
    return first


def _wordings(part: str, noun: str, last_words: tuple[str, ...]) -> Iterator[str]:
    lacks_noun = find_noun(words_of(part)) is None
    if lacks_noun and noun:
        yield f"{part} {noun}"
    yield part
    if lacks_noun:
        for start in range(1, len(last_words)):
            yield f"{part} {' '.join(last_words[start:])}"


def _named(text: str, scope: Scope) -> Resolution | None:
    """Look `text` up whole: a taught name before the home's own, articles aside."""
    bare = key_of(text)
    for key in dict.fromkeys((text, bare)):
        taught = scope.taught.get(key)
        if taught and (resolution := _of_taught(taught, scope)):
            return resolution
    ids = scope.index.names.get(bare, ())
    allowed = tuple(i for i in ids if scope.allows(i))
    if len(allowed) == 1:
        return Resolution(allowed)
    if allowed:
        return ambiguous(allowed, scope)
    if ids and bare not in scope.index.places:
        return Resolution(reason=Reason.UNSUPPORTED, wrong_kind=ids)
    return None


def _of_taught(taught: TaughtName, scope: Scope) -> Resolution | None:
    used = (taught.improvement,)
    if taught.kind == "area":
        found = in_place(Phrase(place=Place(area=taught.target), everything=True), scope)
        return replace(found, used=used) if found.targets else None
    if taught.target not in scope.index.snapshot.by_id:
        return None
    if not scope.allows(taught.target):
        return Resolution(reason=Reason.UNSUPPORTED, wrong_kind=(taught.target,), used=used)
    return Resolution((taught.target,), used=used)


def _single(text: str, scope: Scope) -> Resolution:
    if is_pronoun(text):
        return _previous(scope)
    phrase = take_apart(text, scope)
    return _described(phrase, text, scope) if phrase.rest else of_kind_and_place(phrase, scope)


def _previous(scope: Scope) -> Resolution:
    known = tuple(i for i in scope.previous if i in scope.index.snapshot.by_id and scope.allows(i))
    return Resolution(known) if known else Resolution(reason=Reason.NOTHING_TO_REFER_TO)


def _described(phrase: Phrase, text: str, scope: Scope) -> Resolution:
    said_noun = phrase.noun if phrase.noun_words else None
    if said_noun and scope.domains and set(said_noun.domains).isdisjoint(scope.domains):
        return Resolution(reason=Reason.UNSUPPORTED)
    candidates = _holding(phrase, scope)
    if len(candidates) == 1:
        return Resolution(tuple(candidates), exact=False, used=phrase.used)
    if candidates and phrase.whole_kind:
        return Resolution(tuple(sorted(candidates)), exact=False, group=True, used=phrase.used)
    return ambiguous(candidates, scope) if candidates else nearest(phrase, text, scope)


def _holding(phrase: Phrase, scope: Scope) -> list[str]:
    """Return the entities whose names and places hold every describing word, of the kind that was said."""
    tokens = scope.index.tokens
    none: frozenset[str] = frozenset()
    ids = frozenset.intersection(*(tokens.get(singular(word), none) for word in (*phrase.rest, *phrase.place_words)))
    if not ids:
        return []
    matching = [i for i in of_kind(phrase.noun, None, scope) if i in ids]
    if matching or not phrase.noun_words:
        return matching
    nouns = [tokens.get(singular(word), none) for word in phrase.noun_words]
    return sorted(i for i in ids.intersection(*nouns) if scope.allows(i))


__all__ = ["Resolution", "Scope", "TaughtName", "resolve"]
