"""Services of fans and of heating and cooling."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from butler.home.device import Device
from butler.home.services.values import Service, invalid, number, text


def _fan_on(device: Device, data: Mapping[str, Any]) -> None:
    if "percentage" in data:
        _fan_speed(device, data)
    elif device.state != "on":
        device.update("on", {"percentage": device.memory.get("percentage") or 50})


def _fan_off(device: Device, _: Mapping[str, Any]) -> None:
    device.update("off", {"percentage": 0})


def _fan_toggle(device: Device, data: Mapping[str, Any]) -> None:
    (_fan_off if device.state == "on" else _fan_on)(device, data)


def _fan_speed(device: Device, data: Mapping[str, Any]) -> None:
    percentage = round(number(device, data, "percentage", 0, 100))
    if percentage == 0:
        _fan_off(device, {})
        return
    device.memory["percentage"] = percentage
    device.update("on", {"percentage": percentage})


def _fan_step(sign: int) -> Service:
    def step(device: Device, data: Mapping[str, Any]) -> None:
        size = number(device, data, "percentage_step", 0, 100) if "percentage_step" in data else 20
        now = device.attributes.get("percentage") or 0
        _fan_speed(device, {"percentage": min(100, max(0, now + sign * size))})

    return step


def _set_temperature(device: Device, data: Mapping[str, Any]) -> None:
    low = device.attributes.get("min_temp", 7)
    high = device.attributes.get("max_temp", 35)
    keys = [key for key in ("temperature", "target_temp_low", "target_temp_high") if data.get(key) is not None]
    if not keys:
        raise invalid(device, "a temperature is missing")
    wanted = {key: number(device, data, key, low, high) for key in keys}
    if "hvac_mode" in data:
        _set_mode(device, data)
    device.update(attributes=wanted)


def _set_mode(device: Device, data: Mapping[str, Any]) -> None:
    mode = text(device, data, "hvac_mode")
    modes = device.attributes.get("hvac_modes")
    if modes and mode not in modes:
        raise invalid(device, f"hvac_mode {mode} is not valid: use one of {', '.join(modes)}")
    if device.state != "off":
        device.memory["hvac_mode"] = device.state
    device.update(mode)


def _climate_on(device: Device, _: Mapping[str, Any]) -> None:
    if device.state == "off":
        modes = [mode for mode in device.attributes.get("hvac_modes") or ("heat",) if mode != "off"]
        device.update(device.memory.get("hvac_mode") or (modes[0] if modes else "heat"))


def _climate_off(device: Device, _: Mapping[str, Any]) -> None:
    _set_mode(device, {"hvac_mode": "off"})


def _climate_toggle(device: Device, data: Mapping[str, Any]) -> None:
    (_climate_on if device.state == "off" else _climate_off)(device, data)


AIR_SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        "fan.turn_on": _fan_on,
        "fan.turn_off": _fan_off,
        "fan.toggle": _fan_toggle,
        "fan.set_percentage": _fan_speed,
        "fan.increase_speed": _fan_step(1),
        "fan.decrease_speed": _fan_step(-1),
        "climate.set_temperature": _set_temperature,
        "climate.set_hvac_mode": _set_mode,
        "climate.turn_on": _climate_on,
        "climate.turn_off": _climate_off,
        "climate.toggle": _climate_toggle,
    }
)
