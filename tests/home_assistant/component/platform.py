"""What the module of every platform does: remember where its entities are added."""

from __future__ import annotations

from homeassistant.helpers import entity_platform

DOMAIN = "butler_test_home"


async def async_setup_platform(hass, config, add_entities, discovery_info=None):
    """Remember the platform."""
    platform = entity_platform.async_get_current_platform()
    hass.data.setdefault(DOMAIN, {"platforms": {}, "things": {}})["platforms"][platform.domain] = platform
