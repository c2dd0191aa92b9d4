"""A turn as the engine learns from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from butler.conversation.messages import Role
from butler.conversation.turn import Turn
from engine.learning.experience import Experience, Happened

ROLES: Mapping[Role, Literal["admin", "resident", "guest"]] = MappingProxyType(
    {Role.ADMIN: "admin", Role.RESIDENT: "resident", Role.GUEST: "guest"}
)
_HAPPENED: Mapping[str, Happened] = MappingProxyType(
    {
        "acted": Happened.ACTED,
        "acted_in_part": Happened.ACTED,
        "answered": Happened.ANSWERED,
        "asked": Happened.ASKED,
        "refused": Happened.REFUSED,
        "not_understood": Happened.NOT_UNDERSTOOD,
        "home_unreachable": Happened.FAILED,
        "failed": Happened.FAILED,
        "corrected": Happened.LESSON,
        "correction_unclear": Happened.LESSON,
    }
)
_LESSONS = frozenset("teach correction feedback_negative feedback_positive undo forget".split())


def experience_of(turn: Turn) -> Experience:
    """Return what there is to learn from a turn that was dealt with."""
    happened = happened_in(turn)
    found = turn.interpretation
    plainly = turn.pressed is None and happened not in {Happened.LESSON, Happened.OTHER}
    if found is not None and found.intent in _LESSONS:
        plainly = False
    return Experience(
        turn=turn.number,
        user=turn.user,
        chat=turn.incoming.chat,
        role=ROLES[turn.incoming.user.role],
        at=turn.incoming.at,
        text=turn.text if turn.pressed is None else "",
        snapshot=turn.snapshot,
        found=found if plainly else None,
        happened=happened,
        learnable=learnable(turn),
        previous=turn.previous,
        later=turn.later,
    )


def happened_in(turn: Turn) -> Happened:
    """Return what became of a turn."""
    if turn.outcome.startswith("lesson"):
        return Happened.LESSON
    return _HAPPENED.get(turn.outcome, Happened.OTHER)


def learnable(turn: Turn) -> bool:
    """Tell whether a turn's words are a person's own, and how it went says something about understanding."""
    incoming = turn.incoming
    own_words = not (incoming.forwarded or incoming.edited or incoming.medium is not None)
    return own_words and turn.reachable and not turn.spoilt and not turn.late and turn.outcome != "failed"
