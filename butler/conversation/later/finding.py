"""Which devices of this home can tell what a person wants to be told of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from butler.conversation.later.conditions import condition_of
from butler.conversation.nearest import nearest_names
from butler.conversation.turn import Ports, Turn
from butler.conversation.understood import named, place_named, understand
from engine.tasks.conditions import Condition
from engine.understanding.home_index import Place, key_of
from engine.understanding.snapshot import Entity

_OUTSIDE = frozenset({"outside", "outdoors", "outdoor", "the outside", "the outdoors", "the outdoor", "out"})
_MOST_NEAR = 4
_QUESTIONS = {
    "motion": "is there motion in {thing}?",
    "wet": "is there a leak in {thing}?",
    "smoke": "is there smoke in {thing}?",
    "alarms": "is {thing} triggered?",
}


@dataclass(frozen=True)
class Watchable:
    """A device and the condition on it as it is kept."""

    entity: Entity
    condition: dict[str, Any]


def watchables(ports: Ports, turn: Turn, wanted: Condition) -> list[Watchable]:
    """Return the devices that can tell what is wanted, by the best way of finding any."""
    for ids in _ways(ports, turn, wanted):
        found = _able(turn, ids, wanted)
        if found:
            return found
    return []


def named_devices(ports: Ports, turn: Turn, wanted: Condition) -> list[Entity]:
    """Return the devices that the words name, whatever they can tell."""
    ids = named(ports, turn, wanted.thing).targets if wanted.thing else ()
    return [turn.snapshot.by_id[i] for i in ids if i in turn.snapshot.by_id]


def near(turn: Turn, wanted: Condition) -> list[Watchable]:
    """Return the devices whose names are like the words and that can tell what is wanted, the likest first."""
    ids = [i for _, i in nearest_names(turn.snapshot, wanted.thing, most=_MOST_NEAR * 3)] if wanted.thing else []
    return _able(turn, ids, wanted)[:_MOST_NEAR]


def _ways(ports: Ports, turn: Turn, wanted: Condition) -> Iterable[Sequence[str]]:
    exposed = [entity for entity in turn.snapshot.entities if entity.exposed]
    if not wanted.thing:
        yield [entity.entity_id for entity in exposed]
        return
    if wanted.thing in _OUTSIDE:
        yield [e.entity_id for e in exposed if {"outdoor", "outside"} & set(key_of(e.name).split())]
    yield understand(ports, turn, _question(wanted)).targets
    yield named(ports, turn, wanted.thing).targets
    place = place_named(ports, turn, wanted.thing)
    if place is not None:
        yield [entity.entity_id for entity in exposed if entity.area in _areas(turn, place)]
    words = set(key_of(wanted.thing).split())
    yield [entity.entity_id for entity in exposed if words and words <= set(key_of(entity.name).split())]


def _areas(turn: Turn, place: Place) -> set[str]:
    """Return the rooms of a place, which is a room or a floor."""
    if place.area is not None:
        return {place.area}
    return {area.id for area in turn.snapshot.areas if area.floor == place.floor}


def _question(wanted: Condition) -> str:
    if wanted.attribute is not None:
        where = "of" if wanted.attribute in {"battery", "power", "percent"} else "in"
        return f"what is the {wanted.attribute} {where} {wanted.thing}?"
    shape = _QUESTIONS.get(wanted.state or "", f"is {{thing}} {(wanted.state or '').replace('_', ' ')}?")
    return shape.format(thing=wanted.thing)


def _able(turn: Turn, ids: Sequence[str], wanted: Condition) -> list[Watchable]:
    entities = [turn.snapshot.by_id[i] for i in dict.fromkeys(ids) if i in turn.snapshot.by_id]
    pairs = [(entity, condition_of(entity, wanted)) for entity in entities if entity.exposed]
    return [Watchable(entity, condition) for entity, condition in pairs if condition is not None]
