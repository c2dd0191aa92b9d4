"""Answers to questions about the home, the time and the weather, from what is so now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from types import MappingProxyType

from butler.conversation.describing import can_be, described, holds
from butler.conversation.measuring import battery_text, value_text
from butler.conversation.phrasing import (
    MOST_NAMED,
    joined,
    kind_of,
    many,
    names_of,
    one_of,
    opening,
    subject,
    the,
    verb,
)
from engine.understanding.interpretation import Interpretation
from engine.understanding.snapshot import Entity, Snapshot

_ABOUT_STATES = frozenset({"which", "count", "any", "state"})
_MOST_NAMED_OF_ALL, _MOST_LISTED = 6, 30
_NO_TARGETS = "I can't see anything like that in the home."
_ON_DOMAINS = frozenset({"light", "switch", "input_boolean", "fan", "media_player", "climate", "vacuum"})
_OPEN_DOMAINS = frozenset({"cover", "valve", "binary_sensor"})
_DOMAINS_OF_STATE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "on": _ON_DOMAINS,
        "off": _ON_DOMAINS,
        "open": _OPEN_DOMAINS,
        "closed": _OPEN_DOMAINS,
        "locked": frozenset({"lock"}),
        "unlocked": frozenset({"lock"}),
        "playing": frozenset({"media_player"}),
        "paused": frozenset({"media_player"}),
    }
)


def state_answer(found: Interpretation, snapshot: Snapshot) -> str:
    """Return the answer to a question about the home."""
    asked = str(found.slots.get("state") or "")
    query = str(found.slots.get("query") or ("state" if asked or found.targets else "value"))
    entities = _asked_about(found, asked, snapshot)
    if query in _ABOUT_STATES and asked and len(entities) > 1:
        able = [e for e in entities if can_be(e, asked)]
        entities = able or _asked_about(
            replace(found, targets=(), slots={**found.slots, "query": "any"}), asked, snapshot
        )
    if not entities:
        return _NO_TARGETS
    if query == "battery":
        return battery_text(entities, snapshot)
    if query == "value":
        return value_text(entities, str(found.slots.get("attribute") or ""))
    answer = _QUERIES.get(query, _state)
    return answer(entities, asked)


def _asked_about(found: Interpretation, asked: str, snapshot: Snapshot) -> list[Entity]:
    """Return the targets, or, where the words named none, all that can be in the state asked about."""
    if found.targets:
        return [snapshot.by_id[i] for i in found.targets if i in snapshot.by_id]
    if found.slots.get("query") not in {"which", "count", "any"}:
        return []
    domains = _DOMAINS_OF_STATE.get(asked or "on", frozenset())
    area, floor = found.slots.get("area"), found.slots.get("floor")
    return [
        e
        for e in snapshot.entities
        if e.exposed
        and e.domain in domains
        and can_be(e, asked or "on")
        and (not area or e.area == area)
        and (not floor or snapshot.floor_of(e) == floor)
    ]


def _state(entities: Sequence[Entity], asked: str) -> str:
    known = [entity for entity in entities if entity.available]
    if not known:
        begun, is_or_are = subject(entities)
        return f"{begun} {is_or_are} unavailable at the moment, so I can't tell."
    if not asked:
        return _descriptions(entities)
    matching = [entity for entity in known if holds(entity, asked)]
    unsure = _unavailable(entities)
    if len(entities) == 1:
        return _one_state(entities[0], asked)
    if len(matching) == len(known):
        names = names_of(known)
        said = many(known) if len(known) > MOST_NAMED else joined(the(name) for name in names)
        told = f"{said} {verb(names)} {asked}.{unsure}"
        return opening(told) if unsure else f"Yes, {told}"
    others = [entity for entity in known if entity not in matching]
    return f"No: {_listed(others)}.{unsure}"


def _one_state(entity: Entity, asked: str) -> str:
    answer = holds(entity, asked)
    words = described(entity)
    name = the(entity.name)
    if answer is None:
        return f"{opening(name)} {verb([entity.name])} {words}."
    if answer:
        shown = words if asked in words else f"{asked} ({words})"
        return f"Yes, {name} {verb([entity.name])} {shown}."
    return f"No, {name} {verb([entity.name])} {words}."


def _which(entities: Sequence[Entity], asked: str) -> str:
    wanted = asked or "on"
    matching = [entity for entity in entities if holds(entity, wanted)]
    if not matching:
        return f"{_none_of(entities, wanted)}.{_unavailable(entities)}"
    names = opening(joined(the(name) for name in names_of(matching)))
    return f"{names} {verb([e.name for e in matching])} {wanted}.{_unavailable(entities)}"


def _none_of(entities: Sequence[Entity], wanted: str) -> str:
    known = [entity for entity in entities if entity.available]
    if len(known) == 1:
        return f"{opening(the(known[0].name))} {verb([known[0].name])} {described(known[0])}"
    kind = kind_of(entities)
    return f"Nothing is {wanted}" if kind == "things" else f"No {kind} are {wanted}"


def _count(entities: Sequence[Entity], asked: str) -> str:
    if not asked:
        return _all_there_are(entities, most=_MOST_NAMED_OF_ALL)
    matching = [entity for entity in entities if holds(entity, asked)]
    if not matching:
        return f"None (0): no {kind_of(entities)} are {asked}.{_unavailable(entities)}"
    named = f": {joined(the(name) for name in names_of(matching))}" if len(matching) <= 2 * MOST_NAMED else ""
    is_or_are = "is" if len(matching) == 1 else "are"
    return f"{one_of(kind_of(matching), len(matching))} {is_or_are} {asked}{named}.{_unavailable(entities)}"


def _list(entities: Sequence[Entity], _: str) -> str:
    return _all_there_are(entities, most=_MOST_LISTED)


def _all_there_are(entities: Sequence[Entity], *, most: int) -> str:
    """Return how many of a kind there are, by name where they are few enough."""
    is_or_are = "is" if len(entities) == 1 else "are"
    named = f": {joined(the(name) for name in names_of(entities))}" if len(entities) <= most else ""
    return f"There {is_or_are} {one_of(kind_of(entities), len(entities))}{named}."


def _any(entities: Sequence[Entity], asked: str) -> str:
    wanted = asked or "on"
    matching = [entity for entity in entities if holds(entity, wanted)]
    if not matching:
        nothing = _none_of(entities, wanted)
        return f"No, {nothing[:1].lower()}{nothing[1:]}.{_unavailable(entities)}"
    names = joined(the(name) for name in names_of(matching))
    return f"Yes: {names} {verb([e.name for e in matching])} {wanted}.{_unavailable(entities)}"


_QUERIES: Mapping[str, Callable[[Sequence[Entity], str], str]] = MappingProxyType(
    {"state": _state, "which": _which, "count": _count, "list": _list, "any": _any}
)


def _descriptions(entities: Sequence[Entity]) -> str:
    return f"{opening(_listed(entities))}."


def _listed(entities: Sequence[Entity]) -> str:
    groups: dict[str, list[Entity]] = {}
    for entity in entities:
        groups.setdefault(described(entity), []).append(entity)
    parts = []
    for words, group in groups.items():
        names = joined(the(name) for name in names_of(group))
        parts.append(f"{names} {verb([e.name for e in group])} {words}")
    return "; ".join(parts)


def _unavailable(entities: Sequence[Entity]) -> str:
    gone = [entity for entity in entities if not entity.available]
    if not gone or len(gone) == len(entities):
        return ""
    names = opening(joined(the(name) for name in names_of(gone)))
    return f" {names} {verb([e.name for e in gone])} unavailable, so I can't tell."


def time_answer(intent: str, at: datetime, zone: tzinfo, city: object = None) -> str:
    """Return the time or the date in the household's zone."""
    if city:
        return f"I only know the time here at home, not in {city}: here it is {at.astimezone(zone):%H:%M}."
    here = at.astimezone(zone)
    if intent == "time_query":
        return f"It is {here:%H:%M}."
    return f"It is {here:%A}, {here.day} {here:%B} {here.year}."


_SKIES = {
    "partlycloudy": "partly cloudy",
    "clear-night": "clear",
    "lightning-rainy": "stormy",
    "exceptional": "unusual",
}


_ONLY_NOW = "I only know how it is now, not what is coming."


def sky_words(condition: str) -> str:
    """Return one of Home Assistant's conditions in words."""
    return _SKIES.get(condition, condition.replace("_", " ").replace("-", " "))


def weather_answer(snapshot: Snapshot, coming: str | None = _ONLY_NOW) -> str | None:
    """Return the weather as a weather entity shows it; None where the home has none. `coming` is said of the future."""
    entity = next((e for e in snapshot.entities if e.domain == "weather" and e.exposed), None)
    if entity is None:
        return None
    if not entity.available:
        return "The weather is unavailable at the moment."
    parts = [sky_words(entity.state)]
    if entity.attributes.get("temperature") is not None:
        parts.append(f"{entity.attributes['temperature']:g}{entity.attributes.get('temperature_unit', '°')}")
    if entity.attributes.get("humidity") is not None:
        parts.append(f"{entity.attributes['humidity']:g}% humidity")
    return " ".join(filter(None, (f"Outside it is {', '.join(parts)}.", coming)))
