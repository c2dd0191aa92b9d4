"""Named reads and writes of detected patterns: what was seen in the traces again and again, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from store.database import Store
from store.models_review import DetectedPatternRow
from store.statements import among, insert, select, select_where, update, update_where

Status = Literal["pending", "promoted_to_insight", "dismissed"]
MOST_EXAMPLES = 100
_PENDING: tuple[Status, ...] = ("pending",)


@dataclass(frozen=True)
class Sighting:
    """What one look at the traces saw of a pattern: `count` times out of `opportunities`, between two instants.

    `owner` is the person whose pattern it is, None for the household's; their name is part of the key then. `context`
    is what an insight needs to know of it; `examples` are ids of traces. A sighting of opportunities alone has count 0.
    With `in_all`, `opportunities` are all there ever were, not those that came since the last look.
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
    in_all: bool = False


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
    """Add sightings to what is known, in one transaction, and return how many there were.

    `confidence` is that of so many times out of so many opportunities. Opportunities of what was never seen count for
    the day on which it is.
    """
    touched = 0
    with store.atomic():
        for one in sightings:
            _merge(store, one, confidence)
            touched += 1
    return touched


def _merge(store: Store, one: Sighting, confidence: Callable[[int, int], float]) -> None:
    found = select(store, DetectedPatternRow, {"pattern_type": one.type, "pattern_key": one.key})
    known = DetectedPattern(**found[0]) if found else None
    count = one.count + (known.occurrence_count if known else 0)
    earlier = known.opportunities if known and not one.in_all else 0
    chances = max(one.opportunities + earlier, count)
    examples = [*(known.context.get("examples", []) if known else []), *one.examples][-MOST_EXAMPLES:]
    times = [known.first_seen, known.last_seen] if known and known.occurrence_count else []
    times += [one.first_at, one.last_at] if one.count or not times else []
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
    """Return all patterns that were seen, the latest first."""
    where = "occurrence_count > 0 ORDER BY last_seen DESC, id LIMIT ?"
    return [DetectedPattern(**row) for row in select_where(store, DetectedPatternRow, where, (limit,))]


def of_types(store: Store, types: Collection[str], *, least: int = 0) -> list[DetectedPattern]:
    """Return the patterns of some types that were seen at least so often, by their ids."""
    where = f"{among('pattern_type', types)} AND occurrence_count >= ? ORDER BY id"
    return [DetectedPattern(**row) for row in select_where(store, DetectedPatternRow, where, (*types, least))]


def keep(
    store: Store, pattern_type: str, key: str, context: Mapping[str, Any], *, owner: str | None, at: datetime
) -> None:
    """Keep a type's record that is no pattern itself (nothing is ever made of it), in place of the one before."""
    where = {"pattern_type": pattern_type, "pattern_key": key}
    values = {"context": dict(context), "last_seen": at}
    if update(store, DetectedPatternRow, values, where):
        return
    new = {"owner": owner, "first_seen": at, "occurrence_count": 0, "opportunities": 0, "status": "dismissed"}
    insert(store, DetectedPatternRow, {**where, **values, **new})


def weigh(store: Store, pattern: int, opportunities: int, confidence: float) -> None:
    """Note how many opportunities a pattern had in all by now, and how surely it is held."""
    update(store, DetectedPatternRow, {"opportunities": opportunities, "confidence": confidence}, {"id": pattern})


def start_over(store: Store) -> None:
    """Forget how often everything was seen, for all of it to be counted again; what was decided about it stays."""
    again = {"occurrence_count": 0, "opportunities": 0, "confidence": 0.0}
    update_where(store, DetectedPatternRow, {**again, "context": {}}, "1", ())


def settle(store: Store, pattern: int, status: Status, *, was: Status = "pending") -> bool:
    """Change a pattern's status from what it was; False when it was something else."""
    return bool(update(store, DetectedPatternRow, {"status": status}, {"id": pattern, "status": was}))
