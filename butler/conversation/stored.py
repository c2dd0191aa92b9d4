"""States of the home as JSON values, so that an undo outlives a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from engine.learning.documents import plain_json
from engine.understanding.snapshot import Entity, Snapshot


def states_of(entities: Mapping[str, Entity]) -> dict[str, Any]:
    """Return the states and attributes of entities as JSON values."""
    return {i: {"state": e.state, "attributes": plain_json(e.attributes)} for i, e in entities.items()}


def with_states(states: Mapping[str, Any], snapshot: Snapshot) -> dict[str, Entity]:
    """Return the snapshot's entities with the states they once had; those that are gone are left out."""
    return {
        i: replace(snapshot.by_id[i], state=was["state"], attributes=MappingProxyType(dict(was["attributes"])))
        for i, was in states.items()
        if i in snapshot.by_id
    }
