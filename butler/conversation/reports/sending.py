"""A report to one person: at most three insights they have not seen, and how those they applied worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from butler.conversation.messages import Role
from butler.conversation.notices import Why, hold_back
from butler.conversation.reports.helping import outcome_line
from butler.conversation.reports.messages import NOTICE, insight_notice
from butler.conversation.reports.standing import concerns, undecided
from butler.conversation.turn import Notice, Notify
from store import insights, notices
from store.database import Store
from store.insights import Insight

MOST = 3
OUTCOME = "insight_outcome"
_LATELY = timedelta(days=6)  # less than a week, as a report that came late does not put off the next
_APPLIED: tuple[insights.Status, ...] = ("applied",)
_TOLD_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Report:
    """What there is to tell one person: lines on what was applied, and insights, the weightiest first."""

    user: str
    lines: tuple[str, ...] = ()
    insights: tuple[Insight, ...] = ()
    limited: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.lines or self.insights)


def report_for(store: Store, user: str, role: Role, at: datetime, *, asked: bool = False) -> Report:
    """Return what there is to tell somebody; unasked it is at most three insights a week."""
    fresh = [one for one in undecided(store, user, role) if user not in one.delivered_to]
    most = MOST if asked else MOST - _told_lately(store, user, at)
    shown = tuple(fresh[: max(most, 0)])
    return Report(user, _outcomes(store, user, role, at), shown, limited=bool(fresh) and not shown)


def send_report(store: Store, notify: Notify, report: Report, at: datetime, *, chat: str | None = None) -> int:
    """Send a report, each insight as a message of its own, and return how many insights that were.

    In a `chat` it was asked for and comes at once. Nobody is shown the same insight twice.
    """
    sent = 0
    with store.atomic():
        for line in report.lines:
            notify(Notice(OUTCOME, line, to=report.user, held=chat is None, chat=chat), at)
        for insight in report.insights:
            if insights.deliver(store, insight.id, report.user, at=at):
                notify(insight_notice(insight, report.user, chat=chat), at)
                sent += 1
        if report.is_empty and chat is None:
            why = Why.LIMIT if report.limited else Why.NOTHING
            hold_back(store, NOTICE, why, at, to=report.user)
    return sent


def _told_lately(store: Store, user: str, at: datetime) -> int:
    return sum(one.kind == NOTICE and one.created_at > at - _LATELY for one in notices.of_user(store, user))


def _outcomes(store: Store, user: str, role: Role, at: datetime) -> tuple[str, ...]:
    """Return a line for each insight that was measured lately and somebody was not told of."""
    told = {one.text for one in notices.of_user(store, user) if one.kind == OUTCOME}
    known = insights.listing(store, statuses=_APPLIED, limit=500)
    mine = [one for one in known if concerns(one, user, role) and one.measured_at is not None]
    recent = [one for one in mine if one.measured_at is not None and one.measured_at > at - _TOLD_FOR]
    return tuple(line for one in recent if (line := outcome_line(one)) is not None and line not in told)
