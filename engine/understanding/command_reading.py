"""Reads home commands from a matched sentence pattern."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from engine.understanding.actions import bend, settle
from engine.understanding.draft import Draft
from engine.understanding.intents import INTENTS, OUT_OF_SCOPE
from engine.understanding.measures import is_room_warmth, narrowed, whole_value, without_property
from engine.understanding.nouns import INTENT_OF_DOMAIN
from engine.understanding.patterns import PatternMatch
from engine.understanding.players import or_the_playing_one, source_of
from engine.understanding.scope import Resolution, Scope
from engine.understanding.targets import resolve
from engine.understanding.value_beside_name import read_value_beside_name

_SWITCHABLE = frozenset({"light", "switch", "input_boolean", "fan", "media_player"})
_EVERYTHING = re.compile(r"\b(?:everything|all|every|lot|stuff|things?)\b")
_BEFORE_TITLE = re.compile(r"^(?:some|the song|a song called|the track|the album|music by|songs by) ")


def read_pattern(match: PatternMatch, scope: Scope, prepared: str) -> Draft | None:
    """Return what a matched pattern says about the home; None when its wildcards do not fit together."""
    pattern = match.pattern
    if pattern.needs_value:
        return read_value_beside_name(match, scope, prepared)
    mention = without_property(match.captures.get("target", "it"))
    domains = pattern.domains if pattern.intent is None else INTENTS[pattern.intent].domains
    domains = narrowed(domains, match, prepared)
    resolution = resolve(mention, replace(scope, domains=domains))
    if pattern.intent is None and pattern.action == "set" and is_room_warmth(match.captures.get("value"), prepared):
        resolution = _heated(mention, scope) or resolution
    resolution = _without_the_unswitchable(resolution, pattern.intent, mention)
    playing = "media_control" if domains == ("media_player",) else pattern.intent
    resolution = or_the_playing_one(resolution, playing, scope, prepared)
    domain = _main_domain(resolution) or _likely_domain(resolution, pattern.domains)
    intent = pattern.intent or INTENT_OF_DOMAIN.get(domain, OUT_OF_SCOPE)
    if pattern.action in {"open", "close"} and domain == "lock":
        intent = "lock_control"
    slots = _slots(match, intent, resolution, scope)
    if slots is None:
        return None
    action = settle(intent, bend(pattern.action, domain) if pattern.action else None, slots, prepared)
    if action == "set" and not slots:
        return None
    return Draft.of(intent, action, slots, resolution, mention)


def _slots(match: PatternMatch, intent: str, resolution: Resolution, scope: Scope) -> dict[str, Any] | None:
    """Return the values of the pattern and its wildcards; None when one of them is no value of these targets."""
    captures = match.captures
    slots: dict[str, Any] = dict(match.pattern.slots)
    if "value" in captures:
        lead = "by" if match.pattern.action in {"increase", "decrease"} else "to"
        values = whole_value(captures["value"], intent, lead)
        if values is None:
            return None
        slots.update(values)
        if "source" in values:
            slots["source"] = source_of(str(values["source"]), resolution, scope) or values["source"]
    if "source" in captures:
        source = source_of(captures["source"], resolution, scope)
        if source is None:
            return None
        slots["source"] = source
    if "media" in captures:
        slots["media"] = _BEFORE_TITLE.sub("", captures["media"])
    return slots


def _heated(mention: str, scope: Scope) -> Resolution | None:
    """Return what heats or cools a room that is to be at 21, where there is something of the kind in it."""
    found = resolve(mention, replace(scope, domains=("climate",)))
    return found if found.targets and found.area else None


def _main_domain(resolution: Resolution) -> str:
    """Return the domain most of the targets have."""
    domains = [target.partition(".")[0] for target in resolution.targets]
    return max(sorted(set(domains)), key=domains.count, default="")


def _likely_domain(resolution: Resolution, domains: tuple[str, ...]) -> str:
    if resolution.choices:
        return resolution.choices[0].targets[0].partition(".")[0]
    return domains[0] if len(domains) == 1 else ""


def _without_the_unswitchable(resolution: Resolution, intent: str | None, mention: str) -> Resolution:
    """Return what is switched on and off every day where "everything" was said, not the gate or the water."""
    if intent is not None or not resolution.group or not _EVERYTHING.search(mention):
        return resolution
    if len({target.partition(".")[0] for target in resolution.targets}) < 2:
        return resolution
    return replace(resolution, targets=tuple(t for t in resolution.targets if t.partition(".")[0] in _SWITCHABLE))
