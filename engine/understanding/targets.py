"""Which entities a phrase speaks of: exact names first, then kinds and places, then partial and fuzzy names, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from engine.understanding.home_index import HomeIndex, Place, find_noun, find_span, key_of, words_of
from engine.understanding.interpretation import Choice, Reason
from engine.understanding.names import MARGIN, THRESHOLD, NameMatch
from engine.understanding.nouns import NOUNS, Noun, singular
from engine.understanding.plain import plain

MAX_CHOICES = 6
FUZZY_PLACE_ENOUGH = 0.74
LONELY = 0.66  # a name this near is meant when no other comes within LONELY_MARGIN of it
LONELY_MARGIN = 0.15

_PRONOUNS = frozenset(["it", "them", "that", "those", "this", "these", "one", "ones", "thing", "same"])
_QUANTIFIERS = frozenset(
    ["all", "every", "each", "both", "everything", "entire", "whole", "everywhere", "anything", "any"]
)
_LINKS = frozenset(
    ["in", "on", "at", "of", "from", "for", "inside", "around", "within", "with", "to", "by", "near", "over", "under"]
)
_LOOSE = frozenset(
    [
        "house",
        "home",
        "place",
        "room",
        "area",
        "floor",
        "there",
        "here",
        "device",
        "devices",
        "stuff",
        "things",
        "thing",
        "other",
        "both",
        "too",
        "also",
        "again",
        "just",
        "only",
        "please",
        "now",
    ]
)
_HOUSE = re.compile(
    r"\b(?:(?:in|of|at|around|throughout|across) )?(?:the )?(?:whole |entire )?(?:house|home|flat|apartment)\b"
)
_AND = re.compile(r"(?:\s*,\s*(?:and\s+)?|\s+(?:and(?: also)?|plus|as well as|along with|&|n)\s+)")


@dataclass(frozen=True)
class TaughtName:
    """A learned alias as target resolution needs it: what it stands for, and which improvement brought it."""

    kind: str
    target: str
    improvement: int


@dataclass(frozen=True)
class Scope:
    """What a resolution may look at: the home, this speaker's taught names, and the domains the intent allows.

    `classes` narrows covers by device class; `previous` are the last turn's targets, for "it" and "there".
    `lenient` lets unknown words stand beside known ones (free text rather than a captured name).
    """

    index: HomeIndex
    taught: Mapping[str, TaughtName] = field(default_factory=lambda: MappingProxyType({}))
    domains: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    lenient: bool = False
    fuzzy: bool = True
    noun: Noun | None = None
    states: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Resolution:
    """The entities a phrase stands for, or why there are none. `exact` is false for partial, fuzzy and group names."""

    targets: tuple[str, ...] = ()
    exact: bool = True
    area: str | None = None
    floor: str | None = None
    used: tuple[int, ...] = ()
    choices: tuple[Choice, ...] = ()
    reason: Reason | None = None
    group: bool = False
    wrong_kind: tuple[str, ...] = ()


def resolve(mention: str, scope: Scope) -> Resolution:
    """Return what `mention` stands for within `scope`."""
    text = plain(mention.replace(",", " and ").replace("&", " and ")).strip()
    whole = _named(text, scope)
    if whole:
        return whole
    parts = [part for part in _AND.split(re.sub(r"\bboth\b(?: of)?", "", text)) if part.strip()]
    if len(parts) > 1:
        return _together(parts, scope)
    return _single(text, scope)


def _together(parts: list[str], scope: Scope) -> Resolution:
    found: list[Resolution] = []
    last_words = words_of(parts[-1])
    if set(parts[0].split()) & {"all", "every"} and find_noun(words_of(parts[0])):
        parts = [parts[0], *(f"all {part}" for part in parts[1:])]
    noun_phrase = next(
        (" ".join(words_of(p)[slice(*span)]) for p in reversed(parts) if (span := find_noun(words_of(p)))), None
    )
    for at, part in enumerate(parts):
        resolution = _part(part, noun_phrase, last_words if at < len(parts) - 1 else (), scope)
        if not resolution.targets:
            return resolution
        found.append(resolution)
    return Resolution(
        targets=tuple(sorted({target for r in found for target in r.targets})),
        exact=all(r.exact for r in found),
        used=tuple(sorted({number for r in found for number in r.used})),
        group=any(r.group for r in found),
    )


def _part(part: str, noun_phrase: str | None, last_words: tuple[str, ...], scope: Scope) -> Resolution:
    named = _named(part, scope)
    if named:
        return named
    has_noun = find_noun(words_of(part)) is not None
    attempts = [part] if has_noun or not noun_phrase else [f"{part} {noun_phrase}", part]
    attempts += (
        [f"{part} {' '.join(last_words[start:])}" for start in range(1, len(last_words))] if not has_noun else []
    )
    first: Resolution | None = None
    for attempt in attempts:
        resolution = _named(attempt, scope) or _single(attempt, scope)
        if resolution.targets:
            return resolution
        first = first or resolution
    assert first is not None
    return first


def _named(text: str, scope: Scope) -> Resolution | None:
    """Look `text` up whole: a taught name before the home's own, articles aside."""
    for key in dict.fromkeys((text, key_of(text))):
        taught = scope.taught.get(key)
        if taught and (resolution := _of_taught(taught, scope)):
            return resolution
    ids = scope.index.names.get(key_of(text), ())
    allowed = tuple(i for i in ids if _allowed(i, scope))
    if len(allowed) == 1:
        return Resolution(allowed)
    if len(allowed) > 1:
        return _ambiguous(allowed, scope)
    if ids and scope.domains:
        place = scope.index.places.get(key_of(text))
        return None if place else Resolution(reason=Reason.UNSUPPORTED, wrong_kind=ids)
    return None


