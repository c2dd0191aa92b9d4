"""Home Assistant's compressed states: what `subscribe_entities` tells, folded into what is so now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class State:
    """One entity's state; `context` is the id of what brought it about, `at` when it was written (server's clock)."""

    state: str
    attributes: Mapping[str, Any]
    context: str | None
    at: float


@dataclass(frozen=True)
class Folded:
    """What an event did: entities whose state moved, that are new or gone, and that must be read again."""

    touched: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()


def fold(states: MutableMapping[str, State], event: Mapping[str, Any]) -> Folded:
    """Fold an event into the states.

    A change older than what is known came out of order, and one of an entity that is not known has nothing to change:
    both leave a doubt, and the entity is to be read again.
    """
    touched: set[str] = set()
    new: set[str] = set()
    doubtful: set[str] = set()
    for entity_id, told in _table(event.get("a")).items():
        if isinstance(told, Mapping) and isinstance(told.get("s"), str):
            new |= {entity_id} - states.keys()
            states[entity_id] = _whole(told)
            touched.add(entity_id)
    for entity_id, told in _table(event.get("c")).items():
        known = states.get(entity_id)
        changed = _changed(known, told) if known is not None and isinstance(told, Mapping) else None
        if changed is None:
            doubtful.add(entity_id)
        else:
            states[entity_id] = changed
            touched.add(entity_id)
    for entity_id in _gone(event.get("r")):
        if states.pop(entity_id, None) is not None:
            touched.add(entity_id)
            new.add(entity_id)
    return Folded(frozenset(touched), frozenset(new), frozenset(doubtful))


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else _NONE


def _gone(value: object) -> Iterable[str]:
    return [str(entity_id) for entity_id in value] if isinstance(value, list) else []


def _whole(told: Mapping[str, Any]) -> State:
    attributes = told.get("a")
    return State(
        state=told["s"],
        attributes=dict(attributes) if isinstance(attributes, Mapping) else {},
        context=_context(told.get("c")),
        at=_instant(told),
    )


def _changed(known: State, told: Mapping[str, Any]) -> State | None:
    """Return the state after a change, or None where the change cannot be trusted."""
    added, taken = _table(told.get("+")), _table(told.get("-"))
    at = _instant(added) if "lu" in added or "lc" in added else known.at
    if at < known.at:
        return None
    attributes = {**known.attributes, **_table(added.get("a"))}
    for name in taken.get("a") or ():
        attributes.pop(name, None)
    state = added.get("s", known.state)
    if not isinstance(state, str):
        return None
    return State(state, attributes, _context(added.get("c")) or known.context, at)


def _context(value: object) -> str | None:
    found = value.get("id") if isinstance(value, Mapping) else value
    return found if isinstance(found, str) else None


def _instant(told: Mapping[str, Any]) -> float:
    value = told.get("lu", told.get("lc"))
    return float(value) if isinstance(value, int | float) else 0.0
