"""Services of lights."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from butler.home.colors import css_color, kelvin_to_rgb
from butler.home.device import Device, hs_to_rgb
from butler.home.services.values import Service, invalid, number, text

_COLOURFUL = ("rgb", "hs", "xy", "rgbw", "rgbww")


def _turn_on(device: Device, data: Mapping[str, Any]) -> None:
    modes = device.attributes.get("supported_color_modes") or []
    _remember(device)
    shown: dict[str, Any] = {}
    if set(modes) - {"onoff"}:
        level = _brightness(device, data)
        if level == 0:
            _turn_off(device, {})
            return
        device.memory["brightness"] = shown["brightness"] = level
    _take_color(device, data, modes)
    mode = device.memory.get("color_mode")
    shown["color_mode"] = mode
    if "color_temp" in modes:
        shown["color_temp_kelvin"] = device.memory.get("color_temp_kelvin") if mode == "color_temp" else None
    if any(colour in modes for colour in _COLOURFUL):
        shown["rgb_color"] = device.memory.get("rgb_color") if mode in _COLOURFUL else None
    device.update("on", shown)


def _turn_off(device: Device, _: Mapping[str, Any]) -> None:
    _remember(device)
    hidden = ("brightness", "color_mode", "color_temp_kelvin", "rgb_color", "hs_color", "xy_color")
    device.update("off", {key: None for key in hidden if key in device.attributes})


def _toggle(device: Device, data: Mapping[str, Any]) -> None:
    (_turn_off if device.state == "on" else _turn_on)(device, data)


def _remember(device: Device) -> None:
    """Keep what shows of a light that is on, for when it is next switched on."""
    if device.state == "on":
        kept = ("brightness", "color_mode", "color_temp_kelvin", "rgb_color")
        device.memory.update({key: device.attributes[key] for key in kept if device.attributes.get(key) is not None})


def _brightness(device: Device, data: Mapping[str, Any]) -> int:
    """Return the brightness asked for, 0-255; a light that is off counts as 0 where a step is asked for."""
    now = device.attributes.get("brightness") or 0 if device.state == "on" else 0
    if "brightness" in data:
        return round(number(device, data, "brightness", 0, 255))
    if "brightness_pct" in data:
        return round(255 * number(device, data, "brightness_pct", 0, 100) / 100)
    if "brightness_step" in data:
        return round(min(255, max(0, now + number(device, data, "brightness_step", -255, 255))))
    if "brightness_step_pct" in data:
        return round(min(255, max(0, now + 255 * number(device, data, "brightness_step_pct", -100, 100) / 100)))
    return int(now or device.memory.get("brightness") or 255)


def _take_color(device: Device, data: Mapping[str, Any], modes: list[str]) -> None:
    """Remember the colour asked for; as with Home Assistant, one the light cannot show is passed over in silence."""
    if "color_temp_kelvin" in data:
        kelvin = round(number(device, data, "color_temp_kelvin", 1000, 40000))
        if "color_temp" in modes:
            device.memory.update(color_mode="color_temp", color_temp_kelvin=kelvin)
            return
        rgb: list[int] | None = list(kelvin_to_rgb(kelvin))
    else:
        rgb = _rgb(device, data)
    colour_mode = next((mode for mode in modes if mode in _COLOURFUL), None)
    if rgb is not None and colour_mode is not None:
        device.memory.update(color_mode=colour_mode, rgb_color=rgb)


def _rgb(device: Device, data: Mapping[str, Any]) -> list[int] | None:
    if "color_name" in data:
        rgb = css_color(text(device, data, "color_name"))
        if rgb is None:
            raise invalid(device, f"unknown colour {data['color_name']!r}")
        return list(rgb)
    if "rgb_color" in data:
        return [round(part) for part in _parts(device, data, "rgb_color", (255, 255, 255))]
    if "hs_color" in data:
        return hs_to_rgb(*_parts(device, data, "hs_color", (360, 100)))
    return None


def _parts(device: Device, data: Mapping[str, Any], key: str, highest: tuple[int, ...]) -> list[float]:
    value = data[key]
    if not isinstance(value, list | tuple) or len(value) != len(highest):
        raise invalid(device, f"{key} must have {len(highest)} numbers")
    return [number(device, {key: part}, key, 0, high) for part, high in zip(value, highest, strict=True)]


LIGHT_SERVICES: Mapping[str, Service] = MappingProxyType(
    {"light.turn_on": _turn_on, "light.turn_off": _turn_off, "light.toggle": _toggle}
)
