"""A house inside Home Assistant that tests furnish, disturb and look at; its entities are made from a home file.

Services: `load` (floors, areas, entities) furnishes it anew, `fault` (entity_id, fault) sets what is wrong with a
device, `put` (entity_id, attributes) is what the physical world does.
"""

from __future__ import annotations

import voluptuous as vol
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.helpers import area_registry, config_validation, entity_registry, floor_registry

from .things import THINGS

DOMAIN = "butler_test_home"
CONFIG_SCHEMA = config_validation.empty_config_schema(DOMAIN)


async def async_setup(hass, config):
    """Register the services."""
    hass.data.setdefault(DOMAIN, {"platforms": {}, "things": {}})

    async def load(call):
        await _clear(hass)
        areas = _places(hass, call.data)
        await _furnish(hass, call.data["entities"], areas)

    async def fault(call):
        hass.data[DOMAIN]["things"][call.data["entity_id"]].set_fault(call.data["fault"])

    async def put(call):
        hass.data[DOMAIN]["things"][call.data["entity_id"]].put(call.data["attributes"])

    rows = vol.All([dict])
    house = {vol.Optional(key, default=list): rows for key in ("floors", "areas", "entities")}
    hass.services.async_register(DOMAIN, "load", load, vol.Schema(house))
    hass.services.async_register(DOMAIN, "fault", fault, vol.Schema({"entity_id": str, "fault": str}))
    hass.services.async_register(DOMAIN, "put", put, vol.Schema({"entity_id": str, "attributes": dict}))
    return True


async def _clear(hass):
    entities, areas = entity_registry.async_get(hass), area_registry.async_get(hass)
    floors = floor_registry.async_get(hass)
    for entity_id, thing in list(hass.data[DOMAIN]["things"].items()):
        await thing.async_remove(force_remove=True)
        if entities.async_get(entity_id):
            entities.async_remove(entity_id)
    hass.data[DOMAIN]["things"].clear()
    for area in list(areas.async_list_areas()):
        areas.async_delete(area.id)
    for floor in list(floors.async_list_floors()):
        floors.async_delete(floor.floor_id)


def _places(hass, house):
    floors, areas = floor_registry.async_get(hass), area_registry.async_get(hass)
    ids = {
        row["name"]: floors.async_create(row["name"], aliases=set(row.get("aliases", ())), level=row.get("level"))
        for row in house["floors"]
    }
    return {
        row["name"]: areas.async_create(
            row["name"],
            aliases=set(row.get("aliases", ())),
            floor_id=ids[row["floor"]].floor_id if row.get("floor") else None,
        ).id
        for row in house["areas"]
    }


async def _furnish(hass, rows, areas):
    by_domain = {}
    for row in rows:
        domain = row["entity_id"].partition(".")[0]
        by_domain.setdefault(domain, []).append(THINGS[domain](row))
    registry = entity_registry.async_get(hass)
    for domain, things in by_domain.items():
        await hass.data[DOMAIN]["platforms"][domain].async_add_entities(things)
    for row in rows:
        more = {"aliases": set(row.get("aliases", ()))}
        if row.get("area"):
            more["area_id"] = areas[row["area"]]
        registry.async_update_entity(row["entity_id"], **more)
        async_expose_entity(hass, "conversation", row["entity_id"], row.get("exposed", True))
