"""Named reads and writes of insights: recommendations, to whom they were shown, and what people made of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from store.database import Store
from store.models_review import InsightRow
from store.statements import among, insert, select, select_where, update, update_where

Status = Literal["pending", "delivered", "applied", "dismissed", "failed"]
_OPEN: tuple[Status, ...] = ("pending", "delivered")


@dataclass(frozen=True)
class NewInsight:
    """A recommendation: `change` is the payload of the change it proposes, `owner` whose it is, None the household's.

    `measure` is what it is measured by and its value now; `came_back` says that it was dismissed once, and is far
    stronger by now.
    """

    insight_type: str
    title: str
    sentence: str
    proposed: str
    change: Mapping[str, Any]
    priority: float
    created_at: datetime
    pattern: int | None = None
    owner: str | None = None
    evidence: Mapping[str, Any] | None = None
    measure: Mapping[str, Any] | None = None
    came_back: bool = False


@dataclass(frozen=True)
class Insight:
    """An insight as it stands; `id` is the number people type."""

    id: int
    insight_type: str
    title: str
    sentence: str
    proposed: str
    change: dict[str, Any]
    pattern: int | None
    owner: str | None
    priority: float
    evidence: dict[str, Any]
    status: Status
    improvement: int | None
    came_back: bool
    created_at: datetime
    delivered_at: datetime | None
    delivered_to: list[str]
    answered_by: str | None
    answered_at: datetime | None
    problem: str | None
    measure: dict[str, Any] | None
    measured_after: dict[str, Any] | None
    measured_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it can still be applied or dismissed."""
        return self.status in _OPEN


def add(store: Store, new: NewInsight) -> int:
    """Keep an insight and return its number."""
    values = {**vars(new), "evidence": dict(new.evidence or {}), "change": dict(new.change)}
    values["measure"] = None if new.measure is None else dict(new.measure)
    return int(insert(store, InsightRow, values).lastrowid)


def get(store: Store, insight: int) -> Insight | None:
    """Return insight `insight`, or None."""
    found = select(store, InsightRow, {"id": insight})
    return Insight(**found[0]) if found else None


def of_pattern(store: Store, pattern: int) -> list[Insight]:
    """Return the insights made of a pattern, oldest first."""
    return [Insight(**row) for row in select(store, InsightRow, {"pattern": pattern}, order="id")]


def of_improvement(store: Store, improvement: int) -> Insight | None:
    """Return the insight that brought an improvement, or None."""
    found = select(store, InsightRow, {"improvement": improvement})
    return Insight(**found[0]) if found else None


def listing(store: Store, *, statuses: Collection[Status] = (), limit: int = 100) -> list[Insight]:
    """Return insights, the weightiest first; all of them where no status is named."""
    where = among("status", statuses) if statuses else "1"
    rows = select_where(store, InsightRow, f"{where} ORDER BY priority DESC, id LIMIT ?", (*statuses, limit))
    return [Insight(**row) for row in rows]


def open_of(store: Store, user: str, *, admin: bool, statuses: Collection[Status] = _OPEN) -> list[Insight]:
    """Return what one person may decide: their own, and an admin the household's too; the weightiest first."""
    whose = "(owner = ? OR owner IS NULL)" if admin else "owner = ?"
    where = f"{among('status', statuses)} AND {whose} ORDER BY priority DESC, id LIMIT 100"
    return [Insight(**row) for row in select_where(store, InsightRow, where, (*statuses, user))]


def reword(store: Store, insight: int, sentence: str) -> bool:
    """Say an insight in another sentence; False when somebody saw or decided it already."""
    return bool(update(store, InsightRow, {"sentence": sentence}, {"id": insight, "status": "pending"}))


def deliver(store: Store, insight: int, user: str, *, at: datetime) -> bool:
    """Note that it was shown to somebody; False when they saw it before, or it is decided."""
    with store.atomic():
        found = get(store, insight)
        if found is None or not found.is_open or user in found.delivered_to:
            return False
        values: dict[str, Any] = {"status": "delivered", "delivered_to": [*found.delivered_to, user]}
        values |= {"delivered_at": found.delivered_at or at}
        return bool(update(store, InsightRow, values, {"id": insight}))


def decide(
    store: Store,
    insight: int,
    status: Literal["applied", "dismissed", "failed"],
    *,
    by: str,
    at: datetime,
    improvement: int | None = None,
    problem: str | None = None,
) -> bool:
    """Note what somebody decided, or that its test failed; only the first of any number of decisions returns True."""
    values = {"status": status, "answered_by": by, "answered_at": at, "improvement": improvement, "problem": problem}
    return bool(update_where(store, InsightRow, values, "id = ? AND status IN ('pending', 'delivered')", (insight,)))


def unmeasured(store: Store, before: datetime, *, limit: int = 50) -> list[Insight]:
    """Return what was applied before an instant and not measured since, oldest first."""
    where = "status = 'applied' AND measured_at IS NULL AND answered_at <= ? ORDER BY answered_at, id LIMIT ?"
    return [Insight(**row) for row in select_where(store, InsightRow, where, (before, limit))]


def measured(store: Store, insight: int, after: Mapping[str, Any], *, at: datetime) -> bool:
    """Note an insight's own measure some time after it was applied; only the first time returns True."""
    values = {"measured_after": dict(after), "measured_at": at}
    return bool(update(store, InsightRow, values, {"id": insight, "measured_at": None}))
