"""The statuses of an improvement, the steps between them, and the names of the audit's actions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """Where an improvement stands."""

    PENDING = "pending"
    APPROVED = "approved"
    APPLIED = "applied"
    COMPLETED = "completed"
    REJECTED = "rejected"
    ROLLED_BACK = "rolled_back"


class Action(StrEnum):
    """What an audit row says was done."""

    CREATED = "created"
    TESTED = "tested"
    APPROVED = "approved"
    REJECTED = "rejected"
    APPLIED = "applied"
    APPLY_FAILED = "apply_failed"
    ROLLED_BACK = "rolled_back"
    REDONE = "redone"
    MONITORING_COMPLETE = "monitoring_complete"


IN_FORCE = frozenset({Status.APPLIED, Status.COMPLETED})

# From which statuses each action may start; an approved change is rejected when testing it again fails.
ALLOWED_FROM: Mapping[Action, frozenset[Status]] = MappingProxyType(
    {
        Action.TESTED: frozenset({Status.PENDING, Status.APPROVED, Status.ROLLED_BACK}),
        Action.APPROVED: frozenset({Status.PENDING}),
        Action.REJECTED: frozenset({Status.PENDING, Status.APPROVED}),
        Action.APPLIED: frozenset({Status.APPROVED}),
        Action.ROLLED_BACK: IN_FORCE,
        Action.REDONE: frozenset({Status.ROLLED_BACK}),
        Action.MONITORING_COMPLETE: frozenset({Status.APPLIED}),
    }
)


def improvement_id(number: int) -> str:
    """Return the id that tables use for improvement #number."""
    return f"improvement-{number}"


def improvement_number(identifier: str) -> int:
    """Return the number of the improvement that tables call by this id."""
    return int(identifier.removeprefix("improvement-"))
