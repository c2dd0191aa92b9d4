"""Things meant by their kind and place: "the lights in the hall", "all blinds", "everything upstairs"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.understanding.home_index import Place, words_of
from engine.understanding.interpretation import Reason
from engine.understanding.nouns import Noun, singular
from engine.understanding.offers import ambiguous, offered
from engine.understanding.phrases import Phrase
from engine.understanding.plain import plain
from engine.understanding.scope import Resolution, Scope

# Words so general that a thing need not be called so to be meant.
_GENERIC = frozenset(
    """
    light lighting bulb heating heat cooling door switch lock valve fan speaker music volume sound cover
    scene script sensor window gate vacuum
    """.split()
)


def of_kind_and_place(phrase: Phrase, scope: Scope) -> Resolution:
    """Return what a phrase without describing words stands for."""
    noun = phrase.noun
    if noun is not None and scope.domains and set(noun.domains).isdisjoint(scope.domains):
        return Resolution(reason=Reason.UNSUPPORTED)
    if noun is None and phrase.place is None and not phrase.everything:
        anything = [entity.entity_id for entity in scope.index.domain_members(scope.domains)]
        return Resolution(reason=Reason.MISSING_TARGET, choices=offered(anything, scope.index.snapshot))
    if noun is None and scope.domains and set(scope.domains) <= {"scene", "script"}:
        return Resolution(reason=Reason.MISSING_TARGET)
    if noun is not None and phrase.place is None:
        return _anywhere(phrase, noun, scope)
    return replace(in_place(phrase, scope), used=phrase.used)


def in_place(phrase: Phrase, scope: Scope) -> Resolution:
    """Return the things of the phrase's kind in its place: lights where no kind was said and lights may be meant."""
    noun, place = phrase.noun, phrase.place
    ids = of_kind(noun, place, scope)
    if noun is None and "light" in scope.domains and not (phrase.everything and place is None):
        ids = [i for i in ids if i.startswith("light.")] or ids
    area, floor = (place.area, place.floor) if place else (None, None)
    if not ids and scope.domains == ("climate",):
        everywhere = of_kind(noun, None, scope)  # a room without one of its own is heated by another
        return Resolution(
            reason=Reason.MISSING_TARGET, area=area, floor=floor, choices=offered(everywhere, scope.index.snapshot)
        )
    if not ids:
        return Resolution(reason=Reason.UNKNOWN_NAME, area=area, floor=floor)
    if len(ids) > 1 and noun is not None and not noun.plural and not phrase.everything:
        one = _one_of(ids, phrase, scope)
        return one if one.targets else replace(one, area=area)
    group = len(ids) > 1 or phrase.everything
    return Resolution(tuple(sorted(ids)), exact=False, area=area, floor=floor, group=group)


def of_kind(noun: Noun | None, place: Place | None, scope: Scope) -> list[str]:
    """Return the ids of the things a noun speaks of, in a place or anywhere, in the order of the home."""
    entities = scope.index.domain_members(domains_of(noun, scope), place)
    if noun and noun.classes:
        unclassed = [e for e in entities if e.device_class not in noun.classes]
        entities = [e for e in entities if e.device_class in noun.classes]
        if entities:
            entities += [e for e in unclassed if e.domain == "lock"]
        else:
            entities = [e for e in unclassed if e.device_class is None or e.domain == "lock"]
    return [entity.entity_id for entity in entities]


def domains_of(noun: Noun | None, scope: Scope) -> tuple[str, ...]:
    """Return the noun's domains that the intent allows, or all of them where it allows none."""
    if noun is None:
        return scope.domains
    return tuple(domain for domain in noun.domains if not scope.domains or domain in scope.domains) or noun.domains


def _anywhere(phrase: Phrase, noun: Noun, scope: Scope) -> Resolution:
    ids = _by_own_noun(of_kind(noun, None, scope), phrase, scope)
    if not ids:
        return Resolution(reason=Reason.UNKNOWN_NAME)
    if phrase.everything or len(ids) == 1:
        return Resolution(tuple(sorted(ids)), exact=len(ids) == 1, group=phrase.everything)
    again = tuple(i for i in scope.previous if i in ids)
    if again and not noun.plural:
        return Resolution(again, exact=False)
    return Resolution(reason=Reason.MISSING_TARGET, choices=offered(ids, scope.index.snapshot))


def _by_own_noun(ids: list[str], phrase: Phrase, scope: Scope) -> list[str]:
    """Return what is called by the noun where anything is: "blinds", though shutters would do as well."""
    said = {singular(word) for word in phrase.noun_words}
    if not said or said & _GENERIC:
        return ids
    return _named_with(said, ids, scope) or ids


def _one_of(ids: list[str], phrase: Phrase, scope: Scope) -> Resolution:
    """Return the one thing of several whose own name says what was said, else the question which."""
    named = _named_with({singular(word) for word in (*phrase.noun_words, *phrase.place_words)}, ids, scope)
    if len(named) == 1:
        return Resolution((named[0],), exact=False)
    by_noun = _named_with({singular(word) for word in phrase.noun_words}, ids, scope)
    if len(by_noun) == 1:
        return Resolution((by_noun[0],), exact=False)
    return ambiguous(named or by_noun or ids, scope)


def _named_with(words: set[str], ids: Iterable[str], scope: Scope) -> list[str]:
    return [i for i in ids if words <= _words_of_names(i, scope)]


def _words_of_names(entity_id: str, scope: Scope) -> set[str]:
    entity = scope.index.snapshot.by_id[entity_id]
    return {singular(word) for name in (entity.name, *entity.aliases) for word in words_of(plain(name))}
