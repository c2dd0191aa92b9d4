"""A household in which things ring: set directly, rung by the job, and what was said of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from butler.conversation.ringing.planning import JOB
from store import jobs, rings
from store.rings import NewRing
from tests.acceptance.family import RIA, Family


def put_down(family: Family, at: datetime | float, who: str = RIA, **more: Any) -> int:
    """Have something ring for somebody at an instant, or in so many seconds."""
    now = family.clock.now()
    due = now + timedelta(seconds=at) if isinstance(at, int | float) else at
    values: dict[str, Any] = {"kind": "reminder", "title": "call mum", "chat": who, **more}
    with family.app.store.atomic():
        number = rings.add(family.app.store, NewRing(due_at=due, user=who, created_at=now, **values))
        jobs.schedule_earlier(family.app.store, JOB, due)
    return number


def rung(family: Family, who: str = RIA) -> list[tuple[float, str]]:
    """Return what rang for somebody: after how many seconds since the family began, and what was said."""
    return [((row.created_at - family.at).total_seconds(), row.payload["text"]) for row in family.told(who)]


def buttons_of(family: Family, who: str = RIA) -> dict[str, str]:
    """Return the buttons under what rang last, by their labels."""
    return {label: button for button, label in family.told(who)[-1].payload["buttons"]}
