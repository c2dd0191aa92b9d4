"""Asking Home Assistant for its registries and for single states; what a version lacks is done without."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from butler.home.assistant import registries as tables
from butler.home.assistant.connection import Connection
from butler.home.assistant.errors import RefusedError, SilentError
from butler.home.assistant.registries import Registries
from butler.home.assistant.scripts import members_of
from butler.home.assistant.states import State, fold

_LOG = logging.getLogger(__name__)
_PATIENCE_S = 5.0
REGISTRY_EVENTS = (
    "area_registry_updated",
    "core_config_updated",
    "device_registry_updated",
    "entity_registry_updated",
    "floor_registry_updated",
)


async def read_registries(connection: Connection, scripts: Iterable[str]) -> Registries:
    """Return the registries as they are; raises BrokenError, SilentError, and RefusedError where there are no areas.

    `scripts` are the entity ids of scripts, whose members are looked up.
    """
    floors, areas, devices, entities, exposed, config = await asyncio.gather(
        _asked(connection, "config/floor_registry/list"),
        connection.ask("config/area_registry/list", _PATIENCE_S),
        connection.ask("config/device_registry/list", _PATIENCE_S),
        connection.ask("config/entity_registry/list", _PATIENCE_S),
        _asked(connection, "homeassistant/expose_entity/list"),
        connection.ask("get_config", _PATIENCE_S),
    )
    ids = [str(row["entity_id"]) for row in tables.rows_of(entities, "entity_id")]
    extended = await _asked(connection, "config/entity_registry/get_entries", entity_ids=ids)
    entries = tables.entries_of(entities, devices, extended)
    places = tables.areas_of(areas)
    of_devices = tables.devices_of(entities)
    wanted = sorted(scripts)
    configs = await asyncio.gather(*(_asked(connection, "script/config", entity_id=i) for i in wanted))
    return Registries(
        floors=tables.floors_of(floors),
        areas=places,
        entries=entries,
        exposed=tables.exposed_by_entries(entities) if exposed is None else tables.exposed_of(exposed),
        members={i: members_of(config, places, entries, of_devices) for i, config in zip(wanted, configs, strict=True)},
        unit=tables.unit_of(config),
    )


class Reading:
    """The states of some entities, from the moment they were asked for; to be ended."""

    def __init__(self, connection: Connection) -> None:
        self.states: dict[str, State] = {}
        self._connection = connection
        self._moved = asyncio.Event()
        self._began = False
        self._number: int | None = None

    @classmethod
    async def begun(cls, connection: Connection, entity_ids: tuple[str, ...], timeout_s: float) -> Reading:
        """Return a reading that has the states; raises BrokenError, SilentError or RefusedError."""
        reading = cls(connection)
        fields = {"entity_ids": list(entity_ids)}
        try:
            async with asyncio.timeout(timeout_s):
                reading._number = await connection.subscribe("subscribe_entities", reading._take, timeout_s, **fields)
                while not reading._began:
                    await reading.moved()
        except TimeoutError as exc:
            reading.end()
            raise SilentError(timeout_s) from exc
        return reading

    async def moved(self) -> None:
        """Wait for the next event."""
        self._moved.clear()
        await self._moved.wait()

    def end(self) -> None:
        """Have no more events."""
        if self._number is not None:
            self._connection.unsubscribe(self._number)
            self._number = None

    def _take(self, event: Mapping[str, Any]) -> None:
        fold(self.states, event)
        self._began = self._began or "a" in event
        self._moved.set()


async def _asked(connection: Connection, kind: str, **fields: Any) -> Any:
    """Return the answer to a command, or None where this version or this token has none."""
    try:
        return await connection.ask(kind, _PATIENCE_S, **fields)
    except RefusedError as exc:
        _LOG.info("Home Assistant does not answer %s: %s", kind, exc)
        return None
