"""The background jobs of a household, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from engine.scheduler import Job, daily, never
from store import jobs as rows
from store.database import Store

_UNBUILT = ("nightly_analysis", "digest", "watch", "completion", "log_review", "report", "slow_work", "schedules")
_CLEANUP_HOUR = 4  # of the household's clock, when nobody is up


def job_table(store: Store, zone: tzinfo) -> tuple[Job, ...]:
    """Return all jobs. One that has no work of its own yet is never due, and says so when it is run."""
    unbuilt = (Job(name, _nothing, never) for name in _UNBUILT)
    return (*unbuilt, Job("cleanup", _cleanup(store), daily(_CLEANUP_HOUR, zone)))


def _nothing(_: datetime) -> str:
    return "There is nothing to do."


def _cleanup(store: Store) -> Callable[[datetime], str]:
    def run(now: datetime) -> str:
        freed = rows.release_expired(store, now)
        return f"Freed {freed} expired lease{'' if freed == 1 else 's'}."

    return run
