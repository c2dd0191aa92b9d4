"""Services of what is only on or off."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from butler.home.device import Device
from butler.home.services.values import Service


def _turn_on(device: Device, _: Mapping[str, Any]) -> None:
    device.update("on")


def _turn_off(device: Device, _: Mapping[str, Any]) -> None:
    device.update("off")


def _toggle(device: Device, _: Mapping[str, Any]) -> None:
    device.update("off" if device.state == "on" else "on")


POWER_SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        f"{domain}.{name}": service
        for domain in ("switch", "input_boolean")
        for name, service in (("turn_on", _turn_on), ("turn_off", _turn_off), ("toggle", _toggle))
    }
)
