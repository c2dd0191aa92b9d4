"""Which entities are guarded: those whose misuse does harm, and those that are only ever read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.understanding.snapshot import Entity

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class RiskPolicy:
    """What the configuration guards; `cover_words` judge a cover that does not say what class it is of."""

    domains: frozenset[str] = frozenset({"alarm_control_panel", "lock", "siren", "valve"})
    cover_classes: frozenset[str] = frozenset({"door", "garage", "gate"})
    cover_words: frozenset[str] = frozenset({"door", "doors", "garage", "gate", "gates"})
    entities: frozenset[str] = frozenset()
    read_only_domains: frozenset[str] = frozenset({"alarm_control_panel", "siren"})


DEFAULT_RISK_POLICY = RiskPolicy()


def is_guarded(
    entity: Entity, policy: RiskPolicy = DEFAULT_RISK_POLICY, home: Mapping[str, Entity] | None = None
) -> bool:
    """Return whether acting on the entity needs its exact name and a confirm press.

    A scene, script or group is guarded by any guarded member; `home` (entities by id) tells the classes of members.
    """
    return _is_guarded(entity, policy, home or {}, frozenset())


def is_read_only(entity: Entity, policy: RiskPolicy = DEFAULT_RISK_POLICY) -> bool:
    """Return whether the entity is read and never switched."""
    return entity.domain in policy.read_only_domains


def _is_guarded(entity: Entity, policy: RiskPolicy, home: Mapping[str, Entity], seen: frozenset[str]) -> bool:
    if entity.entity_id in seen:
        return False
    if entity.domain in policy.domains or entity.entity_id in policy.entities:
        return True
    if entity.domain == "cover" and _is_guarded_cover(entity, policy):
        return True
    inner = seen | {entity.entity_id}
    return any(_is_guarded(home.get(member) or Entity(member, ""), policy, home, inner) for member in _members(entity))


def _is_guarded_cover(entity: Entity, policy: RiskPolicy) -> bool:
    if entity.device_class is not None:
        return entity.device_class in policy.cover_classes
    names = " ".join((entity.entity_id, entity.name, *entity.aliases)).casefold()
    return not policy.cover_words.isdisjoint(_WORD.findall(names))


def _members(entity: Entity) -> Iterable[str]:
    """Yield the entities a scene, script or group acts on, as far as its attributes say."""
    entities = entity.attributes.get("entities")
    if isinstance(entities, Mapping):
        yield from (str(member) for member in entities)
    yield from _ids(entity.attributes.get("entity_id"))
    sequence = entity.attributes.get("sequence")
    if isinstance(sequence, list | tuple):
        for step in sequence:
            if isinstance(step, Mapping):
                yield from _ids(step.get("entity_id"))


def _ids(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(member) for member in value) if isinstance(value, list | tuple) else ()