def _of_taught(taught: TaughtName, scope: Scope) -> Resolution | None:
    used = (taught.improvement,)
    if taught.kind == "area":
        found = _kind_in_place(Place(area=taught.target), None, scope, everything=True)
        return replace(found, used=used) if found.targets else None
    if taught.target not in scope.index.snapshot.by_id:
        return None
    if not _allowed(taught.target, scope):
        return Resolution(reason=Reason.UNSUPPORTED, wrong_kind=(taught.target,), used=used)
    return Resolution((taught.target,), used=used)


def _allowed(entity_id: str, scope: Scope) -> bool:
    return not scope.domains or entity_id.partition(".")[0] in scope.domains


def _ambiguous(ids: Iterable[str], scope: Scope) -> Resolution:
    chosen = sorted(ids)
    by_id = scope.index.snapshot.by_id
    names = [by_id[i].name for i in chosen]
    labels = [
        name if names.count(name) == 1 else f"{name} ({_place_name(i, scope)})"
        for i, name in zip(chosen, names, strict=True)
    ]
    return Resolution(
        reason=Reason.AMBIGUOUS_NAME,
        choices=tuple(Choice(label, (i,)) for label, i in zip(labels, chosen, strict=True))[:MAX_CHOICES],
    )


def _place_name(entity_id: str, scope: Scope) -> str:
    area = scope.index.snapshot.by_id[entity_id].area
    return scope.index.snapshot.areas_by_id[area].name if area else entity_id


@dataclass(frozen=True)
class _Phrase:
    """A mention taken apart: its kind, place and quantifier, and the describing words left over."""

    rest: tuple[str, ...]
    noun: Noun | None = None
    noun_words: tuple[str, ...] = ()
    place: Place | None = None
    place_words: tuple[str, ...] = ()
    everything: bool = False
    exact_place: bool = True
    used: tuple[int, ...] = ()
    linked: tuple[str, ...] = ()


def _single(text: str, scope: Scope) -> Resolution:
    everything = bool(_HOUSE.search(text)) and bool(_QUANTIFIERS & set(text.split()))
    words = words_of(_HOUSE.sub(" ", text) if everything or _HOUSE.search(text) else text)
    said = set(text.split())
    if said and said <= _PRONOUNS | _QUANTIFIERS | {"of", "the"} and said & _PRONOUNS:
        return _previous(scope)
    phrase = _take_apart(words, scope)
    phrase = replace(phrase, everything=phrase.everything or everything)
    if not phrase.rest:
        return _without_describers(phrase, scope)
    return _described(phrase, text, scope)


def _previous(scope: Scope) -> Resolution:
    known = tuple(i for i in scope.previous if i in scope.index.snapshot.by_id and _allowed(i, scope))
    return Resolution(known) if known else Resolution(reason=Reason.NOTHING_TO_REFER_TO)


def _take_apart(words: tuple[str, ...], scope: Scope) -> _Phrase:
    everything = any(word in _QUANTIFIERS for word in words)
    rest = tuple(word for word in words if word not in _QUANTIFIERS)
    rest, place, place_words, used = _take_place(rest, scope)
    linked = _linked(rest)
    if "there" in rest and place is None:
        place = _previous_place(scope)
    span = find_noun(tuple(w for w in rest))
    noun, noun_words = None, ()
    if span:
        noun_words = rest[slice(*span)]
        noun = NOUNS[" ".join(noun_words)]
        rest = (*rest[: span[0]], *rest[span[1] :])
    rest = tuple(word for word in rest if word not in _LINKS and word not in _LOOSE)
    return _Phrase(rest, noun or scope.noun, noun_words, place, place_words, everything, used=used, linked=linked)


