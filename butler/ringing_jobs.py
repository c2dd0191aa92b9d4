"""The job that does what falls due at an instant of its own: what rings does so once, in its chat, at its time."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Protocol

from butler.conversation.notices import TELEGRAM, Why, hold_back
from butler.conversation.ringing.planning import JOB
from butler.conversation.ringing.words import LATE, rung_text
from butler.conversation.tasks.clarified import expire_clarifications
from butler.conversation.turn import Notice, Notify, Option
from engine.scheduler import Job
from engine.tasks.due import Every, Recurrence
from engine.tasks.rules import TaskRules
from store import clarifications, jobs, people, rings, tasks
from store.database import Store
from store.rings import Ring

_LOG = logging.getLogger(__name__)
_ONCE_MORE = timedelta(seconds=30)  # for what could not be done when it was due

_SNOOZES = {
    "reminder": (("Snooze 10 min", 600), ("Snooze 1 h", 3_600), ("Tomorrow", None)),
    "alarm": (("Snooze 10 min", 600), ("Snooze 1 h", 3_600), ("Tomorrow", None)),
    "timer": (("1 min more", 60), ("5 min more", 300), ("10 min more", 600)),
}
MOST_UNANSWERED = 24
"""How often what comes again within hours rings without an answer before it stops."""
_OFTEN = frozenset({Every.MINUTE.value, Every.HOUR.value})
_LAST = f"I've rung {MOST_UNANSWERED} times without an answer, so I stop here. Snooze it to have it go on."
_DONE = {"reminder": "Done", "alarm": "I'm up", "timer": "Done"}


class Duty(Protocol):
    """One kind of thing that falls due at instants of its own."""

    def next_due(self) -> datetime | None:
        """Return when the next of them is due, which may be past, or None."""

    def run(self, now: datetime) -> str:
        """Do all that is due by now, and return what was done in a few words, or nothing."""


def schedules(duties: Iterable[Duty]) -> Job:
    """Return the job that does all duties, each when it is due, and those that failed soon again."""
    table = tuple(duties)

    def run(now: datetime) -> str:
        return " ".join(filter(None, [duty.run(now) for duty in table])) or "Nothing was due."

    def next_due(now: datetime) -> datetime | None:
        due = min(filter(None, [duty.next_due() for duty in table]), default=None)
        return None if due is None else max(due, now + _ONCE_MORE) if due <= now else due

    return Job(JOB, run, next_due)


@dataclass(frozen=True)
class Ringing:
    """Rings what is due: in one transaction it has rung, its words wait in the outbox, and its next is made."""

    store: Store
    notify: Notify
    zone: tzinfo
    rules: TaskRules

    def next_due(self) -> datetime | None:
        """Return when something rings next."""
        return rings.next_due(self.store)

    def run(self, now: datetime) -> str:
        """Ring all that is due by now, the earliest first."""
        count = 0
        while due := rings.due(self.store, now):
            count += sum([self._ring(ring, now) for ring in due])
        return f"Rang {count}." if count else ""

    def realign(self, now: datetime) -> None:
        """Bring what recurs back to its next, where a clock that was ahead put it off.

        An instant that has rung does not ring again; one occurrence that a person skipped stays skipped.
        """
        for ring in rings.recurring(self.store):
            following = self._coming(ring, now)
            if following is None:
                continue
            latest = following if ring.created_at > now else self._next(ring, following)
            if latest is not None and ring.due_at > latest:
                with self.store.atomic():
                    rings.amend(self.store, ring.id, due_at=following)
                    jobs.schedule_earlier(self.store, JOB, following)

    def _coming(self, ring: Ring, now: datetime) -> datetime | None:
        """Return when a ring that recurs comes next of the instants at which none of its series has rung."""
        rung = rings.rung_instants(self.store, ring.series, now) if ring.series is not None else set()
        found = self._next(ring, now)
        while found in rung:
            found = self._next(ring, found)
        return found

    def _ring(self, ring: Ring, now: datetime) -> bool:
        """Ring once; what is for somebody who left is called off. False where it does not ring any more."""
        with self.store.atomic():
            if ring.user.startswith(TELEGRAM) and people.get(self.store, ring.user) is None:
                rings.cancel(self.store, ring.id, at=now)
                hold_back(self.store, ring.kind, Why.NOBODY, now, metadata={"ring": ring.id})
                return False
            late, last = now - ring.due_at > LATE, self._is_last(ring)
            following = None if last else self._next(ring, now)
            if not rings.ring(self.store, ring.id, at=now, late=late, next_due=following):
                return False
            self.notify(self._notice(ring, now, last=last), now)
            if ring.kind == "alarm" and ring.recurrence is None and ring.task is not None:
                tasks.complete(self.store, ring.task, at=now)  # to wake somebody is all there was to do
            return True

    def _is_last(self, ring: Ring) -> bool:
        """Tell whether what rings every few minutes or hours has rung so often unanswered that it stops."""
        often = ring.recurrence is not None and ring.recurrence.get("every") in _OFTEN
        return often and ring.series is not None and rings.unanswered(self.store, ring.series) + 1 >= MOST_UNANSWERED

    def _next(self, ring: Ring, after: datetime) -> datetime | None:
        """Return when a ring comes again after an instant; None for one that rings once."""
        if ring.recurrence is None:
            return None
        try:
            recurrence = Recurrence.from_document(ring.recurrence)
        except ValueError as exc:
            _LOG.warning("ring %d does not come again: %s", ring.id, exc)
            return None
        return recurrence.next_after(after, self.zone, time(int(self.rules.threshold("day_hour"))))

    def _notice(self, ring: Ring, now: datetime, *, last: bool) -> Notice:
        text = rung_text(ring, now, self.zone, mention=_mention(self.store, ring))
        text = f"{text}\n{_LAST}" if last else text
        return Notice(
            kind=ring.kind,
            text=text,
            to=ring.user,
            buttons=answers_to(ring),
            urgent=True,
            held=False,
            repeatable=True,
            chat=ring.chat,
        )


@dataclass(frozen=True)
class Unanswered:
    """Files what nobody answered a question about in a day, as it was understood."""

    store: Store

    def next_due(self) -> datetime | None:
        """Return when the next open question expires."""
        return clarifications.next_expiry(self.store)

    def run(self, now: datetime) -> str:
        """File all that has waited long enough."""
        count = expire_clarifications(self.store, now)
        return f"Filed {count} unanswered." if count else ""


def answers_to(ring: Ring) -> tuple[Option, ...]:
    """Return the buttons under something that rings: done, and a few ways to have it ring again."""
    done = Option(_DONE[ring.kind], {"kind": "ring_done", "ring": ring.id})
    later = (Option(label, {"kind": "ring_snooze", "ring": ring.id, "s": s}) for label, s in _SNOOZES[ring.kind])
    return (done, *later)


def _mention(store: Store, ring: Ring) -> str:
    """Return how somebody is called upon in a chat that others read too; empty in their own."""
    if ring.chat.partition("/")[0] == ring.user:
        return ""
    known = people.get(store, ring.user)
    return f"@{known.username}" if known is not None and known.username else people.name_of(store, ring.user)
