"""Whether an entity is as a call asked for: how Butler tells "done" from "the home said nothing against it"."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from butler.home.colors import css_color, kelvin_to_rgb
from butler.home.port import Call
from engine.understanding.snapshot import Entity

Goal = Callable[[Entity, Mapping[str, Any]], bool | None]

UNSEEN_SERVICES = frozenset({"vacuum.locate"})
"""Services that leave no mark on the entity's state."""


def goal_met(call: Call, entity: Entity) -> bool | None:
    """Return whether the entity is as the call asked for; None where its state alone cannot tell."""
    goal = _GOALS.get(call.service)
    return goal(entity, call.data) if goal else None


def _in(*states: str) -> Goal:
    return lambda entity, _: entity.state in states


def _not_in(*states: str) -> Goal:
    return lambda entity, _: entity.state not in states


def _light_on(entity: Entity, data: Mapping[str, Any]) -> bool | None:
    level = entity.attributes.get("brightness")
    if "brightness_step_pct" in data:
        down = data["brightness_step_pct"] < 0
        return True if (down and entity.state == "off") or (not down and level == 255) else None
    if entity.state != "on":
        return False
    wanted = data.get("brightness", data["brightness_pct"] * 2.55 if "brightness_pct" in data else None)
    if wanted is not None and (level is None or abs(level - wanted) > 3):
        return False
    return _color_met(entity, data)


def _color_met(entity: Entity, data: Mapping[str, Any]) -> bool:
    if "color_temp_kelvin" in data:
        kelvin = entity.attributes.get("color_temp_kelvin")
        if kelvin is not None:  # lamps count in mireds, and clip to what they can show
            return bool(abs(1e6 / kelvin - 1e6 / data["color_temp_kelvin"]) <= 60)
        return _alike(entity.attributes.get("rgb_color"), kelvin_to_rgb(data["color_temp_kelvin"]))
    wanted = css_color(data["color_name"]) if "color_name" in data else data.get("rgb_color")
    return wanted is None or _alike(entity.attributes.get("rgb_color"), wanted)


def _alike(shown: Iterable[int] | None, wanted: Iterable[int]) -> bool:
    """Return whether two colours are alike but for brightness: hue within 8°, saturation within 10 %."""
    if shown is None:
        return False
    (hue_a, full_a, _), (hue_b, full_b, _) = (
        colorsys.rgb_to_hsv(*(part / 255 for part in colour)) for colour in (shown, wanted)
    )
    apart = abs(hue_a - hue_b) * 360
    return abs(full_a - full_b) <= 0.10 and (min(apart, 360 - apart) <= 8 or max(full_a, full_b) <= 0.10)


def _near(attribute: str, key: str, tolerance: float) -> Goal:
    def goal(entity: Entity, data: Mapping[str, Any]) -> bool:
        value = entity.attributes.get(attribute)
        return value is not None and abs(value - data[key]) <= tolerance

    return goal


def _percentage(entity: Entity, data: Mapping[str, Any]) -> bool:
    if data["percentage"] == 0:
        return entity.state == "off"
    half_step = max(1.0, float(entity.attributes.get("percentage_step") or 1) / 2)
    return entity.state == "on" and abs((entity.attributes.get("percentage") or 0) - data["percentage"]) <= half_step


def _position(entity: Entity, data: Mapping[str, Any]) -> bool:
    moving = entity.state in {"opening", "closing"}
    position = entity.attributes.get("current_position")
    return moving or (position is not None and abs(position - data["position"]) <= 3)


def _temperatures(entity: Entity, data: Mapping[str, Any]) -> bool:
    keys = [key for key in ("temperature", "target_temp_low", "target_temp_high") if key in data]
    coarse = max(0.05, float(entity.attributes.get("target_temp_step") or 0.1) / 2)
    met = all(
        entity.attributes.get(key) is not None and abs(entity.attributes[key] - data[key]) <= coarse + 1e-9
        for key in keys
    )
    return met and data.get("hvac_mode", entity.state) == entity.state


def _equals(attribute: str) -> Goal:
    return lambda entity, data: entity.attributes.get(attribute) == data[attribute]


def _playing_that(entity: Entity, data: Mapping[str, Any]) -> bool | None:
    # a station words its titles in its own way: where they differ, only a change can tell
    if entity.state not in {"playing", "buffering"}:
        return False
    return True if entity.attributes.get("media_title") == data.get("media_content_id") else None


_GOALS: Mapping[str, Goal] = MappingProxyType(
    {
        "climate.set_hvac_mode": lambda entity, data: entity.state == data["hvac_mode"],
        "climate.set_temperature": _temperatures,
        "climate.turn_off": _in("off"),
        "climate.turn_on": _not_in("off"),
        "cover.close_cover": _in("closed", "closing"),
        "cover.open_cover": lambda entity, _: (
            entity.state == "opening"
            or (entity.state == "open" and entity.attributes.get("current_position") in {None, 100})
        ),
        "cover.set_cover_position": _position,
        "cover.stop_cover": _not_in("opening", "closing"),
        "fan.set_percentage": _percentage,
        "fan.turn_off": _in("off"),
        "fan.turn_on": _in("on"),
        "input_boolean.turn_off": _in("off"),
        "input_boolean.turn_on": _in("on"),
        "light.turn_off": _in("off"),
        "light.turn_on": _light_on,
        "lock.lock": _in("locked", "locking"),
        "lock.unlock": _in("unlocked", "unlocking", "open"),
        "media_player.media_pause": _not_in("playing", "buffering"),
        "media_player.media_play": _in("playing", "buffering"),
        "media_player.media_stop": _not_in("playing", "paused", "buffering"),
        "media_player.play_media": _playing_that,
        "media_player.select_source": _equals("source"),
        "media_player.turn_off": _in("off", "standby"),
        "media_player.turn_on": _not_in("off", "standby"),
        "media_player.volume_mute": _equals("is_volume_muted"),
        "media_player.volume_set": _near("volume_level", "volume_level", 0.02),
        "switch.turn_off": _in("off"),
        "switch.turn_on": _in("on"),
        "vacuum.pause": _not_in("cleaning", "returning"),
        "vacuum.return_to_base": _in("docked", "returning"),
        "vacuum.start": _in("cleaning"),
        "vacuum.stop": _not_in("cleaning", "returning"),
        "valve.close_valve": _in("closed", "closing"),
        "valve.open_valve": lambda entity, _: entity.state in {"open", "opening"},
        "valve.set_valve_position": _position,
        "valve.stop_valve": _not_in("opening", "closing"),
    }
)
