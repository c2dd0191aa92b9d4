"""What a planner returns: services with their data for one entity, or what it cannot do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.understanding.snapshot import Entity

Step = tuple[str, Mapping[str, Any]]
Slots = Mapping[str, Any]


@dataclass(frozen=True)
class Unsupported:
    """What one entity cannot do: `what` is the slot or action; `detail` says what it takes instead, if known."""

    entity_id: str
    what: str
    detail: str | None = None


Planner = Callable[[Entity, Slots], "list[Step] | Unsupported"]


def one(service: str, **data: Any) -> list[Step]:
    """Return one step."""
    return [(service, data)]


def power(entity: Entity, slots: Slots) -> list[Step] | Unsupported:
    """Plan what every switchable domain takes: on, off and toggle."""
    names = {"on": "turn_on", "off": "turn_off", "toggle": "toggle"}
    action = action_of(slots)
    if action not in names:
        return Unsupported(entity.entity_id, action)
    for slot in ("brightness", "color", "color_temp", "speed", "temperature", "volume", "position"):
        if slot in slots and entity.domain in {"switch", "input_boolean"}:
            return Unsupported(entity.entity_id, slot)
    return one(f"{entity.domain}.{names[action]}")


def action_of(slots: Slots) -> str:
    """Return the action; values without one are to be set."""
    return str(slots.get("action") or "set")


def step_of(slots: Slots, default: float) -> float:
    """Return the signed size of a relative change."""
    size = float(slots["step"]) if slots.get("step") is not None else default
    return -size if action_of(slots) == "decrease" else size


def plain_number(value: float) -> float:
    """Return a whole number as an int, and any other to two places."""
    rounded = round(float(value), 2)
    return int(rounded) if rounded == int(rounded) else rounded
