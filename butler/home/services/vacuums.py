"""Services of robot vacuums; the way home takes no time here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from butler.home.device import Device
from butler.home.services.values import Service


def _to(state: str) -> Service:
    def change(device: Device, _: Mapping[str, Any]) -> None:
        device.update(state)

    return change


def _pause(device: Device, _: Mapping[str, Any]) -> None:
    if device.state in {"cleaning", "returning"}:
        device.update("paused")


def _stop(device: Device, _: Mapping[str, Any]) -> None:
    if device.state != "docked":
        device.update("idle")


def _locate(device: Device, _: Mapping[str, Any]) -> None:
    """Beep: nothing about the vacuum changes."""


VACUUM_SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        "vacuum.start": _to("cleaning"),
        "vacuum.pause": _pause,
        "vacuum.stop": _stop,
        "vacuum.return_to_base": _to("docked"),
        "vacuum.locate": _locate,
    }
)
