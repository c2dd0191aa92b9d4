"""Every service that the demo home has, by Home Assistant's name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from butler.home.services.air import AIR_SERVICES
from butler.home.services.lights import LIGHT_SERVICES
from butler.home.services.media import MEDIA_SERVICES
from butler.home.services.openings import OPENING_SERVICES
from butler.home.services.power import POWER_SERVICES
from butler.home.services.vacuums import VACUUM_SERVICES
from butler.home.services.values import Service

SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        **AIR_SERVICES,
        **LIGHT_SERVICES,
        **MEDIA_SERVICES,
        **OPENING_SERVICES,
        **POWER_SERVICES,
        **VACUUM_SERVICES,
    }
)
