"""Plans for lights."""

from __future__ import annotations

from typing import Any

from butler.home.colors import color_data
from butler.home.planners.steps import Slots, Step, Unsupported, action_of, one, plain_number, power, step_of
from engine.understanding.snapshot import Entity

COLOR_MODES = frozenset({"hs", "rgb", "xy", "rgbw", "rgbww"})
_STEP_PERCENT = 20
_NEUTRAL_WHITE_KELVIN = 4000


def light(entity: Entity, slots: Slots) -> list[Step] | Unsupported:
    """Plan on, off, toggle, brightness, colour and colour temperature."""
    action = action_of(slots)
    if action in {"off", "toggle"}:
        return power(entity, slots)
    level = _level(entity, slots)
    colour = _color(entity, slots)
    if isinstance(level, Unsupported):
        return level
    if isinstance(colour, Unsupported):
        return colour
    data = {**level, **colour}
    if data.get("brightness_pct") == 0:
        return one("light.turn_off")
    return one("light.turn_on", **data) if data or action == "on" else Unsupported(entity.entity_id, action)


def _level(entity: Entity, slots: Slots) -> dict[str, Any] | Unsupported:
    relative = action_of(slots) in {"increase", "decrease"}
    if slots.get("brightness") is None and not relative:
        return {}
    if not dims(entity):
        return Unsupported(entity.entity_id, "brightness")
    if slots.get("brightness") is None:
        return _step(entity, step_of(slots, _STEP_PERCENT))
    return {"brightness_pct": plain_number(min(100, max(0, float(slots["brightness"]))))}


def dims(entity: Entity) -> bool:
    """Whether the light takes a brightness; one that does not say is taken to."""
    modes = entity.attributes.get("supported_color_modes")
    return not modes or bool(set(modes) - {"onoff"})


def _step(entity: Entity, step: float) -> dict[str, Any]:
    """Return a step of brightness; dimming never goes below 1 %, for that would switch the light off."""
    level = (entity.attributes.get("brightness") or 0) / 255 * 100 if entity.state == "on" else 0
    if step < 0 < level and level + step < 1:
        return {"brightness_pct": 1}
    return {"brightness_step_pct": plain_number(min(100, max(-100, step)))}


def _color(entity: Entity, slots: Slots) -> dict[str, Any] | Unsupported:
    modes = set(entity.attributes.get("supported_color_modes") or {"color_temp", "rgb"})
    if slots.get("color_temp") is not None:
        white = {"color_temp_kelvin": round(float(slots["color_temp"]))}
        return white if modes & {"color_temp", *COLOR_MODES} else Unsupported(entity.entity_id, "color_temp")
    if slots.get("color") is None:
        return {}
    name = str(slots["color"]).casefold()
    data = color_data(name)
    if data is None:
        return Unsupported(entity.entity_id, "color", f"there is no colour {name!r}")
    if "color_temp" in modes and name == "white" and not modes & COLOR_MODES:
        return {"color_temp_kelvin": _NEUTRAL_WHITE_KELVIN}
    return data if modes & COLOR_MODES else Unsupported(entity.entity_id, "color")
