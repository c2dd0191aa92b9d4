"""The demo home, and one grown to any number of devices."""

from __future__ import annotations

import random
from dataclasses import replace

from bench.names import device_names
from butler.home.demo import packaged_house
from engine.understanding.snapshot import Entity, Snapshot

_RESTING = (("light", "off"), ("switch", "off"), ("cover", "closed"), ("fan", "off"), ("media_player", "off"))
MADE_UP = "made_up_"
SWITCHED = tuple(f"{domain}.{MADE_UP}" for domain in ("light", "switch", "fan"))
"""What the ids of made-up devices that are turned on and off begin with."""


def demo_snapshot() -> Snapshot:
    """Return the demo home as its file says."""
    return packaged_house().snapshot


def grown_snapshot(count: int, *, seed: int) -> Snapshot:
    """Return the demo home with made-up devices added until it has `count` entities, dealt out over its areas."""
    demo = demo_snapshot()
    chance = random.Random(seed)
    added: list[Entity] = []
    for number, name in enumerate(device_names(count - len(demo.entities), chance)):
        domain, state = _RESTING[number % len(_RESTING)]
        area = demo.areas[number % len(demo.areas)].id
        added.append(Entity(f"{domain}.{MADE_UP}{number}", name, area, state))
    return replace(demo, entities=(*demo.entities, *added))
