"""Whether what a notice waits for is so, as far as a device tells; and which devices can tell it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from butler.conversation.describing import brightness_percent, holds
from engine.tasks.conditions import Condition
from engine.understanding.snapshot import Entity

_SENSES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "motion": frozenset({"motion", "occupancy", "presence", "moving", "vibration"}),
        "wet": frozenset({"moisture"}),
        "dry": frozenset({"moisture"}),
        "smoke": frozenset({"smoke", "gas", "carbon_monoxide", "heat"}),
    }
)
_FINISHED = ("done", "finished", "finish", "complete", "completed", "end", "ended", "idle", "ready", "off")
_IDLE_W, _IDLE_S = 10.0, 120.0  # an appliance that draws less for so long has ended its programme
_POWERED = frozenset({"power"})
_PERCENT = frozenset({"humidity", "battery", "moisture"})
_READ: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("climate", "temperature"): "current_temperature",
        ("climate", "humidity"): "current_humidity",
        ("light", "brightness"): "brightness_percent",
        ("light", "percent"): "brightness_percent",
        ("media_player", "volume"): "volume_percent",
        ("media_player", "percent"): "volume_percent",
        ("cover", "position"): "current_position",
        ("cover", "percent"): "current_position",
        ("fan", "percent"): "percentage",
    }
)
_CLASSES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "temperature": frozenset({"temperature"}),
        "humidity": frozenset({"humidity"}),
        "co2": frozenset({"carbon_dioxide"}),
        "power": frozenset({"power"}),
        "brightness": frozenset({"illuminance"}),
        "battery": frozenset({"battery"}),
        "percent": _PERCENT,
    }
)


def condition_of(entity: Entity, wanted: Condition) -> dict[str, Any] | None:
    """Return the condition on one device as it is kept, None where the device cannot tell that."""
    found = _on_value(entity, wanted) if wanted.attribute is not None else _on_state(entity, wanted.state or "")
    if found is None:
        return None
    return {**found, "for_s": max(wanted.for_s, float(found.get("for_s", 0.0)))}


def is_so(entity: Entity, condition: Mapping[str, Any]) -> bool | None:
    """Tell whether a condition holds for a device; None while the device tells nothing."""
    if "state" in condition and condition["state"] == "unavailable":
        return not entity.available
    if not entity.available:
        return None
    if "states" in condition:
        return entity.state.casefold() in condition["states"]
    if "state" in condition:
        return holds(entity, str(condition["state"]))
    value = value_of(entity, str(condition["attribute"]))
    return None if value is None else _within(value, condition)


def value_of(entity: Entity, attribute: str) -> float | None:
    """Return the number a device shows: its state, a share in percent, or an attribute."""
    if attribute == "state":
        said: object = entity.state
    elif attribute == "brightness_percent":
        said = brightness_percent(entity) if entity.state == "on" else 0
    elif attribute == "volume_percent":
        level = entity.attributes.get("volume_level")
        said = None if level is None else level * 100
    else:
        said = entity.attributes.get(attribute)
    try:
        return None if said is None or isinstance(said, bool) else float(str(said))
    except ValueError:
        return None


def _within(value: float, condition: Mapping[str, Any]) -> bool:
    bounds = (
        ("above", value.__gt__),
        ("below", value.__lt__),
        ("at_least", value.__ge__),
        ("at_most", value.__le__),
    )
    return all(bool(holds_for(float(condition[name]))) for name, holds_for in bounds if condition.get(name) is not None)


def _on_value(entity: Entity, wanted: Condition) -> dict[str, Any] | None:
    attribute = _reading(entity, wanted.attribute or "")
    if attribute is None or value_of(entity, attribute) is None:
        return None
    scale = 1_000.0 if wanted.kilo and str(entity.attributes.get("unit_of_measurement", "W")) == "W" else 1.0
    bounds = {name: value * scale for name in ("above", "below") if (value := getattr(wanted, name)) is not None}
    if wanted.reaches is not None:
        goal = wanted.reaches * scale
        now = value_of(entity, attribute)
        bounds = {"at_least" if now is None or now < goal else "at_most": goal}
    return {"attribute": attribute, **bounds} if bounds else None


def _reading(entity: Entity, attribute: str) -> str | None:
    """Return what of a device shows an attribute, None where it does not show it."""
    if entity.domain == "sensor":
        return "state" if entity.device_class in _CLASSES.get(attribute, frozenset()) else None
    if attribute == "battery":
        return next((name for name in ("battery_level", "battery") if name in entity.attributes), None)
    return _READ.get((entity.domain, attribute))


def _on_state(entity: Entity, state: str) -> dict[str, Any] | None:
    special = _SPECIAL.get(state)
    if special is not None:
        return special(entity)
    if state in _SENSES:
        of_kind = entity.domain == "binary_sensor" and entity.device_class in _SENSES[state]
        return {"state": "off" if state == "dry" else "on"} if of_kind else None
    if entity.domain == "sensor":
        return _on_power(entity, state) if state in {"on", "off"} else None
    if state in {"home", "not_home"}:
        return {"state": state} if entity.domain in {"person", "device_tracker"} else None
    return {"state": state} if state == "unavailable" or holds(entity, state) is not None else None


def _on_power(entity: Entity, state: str) -> dict[str, Any] | None:
    if entity.device_class not in _POWERED:
        return None
    if state == "on":
        return {"attribute": "state", "above": _IDLE_W}
    return {"attribute": "state", "below": _IDLE_W, "for_s": _IDLE_S}


def _done(entity: Entity) -> dict[str, Any] | None:
    if entity.domain == "vacuum":
        return {"state": "docked"}
    if entity.domain == "sensor":
        if entity.device_class == "power":
            return _on_power(entity, "off")
        numeric = value_of(entity, "state") is not None
        return None if numeric else {"states": list(_FINISHED)}
    if entity.domain in {"switch", "fan", "media_player", "input_boolean", "binary_sensor", "climate"}:
        return {"state": "off"}
    return None


def _alarms(entity: Entity) -> dict[str, Any] | None:
    if entity.domain == "alarm_control_panel":
        return {"state": "triggered"}
    if entity.domain in {"binary_sensor", "siren"}:
        return {"state": "on"}
    return {"state": "off"} if holds(entity, "off") is not None else None


def _docked(entity: Entity) -> dict[str, Any] | None:
    if entity.domain in {"vacuum", "lawn_mower"}:
        return {"state": "docked"}
    return {"state": "home"} if entity.domain in {"person", "device_tracker"} else None


def _stuck(entity: Entity) -> dict[str, Any] | None:
    if entity.domain in {"vacuum", "lawn_mower"}:
        return {"state": "error"}
    return {"state": "jammed"} if entity.domain == "lock" else None


_SPECIAL = MappingProxyType({"done": _done, "alarms": _alarms, "docked": _docked, "stuck": _stuck})
