"""The planner of each domain, and those of the domains with one action each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from butler.home.planners.air import climate, fan
from butler.home.planners.lights import light
from butler.home.planners.media import player
from butler.home.planners.openings import lock, moving
from butler.home.planners.steps import Planner, Slots, Step, Unsupported, action_of, one, power
from engine.understanding.snapshot import Entity

_VACUUM = {
    "start": "start",
    "on": "start",
    "stop": "stop",
    "pause": "pause",
    "dock": "return_to_base",
    "off": "return_to_base",
    "locate": "locate",
}


def vacuum(entity: Entity, slots: Slots) -> list[Step] | Unsupported:
    """Plan what a robot vacuum does."""
    action = action_of(slots)
    return one(f"vacuum.{_VACUUM[action]}") if action in _VACUUM else Unsupported(entity.entity_id, action)


def activated(entity: Entity, slots: Slots) -> list[Step] | Unsupported:
    """Plan the start of a scene or script."""
    action = action_of(slots)
    if action not in {"activate", "on", "start", "set", "play"}:
        return Unsupported(entity.entity_id, action)
    return one(f"{entity.domain}.turn_on")


PLANNERS: Mapping[str, Planner] = MappingProxyType(
    {
        "climate": climate,
        "cover": moving,
        "fan": fan,
        "input_boolean": power,
        "light": light,
        "lock": lock,
        "media_player": player,
        "scene": activated,
        "script": activated,
        "switch": power,
        "vacuum": vacuum,
        "valve": moving,
    }
)
