"""A value that stands beside the name without a word between: "desk lamp 40%"."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.understanding.actions import action_in, settle
from engine.understanding.draft import Draft
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Reason
from engine.understanding.measures import can_have, is_room_warmth, narrowed, without_property
from engine.understanding.patterns import PatternMatch
from engine.understanding.players import source_of
from engine.understanding.scope import Scope
from engine.understanding.slots import extract
from engine.understanding.targets import resolve

_ORDER = ("light_control", "climate_control", "cover_control", "valve_control", "media_control", "fan_control")
_PROPERTY = "(?:brightness|volume|speed|colou?r|temperature|position|level)"
_AROUND_NAME = re.compile(rf"\b(?:to|at|by)$|^(?:the )?{_PROPERTY}(?: of| on| for| in)\b|\b{_PROPERTY}$")


def read_value_beside_name(match: PatternMatch, scope: Scope, prepared: str) -> Draft | None:
    """Return the reading as the first kind of thing that has such a value and such a name, else one that asks."""
    asking: Draft | None = None
    if match.pattern.intent is None and is_room_warmth(prepared, prepared):
        heated = _read_as("climate_control", match, scope, prepared)
        if heated and heated.holds and heated.resolution.area:
            return heated
    for intent in _intents(match):
        draft = _read_as(intent, match, scope, prepared) if can_have(intent, prepared) else None
        if draft and draft.holds:
            return draft
        if draft and draft.resolution.reason in {Reason.AMBIGUOUS_NAME, Reason.MISSING_TARGET} and match.literal > 3:
            asking = asking or draft
    return asking


def _intents(match: PatternMatch) -> tuple[str, ...]:
    if match.pattern.intent:
        return (match.pattern.intent,)
    return tuple(i for i in _ORDER if not set(INTENTS[i].domains).isdisjoint(match.pattern.domains))


def _read_as(intent: str, match: PatternMatch, scope: Scope, prepared: str) -> Draft | None:
    slots = extract(without_property(match.captures["target"]), intent)
    if not set(slots.values) - {"duration"}:
        return None
    mention = _AROUND_NAME.sub("", slots.rest).strip()
    resolution = resolve(mention or "it", replace(scope, domains=narrowed(INTENTS[intent].domains, match, prepared)))
    values = dict(slots.values)
    if "source" in values:
        source = source_of(str(values["source"]), resolution, scope)
        if source is None:
            return None
        values["source"] = source
    action = settle(intent, action_in(prepared, intent), values, prepared)
    if "step" in values and action not in {"increase", "decrease"}:
        return None
    return Draft.of(intent, action, values, resolution, mention)
