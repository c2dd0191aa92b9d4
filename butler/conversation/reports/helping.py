"""Did it help? What an applied insight is measured by, before and after, in one line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from butler.conversation.reports.messages import ROLLBACK
from engine.review.measuring import measure
from engine.review.traces import StoredTraces
from store import improvements, insights
from store.database import Store
from store.insights import Insight, NewInsight
from store.status import IN_FORCE

SPAN = timedelta(days=14)
_WORSE_PRIORITY = 100.0  # what does harm is told before what may help
_VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "better": "It helps.",
        "worse": "It made things worse.",
        "same": "It makes no difference yet.",
        "unknown": "There is too little yet to tell whether it helps.",
    }
)
_BAD: Mapping[str, str] = MappingProxyType(
    {
        "amended": "set otherwise by hand",
        "threshold": "put right or asked about",
        "model": "of no use",
        "prompt": "not answered promptly",
    }
)


def measure_applied(store: Store, at: datetime) -> int:
    """Measure what was applied two weeks ago, once; what made things worse is proposed to be taken back."""
    found = insights.unmeasured(store, at - SPAN)
    for insight in found:
        worked = _measured(store, insight)
        with store.atomic():
            if insights.measured(store, insight.id, worked, at=at) and worked["verdict"] == "worse":
                _propose_rollback(store, insight, worked, at)
    return len(found)


def outcome_line(insight: Insight) -> str | None:
    """Return how an applied insight worked out, None where there is nothing to tell."""
    worked = insight.measured_after or {}
    if worked.get("verdict") not in _VERDICTS:
        return None
    name = f"Insight {insight.id} ({insight.title.rstrip('.')}, #{insight.improvement})"
    before, since = _times(worked["before"]), _times(worked["after"])
    return f"📈 {name}: {_bad(insight)} {before} before, {since} since. {_VERDICTS[worked['verdict']]}"


def _bad(insight: Insight) -> str:
    return _BAD.get(str((insight.measure or {}).get("what")), "wrong")


def _times(figures: Mapping[str, Any]) -> str:
    return f"{figures['count']:g} of {figures['chances']} times"


def _measured(store: Store, insight: Insight) -> dict[str, Any]:
    known = improvements.get(store, insight.improvement) if insight.improvement is not None else None
    if insight.insight_type == ROLLBACK or known is None or known.status not in IN_FORCE:
        return {"verdict": "gone"}  # it was taken back, so that nothing is owed to it any more
    return measure(insight, StoredTraces(store))


def _propose_rollback(store: Store, insight: Insight, worked: Mapping[str, Any], at: datetime) -> None:
    before, since = _times(worked["before"]), _times(worked["after"])
    insights.add(
        store,
        NewInsight(
            insight_type=ROLLBACK,
            title=f"What I changed made things worse: {insight.title}",
            sentence=f"It was {_bad(insight)} {before} before, and {since} since.",
            proposed=f"I would take it back (#{insight.improvement}).",
            change={"type": ROLLBACK, "improvement": insight.improvement},
            priority=_WORSE_PRIORITY,
            created_at=at,
            owner=insight.owner,
            evidence={"insight": insight.id, **worked},
        ),
    )
