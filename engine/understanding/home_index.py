"""The names of one home, arranged for look-up. Made once per set of names; states do not matter to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine.understanding.names import NameIndex
from engine.understanding.nouns import LONGEST_NOUN, NOUNS, singular
from engine.understanding.numbers import with_digits
from engine.understanding.plain import plain
from engine.understanding.snapshot import Entity, Floor, Snapshot

ARTICLES = frozenset("the a an my our your his her their this that these those some".split())
READABLE = tuple(  # the domains whose states one asks about
    """
    light switch input_boolean fan climate cover valve lock media_player vacuum alarm_control_panel siren
    binary_sensor sensor
    """.split()
)
_OWN_NOUN = {
    "lock": ("lock",),
    "cover": ("cover",),
    "vacuum": ("vacuum",),
    "scene": ("scene",),
    "script": ("script",),
}


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a plain text without articles."""
    return tuple(word for word in text.split() if word not in ARTICLES)


def key_of(name: str) -> str:
    """Return the form under which a name is looked up: plain, without articles."""
    form = with_digits(plain(name))
    return " ".join(words_of(form)) or form


@dataclass(frozen=True)
class Place:
    """An area or a floor that a phrase named; exactly one of the two is set."""

    area: str | None = None
    floor: str | None = None


def _put(table: dict[str, tuple[str, ...]], key: str, value: str) -> None:
    if key and value not in table.get(key, ()):
        table[key] = (*table.get(key, ()), value)


