"""A home written as plain JSON values, read into a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.understanding.snapshot import Area, Entity, Floor, Snapshot


def snapshot_of(document: Mapping[str, Any]) -> Snapshot:
    """Return the snapshot of a home given as `floors`, `areas` and `entities`; what is missing is empty."""
    return Snapshot(
        tuple(_floor(floor) for floor in document.get("floors", ())),
        tuple(_area(area) for area in document.get("areas", ())),
        tuple(_entity(entity) for entity in document.get("entities", ())),
    )


def _floor(floor: Mapping[str, Any]) -> Floor:
    return Floor(floor["id"], floor["name"], floor.get("level"), tuple(floor.get("aliases", ())))


def _area(area: Mapping[str, Any]) -> Area:
    return Area(area["id"], area["name"], area.get("floor"), tuple(area.get("aliases", ())))


def _entity(entity: Mapping[str, Any]) -> Entity:
    attributes = dict(entity.get("attributes", {}))
    return Entity(
        entity["entity_id"],
        entity["name"],
        entity.get("area"),
        entity.get("state", "unknown"),
        MappingProxyType(attributes),
        tuple(entity.get("aliases", ())),
        entity.get("device_class", attributes.get("device_class")),
        bool(entity.get("exposed", True)),
    )
