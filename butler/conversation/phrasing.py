"""How names and lists stand in a sentence: "the kitchen light", "Big Bertha", "a, b and c"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.understanding.nouns import NOUNS
from engine.understanding.snapshot import Entity

# Words that are written small within a sentence; any other word may be a name and keeps its case.
_ROOMS = "attic basement bath bathroom bedroom cellar conservatory dining downstairs driveway entrance family front"
_PLACES = "garage garden ground guest hall hallway home house kids kitchen landing laundry living lounge main master"
_MORE = "back nursery office outdoor outside patio porch room shed spare stairs study terrace upstairs utility workshop"
_THINGS = "appliance backlight battery bed bedside bell blind ceiling coffee contact counter curtain cupboard"
_PARTS = "dehumidifier desk detector diffuser dishwasher doorbell dryer extractor fairy floor fridge freezer gate"
_DEVICES = "heater heating humidity kettle leak left lights machine maker mirror monitor motion night path pendant"
_REST = "player plug power pump purifier right robot routine scene screen side sink smoke sprinkler strip system"
_TAIL = "table temperature thermostat towel underfloor wall washing water window workbench worktop alarm door speaker"
_SMALL = frozenset(f"{_ROOMS} {_PLACES} {_MORE} {_THINGS} {_PARTS} {_DEVICES} {_REST} {_TAIL}".split())
_NOUN_WORDS = frozenset(word for phrase in NOUNS for word in phrase.split())
_COMMON = _SMALL | _NOUN_WORDS
_PLURAL_ENDS = ("s",)
_NOT_PLURAL = ("ss", "us", "is")
_DOORS = frozenset({"doors", "garage doors", "gates", "locks"})
MOST_NAMED = 5


def small(name: str) -> str:
    """Return a name as it stands within a sentence: a description is written small, a proper name as it is."""
    words = name.split()
    if any(word.istitle() and word.lower() not in _COMMON and not _possessive(word) for word in words):
        return " ".join(words)
    return " ".join(word.lower() if word.istitle() and not _possessive(word) else word for word in words)


def _possessive(word: str) -> bool:
    return word.lower().endswith(("'s", "’s"))


def the(name: str) -> str:
    """Return a name with its article where it takes one: "the kitchen light", but "Big Bertha" and "Ana's lamp"."""
    words = name.split()
    if not words:
        return name
    takes_article = words[-1].lower() in _COMMON - {"night"} and not any(_possessive(word) for word in words)
    starts = words[0].lower() in {"the", "my", "our", "a", "an"}
    return f"the {small(name)}" if takes_article and not starts else small(name)


def opening(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def is_plural(name: str) -> bool:
    """Tell whether a name is spoken of in the plural ("counter lights are on")."""
    last = name.rsplit(maxsplit=1)[-1].lower() if name.split() else ""
    noun = NOUNS.get(last)
    if noun is not None:
        return noun.plural
    return last in _COMMON and last.endswith(_PLURAL_ENDS) and not last.endswith(_NOT_PLURAL)


def joined(parts: Iterable[str], last: str = "and") -> str:
    """Return parts as a list in words: "a, b and c"."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def verb(names: Sequence[str]) -> str:
    """Return "is" or "are" for these names."""
    return "are" if len(names) != 1 or is_plural(names[0]) else "is"


def names_of(entities: Iterable[Entity]) -> list[str]:
    """Return the entities' names; those that several share are told apart by their ids."""
    listed = list(entities)
    counts: dict[str, int] = {}
    for entity in listed:
        counts[entity.name] = counts.get(entity.name, 0) + 1
    return [e.name if counts[e.name] == 1 else f"{e.name} ({e.entity_id})" for e in listed]


_PLURALS = {
    "light": "lights",
    "switch": "switches",
    "input_boolean": "switches",
    "fan": "fans",
    "cover": "covers",
    "valve": "valves",
    "lock": "locks",
    "media_player": "players",
    "climate": "thermostats",
    "vacuum": "vacuums",
}
_CLASS_PLURALS = {
    "window": "windows",
    "door": "doors",
    "garage": "garage doors",
    "garage_door": "garage doors",
    "gate": "gates",
    "blind": "blinds",
    "curtain": "curtains",
    "shutter": "shutters",
    "shade": "shades",
    "motion": "motion sensors",
}


def kind_of(entities: Sequence[Entity]) -> str:
    """Return what the entities are together: "lights", "windows", or "things"."""
    kinds = {_kind(entity) for entity in entities}
    if len(kinds) > 1 and kinds <= _DOORS:
        return "doors"
    return kinds.pop() if len(kinds) == 1 else "things"


def _kind(entity: Entity) -> str:
    return _CLASS_PLURALS.get(entity.device_class or "") or _PLURALS.get(entity.domain, "things")


def kinds_counted(entities: Iterable[Entity]) -> str:
    """Return how many of each kind there are: "13 lights, 2 fans and 3 players"."""
    counts: dict[str, int] = {}
    for entity in entities:
        kind = _kind(entity)
        counts[kind] = counts.get(kind, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (item[0] == "things", -item[1]))
    return joined(one_of(kind, count) for kind, count in ordered)


def one_of(kind: str, count: int) -> str:
    """Return a kind for a number of them: "1 light", "3 lights"."""
    single = {"switches": "switch", "things": "thing"}.get(kind, kind[:-1])
    return f"{count} {single if count == 1 else kind}"


def subject(entities: Sequence[Entity]) -> tuple[str, str]:
    """Return what a sentence begins with for these entities, and its "is" or "are"."""
    if len(entities) > MOST_NAMED:
        return one_of(kind_of(entities), len(entities)), "are"
    names = names_of(entities)
    return opening(joined(small(name) if at else opening(small(name)) for at, name in enumerate(names))), verb(names)


def many(entities: Sequence[Entity]) -> str:
    """Return the entities within a sentence: "the kitchen light and the hallway light", or how many of what."""
    if len(entities) > MOST_NAMED:
        return kinds_counted(entities)
    return joined(the(name) for name in names_of(entities))
