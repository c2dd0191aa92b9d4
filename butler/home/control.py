"""Carry out calls and read back what became of every entity."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeGuard

from butler.home.errors import CallError, CallTimeoutError, HomeUnreachableError
from butler.home.goals import UNSEEN_SERVICES, goal_met
from butler.home.port import Call, CallOutcome, Home, Outcome
from engine.understanding.snapshot import Entity, Snapshot

SEQUENCE_DOMAINS = frozenset({"scene", "script"})
_NOTHING: Mapping[str, Entity] = MappingProxyType({})


@dataclass(frozen=True)
class ActionReport:
    """What was attempted and what came of it; `before` and `after` hold every entity concerned, for undoing."""

    calls: tuple[Call, ...] = ()
    outcomes: tuple[CallOutcome, ...] = ()
    before: Mapping[str, Entity] = field(default_factory=lambda: _NOTHING)
    after: Mapping[str, Entity] = field(default_factory=lambda: _NOTHING)

    def with_outcome(self, *wanted: Outcome) -> tuple[CallOutcome, ...]:
        """Return the outcomes of these kinds."""
        return tuple(outcome for outcome in self.outcomes if outcome.outcome in wanted)

    @property
    def succeeded(self) -> bool:
        """Whether there was something to do and all of it is as asked."""
        return bool(self.outcomes) and all(outcome.succeeded for outcome in self.outcomes)


def carry_out(
    home: Home, calls: Iterable[Call], deadline_s: float = 5.0, monotonic: Callable[[], float] = time.monotonic
) -> ActionReport:
    """Call the home for the entities that are there, then tell from their state what really happened.

    All calls together get `deadline_s` seconds. Nothing is called for an entity that the home lacks or cannot reach.
    Raises HomeUnreachableError when the home does not answer to begin with; nothing was called then.
    """
    wanted = tuple(calls)
    if not wanted:
        return ActionReport()
    ends = monotonic() + deadline_s
    before = home.snapshot()
    attempted: list[Call] = []
    failures: dict[int, CallError] = {}
    for index, call in enumerate(wanted):
        present = tuple(i for i in call.entity_ids if _reachable(before.by_id.get(i)))
        if present:
            attempted.append(Call(call.service, present, call.data))
            failure = _call_in_time(home, attempted[-1], ends - monotonic())
            if failure is not None:
                failures[index] = failure
    after = _read_back(home)
    outcomes = _outcomes(wanted, failures, before, after)
    return _report(tuple(attempted), outcomes, before, after or Snapshot())


def _call_in_time(home: Home, call: Call, left_s: float) -> CallError | None:
    if left_s <= 0:
        return CallTimeoutError(call.service, call.entity_ids, "there was no time left")
    try:
        home.call(call, left_s)
    except CallError as exc:
        return exc
    except HomeUnreachableError as exc:
        return CallError(call.service, call.entity_ids, str(exc))
    return None


def _reachable(entity: Entity | None) -> TypeGuard[Entity]:
    """Return whether the home has the entity and hears from it; a scene that never ran is unknown, yet there."""
    return entity is not None and entity.available and entity.state != "unavailable"


def _read_back(home: Home) -> Snapshot | None:
    try:
        return home.snapshot()
    except HomeUnreachableError:
        return None


def _outcomes(
    calls: tuple[Call, ...], failures: Mapping[int, CallError], before: Snapshot, after: Snapshot | None
) -> tuple[CallOutcome, ...]:
    """Return one outcome an entity: what its last call came to, unless an earlier one failed it."""
    last = {entity_id: index for index, call in enumerate(calls) for entity_id in call.entity_ids}
    judged: dict[str, CallOutcome] = {}
    for index, call in enumerate(calls):
        for entity_id in call.entity_ids:
            failure = failures.get(index)
            if index == last[entity_id] or failure is not None:
                outcome = _outcome(call, failure, before.by_id.get(entity_id), entity_id, after)
                if entity_id not in judged or judged[entity_id].succeeded:
                    judged[entity_id] = outcome
    return tuple(judged[entity_id] for entity_id in sorted(judged))


def _outcome(
    call: Call, failure: CallError | None, was: Entity | None, entity_id: str, after: Snapshot | None
) -> CallOutcome:
    if not _reachable(was):
        return CallOutcome(entity_id, Outcome.UNAVAILABLE, was, was)
    if after is None:
        return CallOutcome(entity_id, Outcome.ERROR, was, None, "the home could not be read afterwards")
    now = after.by_id.get(entity_id)
    if now is None or not _reachable(now):
        return CallOutcome(entity_id, Outcome.UNAVAILABLE, was, now)
    if failure is not None and _failed(call, failure, was, now):
        kind = Outcome.TIMED_OUT if isinstance(failure, CallTimeoutError) else Outcome.ERROR
        return CallOutcome(entity_id, kind, was, now, failure.problem)
    return CallOutcome(entity_id, _judged(call, was, now), was, now)


def _changed(was: Entity, now: Entity) -> bool:
    return (was.state, was.attributes) != (now.state, now.attributes)


def _failed(call: Call, failure: CallError, was: Entity, now: Entity) -> bool:
    """Return whether a failed call failed for this entity; others of the same call may well have done as asked."""
    changed, met = _changed(was, now), goal_met(call, now)
    if changed and met:
        return False
    return now.entity_id in failure.entity_ids or (not changed and met is not True)


def _judged(call: Call, was: Entity, now: Entity) -> Outcome:
    changed, met = _changed(was, now), goal_met(call, now)
    if met is None:
        return Outcome.CHANGED if changed or call.service in UNSEEN_SERVICES else Outcome.UNCHANGED
    if not met:
        return Outcome.UNCHANGED
    return Outcome.CHANGED if changed else Outcome.ALREADY


def _report(
    attempted: tuple[Call, ...], outcomes: tuple[CallOutcome, ...], before: Snapshot, after: Snapshot
) -> ActionReport:
    """Keep the entities that were called, and with scenes and scripts whatever else moved."""
    concerned = {outcome.entity_id for outcome in outcomes}
    if any(call.service.partition(".")[0] in SEQUENCE_DOMAINS for call in attempted):
        concerned |= {i for i, entity in before.by_id.items() if after.by_id.get(i) != entity}
    return ActionReport(
        calls=attempted,
        outcomes=outcomes,
        before=MappingProxyType({i: before.by_id[i] for i in sorted(concerned) if i in before.by_id}),
        after=MappingProxyType({i: after.by_id[i] for i in sorted(concerned) if i in after.by_id}),
    )
