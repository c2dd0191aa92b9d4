"""Named reads and writes of what slow work offers about tasks and projects, and how each was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from store.database import Store
from store.models_tasks import TaskProposalRow
from store.statements import insert, select, select_where, update, update_where

State = Literal["open", "taken", "skipped", "changed", "expired"]
Answer = Literal["taken", "skipped", "changed"]


@dataclass(frozen=True)
class NewTaskProposal:
    """An offer to one person about a `subject` (thought:N, task:N, project:N): the change, what proposes it, and why.

    `alternatives` are JSON values of what else was considered; confidence is 0 to 1.
    """

    kind: str
    subject: str
    user: str
    text: str
    change: Any
    source: Literal["rules", "model"]
    why: str
    created_at: datetime
    model: str | None = None
    alternatives: Sequence[Any] = field(default_factory=tuple)
    confidence: float | None = None


@dataclass(frozen=True)
class TaskProposal(NewTaskProposal):
    """An offer as it stands."""

    id: int = 0
    state: State = "open"
    answered_at: datetime | None = None


def add(store: Store, new: NewTaskProposal) -> int:
    """Keep an offer and return its number; an open one to the same person of the same kind and subject expires."""
    of_the_same = {"user": new.user, "kind": new.kind, "subject": new.subject, "state": "open"}
    with store.atomic():
        update(store, TaskProposalRow, {"state": "expired"}, of_the_same)
        row = {**vars(new), "alternatives": list(new.alternatives)}
        return int(insert(store, TaskProposalRow, row).lastrowid)


def get(store: Store, proposal: int, *, user: str | None = None) -> TaskProposal | None:
    """Return the offer, or None; with a user, only one to them."""
    found = select(store, TaskProposalRow, {"id": proposal, **({"user": user} if user is not None else {})})
    return TaskProposal(**found[0]) if found else None


def answer(store: Store, proposal: int, how: Answer, *, at: datetime, user: str | None = None) -> bool:
    """Keep how an open offer was answered; only the first of any number of presses returns True."""
    whose = {} if user is None else {"user": user}
    values = {"state": how, "answered_at": at}
    return bool(update(store, TaskProposalRow, values, {"id": proposal, "state": "open", **whose}))


def open_of(store: Store, user: str, *, limit: int = 50) -> list[TaskProposal]:
    """Return the open offers to a person, oldest first."""
    return _read(store, "user = ? AND state = 'open' ORDER BY id LIMIT ?", (user, limit))


def of_subject(store: Store, subject: str, *, limit: int = 50) -> list[TaskProposal]:
    """Return the offers about a subject, the latest first."""
    return _read(store, "subject = ? ORDER BY id DESC LIMIT ?", (subject, limit))


def expire(store: Store, *, before: datetime) -> list[TaskProposal]:
    """End the open offers made before an instant, which nobody answered, and return them as they were."""
    where = "state = 'open' AND created_at < ?"
    with store.atomic():
        ended = _read(store, f"{where} ORDER BY id", (before,))
        update_where(store, TaskProposalRow, {"state": "expired"}, where, (before,))
    return ended


def withdraw(store: Store, subject: str) -> int:
    """End the open offers about a subject that changed or is no more, and return how many."""
    return update(store, TaskProposalRow, {"state": "expired"}, {"subject": subject, "state": "open"})


def since(store: Store, at: datetime, *, limit: int = 10_000) -> list[TaskProposal]:
    """Return everybody's offers from an instant on, oldest first."""
    return _read(store, "created_at >= ? ORDER BY created_at, id LIMIT ?", (at, limit))


def _read(store: Store, where: str, values: Sequence[object]) -> list[TaskProposal]:
    return [TaskProposal(**row) for row in select_where(store, TaskProposalRow, where, values)]
