"""What a Home Assistant script acts on, told from its configuration: a guarded member guards the script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from butler.home.assistant.registries import Entry
from engine.understanding.snapshot import Area

UNREADABLE = ("lock.unnamed_door",)
"""The members of a script that cannot be looked into: it may do anything."""
_TARGETS = ("entity_id", "area_id", "floor_id", "device_id", "label_id")
_DEEPEST = 50


def members_of(
    answer: object, areas: Iterable[Area], entries: Mapping[str, Entry], devices: Mapping[str, str]
) -> tuple[str, ...]:
    """Return all that a script may act on; too many rather than too few. `devices` are device ids by entity id.

    Where a step does not say which entities of a domain it means, or leaves it to a template, one of that domain with
    a guarded name stands for them.
    """
    config = answer.get("config") if isinstance(answer, Mapping) else None
    if not isinstance(config, Mapping):
        return UNREADABLE
    floors = {area.id: area.floor for area in areas}
    found: set[str] = set()
    for step in _steps(config.get("sequence"), 0):
        targets = {key: set(_ids(step, key)) for key in _TARGETS}
        named = {i for i in targets["entity_id"] if "." in i and "{" not in i}
        inside = {i for i, entry in entries.items() if _is_inside(entry.area, devices.get(i), floors, targets)}
        found |= named | inside
        found |= _called(step, whole=bool(named | inside) and targets["entity_id"] == named)
    return tuple(sorted(found))


def _steps(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield every object of a script, however deep."""
    if depth > _DEEPEST:
        yield {"action": "lock.unlock"}
    elif isinstance(value, list):
        for item in value:
            yield from _steps(item, depth + 1)
    elif isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _steps(inner, depth + 1)


def _ids(step: Mapping[str, Any], key: str) -> Iterator[str]:
    for place in (step, step.get("target"), step.get("data")):
        value = place.get(key) if isinstance(place, Mapping) else None
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield from (part.strip() for part in one.split(",")) if "{" not in one else [one]


def _is_inside(
    area: str | None, device: str | None, floors: Mapping[str, str | None], targets: Mapping[str, set[str]]
) -> bool:
    floor = floors.get(area) if area else None
    return area in targets["area_id"] or device in targets["device_id"] or floor in targets["floor_id"]


def _called(step: Mapping[str, Any], *, whole: bool) -> set[str]:
    """Return scenes and scripts that a step starts, and what stands for entities that it does not name."""
    action = str(step.get("action") or step.get("service") or "")
    found = {str(step["scene"])} if isinstance(step.get("scene"), str) else set()
    domain, _, name = action.partition(".")
    if domain == "script" and name not in {"turn_on", "turn_off", "toggle", "reload", ""}:
        return found | {action}
    unnamed = domain if action and not whole else str(step.get("domain") or "") if "type" in step else ""
    if "{" in unnamed:
        return found | set(UNREADABLE)
    return found | {f"{unnamed}.unnamed_door"} if unnamed else found
