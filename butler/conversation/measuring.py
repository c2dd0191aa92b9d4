"""Figures of the home in words: temperatures, levels, power, what is playing, and batteries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from butler.conversation.coloring import color_words
from butler.conversation.describing import brightness_percent, degrees, described, percent
from butler.conversation.phrasing import names_of, opening, the, verb
from engine.understanding.interpretation import Interpretation
from engine.understanding.plain import plain
from engine.understanding.snapshot import Entity, Snapshot

_CLASSES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "temperature": frozenset({"temperature"}),
        "humidity": frozenset({"humidity", "moisture"}),
        "co2": frozenset({"carbon_dioxide"}),
        "power": frozenset({"power"}),
        "energy": frozenset({"energy"}),
        "illuminance": frozenset({"illuminance"}),
    }
)
_MOST_VALUES = 6


def value_text(entities: Sequence[Entity], attribute: str) -> str:
    """Return what the entities show of an attribute; sensors of the kind are preferred to anything else."""
    sensors = [e for e in entities if e.domain == "sensor" and e.device_class in _CLASSES.get(attribute, frozenset())]
    chosen = sensors or [e for e in entities if _figure(e, attribute) is not None] or list(entities)
    parts = [_sentence(entity, attribute) for entity in chosen[:_MOST_VALUES]]
    return " ".join(parts)


def measured(found: Interpretation, snapshot: Snapshot) -> list[str]:
    """Return the ids of the sensors that show what a question asks for, where it names nothing."""
    exposed = [entity for entity in snapshot.entities if entity.exposed]
    if found.slots.get("query") == "battery":
        return [e.entity_id for e in exposed if e.device_class == "battery" or "battery_level" in e.attributes]
    classes = _CLASSES.get(str(found.slots.get("attribute") or ""), frozenset())
    return [e.entity_id for e in exposed if e.domain == "sensor" and e.device_class in classes]


def battery_text(entities: Sequence[Entity], snapshot: Snapshot) -> str:
    """Return the batteries of the entities, read from themselves or from a battery sensor beside them."""
    return " ".join(_battery(entity, snapshot) for entity in entities[:_MOST_VALUES])


def _battery(entity: Entity, snapshot: Snapshot) -> str:
    if entity.domain == "sensor" and entity.device_class == "battery":
        return _sentence(entity, "")
    level = entity.attributes.get("battery_level", entity.attributes.get("battery"))
    if level is not None:
        return f"The battery of {the(entity.name)} is at {level:g}%."
    beside = _battery_sensor(entity, snapshot)
    if beside is None:
        return f"{opening(the(entity.name))} shows no battery."
    return _sentence(beside, "")


def _battery_sensor(entity: Entity, snapshot: Snapshot) -> Entity | None:
    words = set(plain(entity.name).split()) - {"sensor"}
    for other in snapshot.entities:
        if other.device_class == "battery" and words <= set(plain(other.name).split()):
            return other
    return None


def _sentence(entity: Entity, attribute: str) -> str:
    name = opening(the(entity.name))
    is_or_are = verb([names_of([entity])[0]])
    if not entity.available:
        return f"{name} {is_or_are} unavailable at the moment, so I can't tell."
    figure = _figure(entity, attribute)
    if figure is None:
        return f"{name} {is_or_are} {described(entity)}."
    return f"{name} {is_or_are} {figure}."


def _figure(entity: Entity, attribute: str) -> str | None:
    """Return the attribute in words that stand behind "is"; None where the entity does not show it."""
    read = _FIGURES.get(attribute)
    return read(entity) if read and entity.available else None


def _temperature(entity: Entity) -> str | None:
    if entity.domain == "climate":
        now, target = entity.attributes.get("current_temperature"), entity.attributes.get("temperature")
        parts = [f"set to {degrees(entity, target)}"] if target is not None else []
        parts += [f"measuring {degrees(entity, now)}"] if now is not None else []
        return " and ".join(parts) or None
    if entity.domain == "sensor" and entity.device_class == "temperature":
        return described(entity)
    if entity.domain == "weather" and entity.attributes.get("temperature") is not None:
        return degrees(entity, entity.attributes["temperature"])
    return None


def _humidity(entity: Entity) -> str | None:
    if entity.domain == "sensor" and entity.device_class in _CLASSES["humidity"]:
        return described(entity)
    value = entity.attributes.get("current_humidity", entity.attributes.get("humidity"))
    return None if value is None else f"at {percent(value)} humidity"


def _brightness(entity: Entity) -> str | None:
    if entity.domain == "light" and entity.state == "off":
        return "off"
    level = brightness_percent(entity)
    return None if level is None else f"at {level}%"


def _volume(entity: Entity) -> str | None:
    level = entity.attributes.get("volume_level")
    muted = " and muted" if entity.attributes.get("is_volume_muted") else ""
    return None if level is None else f"at {percent(level * 100)} volume{muted}"


def _position(entity: Entity) -> str | None:
    position = entity.attributes.get("current_position")
    if position is None:
        return None
    return {0: "closed (0% open)", 100: "fully open (100%)"}.get(position, f"{percent(position)} open")


def _sensor(entity: Entity) -> str | None:
    return described(entity) if entity.domain == "sensor" else None


def _source(entity: Entity) -> str | None:
    source = entity.attributes.get("source")
    return None if source is None else f"on {source}"


def _media(entity: Entity) -> str | None:
    if entity.domain != "media_player":
        return None
    title = entity.attributes.get("media_title")
    return described(entity) if title and entity.state in {"playing", "paused"} else f"{entity.state}, playing nothing"


def _mode(entity: Entity) -> str | None:
    if entity.domain == "climate":
        return f"in {entity.state} mode" if entity.state != "off" else "off"
    return None


def _speed(entity: Entity) -> str | None:
    speed = entity.attributes.get("percentage")
    return None if speed is None else described(entity) if entity.state == "off" else f"at {percent(speed)}"


_FIGURES: Mapping[str, Callable[[Entity], str | None]] = MappingProxyType(
    {
        "temperature": _temperature,
        "humidity": _humidity,
        "brightness": _brightness,
        "color": color_words,
        "volume": _volume,
        "position": _position,
        "co2": _sensor,
        "power": _sensor,
        "energy": _sensor,
        "source": _source,
        "media": _media,
        "mode": _mode,
        "speed": _speed,
    }
)
