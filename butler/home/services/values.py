"""The data of a service call, checked as Home Assistant checks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from butler.home.device import Device
from butler.home.errors import InvalidCallError

Service = Callable[[Device, Mapping[str, Any]], None]


def invalid(device: Device, problem: str) -> InvalidCallError:
    """Return the error for data this device does not take."""
    return InvalidCallError(device.entity.domain, (device.entity.entity_id,), problem)


def number(device: Device, data: Mapping[str, Any], key: str, low: float, high: float) -> float:
    """Return a number that must be there and lie within the range."""
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise invalid(device, f"{key} must be a number")
    if not low <= value <= high:
        raise invalid(device, f"{key} {value:g} is not valid: the range is {low:g} to {high:g}")
    return value


def text(device: Device, data: Mapping[str, Any], key: str) -> str:
    """Return a text that must be there."""
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise invalid(device, f"{key} must be a text")
    return value
