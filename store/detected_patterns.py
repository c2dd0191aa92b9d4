"""Named reads and writes of detected patterns: what was seen in the traces again and again, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from store.database import Store
from store.models_review import DetectedPatternRow
from store.statements import among, insert, select, select_where, update

Status = Literal["pending", "promoted_to_insight", "dismissed"]
MOST_EXAMPLES = 5
_PENDING: tuple[Status, ...] = ("pending",)


@dataclass(frozen=True)
class Sighting:
    """What one look at the traces saw of a pattern: `count` times out of `opportunities`, between two instants.

    `owner` is the person whose pattern it is, None for the household's; their name is part of the key then. `context`
    is what an insight needs to know of it; `examples` are ids of traces. A sighting of opportunities alone has count 0.
    """

    type: str
    key: str
    count: int
    opportunities: int
    first_at: datetime
    last_at: datetime
    owner: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    examples: tuple[int, ...] = ()


@dataclass(frozen=True)
class DetectedPattern:
    """A pattern as it has accumulated; `context` holds what sightings said of it last, and "examples"."""

    id: int
    pattern_type: str
    pattern_key: str
    owner: str | None
    occurrence_count: int
    opportunities: int
    first_seen: datetime
    last_seen: datetime
    context: dict[str, Any]
    confidence: float
    status: Status


def merge(store: Store, sightings: Iterable[Sighting], confidence: Callable[[int, int], float]) -> int:
    """Add sightings to what is known, in one transaction, and return how many patterns were touched.

    `confidence` is that of so many times out of so many opportunities. Opportunities of what was never seen are no
    pattern yet, and are not kept.
    """
    touched = 0
    with store.atomic():
        for one in sightings:
            touched += _merge(store, one, confidence)
    return touched


def _merge(store: Store, one: Sighting, confidence: Callable[[int, int], float]) -> bool:
    found = select(store, DetectedPatternRow, {"pattern_type": one.type, "pattern_key": one.key})
    known = DetectedPattern(**found[0]) if found else None
    if known is None and one.count <= 0:
        return False
    count = one.count + (known.occurrence_count if known else 0)
    chances = max(one.opportunities + (known.opportunities if known else 0), count)
    examples = [*(known.context.get("examples", []) if known else []), *one.examples][-MOST_EXAMPLES:]
    times = [known.first_seen, known.last_seen] if known else []
    times += [one.first_at, one.last_at] if one.count else []
    values = {
        "occurrence_count": count,
        "opportunities": chances,
        "first_seen": min(times),
        "last_seen": max(times),
        "context": {**(known.context if known else {}), **one.context, "examples": examples},
        "confidence": confidence(count, chances),
    }
    if known is None:
        key = {"pattern_type": one.type, "pattern_key": one.key, "owner": one.owner, "status": "pending"}
        insert(store, DetectedPatternRow, {**key, **values})
    else:
        update(store, DetectedPatternRow, values, {"id": known.id})
    return True


def get(store: Store, pattern: int) -> DetectedPattern | None:
    """Return the pattern, or None."""
    found = select(store, DetectedPatternRow, {"id": pattern})
    return DetectedPattern(**found[0]) if found else None


def by_key(store: Store, pattern_type: str, key: str) -> DetectedPattern | None:
    """Return the pattern of a type and key, or None."""
    found = select(store, DetectedPatternRow, {"pattern_type": pattern_type, "pattern_key": key})
    return DetectedPattern(**found[0]) if found else None


def frequent(
    store: Store, *, least: int, confidence: float, statuses: Collection[Status] = _PENDING, limit: int = 500
) -> list[DetectedPattern]:
    """Return the patterns seen at least so often and held at least so surely, the most frequent first."""
    where = f"{among('status', statuses)} AND occurrence_count >= ? AND confidence >= ?"
    order = "ORDER BY occurrence_count DESC, id LIMIT ?"
    rows = select_where(store, DetectedPatternRow, f"{where} {order}", (*statuses, least, confidence, limit))
    return [DetectedPattern(**row) for row in rows]


def listing(store: Store, *, limit: int = 200) -> list[DetectedPattern]:
    """Return all patterns, the latest seen first."""
    rows = select_where(store, DetectedPatternRow, "1 ORDER BY last_seen DESC, id LIMIT ?", (limit,))
    return [DetectedPattern(**row) for row in rows]


def settle(store: Store, pattern: int, status: Status, *, was: Status = "pending") -> bool:
    """Change a pattern's status from what it was; False when it was something else."""
    return bool(update(store, DetectedPatternRow, {"status": status}, {"id": pattern, "status": was}))
