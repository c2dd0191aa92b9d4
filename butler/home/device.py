"""One device of the demo home: its entity as it is now, and what it remembers while that does not show."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from engine.understanding.snapshot import Entity

DEFAULT_COLOR_MODES = ("color_temp", "rgb")
PLAYLIST = (
    ("Morning Light", "The Harbour Trio"),
    ("Paper Boats", "Ines Calder"),
    ("Slow Train North", "The Harbour Trio"),
    ("Lanterns", "Okabe Quartet"),
    ("Blue Door", "Ines Calder"),
    ("Tide Tables", "Marlow & Finch"),
)
_CAPABILITIES = frozenset(
    {
        "device_class",
        "entities",
        "hvac_modes",
        "max_temp",
        "min_temp",
        "sequence",
        "source_list",
        "supported_color_modes",
        "supported_features",
        "target_temp_step",
        "temperature_unit",
        "unit_of_measurement",
    }
)


class Device:
    """One entity that changes; `memory` holds what comes back later, such as the brightness of a lamp that is off."""

    def __init__(self, entity: Entity) -> None:
        self.entity = entity
        self.memory: dict[str, Any] = {}

    @property
    def state(self) -> str:
        """The state string."""
        return self.entity.state

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The attributes."""
        return self.entity.attributes

    def update(
        self, state: str | None = None, attributes: Mapping[str, Any] | None = None, drop: Iterable[str] = ()
    ) -> None:
        """Give the device a state (None leaves it), new attributes, and fewer."""
        merged = {**self.entity.attributes, **(attributes or {})}
        for key in drop:
            merged.pop(key, None)
        self.entity = replace(self.entity, state=state or self.entity.state, attributes=MappingProxyType(merged))

    def shown_as_unavailable(self) -> Entity:
        """Return the entity as the home shows it while it cannot be reached: what it can do, not what it does."""
        kept = {key: value for key, value in self.attributes.items() if key in _CAPABILITIES}
        return replace(self.entity, state="unavailable", attributes=MappingProxyType(kept))


def fill_in(device: Device) -> None:
    """Add what Home Assistant would show and the home file left out, so that every change can be undone."""
    filler = _FILLERS.get(device.entity.domain)
    if filler:
        filler(device)


def hs_to_rgb(hue: float, saturation: float) -> list[int]:
    """Return a colour (hue 0-360, saturation 0-100) as red, green and blue 0-255, at full value."""
    return [round(part * 255) for part in colorsys.hsv_to_rgb(hue / 360, saturation / 100, 1.0)]


def _fill_light(device: Device) -> None:
    given = device.attributes
    modes = given.get("supported_color_modes") or list(DEFAULT_COLOR_MODES)
    on = device.state == "on"
    shown: dict[str, Any] = {"supported_color_modes": modes, "color_mode": None}
    if set(modes) - {"onoff"}:
        device.memory["brightness"] = given.get("brightness") or 255
        shown["brightness"] = device.memory["brightness"] if on else None
    if "color_temp" in modes:
        device.memory["color_temp_kelvin"] = given.get("color_temp_kelvin") or 2700
        shown["color_temp_kelvin"] = None
    colourful = set(modes) & {"hs", "rgb", "xy", "rgbw", "rgbww"}
    if colourful:
        rgb = given.get("rgb_color") or (hs_to_rgb(*given["hs_color"]) if given.get("hs_color") else [255, 255, 255])
        device.memory["rgb_color"] = list(rgb)
        shown["rgb_color"] = None
    colour_mode = given.get("color_mode") or _color_mode(given, modes)
    device.memory["color_mode"] = colour_mode
    if on:
        shown["color_mode"] = colour_mode
        if colour_mode == "color_temp":
            shown["color_temp_kelvin"] = device.memory.get("color_temp_kelvin")
        elif colour_mode in colourful:
            shown["rgb_color"] = device.memory["rgb_color"]
    device.update(attributes=shown, drop=("hs_color", "xy_color"))


def _color_mode(given: Mapping[str, Any], modes: Iterable[str]) -> str:
    known = list(modes)
    colours = [mode for mode in known if mode in {"rgb", "hs", "xy", "rgbw", "rgbww"}]
    if colours and (given.get("rgb_color") or given.get("hs_color")):
        return colours[0]
    for mode in ("color_temp", *colours, "brightness"):
        if mode in known:
            return mode
    return known[0]


def _fill_fan(device: Device) -> None:
    percentage = device.attributes.get("percentage")
    device.memory["percentage"] = percentage or 50
    device.update(attributes={"percentage": device.memory["percentage"] if device.state == "on" else 0})


def _fill_cover(device: Device) -> None:
    if device.attributes.get("current_position") is None and device.entity.device_class not in {
        "garage",
        "gate",
        "door",
    }:
        device.update(attributes={"current_position": 100 if device.state.startswith("open") else 0})


def _fill_climate(device: Device) -> None:
    device.memory["hvac_mode"] = device.state if device.state not in {"off", "unavailable", "unknown"} else None
    unit = device.attributes.get("temperature_unit") or device.attributes.get("unit_of_measurement") or ""
    low, high = (45, 95) if "F" in unit else (7, 35)
    shown: dict[str, Any] = {
        "min_temp": device.attributes.get("min_temp", low),
        "max_temp": device.attributes.get("max_temp", high),
    }
    if device.attributes.get("temperature") is None and device.attributes.get("target_temp_low") is None:
        shown["temperature"] = 68 if "F" in unit else 20
    device.update(attributes=shown)


def _fill_player(device: Device) -> None:
    given = device.attributes
    big = device.entity.device_class in {"tv", "receiver"}
    device.memory["resting"] = device.state if device.state in {"on", "idle"} else ("on" if big else "idle")
    title = given.get("media_title") or PLAYLIST[0][0]
    artist = given.get("media_artist") if given.get("media_title") else PLAYLIST[0][1]
    track = given.get("media_track") or 1
    media = {"media_title": title, "media_artist": artist, "media_track": track}
    device.memory["media"] = media
    level = {"volume_level": given.get("volume_level", 0.5), "is_volume_muted": given.get("is_volume_muted", False)}
    playing = device.state in {"playing", "paused"}
    device.update(attributes={**level, **(media if playing else {})}, drop=() if playing else media)


_FILLERS = {
    "light": _fill_light,
    "fan": _fill_fan,
    "cover": _fill_cover,
    "climate": _fill_climate,
    "media_player": _fill_player,
}
