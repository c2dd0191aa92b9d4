"""What an entity is doing, in words read from its state: "on at 50 %", "open", "heating to 21°"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine.understanding.snapshot import Entity

_OPENINGS = frozenset({"door", "garage_door", "window", "opening"})
_OPPOSITES = MappingProxyType({"off": "on", "closed": "open", "unlocked": "locked"})
_RESTING_PLAYERS = frozenset({"off", "standby"})
_ALERTS = MappingProxyType(
    {
        "motion": ("seeing movement", "seeing no movement"),
        "occupancy": ("seeing someone", "seeing nobody"),
        "moisture": ("reporting water", "dry"),
        "smoke": ("reporting smoke", "clear: no smoke"),
        "gas": ("reporting gas", "clear: no gas"),
        "carbon_monoxide": ("reporting carbon monoxide", "clear"),
        "battery": ("low", "fine"),
        "connectivity": ("connected", "disconnected"),
        "plug": ("plugged in", "unplugged"),
        "vibration": ("feeling vibration", "still"),
        "problem": ("reporting a problem", "fine"),
    }
)


def described(entity: Entity) -> str:
    """Return what the entity is doing, to stand behind "is"."""
    if not entity.available:
        return "unavailable"
    describe = _DESCRIBE.get(entity.domain)
    return describe(entity) if describe else _plain_state(entity)


def percent(value: float) -> str:
    """Return a percentage as it is written."""
    return f"{round(value)}%"


def brightness_percent(entity: Entity) -> int | None:
    """Return the brightness of a light in percent, or None where it shows none."""
    level = entity.attributes.get("brightness")
    return None if level is None else max(1, round(level / 255 * 100)) if level else 0


def degrees(entity: Entity, value: float) -> str:
    """Return a temperature of the entity with its unit."""
    unit = str(entity.attributes.get("unit_of_measurement") or entity.attributes.get("temperature_unit") or "°")
    return f"{value:g}{unit}"


def holds(entity: Entity, wanted: str) -> bool | None:
    """Tell whether the entity is in a state people name ("on", "open", "locked"); None where that cannot be said."""
    if not entity.available:
        return None
    if wanted in _OPPOSITES:
        positive = holds(entity, _OPPOSITES[wanted])
        return None if positive is None else not positive
    judge = _JUDGES.get(wanted)
    return judge(entity) if judge else entity.state == wanted


def can_be(entity: Entity, wanted: str) -> bool:
    """Tell whether an entity is of a kind that can be in a state; one that is unavailable is judged by its kind."""
    if not entity.available:
        return entity.domain in _KINDS.get(wanted, frozenset()) or wanted in {"on", "off"}
    if wanted in _OPPOSITES or wanted in _JUDGES:
        return holds(entity, wanted) is not None
    return entity.state == wanted or entity.domain == _ONLY_OF.get(wanted)


def _is_on(entity: Entity) -> bool | None:
    if entity.domain == "media_player":
        return entity.state not in _RESTING_PLAYERS
    if entity.domain == "climate":
        return entity.state != "off"
    if entity.domain == "vacuum":
        return entity.state in {"cleaning", "on"}
    if entity.domain in {"light", "switch", "input_boolean", "fan", "binary_sensor", "siren", "script", "humidifier"}:
        return entity.state == "on"
    return entity.state == "on" if entity.state in {"on", "off"} else None


def _is_open(entity: Entity) -> bool | None:
    if entity.domain in {"cover", "valve"}:
        return entity.state in {"open", "opening", "closing"}
    if entity.domain == "binary_sensor" and entity.device_class in _OPENINGS:
        return entity.state == "on"
    if entity.domain == "lock":
        return True if entity.state == "open" else None
    return None


def _is_locked(entity: Entity) -> bool | None:
    return entity.state in {"locked", "locking"} if entity.domain == "lock" else None


def _is_armed(entity: Entity) -> bool | None:
    if entity.domain != "alarm_control_panel":
        return None
    return entity.state.startswith("arm")


_OPENING_DOMAINS = frozenset({"cover", "valve", "binary_sensor"})
_KINDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "open": _OPENING_DOMAINS,
        "closed": _OPENING_DOMAINS,
        "locked": frozenset({"lock"}),
        "unlocked": frozenset({"lock"}),
        "armed": frozenset({"alarm_control_panel"}),
    }
)
_ONLY_OF: Mapping[str, str] = MappingProxyType(
    {"playing": "media_player", "paused": "media_player", "cleaning": "vacuum", "docked": "vacuum"}
)
_JUDGES: Mapping[str, Callable[[Entity], bool | None]] = MappingProxyType(
    {
        "on": _is_on,
        "running": _is_on,
        "active": _is_on,
        "open": _is_open,
        "locked": _is_locked,
        "armed": _is_armed,
    }
)


def _light(entity: Entity) -> str:
    level = brightness_percent(entity)
    if entity.state != "on" or level is None:
        return entity.state
    return "on" if level >= 100 else f"on at {percent(level)}"


def _fan(entity: Entity) -> str:
    speed = entity.attributes.get("percentage")
    return f"on at {percent(speed)}" if entity.state == "on" and speed else entity.state


def _opening(entity: Entity) -> str:
    position = entity.attributes.get("current_position")
    if entity.state == "open" and position is not None and 0 < position < 100:
        return f"{percent(position)} open"
    return entity.state


def _climate(entity: Entity) -> str:
    target = entity.attributes.get("temperature")
    words = {"heat": "heating", "cool": "cooling", "auto": "on auto", "heat_cool": "on auto", "dry": "drying"}
    mode = words.get(entity.state, "on fan only" if entity.state == "fan_only" else entity.state)
    if entity.state == "off" or target is None:
        return mode
    return f"{mode}, set to {degrees(entity, target)}"


def _player(entity: Entity) -> str:
    title, artist = entity.attributes.get("media_title"), entity.attributes.get("media_artist")
    if entity.state in {"playing", "paused"} and title:
        return f"{'paused on' if entity.state == 'paused' else entity.state} “{title}”" + (
            f" by {artist}" if artist else ""
        )
    return entity.state


def _vacuum(entity: Entity) -> str:
    return "on its way back" if entity.state == "returning" else entity.state


def _binary(entity: Entity) -> str:
    if entity.device_class in _OPENINGS:
        return "open" if entity.state == "on" else "closed"
    if entity.device_class is not None and entity.device_class in _ALERTS:
        return _ALERTS[entity.device_class][0 if entity.state == "on" else 1]
    return entity.state


def _plain_state(entity: Entity) -> str:
    unit = entity.attributes.get("unit_of_measurement")
    state = entity.state.replace("_", " ")
    if not unit:
        return state
    return f"{state}{unit}" if unit in {"%", "°C", "°F", "°"} else f"{state} {unit}"


_DESCRIBE: Mapping[str, Callable[[Entity], str]] = MappingProxyType(
    {
        "light": _light,
        "fan": _fan,
        "cover": _opening,
        "valve": _opening,
        "climate": _climate,
        "media_player": _player,
        "vacuum": _vacuum,
        "binary_sensor": _binary,
    }
)
