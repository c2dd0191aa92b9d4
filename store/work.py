"""Named reads and writes of the queue of slow work: each piece is done by one, and by another when that one is gone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from store.database import Store
from store.models_tasks import WorkRow
from store.statements import among, count_where, first_of, insert, select, select_where, update

Kind = Literal["task_analysis", "project_next_action", "log_review"]
State = Literal["waiting", "running", "done", "failed"]

MOST_ATTEMPTS = 5

_SUBJECT = re.compile(r"(?:thought|task|project):[1-9][0-9]*|log")
_OPEN = "kind = ? AND subject = ? AND state IN ('waiting', 'running')"


@dataclass(frozen=True)
class Work:
    """One piece of slow work; a lower priority is more urgent, and a lease says who does it now and until when."""

    id: int
    kind: Kind
    subject: str
    priority: int
    state: State
    attempts: int
    again: bool
    not_before: datetime
    owner: str | None
    lease_until: datetime | None
    result: Any
    created_at: datetime
    done_at: datetime | None


def put(
    store: Store, kind: Kind, subject: str, *, priority: int, at: datetime, not_before: datetime | None = None
) -> int:
    """Ask for a piece of work and return its number; what waits already is done once, at the more urgent priority.

    The subject is `thought:N`, `task:N`, `project:N` or `log`, else ValueError is raised. Work that is being done just
    now is done once more afterwards.
    """
    if not _SUBJECT.fullmatch(subject):
        raise ValueError(f"work is about thought:N, task:N, project:N or log, not {subject!r}")
    when = not_before or at
    with store.atomic():
        there = _read(store, _OPEN, (kind, subject))
        if there:
            _join(store, there[0], priority, when)
            return there[0].id
        row = {"kind": kind, "subject": subject, "priority": priority, "not_before": when, "created_at": at}
        return int(insert(store, WorkRow, row).lastrowid)


def take(
    store: Store, owner: str, now: datetime, lease: timedelta, kinds: Collection[str] | None = None
) -> Work | None:
    """Take the most urgent piece that waits, and was asked for first; None when there is none.

    What somebody else took and did not finish within their lease waits again, unless it was tried too often.
    """
    with store.atomic():
        release_expired(store, now)
        of_kinds = f" AND {among('kind', kinds)}" if kinds is not None else ""
        where = f"state = 'waiting' AND not_before <= ?{of_kinds} ORDER BY priority, id LIMIT 1"
        found = _read(store, where, (now, *(kinds or ())))
        if not found:
            return None
        values = {"state": "running", "owner": owner, "lease_until": now + lease, "attempts": found[0].attempts + 1}
        update(store, WorkRow, {**values, "again": False}, {"id": found[0].id})
        return get(store, found[0].id)


def renew(store: Store, work: int, owner: str, until: datetime) -> bool:
    """Keep a piece for longer; False when it was lost meanwhile."""
    return bool(update(store, WorkRow, {"lease_until": until}, {"id": work, "state": "running", "owner": owner}))


def finish(store: Store, work: int, owner: str, *, at: datetime, result: Any = None) -> bool:
    """Keep what came of a piece; False when it was lost meanwhile, and then nothing of it may be kept."""
    with store.atomic():
        found = _held(store, work, owner)
        if found is None:
            return False
        _end(store, found, "done", at, result)
    return True


def fail(store: Store, work: int, owner: str, *, at: datetime, problem: str, retry_at: datetime | None = None) -> bool:
    """Note that a piece went wrong: it waits again until `retry_at`, or has failed; False when it was lost."""
    with store.atomic():
        found = _held(store, work, owner)
        if found is None:
            return False
        if retry_at is None or found.attempts >= MOST_ATTEMPTS:
            _end(store, found, "failed", at, {"problem": problem})
        else:
            waits = {"state": "waiting", "owner": None, "lease_until": None, "not_before": retry_at}
            update(store, WorkRow, {**waits, "result": {"problem": problem}}, {"id": work})
    return True


def release_expired(store: Store, now: datetime) -> int:
    """Let what was not finished within its lease wait again, or fail when it was tried too often; return how many."""
    with store.atomic():
        found = _read(store, "state = 'running' AND lease_until <= ?", (now,))
        for one in found:
            if one.attempts >= MOST_ATTEMPTS:
                _end(store, one, "failed", now, {"problem": f"not finished in {one.attempts} attempts"})
            else:
                waits = {"state": "waiting", "owner": None, "lease_until": None}
                update(store, WorkRow, waits, {"id": one.id})
    return len(found)


def get(store: Store, work: int) -> Work | None:
    """Return the piece of work, or None."""
    found = select(store, WorkRow, {"id": work})
    return Work(**found[0]) if found else None


def waiting(store: Store, *, limit: int = 100) -> list[Work]:
    """Return what waits, in the order it will be done, also what is not to be done yet."""
    return _read(store, "state = 'waiting' ORDER BY priority, id LIMIT ?", (limit,))


def count(store: Store, state: State) -> int:
    """Return how many pieces are in a state."""
    return count_where(store, WorkRow, "state = ?", (state,))


def next_due(store: Store) -> datetime | None:
    """Return the earliest instant at which something can be done: what waits, or what may be left over by then."""
    instants = [
        first_of(store, WorkRow, "not_before", "state = 'waiting'"),
        first_of(store, WorkRow, "lease_until", "state = 'running'"),
    ]
    return min((instant for instant in instants if instant is not None), default=None)


def last_done(store: Store, kind: Kind) -> Work | None:
    """Return the piece of a kind that was done last, or None."""
    where = "kind = ? AND state = 'done' AND done_at IS NOT NULL ORDER BY done_at DESC, id DESC LIMIT 1"
    found = _read(store, where, (kind,))
    return found[0] if found else None


def drop(store: Store, subject: str) -> int:
    """Forget what waits for a subject that is no more, and return how many pieces."""
    waits = "DELETE FROM work_queue WHERE subject = ? AND state = 'waiting'"
    return int(store.database.execute_sql(waits, (subject,)).rowcount)


def _join(store: Store, there: Work, priority: int, when: datetime) -> None:
    if there.state == "running":
        update(store, WorkRow, {"again": True}, {"id": there.id})
    else:
        sooner = {"priority": min(there.priority, priority), "not_before": min(there.not_before, when)}
        update(store, WorkRow, sooner, {"id": there.id})


def _held(store: Store, work: int, owner: str) -> Work | None:
    found = get(store, work)
    return found if found is not None and (found.state, found.owner) == ("running", owner) else None


def _end(store: Store, one: Work, state: State, at: datetime, result: Any) -> None:
    ended = {"state": state, "owner": None, "lease_until": None, "done_at": at, "result": result, "again": False}
    update(store, WorkRow, ended, {"id": one.id})
    if one.again:
        row = {"kind": one.kind, "subject": one.subject, "priority": one.priority, "not_before": at, "created_at": at}
        insert(store, WorkRow, row)


def _read(store: Store, where: str, values: Sequence[object]) -> list[Work]:
    return [Work(**row) for row in select_where(store, WorkRow, where, values)]
