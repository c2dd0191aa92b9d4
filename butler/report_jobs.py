"""The jobs of log review: reading the traces weekly or after many new thoughts, and the reports that come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from butler.config import People
from butler.conversation.messages import Role
from butler.conversation.notices import TELEGRAM, Why, hold_back
from butler.conversation.reports.helping import measure_applied
from butler.conversation.reports.messages import NOTICE
from butler.conversation.reports.sending import report_for, send_report
from butler.conversation.settings import Settings
from butler.conversation.turn import Notify
from engine.api import Engine
from engine.scheduler import Job
from store import facts, insights, jobs, people, review_runs, work
from store.database import Store
from store.fields import utc_datetime, utc_text

REVIEW_JOB: Final = "log_review"
REPORT_JOB = "report"
NEW_THOUGHTS = 50
HOUR, WEEKDAY = 18, 6  # when a report comes where nothing was learned about its person: Sundays at six
_REVIEW_HOUR, _REVIEW_WEEKDAY = 4, 6
_LAST = 100  # its priority in the work queue: everything else comes first
_LEASE = timedelta(hours=1)
_LOOK_AHEAD = timedelta(days=1)  # for what was learned meanwhile about when somebody reads reports
_PENDING: tuple[insights.Status, ...] = ("pending",)
_CONSIDERED = "reports_considered"  # until when it was looked whose report is due
_EARLY = "reports_early"  # when a review after many new thoughts asked for reports before their day


@dataclass(frozen=True)
class ReportJobs:
    """Reads the traces at quiet times, and reports to each person at the hour at which they answer best.

    `review` reads what came since it last did and says what it found; `owner` signs for it in the work queue.
    """

    engine: Engine
    store: Store
    settings: Settings
    people: People
    notify: Notify
    owner: str
    review: Callable[[datetime], str]

    def table(self) -> Sequence[Job]:
        """Return both jobs; reading takes long, and everything else comes first."""
        return (
            Job(REVIEW_JOB, self.log_review, self._review_due, background=True),
            Job(REPORT_JOB, self.report, self._report_due),
        )

    def log_review(self, now: datetime) -> str:
        """Read the traces that are new; after many new thoughts, reports need not wait for their day."""
        early = self._new_thoughts() >= NEW_THOUGHTS
        told = self._reviewed(now)
        if early and insights.listing(self.store, statuses=_PENDING, limit=1):
            with self.store.atomic():
                facts.put(self.store, _EARLY, utc_text(now))
                jobs.schedule_earlier(self.store, REPORT_JOB, self._report_due(now))
        return told

    def report(self, now: datetime) -> str:
        """Report to everybody whose hour has come; to all where the job is run out of turn."""
        measure_applied(self.store, now)
        row = jobs.get(self.store, REPORT_JOB)
        planned = row.due if row is not None and row.due is not None and row.due <= now else None
        with self.store.atomic():
            due = [user for user in self._everybody() if planned is None or self._is_due(user, planned, now)]
            sent = sum(self._report_to(user, now) for user in due)
            if not due and planned is None:
                hold_back(self.store, NOTICE, Why.NOBODY, now)
            facts.put(self.store, _CONSIDERED, utc_text(now))
        if not due:
            return "Nobody's report is due."
        return (
            f"Reported {sent} {'insight' if sent == 1 else 'insights'} to {len(due)}." if sent else "Nothing to report."
        )

    def _reviewed(self, now: datetime) -> str:
        """Review as a piece of the work queue: what a kill cut off waits there, and goes on from what was read."""
        work.put(self.store, REVIEW_JOB, "log", priority=_LAST, at=now)
        piece = work.take(self.store, self.owner, now, _LEASE, (REVIEW_JOB,))
        if piece is None:
            return "The traces are being read already."
        try:
            told = self.review(now)
        except Exception as exc:
            work.fail(self.store, piece.id, self.owner, at=now, problem=type(exc).__name__, retry_at=now)
            raise
        work.finish(self.store, piece.id, self.owner, at=now, result={"told": told})
        return told

    def _report_to(self, user: str, now: datetime) -> int:
        return send_report(self.store, self.notify, report_for(self.store, user, self._role(user), now), now)

    def _everybody(self) -> list[str]:
        """Return the admins, and whoever has an insight of their own; guests and who left are sent none."""
        admins = [one.user for one in people.admins(self.store) if one.user.startswith(TELEGRAM)]
        owners = {one.owner for one in insights.listing(self.store, limit=1_000) if one.owner is not None}
        users = dict.fromkeys([*admins, *sorted(self.people.admins), *sorted(owners)])
        return [user for user in users if self._role(user) is not Role.GUEST]

    def _role(self, user: str) -> Role:
        if not user.startswith(TELEGRAM):
            return self.people.role_of(user)
        known = people.get(self.store, user)
        return Role(known.role) if known is not None else Role.GUEST

    def _new_thoughts(self) -> int:
        last = review_runs.last(self.store)
        return _newest_thought(self.store) - (last.thoughts if last is not None else 0)

    def _review_due(self, now: datetime) -> datetime:
        weekly = self._next(now, _REVIEW_HOUR, _REVIEW_WEEKDAY)
        if self._new_thoughts() < NEW_THOUGHTS:
            return weekly
        return min(weekly, now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1))

    def _report_due(self, now: datetime) -> datetime:
        return min([now + _LOOK_AHEAD, *(self._next_report(user, now) for user in self._everybody())])

    def _is_due(self, user: str, planned: datetime, now: datetime) -> bool:
        considered = facts.get(self.store, _CONSIDERED)
        since = utc_datetime(considered) if considered is not None else planned - _LOOK_AHEAD
        return self._next_report(user, min(since, now)) <= now

    def _next_report(self, user: str, after: datetime) -> datetime:
        """Return when somebody is reported to next: weekly, and once at their hour after a review that asked for it."""
        learned = self.engine.report_hour(user)
        hour = learned.hour if learned is not None else HOUR
        weekday = learned.weekday if learned is not None and learned.weekday is not None else WEEKDAY
        weekly, early = self._next(after, hour, weekday), facts.get(self.store, _EARLY)
        if early is None:
            return weekly
        once = self._next(utc_datetime(early), hour, None)
        return min(weekly, once) if once > after else weekly

    def _next(self, after: datetime, hour: int, weekday: int | None) -> datetime:
        """Return the first instant after `after` at an hour of the household's clock, on a day of the week or any."""
        zone = self.settings.time_zone
        today = after.astimezone(zone).date()
        for days in range(9):
            day = today + timedelta(days=days)
            due = datetime.combine(day, time(hour), zone).astimezone(UTC)
            if due > after and weekday in {None, day.weekday()}:
                return due
        raise AssertionError("every day of the week comes within nine days")


def _newest_thought(store: Store) -> int:
    return int(store.database.fetch("SELECT coalesce(max(id), 0) FROM thoughts")[0][0])
