"""PORT `Home`: the smart home as Butler sees it, whichever system runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable

from engine.understanding.snapshot import Entity, Snapshot

_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Call:
    """One service call, in Home Assistant's words: a service such as `light.turn_on`, its entities and its data."""

    service: str
    entity_ids: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Call:
        """Return the call that a document of `to_json` tells of; a step of a script, which may name nothing, is one."""
        ids = document.get("entity_id") or ()
        return cls(document["service"], (ids,) if isinstance(ids, str) else tuple(ids), document.get("data") or {})

    def to_json(self) -> dict[str, Any]:
        """Return the call as the stdio contract shows it: `entity_id` is one id, or a list where there are several."""
        entity_id: str | list[str] = self.entity_ids[0] if len(self.entity_ids) == 1 else list(self.entity_ids)
        return {"service": self.service, "entity_id": entity_id, "data": dict(self.data)}


class Outcome(StrEnum):
    """What became of one entity, told from its state before and after."""

    CHANGED = "changed"
    ALREADY = "already"
    UNCHANGED = "unchanged"
    UNAVAILABLE = "unavailable"
    ERROR = "error"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True)
class CallOutcome:
    """What one call did to one entity; `before` is None for an entity the home does not have."""

    entity_id: str
    outcome: Outcome
    before: Entity | None = None
    after: Entity | None = None
    problem: str | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the entity is now as it was asked to be."""
        return self.outcome in {Outcome.CHANGED, Outcome.ALREADY}


class Home(Protocol):
    """A smart home. As with Home Assistant, a call for an unknown or unavailable entity silently does nothing."""

    def snapshot(self) -> Snapshot:
        """Return floors, areas and entities with their live states; raise HomeUnreachableError when there are none."""

    def call(self, call: Call, timeout_s: float) -> None:
        """Carry out a call; raise a CallError when it fails, CallTimeoutError after `timeout_s` seconds."""

    def states(self) -> dict[str, dict[str, Any]]:
        """Return state and attributes by entity id, as plain JSON values."""


def admission_of(home: Home) -> bool | None:
    """Return whether a home lets Butler in; None where nobody asks that, or where it does not answer just now."""
    found = getattr(home, "admitted", None)
    return found if isinstance(found, bool) else None


def is_shut_out(home: Home) -> bool:
    """Return whether a home answers, but does not let Butler in."""
    return admission_of(home) is False


@runtime_checkable
class Watched(Protocol):
    """A home that tells of changes when they happen."""

    def watch(self, wanted: Callable[[str], bool], heard: Callable[[Entity], None]) -> None:
        """Have `heard` told of every change of the entities that are `wanted` by their ids, as they are then.

        It is called from any thread and must be quick; after a break it is told of all of them anew.
        """
