"""Named reads and writes of clarifications: what Butler asked about a thought, at most one open question a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from store.database import Store
from store.models_tasks import ClarificationRow
from store.statements import first_of, insert, select, select_where, update, update_where

Outcome = Literal["answered", "filed", "superseded"]


@dataclass(frozen=True)
class NewClarification:
    """A question about a thought: what it `asks` for, and until when an answer is waited for."""

    user: str
    chat: str
    asks: str
    question: str
    asked_at: datetime
    expires_at: datetime
    thought: int | None = None
    turn: int | None = None


@dataclass(frozen=True)
class Clarification(NewClarification):
    """A question as it stands; it is open without an outcome, and `helped` says whether the answer was of use."""

    id: int = 0
    answered_at: datetime | None = None
    outcome: Outcome | None = None
    answer: str | None = None
    helped: bool | None = None


def ask(store: Store, new: NewClarification, *, supersede: bool = False) -> int | None:
    """Keep a question and return its number, or None while another one to the person is open.

    With `supersede` the open one is given up for it.
    """
    with store.atomic():
        if supersede:
            values = {"outcome": "superseded"}
            update(store, ClarificationRow, values, {"user": new.user, "outcome": None})
        elif open_of(store, new.user) is not None:
            return None
        return int(insert(store, ClarificationRow, vars(new)).lastrowid)


def get(store: Store, clarification: int) -> Clarification | None:
    """Return the question, or None."""
    found = select(store, ClarificationRow, {"id": clarification})
    return Clarification(**found[0]) if found else None


def open_of(store: Store, user: str) -> Clarification | None:
    """Return the question a person was asked and that is open, or None."""
    found = select(store, ClarificationRow, {"user": user, "outcome": None})
    return Clarification(**found[0]) if found else None


def of_thought(store: Store, thought: int) -> list[Clarification]:
    """Return the questions about a thought, oldest first."""
    return _read(store, "thought = ? ORDER BY id", (thought,))


def answer(store: Store, clarification: int, text: str, *, at: datetime, helped: bool | None = None) -> bool:
    """Keep the answer to an open question; only the first of any number of answers returns True."""
    values = {"outcome": "answered", "answer": text, "answered_at": at, "helped": helped}
    return bool(update(store, ClarificationRow, values, {"id": clarification, "outcome": None}))


def close(store: Store, clarification: int, outcome: Literal["filed", "superseded"]) -> bool:
    """End an open question without an answer; False when it is not open."""
    return bool(update(store, ClarificationRow, {"outcome": outcome}, {"id": clarification, "outcome": None}))


def set_helped(store: Store, clarification: int, *, helped: bool) -> bool:
    """Note whether an answer was of use, and return whether there is such an answered question."""
    return bool(update(store, ClarificationRow, {"helped": helped}, {"id": clarification, "outcome": "answered"}))


def expire(store: Store, now: datetime, *, limit: int = 100) -> list[Clarification]:
    """End the questions nobody answered in time as filed, and return them: each once, whoever asks.

    What they were about is to be filed in the same transaction.
    """
    with store.atomic():
        found = _read(store, "outcome IS NULL AND expires_at <= ? ORDER BY expires_at, id LIMIT ?", (now, limit))
        for one in found:
            close(store, one.id, "filed")
        return [ended for one in found if (ended := get(store, one.id)) is not None]


def next_expiry(store: Store) -> datetime | None:
    """Return when the next open question expires, or None."""
    return first_of(store, ClarificationRow, "expires_at", "outcome IS NULL")


def since(store: Store, at: datetime, *, limit: int = 10_000) -> list[Clarification]:
    """Return everybody's questions from an instant on, oldest first."""
    return _read(store, "asked_at >= ? ORDER BY asked_at, id LIMIT ?", (at, limit))


def unanswered_in_a_row(store: Store, user: str, *, limit: int = 20) -> int:
    """Return how many of the last questions to a person, counted back from the latest, nobody answered."""
    count = 0
    for one in _read(store, "user = ? AND outcome IS NOT NULL ORDER BY id DESC LIMIT ?", (user, limit)):
        if one.outcome != "filed":
            break
        count += 1
    return count


def count_open(store: Store) -> int:
    """Return how many questions are open."""
    return int(store.database.fetch("SELECT count(*) FROM clarifications WHERE outcome IS NULL")[0][0])


def give_up(store: Store, thought: int) -> int:
    """End the open questions about a thought that was removed or corrected otherwise, and return how many."""
    where = "thought = ? AND outcome IS NULL"
    return update_where(store, ClarificationRow, {"outcome": "superseded"}, where, (thought,))


def _read(store: Store, where: str, values: Sequence[object]) -> list[Clarification]:
    return [Clarification(**row) for row in select_where(store, ClarificationRow, where, values)]