@dataclass(frozen=True)
class HomeIndex:
    """Look-up tables over a snapshot's names: exact names, tokens, places, and a fuzzy index."""

    snapshot: Snapshot
    names: Mapping[str, tuple[str, ...]] = field(repr=False)
    places: Mapping[str, Place] = field(repr=False)
    tokens: Mapping[str, frozenset[str]] = field(repr=False)
    members: Mapping[Place, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, snapshot: Snapshot) -> HomeIndex:
        """Index a snapshot's exposed entities, areas and floors."""
        exposed = [entity for entity in snapshot.entities if entity.exposed]
        tokens: dict[str, set[str]] = {}
        members: dict[Place, list[str]] = {}
        for entity in exposed:
            for token in _tokens(entity, snapshot):
                tokens.setdefault(token, set()).add(entity.entity_id)
            for place in _places_of(entity, snapshot):
                members.setdefault(place, []).append(entity.entity_id)
        return cls(
            snapshot,
            _names(exposed),
            _places(snapshot),
            {token: frozenset(ids) for token, ids in tokens.items()},
            {place: tuple(ids) for place, ids in members.items()},
        )

    @cached_property
    def whole_names(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of all entities by their names and aliases as they stand, without any short forms."""
        names: dict[str, tuple[str, ...]] = {}
        for entity in self.snapshot.entities:
            for name in (entity.name, *entity.aliases):
                names[key_of(name)] = (*names.get(key_of(name), ()), entity.entity_id)
        return names

    @cached_property
    def fuzzy(self) -> NameIndex:
        """Entity names and aliases for fuzzy search; keys are entity ids."""
        return NameIndex.of(
            (name, entity.entity_id)
            for entity in self.snapshot.entities
            if entity.exposed
            for name in (entity.name, *entity.aliases)
        )

    @cached_property
    def fuzzy_places(self) -> NameIndex:
        """Area and floor names and aliases; keys are "area:ID" and "floor:ID"."""
        return NameIndex.of(
            (phrase, f"area:{place.area}" if place.area else f"floor:{place.floor}")
            for phrase, place in self.places.items()
        )

    @cached_property
    def readable_names(self) -> Mapping[str, tuple[str, ...]]:
        """The exact names of things whose states one asks about."""
        readable = {key: tuple(i for i in ids if i.partition(".")[0] in READABLE) for key, ids in self.names.items()}
        return {key: ids for key, ids in readable.items() if ids}

    @cached_property
    def longest_place(self) -> int:
        """The number of words in the longest place name."""
        return max((len(phrase.split()) for phrase in self.places), default=0)

    @cached_property
    def _by_domain(self) -> Mapping[str, tuple[int, ...]]:
        """Where the exposed entities of each domain stand in the snapshot."""
        found: dict[str, list[int]] = {}
        for at, entity in enumerate(self.snapshot.entities):
            if entity.exposed:
                found.setdefault(entity.domain, []).append(at)
        return {domain: tuple(positions) for domain, positions in found.items()}

    def domain_members(self, domains: Iterable[str], place: Place | None = None) -> list[Entity]:
        """Return the exposed entities of some domains, in one place or anywhere, in the order of the home."""
        wanted = frozenset(domains)
        if place is not None:
            in_place = (self.snapshot.by_id[entity_id] for entity_id in self.members.get(place, ()))
            return [entity for entity in in_place if entity.domain in wanted]
        positions = sorted(at for domain in wanted for at in self._by_domain.get(domain, ()))
        return [self.snapshot.entities[at] for at in positions]


def _names(exposed: Sequence[Entity]) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for entity in exposed:
        for name in (entity.name, *entity.aliases):
            _put(names, key_of(name), entity.entity_id)
    for entity in exposed:
        for short in _short_names(entity):
            names.setdefault(short, (entity.entity_id,))
    return names


def _places_of(entity: Entity, snapshot: Snapshot) -> Iterable[Place]:
    if entity.area:
        yield Place(area=entity.area)
    floor = snapshot.floor_of(entity)
    if floor:
        yield Place(floor=floor)


def _short_names(entity: Entity) -> Iterable[str]:
    for name in (entity.name, *entity.aliases):
        key = key_of(name)
        for noun in _OWN_NOUN.get(entity.domain, ()):
            if key.endswith(" " + noun):
                yield key[: -len(noun) - 1]


def _tokens(entity: Entity, snapshot: Snapshot) -> set[str]:
    area = snapshot.areas_by_id.get(entity.area) if entity.area else None
    floor = snapshot.floors_by_id.get(area.floor) if area and area.floor else None
    texts = [entity.name, *entity.aliases]
    if area:
        texts += [area.name, *area.aliases]
    if floor:
        texts += [floor.name, *floor.aliases]
    return {singular(word) for text in texts for word in words_of(with_digits(plain(text)))}


def _places(snapshot: Snapshot) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for floor in snapshot.floors:
        if word := _level_word(floor, snapshot):
            places.setdefault(word, Place(floor=floor.id))
        for name in (floor.name, *floor.aliases):
            places[key_of(name)] = Place(floor=floor.id)
    for area in snapshot.areas:
        for name in (area.name, *area.aliases):
            places[key_of(name)] = Place(area=area.id)
    for phrase in [phrase for phrase in places if " " in phrase]:
        places.setdefault(phrase.replace(" ", ""), places[phrase])
    return places


def _level_word(floor: Floor, snapshot: Snapshot) -> str | None:
    """Return "downstairs" for the ground floor, "upstairs" for the first and for the highest."""
    if floor.level == 0:
        return "downstairs"
    highest = max(other.level or 0 for other in snapshot.floors)
    return "upstairs" if floor.level == 1 or (floor.level is not None and floor.level == highest > 0) else None


def find_span(words: tuple[str, ...], table: Mapping[str, object], longest: int) -> tuple[int, int] | None:
    """Return (start, end) of the longest run of words that is a key of `table`, the first of equals; or None."""
    for length in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            if " ".join(words[start : start + length]) in table:
                return start, start + length
    return None


def find_noun(words: tuple[str, ...]) -> tuple[int, int] | None:
    """Return the span of the last device noun in `words`, or None ("the bedroom fan light" is about a light)."""
    for end in range(len(words), 0, -1):
        for length in range(min(LONGEST_NOUN, end), 0, -1):
            if " ".join(words[end - length : end]) in NOUNS:
                return end - length, end
    return None
