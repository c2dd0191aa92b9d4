"""Plans for covers, valves and locks."""

from __future__ import annotations

from butler.home.planners.steps import Slots, Step, Unsupported, action_of, one, plain_number, step_of
from engine.understanding.snapshot import Entity

_STEP_PERCENT = 20
_SET_POSITION = 4
_WORDS = {"open": "open", "on": "open", "close": "close", "off": "close"}


def moving(entity: Entity, slots: Slots) -> list[Step] | Unsupported:
    """Plan open, close, stop, toggle and positions of a cover or valve."""
    domain, action = entity.domain, action_of(slots)
    simple = {"stop": f"stop_{domain}", "toggle": "toggle"}
    if slots.get("position") is None:
        simple |= {word: f"{verb}_{domain}" for word, verb in _WORDS.items()}
    if action in simple:
        return one(f"{domain}.{simple[action]}")
    position = _position(entity, slots)
    if position is None:
        return Unsupported(entity.entity_id, "position" if action in {"increase", "decrease"} else action)
    if takes_position(entity):
        return one(f"{domain}.set_{domain}_position", position=plain_number(position))
    if position in {0, 100}:
        return one(f"{domain}.{'open' if position else 'close'}_{domain}")
    return Unsupported(entity.entity_id, "position")


def _position(entity: Entity, slots: Slots) -> float | None:
    position = slots.get("position")
    now = entity.attributes.get("current_position")
    if position is None and now is not None and action_of(slots) in {"increase", "decrease"}:
        position = now + step_of(slots, _STEP_PERCENT)
    return None if position is None else min(100.0, max(0.0, float(position)))


def takes_position(entity: Entity) -> bool:
    """Whether the cover or valve can stop half-way."""
    features = entity.attributes.get("supported_features")
    if isinstance(features, int) and not features & _SET_POSITION:
        return False
    return entity.attributes.get("current_position") is not None


def lock(entity: Entity, slots: Slots) -> list[Step] | Unsupported:
    """Plan lock and unlock."""
    action = {"close": "lock", "open": "unlock"}.get(action_of(slots), action_of(slots))
    if action not in {"lock", "unlock"}:
        return Unsupported(entity.entity_id, action)
    return one(f"lock.{action}")
