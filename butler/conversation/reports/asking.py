"""`/report` and `/insights`: what is worth changing, now, and what was made of it before."""

from __future__ import annotations

from butler.conversation.messages import Role
from butler.conversation.phrasing import joined
from butler.conversation.reports.messages import sentence
from butler.conversation.reports.sending import report_for, send_report
from butler.conversation.reports.standing import concerns, told_open, undecided
from butler.conversation.turn import Ports, Turn
from store import insights
from store.database import Store
from store.insights import Insight

_IN_PRIVATE = "Please ask me that in our private chat: it is about what people said to me."
_MOST = 20
NOTHING_NEW = "There is nothing new to report."
NO_INSIGHTS = "I have no insight for you. When I find something worth changing, I come to you with it."


def report(ports: Ports, turn: Turn) -> None:
    """Send the speaker what there is to report, and say how much that is."""
    if not turn.incoming.private:
        turn.say(_IN_PRIVATE)
        return
    user, at = turn.incoming.user, turn.incoming.at
    found = report_for(ports.store, user.id, user.role, at, asked=True)
    sent = send_report(ports.store, ports.notify, found, at, chat=turn.incoming.chat)
    turn.trace("report", "asked_for", component="reports", outcome="sent" if sent else "nothing", insights=sent)
    if sent:
        turn.say("That is what I would change." if sent > 1 else "That is the one thing I would change.")
    elif found.lines:
        turn.say("That is all there is to report.")
    else:
        turn.say(_nothing_new(ports, turn))


def insights_text(ports: Ports, turn: Turn, rest: str) -> str:
    """Return the insights that are open for the speaker; with "all" those that were decided, too."""
    if not turn.incoming.private:
        return _IN_PRIVATE
    user = turn.incoming.user
    found = insights_of(ports.store, user.id, user.role, everything=rest.strip().lower() == "all")
    if not found:
        return NO_INSIGHTS
    lines = [insight_line(one) for one in found[:_MOST]]
    more = [f"and {len(found) - _MOST} more"] if len(found) > _MOST else []
    return "\n".join(["Insights:", *lines, *more, "Say “apply N”, “dismiss N” or “why N”."])


def insights_of(store: Store, user: str, role: Role, *, everything: bool) -> list[Insight]:
    """Return what is open and somebody's to decide, the weightiest first; `everything` is also what was decided."""
    if not everything:
        return undecided(store, user, role)
    listed = sorted(insights.listing(store, limit=500), key=lambda one: -one.id)
    return [one for one in listed if concerns(one, user, role)]


def insight_line(insight: Insight) -> str:
    """Return an insight in a line: its number, what it says and proposes, and how it stands."""
    status = f"{insight.status}{f' as #{insight.improvement}' if insight.improvement is not None else ''}"
    return f"{insight.id}. {sentence(insight.title)} {sentence(insight.proposed)} ({status})"


def _nothing_new(ports: Ports, turn: Turn) -> str:
    user = turn.incoming.user
    mine = told_open(ports.store, user.id, user.role)
    if not mine:
        return NOTHING_NEW
    numbers = joined(str(one.id) for one in mine)
    return f"{NOTHING_NEW} Still open: {'insight' if len(mine) == 1 else 'insights'} {numbers}. /insights shows them."
