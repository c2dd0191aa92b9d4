"""Reads questions about the home: what is asked, and which entities answer it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from engine.understanding.draft import Draft
from engine.understanding.home_index import Place, find_span, words_of
from engine.understanding.interpretation import Reason
from engine.understanding.snapshot import Entity
from engine.understanding.state_queries import StateQuery, parse_query
from engine.understanding.targets import Resolution, Scope, resolve

_READABLE = (
    "light",
    "switch",
    "input_boolean",
    "fan",
    "climate",
    "cover",
    "valve",
    "lock",
    "media_player",
    "vacuum",
    "alarm_control_panel",
    "siren",
    "binary_sensor",
    "sensor",
)
_SWITCHED = ("light", "switch", "input_boolean", "fan", "media_player", "climate")
_DOMAINS_OF_STATE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "open": ("cover", "binary_sensor", "valve", "lock"),
        "closed": ("cover", "binary_sensor", "valve", "lock"),
        "locked": ("lock",),
        "unlocked": ("lock",),
        "playing": ("media_player",),
        "paused": ("media_player",),
        "muted": ("media_player",),
        "armed": ("alarm_control_panel",),
        "disarmed": ("alarm_control_panel",),
        "docked": ("vacuum",),
        "cleaning": ("vacuum",),
    }
)
_SENSOR_CLASS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "temperature": ("temperature",),
        "humidity": ("humidity", "moisture"),
        "co2": ("carbon_dioxide", "co2", "aqi"),
        "power": ("power", "energy", "current"),
        "brightness": ("illuminance",),
    }
)
_DOMAIN_OF_ATTRIBUTE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "brightness": ("light",),
        "volume": ("media_player",),
        "position": ("cover", "valve"),
        "media": ("media_player",),
        "source": ("media_player",),
        "mode": ("climate",),
        "temperature": ("climate",),
        "humidity": ("climate",),
    }
)
_WHOLE = re.compile(r"^(?:everything|anything|it all|all|)$")


def read_query(bare: str, scope: Scope, *, question_mark: bool, free: bool = False) -> Draft | None:
    """Return the question that a plain text puts about the home; None when it puts none that can be read.

    `free` says that the text was found to be a question by other means, so that a name anywhere in it will do.
    """
    query = parse_query(bare, question_mark=question_mark)
    if query is None:
        if not free:
            return None
        query = StateQuery("state", bare)
    resolution = _about(query, bare, scope)
    if free and not resolution.targets:
        resolution = _anything_named(bare, scope) or resolution
    slots: dict[str, Any] = {"query": query.query}
    if query.attribute:
        slots["attribute"] = query.attribute
    if query.state:
        slots["state"] = query.state
    if resolution.area:
        slots["area"] = resolution.area
    if resolution.floor:
        slots["floor"] = resolution.floor
    return Draft("state_query", slots, resolution, query.mention)


def _about(query: StateQuery, bare: str, scope: Scope) -> Resolution:
    readable = replace(scope, domains=_READABLE)
    if query.query in {"value", "battery"}:
        return _value_of(query, bare, readable)
    mention = query.mention
    if query.query in {"any", "which", "count"}:
        return _set_of(query, mention, readable)
    domains = _DOMAINS_OF_STATE.get(query.state or "", _READABLE)
    everything = bool(re.match(r"^(?:all|every|everything|both|any)\b", mention))
    if everything and _WHOLE.match(mention.strip()):
        return Resolution(
            tuple(sorted(e.entity_id for e in scope.index.domain_members(_SWITCHED))), exact=False, group=True
        )
    resolution = resolve(mention, replace(scope, domains=domains))
    if not resolution.targets and domains != _READABLE and resolution.reason is not Reason.AMBIGUOUS_NAME:
        wider = resolve(mention, readable)
        resolution = wider if wider.targets else resolution
    if resolution.area and any(t.startswith("cover.") for t in resolution.targets):
        resolution = replace(resolution, targets=tuple(t for t in resolution.targets if not t.startswith("valve.")))
    return resolution


def _set_of(query: StateQuery, mention: str, scope: Scope) -> Resolution:
    cleaned = re.sub(
        r"\b(?:devices?|things?|stuff|appliances?|something|anything|everything|the|any|of|my|our|else)\b", " ", mention
    ).strip()
    cleaned = " ".join(cleaned.split())
    domains = _DOMAINS_OF_STATE.get(query.state or "", _SWITCHED)
    if not cleaned or cleaned in {"in house", "in home", "at home"}:
        return Resolution(
            tuple(sorted(e.entity_id for e in scope.index.domain_members(domains))), exact=False, group=True
        )
    place = scope.index.places.get(" ".join(w for w in words_of(cleaned) if w not in {"in", "on", "at"}))
    if place:
        members = scope.index.domain_members(domains, place)
        return Resolution(
            tuple(sorted(e.entity_id for e in members)), exact=False, group=True, area=place.area, floor=place.floor
        )
    wanted = domains if domains != _SWITCHED else _READABLE
    return resolve(f"all {cleaned}", replace(scope, domains=wanted))


def _value_of(query: StateQuery, bare: str, scope: Scope) -> Resolution:
    named = _anything_named(bare, scope, at_least=2)
    if named and _knows(named.targets[0], query, scope):
        return named
    attribute = "battery" if query.query == "battery" else query.attribute or ""
    mention = re.sub(r"^(?:of|for|in|on|from|with)\b ?", "", query.mention).strip()
    place = scope.index.places.get(
        " ".join(w for w in words_of(mention) if w not in {"in", "on", "at", "it", "inside"})
    )
    if "there" in mention.split() and place is None:
        place = _previous_place(scope)
    if place:
        return _in_place(attribute, place, scope)
    if mention and not re.match(r"^(?:it|the house|house|home|we|here)?$", mention):
        found = resolve(mention, scope)
        if found.targets and (attribute == "battery" or any(_knows(t, query, scope) for t in found.targets)):
            return found
        if found.area:
            return _in_place(attribute, Place(area=found.area), scope)
        return replace(found, targets=(), reason=found.reason or Reason.UNKNOWN_NAME)
    everywhere = [
        e.entity_id
        for e in scope.index.domain_members(("sensor",))
        if e.device_class in _SENSOR_CLASS.get(attribute, (attribute,))
    ]
    if mention in {"", "we", "house", "home"} and attribute in {"power", "battery"} and everywhere:
        return Resolution(tuple(sorted(everywhere)), exact=False)
    if mention == "it" and scope.previous:
        return resolve("it", scope)
    return Resolution(reason=Reason.MISSING_TARGET)


def _previous_place(scope: Scope) -> Place | None:
    areas = {scope.index.snapshot.by_id[i].area for i in scope.previous if i in scope.index.snapshot.by_id}
    area = areas.pop() if len(areas) == 1 else None
    return Place(area=area) if area else None


def _in_place(attribute: str, place: Place, scope: Scope) -> Resolution:
    sensors = [
        e
        for e in scope.index.domain_members(("sensor",), place)
        if e.device_class in _SENSOR_CLASS.get(attribute, (attribute,))
    ]
    others = scope.index.domain_members(_DOMAIN_OF_ATTRIBUTE.get(attribute, ()), place)
    chosen = sensors or others
    if not chosen:
        return Resolution(reason=Reason.UNKNOWN_NAME, area=place.area, floor=place.floor)
    return Resolution(
        tuple(sorted(e.entity_id for e in chosen)),
        exact=False,
        area=place.area,
        floor=place.floor,
        group=len(chosen) > 1,
    )


def _knows(entity_id: str, query: StateQuery, scope: Scope) -> bool:
    entity: Entity = scope.index.snapshot.by_id[entity_id]
    if query.query == "battery":
        return True
    attribute = query.attribute or ""
    return (
        entity.device_class in _SENSOR_CLASS.get(attribute, ())
        or entity.domain in _DOMAIN_OF_ATTRIBUTE.get(attribute, ())
        or entity.domain == "sensor"
    )


def _anything_named(bare: str, scope: Scope, at_least: int = 1) -> Resolution | None:
    words = words_of(bare)
    names = (
        {key: ids for key, ids in scope.index.names.items() if any(i.partition(".")[0] in _READABLE for i in ids)}
        if len(scope.index.names) < 200
        else scope.index.names
    )
    span = find_span(words, names, 6)
    if span is None:
        taught = {key: name for key, name in scope.taught.items() if name.kind == "entity"}
        span = find_span(words, taught, 6)
        if span is None:
            return None
        name = taught[" ".join(words[slice(*span)])]
        return Resolution((name.target,), used=(name.improvement,))
    ids = tuple(i for i in names[" ".join(words[slice(*span)])] if i.partition(".")[0] in _READABLE)
    return Resolution(ids[:1]) if len(ids) == 1 else None
