"""What every entity of the test home has: an identity, whether it is there, and what is wrong with it."""

from __future__ import annotations

import asyncio

from homeassistant.exceptions import HomeAssistantError

DOMAIN = "butler_test_home"


class Thing:
    """What all of them have: an identity, whether they are there, and what is wrong with them."""

    _attr_should_poll = False

    def __init__(self, row):
        self.row = row
        self.entity_id = row["entity_id"]
        self._attr_unique_id = row["entity_id"]
        self._attr_name = row.get("name")
        self._attr_available = row.get("state") != "unavailable"
        self._fault = "ok"
        if row.get("device_class"):
            self._attr_device_class = row["device_class"]
        self.furnish(row.get("state"), row.get("attributes", {}))

    def furnish(self, state, attributes):
        """Take the first state."""

    async def async_added_to_hass(self):
        self.hass.data[DOMAIN]["things"][self.entity_id] = self

    def set_fault(self, fault):
        self._fault = fault
        self._attr_available = fault != "unavailable"
        self.async_write_ha_state()

    def put(self, attributes):
        """Take what the physical world does: attributes of the entity, without Home Assistant's prefix."""
        for name, value in attributes.items():
            setattr(self, f"_attr_{name}", value)
        self.async_write_ha_state()

    async def _told(self, **values):
        """Do what was asked, as far as the fault lets it."""
        kind, _, seconds = self._fault.partition(":")
        if kind == "slow":
            await asyncio.sleep(float(seconds))
        if kind == "error":
            raise HomeAssistantError("The device did not answer")
        if kind == "late":
            self.hass.loop.call_later(float(seconds), lambda: self.put(values))
        elif kind != "no_effect":
            self.put(values)
