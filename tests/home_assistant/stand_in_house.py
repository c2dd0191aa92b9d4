"""The house behind the stand-in: the demo home, shown in Home Assistant's registries and compressed states."""

from __future__ import annotations

import copy
import itertools
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from butler.home.demo import DemoHome
from butler.home.device import Device, fill_in
from butler.home.homefile import parse_home
from butler.home.port import Call

_DERIVED = ("friendly_name", "device_class")


class StandInHouse:
    """Names, places and aliases of its own; what devices do is the demo home's business."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        house = parse_home(document).snapshot
        self.demo = DemoHome(house, sleep=lambda _: None, monotonic=lambda: 0.0, now=lambda: datetime.now(UTC))
        self.floors = {floor.id: floor for floor in house.floors}
        self.areas = {area.id: area for area in house.areas}
        self.entries = {entity.entity_id: self._entry(entity) for entity in house.entities}
        self.slow: dict[str, float] = {}
        self._marks: dict[str, tuple[Any, str, float]] = {}
        self._contexts = itertools.count(1)
        self.look(self.context())

    @staticmethod
    def _entry(entity: Any) -> dict[str, Any]:
        return {
            "entity_id": entity.entity_id,
            "name": None,
            "original_name": entity.name,
            "area_id": entity.area,
            "device_id": None,
            "hidden_by": None,
            "entity_category": None,
            "aliases": list(entity.aliases),
            "options": {"conversation": {"should_expose": entity.exposed}},
        }

    def context(self) -> str:
        """Return a fresh id of a context."""
        return f"01STANDIN{next(self._contexts):017d}"

    def name(self, entity_id: str) -> str:
        """Return what an entity is called."""
        entry = self.entries[entity_id]
        return str(entry["name"] or entry["original_name"])

    def add(self, row: Mapping[str, Any]) -> None:
        """Add an entity, written as in a home file."""
        (entity,) = parse_home({"entities": [row]}).snapshot.entities
        device = Device(entity)
        fill_in(device)
        self.demo._devices[entity.entity_id] = device
        self.demo._shown = None
        self.entries[entity.entity_id] = self._entry(entity)

    def remove(self, entity_id: str) -> None:
        """Take an entity away."""
        del self.demo._devices[entity_id]
        self.demo._shown = None
        del self.entries[entity_id]

    def serve(self, call: Call) -> None:
        """Carry out a call; raises a CallError."""
        self.demo.call(call, 3600)

    def look(self, context: str) -> dict[str, Any]:
        """Return the event of everything that moved since the last look, as brought about by this context."""
        event: dict[str, Any] = {}
        for entity_id, (state, attributes) in self._now().items():
            known = self._marks.get(entity_id)
            if known is None:
                self._marks[entity_id] = ((state, attributes), context, time.time())
                event.setdefault("a", {})[entity_id] = self._whole(entity_id)
            elif known[0] != (state, attributes):
                at = time.time()
                self._marks[entity_id] = ((state, attributes), context, at)
                event.setdefault("c", {})[entity_id] = _difference(known[0], (state, attributes), context, at)
        for entity_id in self._marks.keys() - self.entries.keys():
            del self._marks[entity_id]
            event.setdefault("r", []).append(entity_id)
        return event

    def everything(self, entity_ids: Iterable[str] | None = None) -> dict[str, Any]:
        """Return all states, or those of some entities."""
        wanted = self._marks.keys() if entity_ids is None else self._marks.keys() & set(entity_ids)
        return {"a": {entity_id: self._whole(entity_id) for entity_id in sorted(wanted)}}

    def _whole(self, entity_id: str) -> dict[str, Any]:
        (state, attributes), context, at = self._marks[entity_id]
        return {"s": state, "a": copy.deepcopy(attributes), "c": context, "lc": at}

    def _now(self) -> dict[str, tuple[str, dict[str, Any]]]:
        found = {}
        for entity in self.demo.snapshot().entities:
            attributes = {**entity.attributes, "friendly_name": self.name(entity.entity_id)}
            if entity.device_class:
                attributes["device_class"] = entity.device_class
            found[entity.entity_id] = (entity.state, attributes)
        return found


def _difference(old: tuple[str, Any], new: tuple[str, Any], context: str, at: float) -> dict[str, Any]:
    added: dict[str, Any] = {"c": context, "lu": at}
    if old[0] != new[0]:
        added |= {"s": new[0], "lc": at}
        del added["lu"]
    changed = {name: value for name, value in new[1].items() if name not in old[1] or old[1][name] != value}
    if changed:
        added["a"] = copy.deepcopy(changed)
    gone = sorted(old[1].keys() - new[1].keys())
    return {"+": added, **({"-": {"a": gone}} if gone else {})}
