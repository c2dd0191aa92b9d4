"""Named reads and writes of turns."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import peewee

from store.database import Store
from store.fields import storable_text
from store.models import TurnRow


@dataclass(frozen=True)
class NewTurn:
    """A turn as it is recorded; everything but who, where and when may be filled in later."""

    user: str
    chat: str
    at: datetime
    text: str | None = None
    press: str | None = None
    trace_id: str | None = None
    interpretation: Any = None
    knowledge_version: int | None = None
    knowledge_digest: str | None = None
    snapshot: Any = None
    improvements: Any = None
    calls: Any = None
    prior_states: Any = None
    outcome: str | None = None
    reply: Any = None
    effect: Any = None


@dataclass(frozen=True)
class Turn(NewTurn):
    """A recorded turn; numbers rise and are never given twice."""

    number: int = 0


def append(store: Store, turn: NewTurn) -> int:
    """Record a turn and return its number."""
    values = {name: _storable(value) for name, value in asdict(turn).items()}
    return int(store.model(TurnRow).insert(**values).execute())


def amend(store: Store, number: int, **values: Any) -> bool:
    """Fill in fields of a recorded turn, and return whether there is such a turn."""
    model = store.model(TurnRow)
    stored = {name: _storable(value) for name, value in values.items()}
    return bool(model.update(**stored).where(model.number == number).execute())


def get(store: Store, number: int) -> Turn | None:
    """Return turn `number`, or None."""
    model = store.model(TurnRow)
    return _first(store, model.select().where(model.number == number))


def last(store: Store, user: str, chat: str, *, acted: bool = False) -> Turn | None:
    """Return the person's latest turn in a chat, or None; with `acted`, the latest that attempted calls."""
    model = store.model(TurnRow)
    query = model.select().where((model.user == user) & (model.chat == chat))
    if acted:
        query = query.where(model.calls.cast("text") != "[]")
    return _first(store, query.order_by(model.number.desc()))


def recent(store: Store, limit: int, *, until: int | None = None) -> list[Turn]:
    """Return the latest turns, oldest first; `until` is the highest number taken."""
    model = store.model(TurnRow)
    query = model.select().order_by(model.number.desc()).limit(limit)
    if until is not None:
        query = query.where(model.number <= until)
    return [_turn(row) for row in store.rows(query)][::-1]


def begun(store: Store) -> list[Turn]:
    """Return the turns that did not come to their end, oldest first."""
    model = store.model(TurnRow)
    query = model.select().where(model.outcome.in_(["begun", "acting"])).order_by(model.number)
    return [_turn(row) for row in store.rows(query)]


def last_instant(store: Store) -> datetime | None:
    """Return when the latest turn was, or None before the first."""
    model = store.model(TurnRow)
    found = _first(store, model.select().order_by(model.at.desc()))
    return found.at if found else None


def count(store: Store) -> int:
    """Return how many turns are recorded."""
    return int(store.model(TurnRow).select().count())


def _storable(value: Any) -> Any:
    return storable_text(value) if isinstance(value, str) else value


def _turn(row: dict[str, Any]) -> Turn:
    return Turn(**row)


def _first(store: Store, query: peewee.ModelSelect[TurnRow]) -> Turn | None:
    found = store.rows(query.limit(1))
    return _turn(found[0]) if found else None
