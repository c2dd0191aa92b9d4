"""Named reads and writes of turns."""

from __future__ import annotations

import json
import string
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from typing import Any, Literal, get_args

import peewee

from store.database import Store
from store.fields import storable_text, utc_datetime, utc_text
from store.models import TurnRow
from store.statements import insert, select, select_where, update

Verdict = Literal["accepted", "confirmed", "corrected", "rephrased", "undone", "disputed"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True)
class NewTurn:
    """A turn as it is recorded; everything but who, where and when may be filled in later.

    `verdict` is what was said of it later and `meant` what it should have been; nothing is learned from a turn that is
    not `learnable`; `previous` is what "it" spoke of.
    """

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
    verdict: Verdict | None = None
    meant: Any = None
    learnable: bool = True
    role: str | None = None
    previous: Any = None


@dataclass(frozen=True)
class Turn(NewTurn):
    """A recorded turn; numbers rise and are never given twice."""

    number: int = 0


_DOCUMENTS = ("interpretation", "improvements", "meant", "previous")
_DEEDS = ("snapshot", "calls", "prior_states", "reply", "effect")
_VALUES = tuple(one.name for one in fields(Turn) if one.name not in {*_DOCUMENTS, *_DEEDS})
_AT_ONCE = 500  # parameters of one statement
_SMALL = {ord(letter): ord(letter.lower()) for letter in string.ascii_uppercase}  # as SQLite's lower() has them
_NOT_SPOKEN = " .!?"
_HIGHEST_NUMBER = 2**63 - 1
# Word for word the condition of the index, or SQLite does not see that the index holds them all.
HISTORY_SQL = (
    f"SELECT user, text, {', '.join(_DOCUMENTS + _VALUES)} FROM turns INDEXED BY turns_history "  # noqa: S608  # constants only
    "WHERE learnable = 1 AND text IS NOT NULL AND interpretation IS NOT NULL "
    "AND outcome IN ('acted', 'answered', 'confirmed') AND number <= ? "
    "ORDER BY number DESC LIMIT ?"
)

_OTHERS_SQL = (
    "SELECT DISTINCT turns.user FROM turns, json_each(turns.improvements) AS used "
    "WHERE turns.number > ? AND turns.user <> ? AND used.value = ? "
    "AND coalesce(turns.verdict, 'accepted') IN ('accepted', 'confirmed') "
    "AND coalesce(turns.outcome, '') <> 'rolled_back' ORDER BY turns.user"
)
_BEFORE_SQL = "SELECT number FROM turns WHERE user = ? AND chat = ? AND number < ? ORDER BY number DESC LIMIT 1"


def append(store: Store, turn: NewTurn) -> int:
    """Record a turn and return its number."""
    values = {name: _storable(value) for name, value in vars(turn).items() if value is not None}
    return int(insert(store, TurnRow, values).lastrowid)


def amend(store: Store, number: int, **values: Any) -> bool:
    """Fill in fields of a recorded turn, and return whether there is such a turn."""
    stored = {name: _storable(value) for name, value in values.items()}
    return bool(update(store, TurnRow, stored, {"number": number}))


def judge(store: Store, number: int, verdict: Verdict, meant: Any = None) -> bool:
    """Keep what was said of a turn later, in place of what was said before, and return whether there is such a turn."""
    return amend(store, number, verdict=verdict, meant=meant)


def get(store: Store, number: int) -> Turn | None:
    """Return turn `number`, or None."""
    found = select(store, TurnRow, {"number": number})
    return _turn(found[0]) if found else None


def last(store: Store, user: str, chat: str, *, acted: bool = False) -> Turn | None:
    """Return the person's latest turn in a chat, or None; with `acted`, the latest that attempted calls."""
    model = store.model(TurnRow)
    query = model.select().where((model.user == user) & (model.chat == chat))
    if acted:
        query = query.where(model.calls.cast("text") != "[]")
    return _first(store, query.order_by(model.number.desc()))


