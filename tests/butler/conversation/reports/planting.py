"""Insights as log review leaves them in the store."""

from __future__ import annotations

from typing import Any

from engine.learning.changes import Change, KeywordRuleChange, to_payload
from store import insights
from store.database import Store
from store.insights import NewInsight
from tests.acceptance.household import START

DENTIST = KeywordRuleChange("dentist", "high")


def plant(store: Store, change: Change = DENTIST, *, owner: str | None = None, **more: Any) -> int:
    """Keep an insight that recommends a change, and return its number."""
    given: dict[str, Any] = {
        "insight_type": change.type,
        "title": f"Tasks with “{change.phrase}” are important",
        "sentence": f"6 of 7 tasks with “{change.phrase}” were made urgent afterwards.",
        "proposed": f"Shall “{change.phrase}” mean {change.meaning}?",
        "change": to_payload(change),
        "priority": 5.0,
        "created_at": START,
        "owner": owner,
        "evidence": {"frequency": 6, "impact": 3, "confidence": 0.63, "actionability": 0.8},
    }
    return insights.add(store, NewInsight(**{**given, **more}))
