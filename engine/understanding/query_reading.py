"""Reads questions about the home: what is asked, and which entities answer it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.understanding.draft import Draft
from engine.understanding.home_index import READABLE, Place, words_of
from engine.understanding.interpretation import Reason
from engine.understanding.names_within import named_within
from engine.understanding.scope import Resolution, Scope
from engine.understanding.state_queries import StateQuery, parse_query
from engine.understanding.targets import resolve
from engine.understanding.value_reading import value_of

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
_EVERYTHING = frozenset({"everything", "all"})
_ANYTHING = re.compile(
    r"\b(?:devices?|things?|stuff|appliances?|something|anything|everything|the|any|of|my|our|else)\b"
)
_AT_HOME = frozenset({"", "in house", "in home", "at home"})
_LINKS = frozenset({"in", "on", "at"})


def read_query(bare: str, scope: Scope, *, question_mark: bool, free: bool = False) -> Draft | None:
    """Return the question that a plain text puts about the home; None when it puts none that can be read.

    `free` says that the text was found to be a question by other means, so that a name anywhere in it will do.
    """
    query = parse_query(bare, question_mark=question_mark)
    if query is None:
        if not free:
            return None
        query = StateQuery("state", bare)
    resolution = _about(query, bare, replace(scope, domains=READABLE))
    if free and not resolution.targets:
        resolution = named_within(bare, scope) or resolution
    asked = {"query": query.query, "attribute": query.attribute, "state": query.state}
    slots = {name: value for name, value in asked.items() if value}
    return Draft.of("state_query", None, slots, resolution, query.mention)


def _about(query: StateQuery, bare: str, readable: Scope) -> Resolution:
    if query.query in {"value", "battery"}:
        return value_of(query, bare, readable)
    if query.query in {"any", "which", "count", "list"}:
        return _set_of(query, readable)
    return _state_of(query, readable)


_SENSES = re.compile(r"\b(?:motion|leak|smoke|gas)$")


def _state_of(query: StateQuery, readable: Scope) -> Resolution:
    if query.mention.strip() in _EVERYTHING:
        return _group(_SWITCHED, readable)
    domains = _DOMAINS_OF_STATE.get(query.state or "", READABLE)
    resolution = resolve(query.mention, replace(readable, domains=domains))
    if not resolution.targets and domains != READABLE and resolution.reason is not Reason.AMBIGUOUS_NAME:
        wider = resolve(query.mention, readable)
        resolution = wider if wider.targets else resolution
    sensing = [c.targets for c in resolution.choices if c.targets[0].startswith("binary_sensor.")]
    if resolution.reason is Reason.AMBIGUOUS_NAME and len(sensing) == 1 and _SENSES.search(query.mention):
        return Resolution(sensing[0], exact=False)
    if resolution.area and any(target.startswith("cover.") for target in resolution.targets):
        return replace(resolution, targets=tuple(t for t in resolution.targets if not t.startswith("valve.")))
    return resolution


def _set_of(query: StateQuery, readable: Scope) -> Resolution:
    cleaned = " ".join(_ANYTHING.sub(" ", query.mention).split())
    domains = _DOMAINS_OF_STATE.get(query.state or "", _SWITCHED)
    if cleaned in _AT_HOME:
        return _group(domains, readable)
    place = readable.index.places.get(" ".join(word for word in words_of(cleaned) if word not in _LINKS))
    if place:
        return _group(domains, readable, place)
    wanted = domains if domains != _SWITCHED else READABLE
    return resolve(f"all {cleaned}", replace(readable, domains=wanted))


def _group(domains: Iterable[str], scope: Scope, place: Place | None = None) -> Resolution:
    """Return all things of some domains, in a place or in the whole house."""
    targets = sorted(entity.entity_id for entity in scope.index.domain_members(domains, place))
    area, floor = (place.area, place.floor) if place else (None, None)
    return Resolution(tuple(targets), exact=False, group=True, area=area, floor=floor)
