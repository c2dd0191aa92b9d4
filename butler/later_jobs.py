"""What falls due of planned home actions: done once and on time, asked about, or told why it was not done."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from butler.conversation.later.plans import Plan
from butler.conversation.later.running import notice_of, run_planned
from butler.conversation.later.timing import next_due
from butler.conversation.later.words import deed_words
from butler.conversation.notices import TELEGRAM
from butler.conversation.ringing.planning import JOB
from butler.conversation.ringing.words import clock_words
from butler.conversation.turn import Option, Ports
from butler.home.errors import HomeError
from butler.home.port import is_shut_out
from engine.understanding.risk import is_guarded
from engine.understanding.snapshot import Snapshot
from store import facts, jobs, people, schedules, traces
from store.schedules import Schedule
from store.traces import TraceEntry

_LOG = logging.getLogger(__name__)
TOO_LATE = timedelta(minutes=10)
"""What is due longer ago than that is not done any more, but told of."""
_LITTLE = timedelta(seconds=1)


@dataclass(frozen=True)
class Planned:
    """Does what was planned when it is due."""

    ports: Ports

    def next_due(self) -> datetime | None:
        """Return when the next planned action is due, or a question about one is over."""
        store = self.ports.store
        waiting = [self._answer_by(schedule) for schedule in schedules.cut_off(store)]
        return min(filter(None, [schedules.next_due(store), *waiting]), default=None)

    def run(self, now: datetime) -> str:
        """Do all that is due by now, the earliest first."""
        unanswered = sum(self._unanswered(schedule, now) for schedule in schedules.cut_off(self.ports.store))
        due = schedules.due(self.ports.store, now)
        if not due:
            return f"Left {unanswered} unanswered." if unanswered else ""
        home = self._look()
        done = sum(self._attend(schedule, home, now) for schedule in due)
        return f"Attended to {done} planned." if done or unanswered else ""

    def realign(self, now: datetime) -> None:
        """Bring what recurs back to its next, where a clock that was ahead put it off or had it missed."""
        for schedule in schedules.everyones(self.ports.store, states=("active",)):
            plan = self._plan(schedule)
            if plan is None or plan.recurrence is None or plan.sun is not None or schedule.due_at is None:
                continue
            following = self._again(plan, Snapshot(), now)
            latest = following
            if following is not None and not _missed_ahead(schedule, now):
                latest = self._again(plan, Snapshot(), following)
            if following is not None and latest is not None and schedule.due_at > latest:
                with self.ports.store.atomic():
                    schedules.move(self.ports.store, schedule.id, following, due_at=schedule.due_at)
                    jobs.schedule_earlier(self.ports.store, JOB, following)

    def _plan(self, schedule: Schedule) -> Plan | None:
        try:
            return Plan.of(schedule)
        except (ValueError, KeyError) as exc:
            _LOG.warning("planned action %d cannot be read: %s", schedule.id, exc)
            return None

    def _attend(self, schedule: Schedule, home: Snapshot | None, now: datetime) -> bool:
        assert schedule.due_at is not None
        began = self.ports.timer()
        if schedule.user.startswith(TELEGRAM) and people.get(self.ports.store, schedule.user) is None:
            return self._call_off(schedule, now, began)
        plan = self._plan(schedule)
        if plan is None:
            return schedules.cancel(self.ports.store, schedule.id)
        if now - schedule.due_at > TOO_LATE:
            return self._missed(schedule, plan, home, now, began)
        if home is None:
            return self._wait(schedule, plan, now, began)
        self._forget_wait(schedule)
        return run_planned(self.ports, schedule, home, now, again=self._again(plan, home, now))

    def _again(self, plan: Plan, home: Snapshot, now: datetime) -> datetime | None:
        if plan.recurrence is None:
            return None
        return next_due(self.ports, home, plan, now)

    def _missed(self, schedule: Schedule, plan: Plan, home: Snapshot | None, now: datetime, began: float) -> bool:
        """Say that something was not done, and why: Butler was away, or could not reach the home for too long."""
        store = self.ports.store
        assert schedule.due_at is not None
        unreached = self._unreached(schedule)
        again = self._again(plan, home or Snapshot(), now)
        at = clock_words(schedule.due_at, now, self.ports.settings.time_zone)
        why = "I couldn't reach the home" if unreached else "I was away"
        text = f"{why} {at}, so I didn't {deed_words(plan.commands, home or Snapshot())}."
        with store.atomic():
            if not schedules.begin(store, schedule.id, due_at=schedule.due_at, at=now, next_due=again):
                return False
            outcome = "unreachable" if unreached else "missed"
            schedules.finish(store, schedule.id, outcome)
            self._forget_wait(schedule)
            now_button = Option("Do it now", {"kind": "later_now", "plan": plan.to_document()})
            self.ports.notify(notice_of(schedule, text, (now_button,)), now)
            self._trace(schedule, outcome, now, began)
        return True

    def _wait(self, schedule: Schedule, plan: Plan, now: datetime, began: float) -> bool:
        """Say once that the home is out of reach; it is tried again as long as it is not too late."""
        assert schedule.due_at is not None
        if self._unreached(schedule):
            return False
        what = deed_words(plan.commands, Snapshot())
        why = "Home Assistant doesn't let me in" if is_shut_out(self.ports.home) else "I can't reach the home"
        text = f"{why}, so I couldn't {what}. I'll keep trying for ten minutes."
        with self.ports.store.atomic():
            facts.put(self.ports.store, _key(schedule), schedule.due_at.isoformat())
            self.ports.notify(notice_of(schedule, text), now)
            self._trace(schedule, "waits", now, began)
        return True

    def _unanswered(self, schedule: Schedule, now: datetime) -> bool:
        """Say that what is guarded was not done, as nobody pressed."""
        if now < self._answer_by(schedule):
            return False
        began = self.ports.timer()
        # The home is looked at before: whoever tells of its changes may wait to write.
        text = f"Nobody confirmed it in time, so I didn't {self._guarded_words(schedule)}."
        with self.ports.store.atomic():
            if not schedules.finish(self.ports.store, schedule.id, "unanswered"):
                return False
            self.ports.notify(notice_of(schedule, text), now)
            self._trace(schedule, "unanswered", now, began)
        return True

    def _guarded_words(self, schedule: Schedule) -> str:
        """Return what of a plan had to be confirmed, as far as the home tells."""
        home = self._look() or Snapshot()
        commands = Plan.of(schedule).commands
        policy = self.ports.settings.risk
        parts = [
            replace(found, targets=tuple(i for i in found.targets if is_guarded(home.by_id[i], policy, home.by_id)))
            for found in commands
            if all(i in home.by_id for i in found.targets)
        ]
        return deed_words([found for found in parts if found.targets] or commands, home)

    def _call_off(self, schedule: Schedule, now: datetime, began: float) -> bool:
        with self.ports.store.atomic():
            self._trace(schedule, "owner_gone", now, began)
            return schedules.cancel(self.ports.store, schedule.id)

    def _answer_by(self, schedule: Schedule) -> datetime:
        assert schedule.last_run_at is not None
        return schedule.last_run_at + timedelta(seconds=self.ports.settings.confirm_seconds) + _LITTLE

    def _look(self) -> Snapshot | None:
        try:
            return self.ports.home.snapshot()
        except HomeError as exc:
            _LOG.warning("home unreachable", extra={"problem": str(exc)})
            return None

    def _unreached(self, schedule: Schedule) -> bool:
        assert schedule.due_at is not None
        return facts.get(self.ports.store, _key(schedule)) == schedule.due_at.isoformat()

    def _forget_wait(self, schedule: Schedule) -> None:
        facts.remove(self.ports.store, _key(schedule))

    def _trace(self, schedule: Schedule, outcome: str, now: datetime, began: float) -> None:
        entry = TraceEntry(
            trace_id=f"schedule-{schedule.id}",
            stage="later",
            component="schedules",
            created_at=now,
            decision=outcome,
            outcome=outcome,
            duration_ms=(self.ports.timer() - began) * 1_000,
            metadata={"user": schedule.user, "schedule": schedule.id},
        )
        traces.append(self.ports.store, [entry])


def _missed_ahead(schedule: Schedule, now: datetime) -> bool:
    """Tell whether something was missed only by a clock that was ahead of what it is now."""
    return schedule.last_outcome == "missed" and schedule.last_run_at is not None and schedule.last_run_at > now


def _key(schedule: Schedule) -> str:
    return f"schedule_unreached:{schedule.id}"
