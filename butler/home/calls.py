"""From an interpretation to calls: pure, and honest about what a device cannot do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from butler.home.planners import PLANNERS
from butler.home.planners.steps import Unsupported
from butler.home.port import Call
from butler.home.undo import grouped
from engine.understanding.intents import INTENTS
from engine.understanding.snapshot import Snapshot


@dataclass(frozen=True)
class Plan:
    """The calls for what the targets can do, and what some of them cannot."""

    calls: tuple[Call, ...] = ()
    unsupported: tuple[Unsupported, ...] = ()


def plan_calls(intent: str, slots: Mapping[str, Any], targets: Iterable[str], snapshot: Snapshot) -> Plan:
    """Plan what an interpretation asks for; equal calls are joined into one.

    The domain of each target decides how the action is put; an intent that does not act on the home plans nothing.
    """
    known = INTENTS.get(intent)
    if known is None or not known.acts:
        return Plan()
    steps: list[tuple[str, str, Mapping[str, Any]]] = []
    unsupported: list[Unsupported] = []
    for entity_id in sorted(set(targets)):
        entity = snapshot.by_id.get(entity_id)
        if entity is None:
            unsupported.append(Unsupported(entity_id, "unknown_entity"))
            continue
        planner = PLANNERS.get(entity.domain)
        planned = planner(entity, slots) if planner else Unsupported(entity_id, "read_only")
        if isinstance(planned, Unsupported):
            unsupported.append(planned)
        else:
            steps.extend((entity_id, service, data) for service, data in planned)
    return Plan(tuple(grouped(steps)), tuple(unsupported))
