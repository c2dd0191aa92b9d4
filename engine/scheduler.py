"""The table of background jobs: due times, leases and last runs are rows of the store, so a restart forgets none."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from types import MappingProxyType

from store import facts, traces
from store import jobs as rows
from store.database import Store
from store.traces import TraceEntry

_LOG = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
RETRIES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
Timetable = Callable[[datetime], datetime | None]


class JobError(Exception):
    """A job cannot be run."""


class UnknownJobError(JobError):
    """No job bears the name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self.known = name, tuple(known)
        super().__init__(f"there is no job {name!r}: the jobs are {', '.join(self.known)}")


class JobBusyError(JobError):
    """Somebody else runs the job now."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"the job {name!r} is running already")


class JobFailedError(JobError):
    """The job was run to its end, which was an error."""

    def __init__(self, name: str, problem: str) -> None:
        self.name, self.problem = name, problem
        super().__init__(f"the job {name!r} failed: {problem}")


@dataclass(frozen=True)
class Job:
    """One kind of background work: `run` takes now and returns a summary, `next_due` the next instant after now.

    A `next_due` of None is for work that is never due by itself. What runs in the `background` may take minutes, and
    turns go on meanwhile.
    """

    name: str
    run: Callable[[datetime], str]
    next_due: Timetable
    background: bool = False


@dataclass(frozen=True)
class Run:
    """What became of one run of a job; `problem` is None when it went well."""

    name: str
    at: datetime
    summary: str
    problem: str | None = None


class Scheduler:
    """Runs jobs by name or as they fall due, in the order of (due, name). `owner` signs the leases it takes.

    `trace` keeps the trace of a run; without it the store does, at once.
    """

    def __init__(
        self,
        store: Store,
        jobs: Iterable[Job],
        *,
        owner: str,
        timer: Callable[[], float] = time.perf_counter,
        trace: Callable[[TraceEntry], object] | None = None,
    ) -> None:
        self._store = store
        self._owner = owner
        self._timer = timer
        self._trace = trace or (lambda entry: traces.append(store, [entry]))
        self._guard = threading.Lock()
        self._running: set[str] = set()
        self.jobs: Mapping[str, Job] = MappingProxyType({job.name: job for job in jobs})

    def plan(self, now: datetime) -> None:
        """Give every job its row; one that is known keeps its due time, so that a run that was missed is caught up.

        One that is due later than its run after the next was planned by a clock that was far ahead, and is due then.
        """
        for job in self.jobs.values():
            if self._planned_otherwise(job, now) is not None:
                # Looked at once more: whatever falls due may have been put down meanwhile.
                with self._store.atomic():
                    if (due := self._planned_otherwise(job, now)) is not None:
                        rows.schedule(self._store, job.name, due)

    def due(self, now: datetime, *, background: bool | None = None) -> tuple[rows.Job, ...]:
        """Return what is due by `now` and nobody runs, in the order in which it is to be run.

        `background` asks for what runs there alone, or for all else.
        """
        found = (row for row in rows.due(self._store, now) if row.name in self.jobs and row.name not in self._running)
        return tuple(row for row in found if background in {None, self.jobs[row.name].background})

    def next_due(self, now: datetime) -> datetime | None:
        """Return when the first of what does not run in the background is due, which may be past, or None."""
        names = [job.name for job in self.jobs.values() if not job.background and job.name not in self._running]
        return rows.next_due(self._store, names, now)

    def run(self, name: str, now: datetime) -> Run:
        """Run one job now, to its end; raise UnknownJobError or JobBusyError."""
        job = self.jobs.get(name)
        if job is None:
            raise UnknownJobError(name, self.jobs)
        with self._alone(name):
            if rows.get(self._store, name) is None:
                rows.schedule(self._store, name, job.next_due(now))
            if not rows.take(self._store, name, owner=self._owner, now=now, lease=LEASE):
                raise JobBusyError(name)
            began = self._timer()
            done = _attempt(job, now)
            self._record(done, (self._timer() - began) * 1_000)
            # In one transaction, so that what falls due earlier and is put down meanwhile is not forgotten.
            with self._store.atomic():
                rows.finish(self._store, name, owner=self._owner, ran=now, next_due=self._next(job, done))
        return done

    def run_due(self, now: datetime, *, background: bool | None = None) -> list[Run]:
        """Run everything due by `now` that nobody else runs, each job once however long it was overdue."""
        self.plan(now)
        runs = (self._run_unless_busy(row.name, now) for row in self.due(now, background=background))
        return [done for done in runs if done is not None]

    def run_until(self, now: datetime, until: datetime, arrive: Callable[[datetime], None]) -> list[Run]:
        """Run what falls due from `now` to `until`, each job at its due instant, of which `arrive` is told.

        A job that somebody else runs meanwhile is left to them.
        """
        self.plan(now)
        done: list[Run] = []
        at, busy = now, set[str]()
        while waiting := [row for row in self.due(until) if row.name not in busy]:
            at = max(at, waiting[0].due or at)
            arrive(at)
            run = self._run_unless_busy(waiting[0].name, at)
            if run is None:
                busy.add(waiting[0].name)
            else:
                done.append(run)
        arrive(until)
        return done

    def _run_unless_busy(self, name: str, at: datetime) -> Run | None:
        """Run a job; None where another thread or process took it since it was seen to be due."""
        try:
            return self.run(name, at)
        except JobBusyError:
            return None

    def _planned_otherwise(self, job: Job, now: datetime) -> datetime | None:
        """Return when a job is to be due instead of when it is, or None."""
        known = rows.get(self._store, job.name)
        if known is None or known.due is None:
            return job.next_due(now)
        latest = _latest_due(job, now)
        return latest if latest is not None and known.due > latest else None

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Have a job run once at a time in this process, also when the clock is set past its lease meanwhile."""
        with self._guard:
            if name in self._running:
                raise JobBusyError(name)
            self._running.add(name)
        try:
            yield
        finally:
            with self._guard:
                self._running.discard(name)

    def _next(self, job: Job, done: Run) -> datetime | None:
        """Return when a job is due next: soon again a few times where it failed, else by its timetable."""
        due, key = _later(job, done.at), f"job_failures:{job.name}"
        failures = int(facts.get(self._store, key) or 0)
        if done.problem is None or due is None:
            facts.remove(self._store, key)
            return due
        facts.put(self._store, key, str(failures + 1))
        return min(due, done.at + RETRIES[failures]) if failures < len(RETRIES) else due

    def _record(self, done: Run, milliseconds: float) -> None:
        entry = TraceEntry(
            trace_id=f"job-{done.name}-{done.at.isoformat()}",
            stage="job",
            component=done.name,
            created_at=done.at,
            decision=done.summary,
            outcome=f"failed: {done.problem}" if done.problem else "done",
            duration_ms=milliseconds,
        )
        self._trace(entry)


