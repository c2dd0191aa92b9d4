"""Named reads and writes of notices: what Butler said unasked, to whom, and how they answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Store
from store.fields import storable_text
from store.models import NoticeRow


@dataclass(frozen=True)
class Notice:
    """A notice to one person; its buttons are {"label", "effect"} each, its answer the label pressed or said."""

    number: int
    kind: str
    user: str
    text: str
    buttons: list[dict[str, Any]]
    urgent: bool
    created_at: datetime
    answer: str | None
    answered_at: datetime | None


def plan(
    store: Store,
    *,
    kind: str,
    user: str,
    text: str,
    at: datetime,
    buttons: Sequence[dict[str, Any]] = (),
    urgent: bool = False,
) -> int:
    """Record a notice and return its number."""
    row = {"kind": kind, "user": user, "text": storable_text(text), "buttons": list(buttons), "urgent": urgent}
    return int(store.model(NoticeRow).insert(**row, created_at=at).execute())


def get(store: Store, number: int) -> Notice | None:
    """Return notice `number`, or None."""
    model = store.model(NoticeRow)
    found = store.rows(model.select().where(model.number == number))
    return Notice(**found[0]) if found else None


def answer(store: Store, number: int, label: str, at: datetime) -> bool:
    """Record how a notice was answered; only the first answer returns True."""
    model = store.model(NoticeRow)
    unanswered = (model.number == number) & model.answered_at.is_null()
    return bool(model.update(answer=storable_text(label), answered_at=at).where(unanswered).execute())


def of_user(store: Store, user: str) -> list[Notice]:
    """Return the notices to one person, oldest first."""
    model = store.model(NoticeRow)
    return [Notice(**row) for row in store.rows(model.select().where(model.user == user).order_by(model.number))]
