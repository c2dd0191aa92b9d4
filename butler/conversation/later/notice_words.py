"""How notices on devices stand in a sentence: what is waited for, and what is told when it is so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from butler.conversation.describing import described
from butler.conversation.phrasing import opening, the, verb
from butler.conversation.ringing.words import duration_words
from engine.understanding.snapshot import Entity
from store.device_notices import DeviceNotice

_BOUNDS = {"above": "above", "below": "below", "at_least": "at or above", "at_most": "at or below"}
_SENSED = {
    "motion": ("sees movement", "sees no movement"),
    "occupancy": ("sees someone", "sees nobody"),
    "moisture": ("reports water", "is dry"),
    "smoke": ("reports smoke", "is clear"),
    "door": ("is open", "is closed"),
    "window": ("is open", "is closed"),
    "garage_door": ("is open", "is closed"),
    "opening": ("is open", "is closed"),
}


def waited_for(entity: Entity, condition: Mapping[str, Any]) -> str:
    """Return what a notice waits for as a clause: "the garage door is open for 10 minutes"."""
    lasts = f" for {duration_words(condition['for_s'])}" if condition.get("for_s") else ""
    return f"{the(entity.name)} {_clause(entity, condition)}{lasts}"


def told_text(entity: Entity, notice: DeviceNotice) -> str:
    """Return what is said when it is so: "The garage door has been open for 10 minutes."."""
    lasts = notice.condition.get("for_s")
    said = f"{opening(the(entity.name))} {verb([entity.name])} {described(entity)}"
    return f"🔔 {said}, for {duration_words(lasts)} now." if lasts else f"🔔 {said}."


def over_text(entity: Entity, notice: DeviceNotice) -> str:
    """Return what is said when it was so for long enough, and is not any more."""
    now = f"{opening(the(entity.name))} {verb([entity.name])} {described(entity)}"
    return f"🔔 Until just now it was so that {notice.text}. {now} now."


def _clause(entity: Entity, condition: Mapping[str, Any]) -> str:
    be = verb([entity.name])
    if "states" in condition:
        return f"{be} done"
    state = condition.get("state")
    if state is not None:
        sensed = _SENSED.get(entity.device_class or "") if entity.domain == "binary_sensor" else None
        if sensed is not None and state in {"on", "off"}:
            return sensed[0 if state == "on" else 1]
        return f"{be} {str(state).replace('not_home', 'away').replace('_', ' ')}"
    unit = str(entity.attributes.get("unit_of_measurement") or _unit(str(condition["attribute"])))
    bounds = [f"{words} {condition[name]:g}{_spaced(unit)}" for name, words in _BOUNDS.items() if name in condition]
    return f"{be} {' and '.join(bounds)}"


def _unit(attribute: str) -> str:
    return "°" if attribute == "current_temperature" else "%"


def _spaced(unit: str) -> str:
    return unit if unit in {"%", "°C", "°F", "°"} else f" {unit}"
