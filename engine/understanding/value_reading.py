"""Which entities answer for a measured value: "how warm is the study", "battery of the hall sensor"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.understanding.home_index import Place, words_of
from engine.understanding.interpretation import Reason
from engine.understanding.names_within import named_within
from engine.understanding.scope import Resolution, Scope
from engine.understanding.state_queries import StateQuery
from engine.understanding.targets import resolve

_SENSOR_CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "temperature": ("temperature",),
        "humidity": ("humidity", "moisture"),
        "co2": ("carbon_dioxide", "co2", "aqi"),
        "power": ("power", "energy", "current"),
        "brightness": ("illuminance",),
    }
)
_DOMAINS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "brightness": ("light",),
        "color": ("light",),
        "volume": ("media_player",),
        "position": ("cover", "valve"),
        "media": ("media_player",),
        "source": ("media_player",),
        "mode": ("climate",),
        "temperature": ("climate",),
        "humidity": ("climate",),
    }
)
_BEFORE_NAME = re.compile(r"^(?:of|for|in|on|from|with)\b ?")
_BESIDE_PLACE = frozenset({"in", "on", "at", "it", "inside"})
_HERE = frozenset({"", "it", "the house", "house", "home", "we", "here"})
_WHOLE_HOUSE = frozenset({"", "we", "house", "home"})


def value_of(query: StateQuery, bare: str, scope: Scope) -> Resolution:
    """Return the entities that know the value a question asks for."""
    named = named_within(bare, scope)
    if named and _knows(named.targets[0], query, scope):
        return named
    attribute = query.measured
    mention = _BEFORE_NAME.sub("", query.mention).strip()
    place = scope.index.places.get(" ".join(word for word in words_of(mention) if word not in _BESIDE_PLACE))
    if place is None and "there" in mention.split():
        place = scope.previous_place
    if place:
        return _in_place(attribute, place, scope)
    return _here(attribute, mention, scope) if mention in _HERE else _named(mention, query, scope)


def _named(mention: str, query: StateQuery, scope: Scope) -> Resolution:
    found = resolve(mention, scope)
    if any(_knows(target, query, scope) for target in found.targets):
        return found
    if found.area:
        return _in_place(query.measured, Place(area=found.area), scope)
    return replace(found, targets=(), reason=found.reason or Reason.UNKNOWN_NAME)


def _here(attribute: str, mention: str, scope: Scope) -> Resolution:
    """Return the meters of the whole house, or what was spoken of last; other values need a place or a name."""
    if mention in _WHOLE_HOUSE and attribute in {"power", "battery"}:
        meters = _sensors(attribute, None, scope)
        if meters:
            return Resolution(tuple(sorted(meters)), exact=False)
    if mention == "it" and scope.previous:
        return resolve("it", scope)
    if attribute in {"volume", "media", "source"}:
        playing = [i for i, state in scope.states.items() if state == "playing"]
        if len(playing) == 1:
            return Resolution((playing[0],), exact=False)
    return Resolution(reason=Reason.MISSING_TARGET)


def _in_place(attribute: str, place: Place, scope: Scope) -> Resolution:
    others = scope.index.domain_members(_DOMAINS.get(attribute, ()), place)
    chosen = _sensors(attribute, place, scope) or [entity.entity_id for entity in others]
    if not chosen:
        return Resolution(reason=Reason.UNKNOWN_NAME, area=place.area, floor=place.floor)
    return Resolution(tuple(sorted(chosen)), exact=False, area=place.area, floor=place.floor, group=len(chosen) > 1)


def _sensors(attribute: str, place: Place | None, scope: Scope) -> list[str]:
    classes = _SENSOR_CLASSES.get(attribute, (attribute,))
    sensors = scope.index.domain_members(("sensor",), place)
    return [sensor.entity_id for sensor in sensors if sensor.device_class in classes]


def _knows(entity_id: str, query: StateQuery, scope: Scope) -> bool:
    entity = scope.index.snapshot.by_id[entity_id]
    return (
        query.query == "battery"
        or entity.domain == "sensor"
        or entity.device_class in _SENSOR_CLASSES.get(query.measured, ())
        or entity.domain in _DOMAINS.get(query.measured, ())
    )
