"""Plans for fans and for heating and cooling."""

from __future__ import annotations

from typing import Any

from butler.home.planners.steps import Slots, Step, Unsupported, action_of, one, plain_number, power, step_of
from engine.understanding.snapshot import Entity

_FAN_STEP_PERCENT = 20
_DEGREE_STEP = 1
_ALIKE = {"auto": "heat_cool", "heat_cool": "auto"}


def fan(entity: Entity, slots: Slots) -> list[Step] | Unsupported:
    """Plan on, off, toggle and speed; a slower fan never goes off by that."""
    action = action_of(slots)
    if action in {"off", "toggle"}:
        return power(entity, slots)
    now = entity.attributes.get("percentage")
    if slots.get("speed") is not None:
        wanted = float(slots["speed"])
    elif action in {"increase", "decrease"}:
        finest = float(entity.attributes.get("percentage_step") or 1)
        speed = float(now or 0) if entity.state == "on" else 0.0
        wanted = speed + step_of(slots, max(_FAN_STEP_PERCENT, finest))
        wanted = max(wanted, finest) if speed > 0 else max(wanted, 0)
    else:
        return power(entity, slots)
    if now is None:
        return Unsupported(entity.entity_id, "speed")
    return one("fan.set_percentage", percentage=round(min(100.0, max(0.0, wanted))))


def climate(entity: Entity, slots: Slots) -> list[Step] | Unsupported:
    """Plan on, off, the mode, and the temperature, absolute or relative, in the entity's own unit."""
    action = action_of(slots)
    if action in {"off", "toggle"} and slots.get("temperature") is None:
        return power(entity, slots)
    mode = _mode(entity, slots)
    if isinstance(mode, Unsupported):
        return mode
    wanted = _wanted(entity, slots)
    if wanted is not None:
        return _temperature(entity, wanted, mode)
    if mode is not None:
        return one("climate.set_hvac_mode", hvac_mode=mode)
    return power(entity, slots)


def _wanted(entity: Entity, slots: Slots) -> float | None:
    """Return the temperature asked for; a relative one stops at what the device takes."""
    if slots.get("temperature") is not None:
        return in_unit(float(slots["temperature"]), slots.get("unit"), _unit(entity))
    now = _target(entity)
    if now is None or action_of(slots) not in {"increase", "decrease"}:
        return None
    step = step_of(slots, _DEGREE_STEP)
    if slots.get("unit") == "fahrenheit" and _unit(entity) == "celsius":
        step *= 5 / 9
    low, high = _range(entity)
    return min(high, max(low, now + step))


def in_unit(degrees: float, said: str | None, wanted: str) -> float:
    """Return degrees in the wanted unit (celsius, fahrenheit), to a tenth; no unit said means the wanted one."""
    if said == "fahrenheit" and wanted == "celsius":
        return round((degrees - 32) * 5 / 9, 1)
    if said == "celsius" and wanted == "fahrenheit":
        return round(degrees * 9 / 5 + 32, 1)
    return degrees


def _unit(entity: Entity) -> str:
    unit = entity.attributes.get("temperature_unit") or entity.attributes.get("unit_of_measurement") or "°C"
    return "fahrenheit" if "F" in str(unit) else "celsius"


def _mode(entity: Entity, slots: Slots) -> str | Unsupported | None:
    wanted = slots.get("hvac_mode")
    if wanted is None:
        return None
    modes = entity.attributes.get("hvac_modes")
    if not modes or wanted in modes:
        return str(wanted)
    if _ALIKE.get(wanted) in modes:
        return _ALIKE[wanted]
    return Unsupported(entity.entity_id, "hvac_mode", ", ".join(modes))


def _target(entity: Entity) -> float | None:
    """Return the temperature aimed at; of a range, its middle."""
    single = entity.attributes.get("temperature")
    if single is not None:
        return float(single)
    low, high = entity.attributes.get("target_temp_low"), entity.attributes.get("target_temp_high")
    return (float(low) + float(high)) / 2 if low is not None and high is not None else None


def _range(entity: Entity) -> tuple[float, float]:
    low, high = (7, 35) if _unit(entity) == "celsius" else (45, 95)
    return float(entity.attributes.get("min_temp", low)), float(entity.attributes.get("max_temp", high))


def _temperature(entity: Entity, wanted: float, mode: str | None) -> list[Step] | Unsupported:
    low, high = _range(entity)
    if not low <= wanted <= high:
        return Unsupported(entity.entity_id, "temperature", f"{low:g} to {high:g}")
    data: dict[str, Any] = {"temperature": plain_number(wanted)}
    if entity.attributes.get("temperature") is None and entity.attributes.get("target_temp_low") is not None:
        half = (float(entity.attributes["target_temp_high"]) - float(entity.attributes["target_temp_low"])) / 2
        data = {"target_temp_low": plain_number(wanted - half), "target_temp_high": plain_number(wanted + half)}
    if mode is not None:
        data["hvac_mode"] = mode
    return one("climate.set_temperature", **data)