def daily(hour: int, zone: tzinfo) -> Timetable:
    """Return the timetable of a job that is due once a day, at a full hour of a zone's wall clock."""

    def next_due(now: datetime) -> datetime:
        local = now.astimezone(zone).replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
        for days in range(3):
            due = (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone).astimezone(UTC)
            if due > now:
                return due
        raise AssertionError("a wall clock shows every hour within two days")

    return next_due


def hourly(now: datetime) -> datetime:
    """Return the next full hour: the timetable of a job that is due once an hour."""
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def never(_: datetime) -> None:
    """Return None: the timetable of a job that is only run when somebody asks."""


def _attempt(job: Job, now: datetime) -> Run:
    try:
        return Run(job.name, now, job.run(now))
    except Exception as exc:  # noqa: BLE001 - the one broad catch of a job: it logs and records
        _LOG.exception("job failed", extra={"job": job.name})
        return Run(job.name, now, "", f"{type(exc).__name__}: {exc}")


def _latest_due(job: Job, now: datetime) -> datetime | None:
    following = job.next_due(now)
    return None if following is None else job.next_due(following)


def _later(job: Job, now: datetime) -> datetime | None:
    due = job.next_due(now)
    if due is not None and due <= now:
        raise ValueError(f"the job {job.name!r} would be due again at once")
    return due
