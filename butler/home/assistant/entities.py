"""From Home Assistant's states and registries to the entities that Butler speaks of."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from butler.home.assistant.registries import Entry, Registries
from butler.home.assistant.states import State
from engine.understanding.snapshot import Entity

_UNSAID = frozenset(
    {
        "attribution",
        "device_class",
        "editable",
        "entity_picture",
        "entity_picture_local",
        "friendly_name",
        "icon",
        "media_position",
        "media_position_updated_at",
        "restored",
    }
)
"""Attributes that are kept elsewhere, or move by themselves while nothing about the entity changes."""
_NOT_SPOKEN_OF = frozenset(
    {"ai_task", "conversation", "event", "persistent_notification", "stt", "tag", "tts", "update", "wake_word", "zone"}
)
"""Domains that are there for Home Assistant itself."""
_NO_ENTRY = Entry()


def entity_of(entity_id: str, state: State, registries: Registries, *, exposed_only: bool) -> Entity:
    """Return an entity as it is now."""
    entry = registries.entries.get(entity_id, _NO_ENTRY)
    device_class = state.attributes.get("device_class")
    return Entity(
        entity_id=entity_id,
        name=_name(entity_id, state, entry),
        area=entry.area,
        state=state.state,
        attributes=MappingProxyType(_attributes(entity_id, state, registries)),
        aliases=entry.aliases,
        device_class=device_class if isinstance(device_class, str) else None,
        exposed=entity_id in registries.exposed if exposed_only else _is_for_people(entity_id, state, entry),
    )


def _name(entity_id: str, state: State, entry: Entry) -> str:
    shown = state.attributes.get("friendly_name")
    if isinstance(shown, str) and shown.strip():
        return shown.strip()
    return entry.name or entity_id.partition(".")[2].replace("_", " ").title()


def _attributes(entity_id: str, state: State, registries: Registries) -> dict[str, Any]:
    attributes = {name: value for name, value in state.attributes.items() if name not in _UNSAID}
    domain = entity_id.partition(".")[0]
    if domain == "climate" and registries.unit is not None:
        attributes.setdefault("temperature_unit", registries.unit)
    if domain == "script" and entity_id in registries.members:
        attributes["entity_id"] = list(registries.members[entity_id])
    return attributes


def _is_for_people(entity_id: str, state: State, entry: Entry) -> bool:
    """Return whether people speak of the entity; what is there to diagnose they do not, but for batteries."""
    if entity_id.partition(".")[0] in _NOT_SPOKEN_OF:
        return False
    return not entry.inner or state.attributes.get("device_class") == "battery"
