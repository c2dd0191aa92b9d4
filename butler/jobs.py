"""The background jobs of a household, by name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from butler.conversation.notices import Why, hold_back
from butler.conversation.turn import Notice, Notify
from engine.scheduler import Job, daily
from store import facts, invitations
from store import jobs as rows
from store.database import Store
from store.fields import utc_datetime, utc_text

_CLEANUP_HOUR = 4  # of the household's clock, when nobody is up
_NOT_AGAIN = timedelta(days=1)


def job_table(store: Store, zone: tzinfo, notify: Notify, others: Iterable[Job]) -> tuple[Job, ...]:
    """Return all jobs, `others` among them.

    The admins are told of a job that fails, at once, but of the same problem at most once a day.
    """
    jobs = (*others, Job("cleanup", _cleanup(store), daily(_CLEANUP_HOUR, zone)))
    return tuple(told_of(job, store, notify) for job in jobs)


def told_of(job: Job, store: Store, notify: Notify) -> Job:
    """Return the job as one whose failures the admins are told of."""

    def run(now: datetime) -> str:
        try:
            return job.run(now)
        except Exception as exc:
            _tell(job.name, exc, now, store, notify)
            raise

    return replace(job, run=run)


def _tell(name: str, problem: Exception, now: datetime, store: Store, notify: Notify) -> None:
    said = hashlib.sha256(f"{type(problem).__name__}: {problem}".encode()).hexdigest()[:16]
    key = f"job_failed:{name}:{said}"
    told = facts.get(store, key)
    if told is not None and now - utc_datetime(told) < _NOT_AGAIN:
        hold_back(store, "job_failed", Why.TOLD, now, metadata={"job": name})
        return
    text = f"The background job “{name}” failed ({type(problem).__name__}). My log says more; I'll try again later."
    with store.atomic():
        facts.put(store, key, utc_text(now))
        notify(Notice("job_failed", text, urgent=True), now)


def _cleanup(store: Store) -> Callable[[datetime], str]:
    def run(now: datetime) -> str:
        freed = rows.release_expired(store, now)
        over = invitations.clear_expired(store, now)
        return f"Freed {_many(freed, 'expired lease')} and cleared {_many(over, 'expired code')}."

    return run


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