def before(store: Store, user: str, chat: str, number: int) -> Turn | None:
    """Return the person's latest turn in a chat before turn `number`, or None."""
    rows = store.database.fetch(_BEFORE_SQL, (user, chat, number))
    found = next(iter(rows), None)
    return get(store, found[0]) if found else None


def of_words(store: Store, texts: Iterable[str], *, since: datetime, limit: int) -> list[Turn]:
    """Return the newest understood turns of these words, whoever said them, newest first; a to z may be capitals."""
    words = sorted({text.translate(_SMALL) for text in texts})
    marks = ", ".join("?" * len(words))
    where = f"lower(text) IN ({marks}) AND interpretation IS NOT NULL AND at >= ? ORDER BY number DESC LIMIT ?"
    return [_turn(row) for row in select_where(store, TurnRow, where, (*words, utc_text(since), limit))]


def after(store: Store, turn: Turn) -> Turn | None:
    """Return the person's next turn in the chat of a turn, or None."""
    where = "user = ? AND chat = ? AND number > ? ORDER BY number LIMIT 1"
    found = select_where(store, TurnRow, where, (turn.user, turn.chat, turn.number))
    return _turn(found[0]) if found else None


def others_with(store: Store, improvement: int, *, since: int, but: str) -> list[str]:
    """Return who else had to do with improvement #N after turn `since` and let it stand."""
    return [str(user) for (user,) in store.database.fetch(_OTHERS_SQL, (since, but, improvement))]


def recent(store: Store, limit: int, *, until: int | None = None) -> list[Turn]:
    """Return the latest turns, oldest first; `until` is the highest number taken."""
    model = store.model(TurnRow)
    query = model.select().order_by(model.number.desc()).limit(limit)
    if until is not None:
        query = query.where(model.number <= until)
    return [_turn(row) for row in store.rows(query)][::-1]


def history(store: Store, limit: int = 1500, *, until: int | None = None) -> list[Turn]:
    """Return the newest turns that were understood and carried out, oldest first, whatever was said of them later.

    Of the latest `limit` (`until` is the highest number taken) each person's phrase is there once, as it went last.
    What cannot be learned from, lessons, commands and questions are not among them. What a turn did and answered is
    left out: it would be most of the reading.
    """
    newest: dict[tuple[str, str], list[Any]] = {}
    for user, text, *row in store.database.fetch(HISTORY_SQL, (_HIGHEST_NUMBER if until is None else until, limit)):
        phrase = " ".join(text.casefold().split()).rstrip(_NOT_SPOKEN)
        newest.setdefault((user, phrase), row)
    return _decoded([*newest.values()][::-1])


def verdicts(store: Store, numbers: Iterable[int]) -> dict[int, Verdict | None]:
    """Return what was said later of turns, by number; those that are gone are left out."""
    wanted = sorted(set(numbers))
    found: dict[int, Verdict | None] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = tuple(wanted[start : start + _AT_ONCE])
        marks = ", ".join("?" * len(part))
        found.update(store.database.fetch(f"SELECT number, verdict FROM turns WHERE number IN ({marks})", part))  # noqa: S608  # marks only
    return found


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


def _decoded(rows: list[list[Any]]) -> list[Turn]:
    # All documents as one: reading thousands of small ones each by itself is most of the work there is.
    texts = ",".join(text or "null" for row in rows for text in row[: len(_DOCUMENTS)])
    documents = iter(json.loads(f"[{texts}]"))
    found = []
    for row in rows:
        values = dict(zip(_VALUES, row[len(_DOCUMENTS) :], strict=True))
        values.update(zip(_DOCUMENTS, islice(documents, len(_DOCUMENTS)), strict=True))
        values.update(at=utc_datetime(values["at"]), learnable=bool(values["learnable"]))
        found.append(Turn(**values))
    return found


def _turn(row: dict[str, Any]) -> Turn:
    return Turn(**row)


def _first(store: Store, query: peewee.ModelSelect[TurnRow]) -> Turn | None:
    found = store.rows(query.limit(1))
    return _turn(found[0]) if found else None
