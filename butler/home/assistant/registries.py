"""Home Assistant's registries: what its entities are called, where they are, and which of them are for assistants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from engine.understanding.snapshot import Area, Floor

_EMPTY: Mapping[str, Any] = MappingProxyType({})
ASSISTANT = "conversation"
"""Home Assistant's name for assistants that are talked to, among those entities are exposed to."""


@dataclass(frozen=True)
class Entry:
    """What the entity registry says of one entity.

    `area` is its own, else its device's; an `inner` one is hidden, or there to configure or diagnose.
    """

    name: str | None = None
    area: str | None = None
    aliases: tuple[str, ...] = ()
    inner: bool = False


@dataclass(frozen=True)
class Registries:
    """All of them at one moment.

    `exposed` are the entities shown to assistants. `members` are those that scripts act on, `unit` the house's own for
    temperatures.
    """

    floors: tuple[Floor, ...] = ()
    areas: tuple[Area, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=lambda: _EMPTY)
    exposed: frozenset[str] = frozenset()
    members: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _EMPTY)
    unit: str | None = None


def floors_of(rows: object) -> tuple[Floor, ...]:
    """Return the floors, lowest first."""
    floors = [
        Floor(str(row["floor_id"]), str(row["name"]), _whole(row.get("level")), aliases_of(row.get("aliases")))
        for row in rows_of(rows, "floor_id", "name")
    ]
    return tuple(sorted(floors, key=lambda floor: (floor.level or 0, floor.id)))


def areas_of(rows: object) -> tuple[Area, ...]:
    """Return the areas by id."""
    areas = [
        Area(str(row["area_id"]), str(row["name"]), _text(row.get("floor_id")), aliases_of(row.get("aliases")))
        for row in rows_of(rows, "area_id", "name")
    ]
    return tuple(sorted(areas, key=lambda area: area.id))


def entries_of(entities: object, devices: object, extended: object) -> dict[str, Entry]:
    """Return the entries by entity id; `extended` are those with aliases, which lists leave out."""
    places = {str(row["id"]): _text(row.get("area_id")) for row in rows_of(devices, "id")}
    more = extended if isinstance(extended, Mapping) else {}
    found = {}
    for row in rows_of(entities, "entity_id"):
        entity_id = str(row["entity_id"])
        full = more.get(entity_id)
        aliases = full.get("aliases") if isinstance(full, Mapping) else row.get("aliases")
        found[entity_id] = Entry(
            name=_text(row.get("name")) or _text(row.get("original_name")),
            area=_text(row.get("area_id")) or places.get(str(row.get("device_id"))),
            aliases=aliases_of(aliases),
            inner=row.get("hidden_by") is not None or row.get("entity_category") is not None,
        )
    return found


def exposed_of(answer: object) -> frozenset[str]:
    """Return the entities that are exposed to assistants one talks to."""
    table = answer.get("exposed_entities") if isinstance(answer, Mapping) else None
    rows = table.items() if isinstance(table, Mapping) else ()
    return frozenset(str(i) for i, to in rows if isinstance(to, Mapping) and to.get(ASSISTANT) is True)


def exposed_by_entries(rows: object) -> frozenset[str]:
    """Return the exposed entities as their entries say it, for a token that may not read the list itself."""
    found = set()
    for row in rows_of(rows, "entity_id", "options"):
        options = row["options"]
        of_assistant = options.get(ASSISTANT) if isinstance(options, Mapping) else None
        if isinstance(of_assistant, Mapping) and of_assistant.get("should_expose") is True:
            found.add(str(row["entity_id"]))
    return frozenset(found)


def devices_of(rows: object) -> dict[str, str]:
    """Return device ids by entity id."""
    return {str(row["entity_id"]): str(row["device_id"]) for row in rows_of(rows, "entity_id", "device_id")}


def unit_of(config: object) -> str | None:
    """Return the unit that the house measures temperatures in."""
    system = config.get("unit_system") if isinstance(config, Mapping) else None
    return _text(system.get("temperature")) if isinstance(system, Mapping) else None


def aliases_of(value: object) -> tuple[str, ...]:
    """Return aliases in an order of their own: Home Assistant keeps none, or has a null for the entity's own name."""
    found = {alias.strip() for alias in value if isinstance(alias, str)} if isinstance(value, list) else set()
    return tuple(sorted(found - {""}))


def rows_of(value: object, *needed: str) -> Iterable[Mapping[str, Any]]:
    """Return the rows of a list that have what is needed of them."""
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, Mapping) and all(row.get(key) is not None for key in needed)]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
