"""What a sentence pattern may say beside its words: the actions that can be carried out and the values of an intent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from engine.understanding.colors import COLORS
from engine.understanding.handlers import FIXED
from engine.understanding.intents import INTENTS
from engine.understanding.state_queries import STATES

# Beyond the actions an intent declares, those that its devices take as well: sub-categories a pattern may introduce.
_CARRIED_OUT_TOO: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "climate_control": frozenset({"toggle"}),
        "cover_control": frozenset({"on", "off"}),
        "valve_control": frozenset({"on", "off", "increase", "decrease"}),
        "lock_control": frozenset({"open", "close"}),
        "vacuum_control": frozenset({"on", "off"}),
        "scene_activate": frozenset({"on", "start", "play"}),
    }
)
Valid = Callable[[Any], bool]


def actions_of(intent: str) -> frozenset[str]:
    """Return the actions of an intent that can be carried out."""
    return frozenset(INTENTS[intent].actions) | _CARRIED_OUT_TOO.get(intent, frozenset())


def _number(least: float, most: float) -> Valid:
    def valid(value: Any) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most

    return valid


def _one_of(*words: str) -> Valid:
    return lambda value: isinstance(value, str) and value in words


def _words(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= 60


_PERCENT = _number(0, 100)
_STEP = _number(1, 100)
_VALUES: Mapping[str, Mapping[str, Valid]] = MappingProxyType(
    {
        "light_control": {
            "brightness": _PERCENT,
            "color": _one_of(*COLORS),
            "color_temp": _number(1000, 10000),
            "step": _STEP,
        },
        "fan_control": {"speed": _PERCENT, "step": _STEP},
        "climate_control": {
            "temperature": _number(5, 95),
            "unit": _one_of("celsius", "fahrenheit"),
            "hvac_mode": _one_of("heat", "cool", "auto", "off", "dry", "fan_only", "heat_cool"),
            "step": _number(0.5, 10),
        },
        "cover_control": {"position": _PERCENT, "step": _STEP},
        "valve_control": {"position": _PERCENT},
        "media_control": {"volume": _PERCENT, "source": _words, "media": _words, "step": _STEP},
        "state_query": {
            "query": _one_of("state", "which", "count", "any", "battery"),
            "state": _one_of(*sorted(set(STATES.values()))),
        },
    }
)


def values_fault(intent: str, slots: Mapping[str, Any]) -> str | None:
    """Return why a pattern cannot mean `intent` with these slots, or None."""
    if intent not in INTENTS:
        return f"there is no intent {intent!r}"
    if intent in FIXED:
        return f"a pattern cannot stand for {intent}"
    return _action_fault(intent, slots.get("action")) or _value_fault(intent, slots)


def _action_fault(intent: str, action: object) -> str | None:
    actions = sorted(actions_of(intent))
    if actions and action is None:
        return f"{intent} needs an action: one of {', '.join(actions)}"
    if action is None or action in actions:
        return None
    known = f"{intent} takes {', '.join(actions)}" if actions else f"{intent} takes no action"
    return f"the action {action!r} cannot be carried out: {known}"


def _value_fault(intent: str, slots: Mapping[str, Any]) -> str | None:
    values = _VALUES.get(intent, {})
    for name in sorted(set(slots) - {"action"}):
        if name not in values:
            return f"{intent} has no value {name!r}: it takes {', '.join(values) or 'none'}"
        if not values[name](slots[name]):
            return f"{name}={slots[name]} is no {name} that {intent} can be given"
    return None


def wildcards_of(intent: str) -> tuple[str, ...]:
    """Return the wildcards that a pattern of an intent may have."""
    if intent == "media_control":
        return ("target", "value", "source", "media")
    if intent == "state_query":
        return ("target",)
    return ("target", "value") if INTENTS[intent].acts else ("name", "title", "value")
