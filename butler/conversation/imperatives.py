"""What was asked, said back as an imperative: "unlock the front door", "set the floor lamp to 40%"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from butler.conversation.phrasing import many
from butler.conversation.ringing.words import duration_words
from butler.home.port import Call
from engine.understanding.interpretation import Interpretation
from engine.understanding.snapshot import Entity, Snapshot

_FORMS = MappingProxyType(
    {
        "on": "turn on {}",
        "off": "turn off {}",
        "toggle": "toggle {}",
        "increase": "turn up {}",
        "decrease": "turn down {}",
        "open": "open {}",
        "close": "close {}",
        "stop": "stop {}",
        "lock": "lock {}",
        "unlock": "unlock {}",
        "play": "start {} playing",
        "pause": "pause {}",
        "next": "skip to the next on {}",
        "previous": "go back one on {}",
        "mute": "mute {}",
        "unmute": "unmute {}",
        "start": "start {}",
        "dock": "send {} back to its dock",
        "locate": "find {}",
        "activate": "start {}",
    }
)
_VALUES = MappingProxyType(
    {
        "brightness": "{:g}%",
        "position": "{:g}% open",
        "speed": "{:g}%",
        "volume": "{:g}% volume",
        "temperature": "{:g}°",
        "color_temp": "{:g} K",
        "color": "{}",
        "hvac_mode": "{}",
        "source": "{}",
    }
)
_SERVICES = MappingProxyType(
    {
        "turn_on": "turn on {}",
        "turn_off": "turn off {}",
        "lock": "lock {}",
        "unlock": "unlock {}",
        "open_cover": "open {}",
        "close_cover": "close {}",
        "open_valve": "open {}",
        "close_valve": "close {}",
        "set_cover_position": "move {}",
        "set_valve_position": "move {}",
    }
)


def imperative(found: Interpretation, entities: Sequence[Entity]) -> str:
    """Return the command for these entities as a person would give it."""
    lasts = found.slots.get("duration")
    words = _imperative(found, entities)
    return f"{words} for {duration_words(lasts)}" if isinstance(lasts, int | float) and lasts > 0 else words


def _imperative(found: Interpretation, entities: Sequence[Entity]) -> str:
    action = str(found.slots.get("action") or "set")
    what = many(entities)
    if action == "set" or (action in {"on", "open", "close"} and _values(found.slots)):
        values = _values(found.slots)
        return f"set {what} to {' and '.join(values)}" if values else f"set {what}"
    return _FORMS.get(action, f"{action} {{}}").format(what)


def imperative_of_call(call: Call, snapshot: Snapshot) -> str:
    """Return what a call does, as a command."""
    entities = [snapshot.by_id[i] for i in call.entity_ids if i in snapshot.by_id]
    service = call.service.partition(".")[2]
    return _SERVICES.get(service, "put {} back").format(many(entities))


def _values(slots: Mapping[str, Any]) -> list[str]:
    return [form.format(slots[name]) for name, form in _VALUES.items() if slots.get(name) is not None]
