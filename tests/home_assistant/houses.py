"""Houses for the tests of this folder, written as home files."""

from __future__ import annotations

from typing import Any

EVERYTHING: dict[str, Any] = {
    "floors": [{"name": "Ground Floor", "level": 0}],
    "areas": [{"name": "Kitchen", "floor": "Ground Floor"}, {"name": "Hall", "floor": "Ground Floor"}],
    "entities": [
        {
            "entity_id": "light.counter",
            "name": "Counter Light",
            "area": "Kitchen",
            "state": "on",
            "attributes": {"supported_color_modes": ["color_temp", "hs"], "brightness": 120, "color_temp_kelvin": 3000},
        },
        {
            "entity_id": "light.table",
            "name": "Table Lamp",
            "area": "Kitchen",
            "state": "on",
            "attributes": {"supported_color_modes": ["rgb"], "brightness": 77, "rgb_color": [200, 30, 30]},
        },
        {"entity_id": "switch.kettle", "name": "Kettle", "area": "Kitchen", "state": "off"},
        {
            "entity_id": "fan.ceiling",
            "name": "Ceiling Fan",
            "area": "Kitchen",
            "state": "on",
            "attributes": {"percentage": 40},
        },
        {
            "entity_id": "climate.heating",
            "name": "Heating",
            "area": "Hall",
            "state": "heat",
            "attributes": {"temperature": 20.5, "hvac_modes": ["off", "heat", "cool"], "min_temp": 7, "max_temp": 30},
        },
        {
            "entity_id": "cover.blinds",
            "name": "Blinds",
            "area": "Kitchen",
            "state": "open",
            "device_class": "blind",
            "attributes": {"current_position": 63},
        },
        {
            "entity_id": "valve.garden",
            "name": "Garden Valve",
            "state": "open",
            "device_class": "water",
            "attributes": {"current_position": 37},
        },
        {"entity_id": "lock.front_door", "name": "Front Door", "area": "Hall", "state": "locked"},
        {
            "entity_id": "media_player.radio",
            "name": "Radio",
            "area": "Kitchen",
            "state": "playing",
            "attributes": {
                "volume_level": 0.41,
                "is_volume_muted": False,
                "source_list": ["Radio", "TV"],
                "source": "Radio",
                "media_title": "First Song",
                "media_track": 2,
            },
        },
        {"entity_id": "vacuum.robot", "name": "Robot", "area": "Hall", "state": "docked"},
    ],
}
"""One of each domain, none of it in its resting state where that can be."""


def crowd(size: int) -> dict[str, Any]:
    """Return a house of so many entities: lamps, switches and sensors by turns."""
    kinds = ("light", "switch", "sensor", "binary_sensor")
    rows = []
    for number in range(size):
        kind = kinds[number % len(kinds)]
        row = {"entity_id": f"{kind}.thing_{number}", "name": f"{kind.replace('_', ' ').title()} {number}"}
        rows.append(row | {"area": f"Room {number % 40}", "state": "off" if kind != "sensor" else "21"})
    return {"areas": [{"name": f"Room {number}"} for number in range(40)], "entities": rows}
