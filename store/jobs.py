"""Named reads and writes of the job table: due times, leases and last runs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.database import Store
from store.fields import utc_datetime, utc_text
from store.models import JobRow

_EARLIER = """INSERT INTO jobs (name, due) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET due = excluded.due WHERE due IS NULL OR due > excluded.due
"""


@dataclass(frozen=True)
class Job:
    """One background job; a lease says who runs it now, and until when nobody else may."""

    name: str
    due: datetime | None = None
    last_run: datetime | None = None
    lease_until: datetime | None = None
    lease_owner: str | None = None


def schedule(store: Store, name: str, due: datetime | None) -> None:
    """Set when a job is due next; None means not by itself."""
    model = store.model(JobRow)
    model.insert(name=name, due=due).on_conflict(conflict_target=[model.name], update={"due": due}).execute()


def schedule_earlier(store: Store, name: str, due: datetime) -> bool:
    """Have a job due at an instant, unless it is due before that already; return whether that changed anything.

    Whoever keeps something that falls due calls this in the same transaction.
    """
    return bool(store.database.execute_sql(_EARLIER, (name, utc_text(due))).rowcount)


def get(store: Store, name: str) -> Job | None:
    """Return the job, or None."""
    model = store.model(JobRow)
    found = store.rows(model.select().where(model.name == name))
    return Job(**found[0]) if found else None


def due(store: Store, now: datetime) -> list[Job]:
    """Return the jobs due by `now` that nobody holds, in the order of (due, name)."""
    model = store.model(JobRow)
    free = model.lease_until.is_null() | (model.lease_until <= now)
    query = model.select().where((model.due <= now) & free).order_by(model.due, model.name)
    return [Job(**row) for row in store.rows(query)]


def next_due(store: Store, names: Collection[str], now: datetime) -> datetime | None:
    """Return when the first of these jobs that nobody holds is due, which may be past, or None."""
    free = "(lease_until IS NULL OR lease_until <= ?)"
    among = ", ".join("?" * len(names))
    query = f"SELECT min(due) FROM jobs WHERE {free} AND name IN ({among})"  # noqa: S608  # question marks only
    found = store.database.fetch(query, (utc_text(now), *names))[0][0]
    return None if found is None else utc_datetime(found)


def take(store: Store, name: str, *, owner: str, now: datetime, lease: timedelta) -> bool:
    """Take the lease of a job; False when somebody else holds it."""
    model = store.model(JobRow)
    free = model.lease_until.is_null() | (model.lease_until <= now) | (model.lease_owner == owner)
    changed = model.update(lease_owner=owner, lease_until=now + lease).where((model.name == name) & free).execute()
    return bool(changed)


def finish(store: Store, name: str, *, owner: str, ran: datetime, next_due: datetime | None) -> bool:
    """Record a run and give the lease back; False when the lease was lost meanwhile."""
    model = store.model(JobRow)
    values = {"last_run": ran, "due": next_due, "lease_until": None, "lease_owner": None}
    return bool(model.update(**values).where((model.name == name) & (model.lease_owner == owner)).execute())


def release_expired(store: Store, now: datetime) -> int:
    """Free the leases that ran out and return how many."""
    model = store.model(JobRow)
    free = {"lease_until": None, "lease_owner": None}
    return int(model.update(**free).where(model.lease_until <= now).execute())
