"""Services of covers, valves and locks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from butler.home.device import Device
from butler.home.services.values import Service, invalid, number


def _move(device: Device, position: int) -> None:
    state = "open" if position > 0 else "closed"
    if device.attributes.get("current_position") is None:
        device.update(state)
    else:
        device.update(state, {"current_position": position})


def _open(device: Device, _: Mapping[str, Any]) -> None:
    _move(device, 100)


def _close(device: Device, _: Mapping[str, Any]) -> None:
    _move(device, 0)


def _toggle(device: Device, _: Mapping[str, Any]) -> None:
    _move(device, 100 if device.state in {"closed", "closing"} else 0)


def _stop(device: Device, _: Mapping[str, Any]) -> None:
    if device.state in {"opening", "closing"}:
        position = device.attributes.get("current_position")
        device.update("closed" if position == 0 else "open")


def _set_position(device: Device, data: Mapping[str, Any]) -> None:
    position = round(number(device, data, "position", 0, 100))
    if device.attributes.get("current_position") is None:
        raise invalid(device, f"{device.entity.entity_id} does not take a position")
    _move(device, position)


def _lock(device: Device, _: Mapping[str, Any]) -> None:
    device.update("locked")


def _unlock(device: Device, _: Mapping[str, Any]) -> None:
    device.update("unlocked")


OPENING_SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        "cover.open_cover": _open,
        "cover.close_cover": _close,
        "cover.stop_cover": _stop,
        "cover.toggle": _toggle,
        "cover.set_cover_position": _set_position,
        "valve.open_valve": _open,
        "valve.close_valve": _close,
        "valve.stop_valve": _stop,
        "valve.toggle": _toggle,
        "valve.set_valve_position": _set_position,
        "lock.lock": _lock,
        "lock.unlock": _unlock,
    }
)