def _linked(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words behind "in" or "at": what should have been a place."""
    for at, word in enumerate(words):
        if word in {"in", "at", "inside"} and at + 1 < len(words):
            return tuple(w for w in words[at + 1 :] if w not in _LOOSE)
    return ()


def _take_place(
    words: tuple[str, ...], scope: Scope
) -> tuple[tuple[str, ...], Place | None, tuple[str, ...], tuple[int, ...]]:
    taught = {key: name for key, name in scope.taught.items() if name.kind == "area"}
    longest = max([len(key.split()) for key in taught], default=0)
    span = find_span(words, taught, longest)
    if span:
        name = taught[" ".join(words[slice(*span)])]
        return (*words[: span[0]], *words[span[1] :]), Place(area=name.target), words[slice(*span)], (name.improvement,)
    span = find_span(words, scope.index.places, scope.index.longest_place)
    if span:
        key = " ".join(words[slice(*span)])
        return (*words[: span[0]], *words[span[1] :]), scope.index.places[key], words[slice(*span)], ()
    return words, None, (), ()


def _previous_place(scope: Scope) -> Place | None:
    areas = {scope.index.snapshot.by_id[i].area for i in scope.previous if i in scope.index.snapshot.by_id}
    area = areas.pop() if len(areas) == 1 else None
    return Place(area=area) if area else None


def _without_describers(phrase: _Phrase, scope: Scope) -> Resolution:
    if phrase.noun is not None and scope.domains and not set(phrase.noun.domains) & set(scope.domains):
        return Resolution(reason=Reason.UNSUPPORTED)
    if phrase.noun is None and phrase.place is None and not phrase.everything:
        return Resolution(reason=Reason.MISSING_TARGET, choices=_offered([e.entity_id for e in scope.index.domain_members(scope.domains)], scope))
    if phrase.noun is None and scope.domains and not set(scope.domains) - {"scene", "script"}:
        return Resolution(reason=Reason.MISSING_TARGET)
    if phrase.place is None and phrase.noun is not None:
        return _kind_anywhere(phrase, phrase.noun, scope)
    return replace(
        _kind_in_place(phrase.place, phrase.noun, scope, everything=phrase.everything, phrase=phrase), used=phrase.used
    )


def _domains(noun: Noun | None, scope: Scope) -> tuple[str, ...]:
    if noun is None:
        return scope.domains
    allowed = tuple(d for d in noun.domains if not scope.domains or d in scope.domains)
    return allowed or noun.domains


def _of_kind(noun: Noun | None, place: Place | None, scope: Scope) -> list[str]:
    entities = scope.index.domain_members(_domains(noun, scope), place)
    if noun and noun.classes:
        strict = [e for e in entities if e.device_class in noun.classes]
        loose = [e for e in entities if e.device_class is None or e.domain == "lock"]
        entities = strict or loose if not strict else strict + [e for e in loose if e.domain == "lock"]
    return [e.entity_id for e in entities]


def _kind_anywhere(phrase: _Phrase, noun: Noun, scope: Scope) -> Resolution:
    ids = _by_own_noun(_of_kind(noun, None, scope), phrase, scope)
    if not ids:
        return Resolution(reason=Reason.UNKNOWN_NAME)
    if phrase.everything or len(ids) == 1:
        return Resolution(tuple(sorted(ids)), exact=len(ids) == 1, group=phrase.everything)
    again = tuple(i for i in scope.previous if i in ids)
    if again and not noun.plural:
        return Resolution(again, exact=False)
    return Resolution(reason=Reason.MISSING_TARGET, choices=_offered(ids, scope))


def _offered(ids: list[str], scope: Scope) -> tuple[Choice, ...]:
    """Offer the things themselves where they are few of one kind, else the rooms they are in."""
    if len({i.partition(".")[0] for i in ids}) != 1:
        return ()
    if len(ids) <= MAX_CHOICES:
        return _ambiguous(ids, scope).choices
    by_area: dict[str, list[str]] = {}
    for i in ids:
        area = scope.index.snapshot.by_id[i].area
        if area:
            by_area.setdefault(scope.index.snapshot.areas_by_id[area].name, []).append(i)
    return tuple(Choice(name, tuple(sorted(members))) for name, members in by_area.items())[:MAX_CHOICES]


_GENERIC = frozenset(
    [
        "light",
        "lighting",
        "bulb",
        "heating",
        "heat",
        "cooling",
        "door",
        "switch",
        "lock",
        "valve",
        "fan",
        "speaker",
        "music",
        "volume",
        "sound",
        "cover",
        "scene",
        "script",
        "sensor",
        "window",
        "gate",
        "vacuum",
    ]
)


def _by_own_noun(ids: list[str], phrase: _Phrase, scope: Scope) -> list[str]:
    """ "Blinds" are the things called blind where any are, though shutters would do as well."""
    said = {singular(word) for word in phrase.noun_words}
    if not said or said & _GENERIC:
        return ids
    return [i for i in ids if said <= {singular(w) for n in _names(i, scope) for w in words_of(plain(n))}] or ids


def _kind_in_place(
    place: Place | None, noun: Noun | None, scope: Scope, *, everything: bool, phrase: _Phrase | None = None
) -> Resolution:
    domains = _domains(noun, scope)
    ids = _of_kind(noun, place, scope)
    if noun is None and "light" in domains and not (everything and place is None):
        lights = [i for i in ids if i.startswith("light.")]
        ids = lights or ids
    area, floor = (place.area, place.floor) if place else (None, None)
    if not ids:
        return Resolution(reason=Reason.UNKNOWN_NAME, area=area, floor=floor)
    if len(ids) > 1 and noun is not None and not noun.plural and not everything:
        narrowed = _singular_in_place(ids, phrase, scope)
        if narrowed:
            return replace(narrowed, area=area if not narrowed.targets else None)
    group = len(ids) > 1 or everything
    return Resolution(tuple(sorted(ids)), exact=False, area=area, floor=floor, group=group)


def _singular_in_place(ids: list[str], phrase: _Phrase | None, scope: Scope) -> Resolution | None:
    """One was asked for and the place has several: the one whose own name says it, else ask; lights may all be meant."""
    if phrase is None:
        return None
    wanted = {singular(word) for word in (*phrase.noun_words, *phrase.place_words)}
    named = [i for i in ids if wanted <= {singular(w) for n in _names(i, scope) for w in words_of(plain(n))}]
    if len(named) == 1:
        return Resolution((named[0],), exact=False)
    said = {singular(word) for word in phrase.noun_words}
    by_noun = [i for i in ids if said <= {singular(w) for n in _names(i, scope) for w in words_of(plain(n))}]
    if len(by_noun) == 1:
        return Resolution((by_noun[0],), exact=False)
    return _ambiguous(named or by_noun or ids, scope)


def _names(entity_id: str, scope: Scope) -> tuple[str, ...]:
    entity = scope.index.snapshot.by_id[entity_id]
    return (entity.name, *entity.aliases)


def _described(phrase: _Phrase, text: str, scope: Scope) -> Resolution:
    if (
        phrase.noun_words
        and phrase.noun is not None
        and scope.domains
        and not set(phrase.noun.domains) & set(scope.domains)
    ):
        return Resolution(reason=Reason.UNSUPPORTED)
    candidates = _holding(phrase, scope)
    if len(candidates) == 1:
        return Resolution(tuple(candidates), exact=False, used=phrase.used)
    if candidates:
        whole_group = phrase.everything or (phrase.noun is not None and phrase.noun.plural and bool(phrase.noun_words))
        if whole_group:
            return Resolution(tuple(sorted(candidates)), exact=False, group=True, used=phrase.used)
        return _ambiguous(candidates, scope)
    return _nearest(phrase, text, scope)


def _holding(phrase: _Phrase, scope: Scope) -> list[str]:
    """Entities whose names and places hold every describing word, of the kind that was said."""
    ids: set[str] | None = None
    for word in (*phrase.rest, *phrase.place_words):
        holders = set(scope.index.tokens.get(singular(word), frozenset()))
        ids = holders if ids is None else ids & holders
    kind = (
        _of_kind(phrase.noun, None, scope)
        if phrase.noun
        else [e.entity_id for e in scope.index.domain_members(scope.domains)]
    )
    matching = [i for i in kind if ids is None or i in ids]
    if matching or not phrase.noun_words:
        return matching
    nouns = [singular(word) for word in phrase.noun_words]
    return [
        i
        for i in sorted(ids or ())
        if _allowed(i, scope) and all(i in scope.index.tokens.get(noun, frozenset()) for noun in nouns)
    ]


def _nearest(phrase: _Phrase, text: str, scope: Scope) -> Resolution:
    if not scope.fuzzy:
        return Resolution(reason=Reason.UNKNOWN_NAME)
    domains = _domains(phrase.noun, scope) if phrase.noun_words else scope.domains
    by_place = _misspelt_place(phrase, scope)
    key = " ".join(words_of(text))
    matches = _search(key, phrase, domains, scope)
    best = matches[0].score if matches else 0.0
    second = matches[1].score if len(matches) > 1 else 0.0
    if _clear(best, second) and _may_be(matches[0].name, key, phrase):
        return Resolution((matches[0].key,), exact=False, used=phrase.used)
    if by_place:
        return by_place
    if best >= THRESHOLD and second >= THRESHOLD:
        return _ambiguous([m.key for m in matches if m.score >= best - MARGIN], scope)
    unknown_place = bool(phrase.linked) or (phrase.noun is not None and phrase.rest and _looks_like_place(phrase.rest))
    reason = Reason.UNKNOWN_PLACE if unknown_place and phrase.place is None else Reason.UNKNOWN_NAME
    near = tuple(Choice(scope.index.snapshot.by_id[m.key].name, (m.key,)) for m in matches if m.score >= 0.55)
    return Resolution(reason=reason, choices=near[:3])


def _clear(best: float, second: float) -> bool:
    """A name near enough and well before the next; a farther one must stand alone."""
    return (best >= THRESHOLD and best - second >= MARGIN) or (best >= LONELY and best - second >= LONELY_MARGIN)


def _search(key: str, phrase: _Phrase, domains: tuple[str, ...], scope: Scope) -> list[NameMatch]:
    def allowed(entity_id: str) -> bool:
        return not domains or entity_id.partition(".")[0] in domains

    matches = scope.index.fuzzy.search(key, allowed=allowed, limit=MAX_CHOICES)
    if (
        phrase.noun_words
        and phrase.noun is not None
        and "light" in phrase.noun.domains
        and phrase.noun_words[-1] != "light"
    ):
        other = scope.index.fuzzy.search(
            " ".join((*phrase.rest, *phrase.place_words, "light")), allowed=allowed, limit=MAX_CHOICES
        )
        matches = max(matches, other, key=lambda found: found[0].score if found else 0.0)
    return matches


def _may_be(name: str, key: str, phrase: _Phrase) -> bool:
    """A fuzzy winner must not hide a different word: every describing word needs a close word in the name."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only the rare fuzzy path needs it

    have = [singular(word) for word in words_of(plain(name))]
    joined = "".join(have)
    for word in phrase.rest:
        said = singular(word)
        near, other = min(((OSA.distance(said, other), other) for other in have), default=(99, ""))
        slip = near <= max(1, len(said) // 4) and not (near > 1 and (said in other or other in said))
        if not slip and said not in joined.replace(other, "") and OSA.distance("".join(key.split()), joined) > 1:
            return False
    return True


def _misspelt_place(phrase: _Phrase, scope: Scope) -> Resolution | None:
    if phrase.place is not None or not phrase.rest or (phrase.noun is None and not scope.lenient):
        return None
    said = " ".join(phrase.rest)
    if len(said) < 4:
        return None
    matches = scope.index.fuzzy_places.search(said, allowed=lambda _key: True, limit=2)
    if (
        not matches
        or matches[0].score < FUZZY_PLACE_ENOUGH
        or (len(matches) > 1 and matches[0].score - matches[1].score < MARGIN)
    ):
        return None
    kind, _, name = matches[0].key.partition(":")
    place = Place(area=name) if kind == "area" else Place(floor=name)
    found = _kind_in_place(
        place,
        phrase.noun,
        scope,
        everything=phrase.everything,
        phrase=replace(phrase, place_words=words_of(plain(matches[0].name))),
    )
    return replace(found, exact=False) if found.targets or found.choices else None


_ROOMS = frozenset(
    [
        "attic",
        "loft",
        "conservatory",
        "pantry",
        "den",
        "library",
        "sauna",
        "gym",
        "porch",
        "balcony",
        "terrace",
        "patio",
        "basement",
        "cellar",
        "bathroom",
        "bedroom",
        "kitchen",
        "office",
        "garage",
        "garden",
        "hall",
        "hallway",
        "study",
        "nursery",
        "utility",
        "laundry",
        "cloakroom",
        "toilet",
        "loo",
        "wc",
        "lounge",
        "parlour",
        "sunroom",
        "closet",
        "cupboard",
        "shed",
        "barn",
        "stable",
        "greenhouse",
        "guest",
        "ensuite",
        "lobby",
        "foyer",
        "landing",
        "staircase",
        "stairs",
        "corridor",
        "workshop",
        "studio",
        "veranda",
        "deck",
        "pool",
        "driveway",
        "upstairs",
        "downstairs",
        "mudroom",
        "playroom",
    ]
)


def _looks_like_place(words: tuple[str, ...]) -> bool:
    return any(word in _ROOMS for word in words) or words[-1] == "room"
