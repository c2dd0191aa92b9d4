"""Proposals: what an improvement says when it is first recorded, and what its test says later."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store.fields import canonical_json
from store.learned import KNOWN_TYPES, TIERS
from store.status import improvement_id

_INSERT = (
    "INSERT INTO improvements (number, id, improvement_type, tier, target, current_value, proposed_value, rationale, "
    "signal_ids, source, submitted_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class Proposal:
    """A proposed change; values are JSON values."""

    improvement_type: str
    tier: int
    target: str
    proposed_value: Any
    current_value: Any = None
    rationale: str | None = None
    signal_ids: Sequence[str] = ()
    source: str = "automatic"
    submitted_by: str | None = None

    def fault(self) -> str | None:
        """Return why the proposal cannot exist, or None."""
        if self.improvement_type not in KNOWN_TYPES:
            return f"unknown improvement type {self.improvement_type!r}"
        if self.tier not in TIERS:
            return f"a change of tier {self.tier!r} cannot exist"
        return None


def proposal_insertion(number: int, proposal: Proposal, at: str) -> tuple[str, tuple[Any, ...]]:
    """Return the INSERT that stores a proposal as improvement #number, with its parameters."""
    current = None if proposal.current_value is None else canonical_json(proposal.current_value)
    return _INSERT, (
        number,
        improvement_id(number),
        proposal.improvement_type,
        proposal.tier,
        proposal.target,
        current,
        canonical_json(proposal.proposed_value),
        proposal.rationale,
        canonical_json(list(proposal.signal_ids)),
        proposal.source,
        proposal.submitted_by,
        at,
    )


def tested_over(results: str | None) -> str | None:
    """Return the digest of the knowledge that stored test results are bound to, or None where they do not say."""
    document = json.loads(results) if results else None
    bound = document.get("bound_to") if isinstance(document, dict) else None
    return bound.get("knowledge") if isinstance(bound, dict) else None
