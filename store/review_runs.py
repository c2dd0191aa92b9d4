"""Named reads and writes of the runs of log review: which traces were read, so that none is read twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.database import Store
from store.models_review import ReviewRunRow
from store.statements import insert, select_where, update


@dataclass(frozen=True)
class NewReviewRun:
    """One run: the ids of traces read (`from_trace` excluded), how many, and what was found in them.

    `thoughts` is the highest thought there was; `source` is "store", or the digest of an export that was read.
    """

    from_trace: int
    to_trace: int
    traces: int
    sightings: int
    insights: int
    began_at: datetime
    ended_at: datetime
    source: str = "store"
    thoughts: int = 0


@dataclass(frozen=True)
class ReviewRun(NewReviewRun):
    """A run as it was kept."""

    id: int = 0


def add(store: Store, new: NewReviewRun) -> int:
    """Keep a run; belongs into the transaction that merges what it saw."""
    return int(insert(store, ReviewRunRow, vars(new)).lastrowid)


def found(store: Store, run: int, insights: int) -> None:
    """Note how many insights came of a run."""
    update(store, ReviewRunRow, {"insights": insights}, {"id": run})


def last(store: Store, source: str = "store") -> ReviewRun | None:
    """Return the last run over a source, or None."""
    rows = select_where(store, ReviewRunRow, "source = ? ORDER BY id DESC LIMIT 1", (source,))
    return ReviewRun(**rows[0]) if rows else None


def listing(store: Store, *, limit: int = 20) -> list[ReviewRun]:
    """Return the latest runs, the last first."""
    return [ReviewRun(**row) for row in select_where(store, ReviewRunRow, "1 ORDER BY id DESC LIMIT ?", (limit,))]
