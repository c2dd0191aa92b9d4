"""The home as a frozen value: what the engine may know of it, and all it ever gets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Floor:
    """One floor; `level` counts up from the ground floor (0)."""

    id: str
    name: str
    level: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area:
    """One room or outdoor place; `floor` is a floor id."""

    id: str
    name: str
    floor: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entity:
    """One device or sensor, with Home Assistant's own state string and attributes; `area` is an area id."""

    entity_id: str
    name: str
    area: str | None = None
    state: str = "unknown"
    attributes: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    aliases: tuple[str, ...] = ()
    device_class: str | None = None
    exposed: bool = True

    @property
    def domain(self) -> str:
        """The part of the entity id before the dot."""
        return self.entity_id.partition(".")[0]

    @property
    def naming(self) -> tuple[object, ...]:
        """What the entity is called, what it is and where: all that its states do not change."""
        return (self.entity_id, self.name, self.area, self.device_class, self.exposed, *self.aliases)

    @property
    def available(self) -> bool:
        """Whether the home hears from the entity."""
        return self.state not in {"unavailable", "unknown"} or self.domain in {"scene", "script"}


@dataclass(frozen=True)
class Snapshot:
    """Floors, areas and entities at one moment. Equal names give an equal `names_digest`, whatever the states."""

    floors: tuple[Floor, ...] = ()
    areas: tuple[Area, ...] = ()
    entities: tuple[Entity, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Entity]:
        """Entities by entity id."""
        return MappingProxyType({entity.entity_id: entity for entity in self.entities})

    @cached_property
    def areas_by_id(self) -> Mapping[str, Area]:
        """Areas by id."""
        return MappingProxyType({area.id: area for area in self.areas})

    @cached_property
    def floors_by_id(self) -> Mapping[str, Floor]:
        """Floors by id."""
        return MappingProxyType({floor.id: floor for floor in self.floors})

    def with_entities(self, entities: tuple[Entity, ...]) -> Snapshot:
        """Return the home with other entities; where only states differ, its names are not read again."""
        other = replace(self, entities=entities)
        if len(entities) != len(self.entities):
            return other
        changed = [(new, old) for new, old in zip(entities, self.entities, strict=True) if new is not old]
        if all(new.naming == old.naming for new, old in changed):
            other.__dict__["names_digest"] = self.names_digest  # where a cached property keeps its value
        return other

    def floor_of(self, entity: Entity) -> str | None:
        """Return the id of the floor the entity's area is on."""
        area = self.areas_by_id.get(entity.area) if entity.area else None
        return area.floor if area else None

    @cached_property
    def names_digest(self) -> str:
        """SHA-256 of every name, alias and place, but no state: what a shadow test is bound to."""
        document = {
            "floors": [[f.id, f.name, f.level, *f.aliases] for f in self.floors],
            "areas": [[a.id, a.name, a.floor, *a.aliases] for a in self.areas],
            "entities": [e.naming for e in self.entities],
        }
        canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
