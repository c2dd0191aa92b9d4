"""What an insight brought about already, though a crash kept it from being noted: it is not done twice."""

from __future__ import annotations

from store import Action, Status, improvements, insights
from store.database import Store
from store.improvements import Improvement
from store.insights import Insight


def begun_by(store: Store, insight: Insight) -> Improvement | None:
    """Return the improvement that applying an open insight left behind, or None.

    One that failed its test says nothing about what the test says now.
    """
    kind = insight.change.get("type")
    listed = improvements.listing(store, kinds={str(kind)}, since=insight.created_at)
    same = (one for one in listed if one.source == "insight" and one.proposed_value == insight.change)
    left = (one for one in same if one.status is not Status.REJECTED)
    return next((one for one in left if insights.of_improvement(store, one.number) is None), None)


def rollback_reason(insight: Insight) -> str:
    """Return the reason the audit gives for what an insight took back."""
    return f"insight {insight.id}: it made things worse"


def has_taken_back(store: Store, insight: Insight, number: int) -> bool:
    """Tell whether improvement #number went out of force because of this insight."""
    steps = [one for one in improvements.audit(store, number) if one.action in {Action.ROLLED_BACK, Action.REDONE}]
    if not steps or steps[-1].action is not Action.ROLLED_BACK:
        return False
    details = steps[-1].details
    return isinstance(details, dict) and details.get("reason") == rollback_reason(insight)
