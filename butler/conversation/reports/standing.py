"""Who may decide about an insight, and how it stands."""

from __future__ import annotations

from butler.conversation.messages import Role
from butler.conversation.turn import Ports, Turn
from store import insights, people
from store.database import Store
from store.insights import Insight

NO_SUCH = "I have no insight {number} for you. /insights shows those that are open."
FOR_ADMINS = "Insight {number} is about the whole household, so it takes an admin."


def concerns(insight: Insight, user: str, role: Role) -> bool:
    """Tell whether an insight is somebody's to decide: their own, or the household's for an admin; guests get none."""
    if role is Role.GUEST:
        return False
    return role is Role.ADMIN if insight.owner is None else insight.owner == user


def undecided(store: Store, user: str, role: Role) -> list[Insight]:
    """Return what is open and somebody's to decide, the weightiest first."""
    if role is Role.GUEST:
        return []
    return insights.open_of(store, user, admin=role is Role.ADMIN)


def told_open(store: Store, user: str, role: Role) -> list[Insight]:
    """Return what somebody was told of and nobody decided yet, by number."""
    return sorted((one for one in undecided(store, user, role) if user in one.delivered_to), key=lambda one: one.id)


def found_for(ports: Ports, turn: Turn, number: int) -> Insight | None:
    """Return insight `number` if it is the speaker's to decide; otherwise say why not, and return None."""
    found, user = insights.get(ports.store, number), turn.incoming.user
    if found is not None and concerns(found, user.id, user.role):
        return found
    admins_only = found is not None and found.owner is None and user.role is Role.RESIDENT
    turn.outcome = "refused"
    turn.trace("insight", "refused", component="reports", outcome="role" if admins_only else "no_such", insight=number)
    turn.say((FOR_ADMINS if admins_only else NO_SUCH).format(number=number))
    return None


def decided_text(store: Store, insight: Insight, user: str) -> str:
    """Return how an insight that is not open any more was decided, and by whom."""
    by = insight.answered_by
    who = "" if by is None else " by you" if by == user else f" by {people.name_of(store, by)}"
    if insight.status == "failed":
        return f"Insight {insight.id} was tested already and failed: {insight.problem or 'it would have done harm'}"
    number = f" as #{insight.improvement}" if insight.improvement is not None else ""
    return f"Insight {insight.id} was {insight.status} already{who}{number}, so I did nothing more."
