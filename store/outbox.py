"""Named reads and writes of the outbox: what is to be sent, in the order of each chat, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import peewee

from store.database import Store
from store.fields import storable_text, utc_datetime, utc_text
from store.models import DialogueRow, OutboxRow
from store.statements import all_columns, insert, read, select


@dataclass(frozen=True)
class Outgoing:
    """What is to be sent: `payload` holds text, buttons [[id, label], …], chosen and file {name, mime, base64}.

    An edit names the message of Butler's it changes in `edits`, or its external id. A repeatable message is sent
    again when it may have been lost. What is to be forgotten is not kept once it has gone out.
    """

    channel: str
    chat: str
    user: str
    payload: Mapping[str, Any]
    created_at: datetime
    due_at: datetime
    message: str | None = None
    kind: str = "message"
    reply_to: int | None = None
    edits: str | None = None
    external_id: int | None = None
    urgent: bool = False
    repeatable: bool = False
    forget: bool = False


@dataclass(frozen=True)
class Queued(Outgoing):
    """A row of the outbox; `again` says that it may have been sent before."""

    id: int = 0
    state: str = "waiting"
    attempts: int = 0
    again: bool = False
    problem: str | None = None
    tried_at: datetime | None = None
    sent_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class OutboxCounts:
    """How many rows stand where."""

    waiting: int = 0
    sending: int = 0
    sent: int = 0
    unsure: int = 0
    failed: int = 0
    dropped: int = 0


# Plain SQL: only with the states spelled out does SQLite take the index over what is unfinished.
_UNFINISHED = "state IN ('waiting', 'sending')"
# A row that was tried keeps its chat waiting until it is through; one that never was does so only when it is due.
_DUE = f"""
SELECT {all_columns(OutboxRow, "o")} FROM outbox o JOIN (
    SELECT min(id) AS id FROM outbox INDEXED BY outbox_unfinished
    WHERE channel = ? AND {_UNFINISHED} AND (due_at <= ? OR attempts > 0) GROUP BY chat
) first ON first.id = o.id
WHERE o.state = 'waiting' AND o.due_at <= ? ORDER BY o.id LIMIT ?
"""  # noqa: S608  # constants only
_NEXT_DUE = f"""
SELECT min(o.due_at) FROM outbox o INDEXED BY outbox_unfinished LEFT JOIN (
    SELECT chat, min(id) AS id FROM outbox INDEXED BY outbox_unfinished
    WHERE channel = ? AND {_UNFINISHED} AND attempts > 0 GROUP BY chat
) tried ON tried.chat = o.chat
WHERE o.channel = ? AND o.{_UNFINISHED} AND o.state = 'waiting' AND (tried.id IS NULL OR o.id <= tried.id)
"""  # noqa: S608  # constants only
_CLAIM = "UPDATE outbox SET state = 'sending', attempts = attempts + 1, tried_at = ? WHERE id = ? AND state = 'waiting'"
_SENT = f"""
UPDATE outbox
SET state = 'sent', ended_at = ?, sent_at = ?, problem = NULL, external_id = coalesce(?, external_id)
WHERE id = ? AND {_UNFINISHED}
"""  # noqa: S608  # constants only
_SAID_THERE_LATER = ("buttons", "rings", "schedules", "device_notices", "clarifications")
_FORGET_SENT = (
    "UPDATE outbox SET payload = '{}', chat = '', external_id = NULL WHERE id = ? AND forget AND state = 'sent'"
)


def add(store: Store, outgoing: Outgoing) -> int:
    """Keep what is to be sent, and return its number."""
    values = {field.name: getattr(outgoing, field.name) for field in fields(Outgoing)}
    return int(insert(store, OutboxRow, values).lastrowid)


def get(store: Store, number: int) -> Queued | None:
    """Return the row, or None."""
    found = select(store, OutboxRow, {"id": number})
    return Queued(**found[0]) if found else None


def due(store: Store, channel: str, now: datetime, *, limit: int = 50) -> list[Queued]:
    """Return what may be sent now in the order of its numbers: of each chat only the first that is not through."""
    instant = utc_text(now)
    found = store.database.fetch(_DUE, (channel, instant, instant, limit))
    return [Queued(**row) for row in read(OutboxRow, found)]


def next_due(store: Store, channel: str) -> datetime | None:
    """Return when something may be sent next, which may be past, or None when nothing waits but behind another."""
    found = store.database.fetch(_NEXT_DUE, (channel, channel))[0][0]
    return None if found is None else utc_datetime(found)


def claim(store: Store, number: int, at: datetime) -> bool:
    """Take a waiting row to send it, and return whether it was free."""
    claimed = store.database.execute_sql(_CLAIM, (utc_text(at), number))
    return bool(claimed.rowcount)


def sent(store: Store, number: int, external_id: int | None, at: datetime) -> bool:
    """Record that it went out, under which number of the channel's own; None keeps the one known."""
    with store.atomic():
        changed = bool(store.database.execute_sql(_SENT, (utc_text(at), utc_text(at), external_id, number)).rowcount)
        store.database.execute_sql(_FORGET_SENT, (number,))
    return changed


def unsure(store: Store, number: int, problem: str, at: datetime) -> bool:
    """Record that it may have gone out."""
    return _end(store, number, "unsure", at, {"problem": storable_text(problem)})


def failed(store: Store, number: int, problem: str, at: datetime) -> bool:
    """Record that it can never go out."""
    return _end(store, number, "failed", at, {"problem": storable_text(problem)})


def retry(store: Store, number: int, due_at: datetime, problem: str, *, again: bool = False) -> bool:
    """Put a row that was taken back to wait; `again` when it may have gone out all the same."""
    model = store.model(OutboxRow)
    values: dict[str, Any] = {"state": "waiting", "due_at": due_at, "problem": storable_text(problem)}
    if again:
        values["again"] = True
    return bool(model.update(**values).where((model.id == number) & (model.state == "sending")).execute())


def drop(store: Store, number: int, problem: str, at: datetime) -> bool:
    """Record that it is not sent any more, because it is no longer so."""
    return _end(store, number, "dropped", at, {"problem": storable_text(problem)})


def drop_chat(store: Store, chat: str, problem: str, at: datetime) -> int:
    """Give up what waits for a chat, its topics included, and return how many rows that were."""
    model = store.model(OutboxRow)
    waits = _in_chat(model, chat) & (model.state == "waiting")
    values = {"state": "dropped", "problem": storable_text(problem), "ended_at": at}
    with store.atomic():
        number = int(model.update(**values).where(waits).execute())
        _forget(model, _in_chat(model, chat))
    return number


def by_external(store: Store, channel: str, chat: str, external_id: int) -> Queued | None:
    """Return the message that has this number in its chat, or None."""
    model = store.model(OutboxRow)
    same = (model.channel == channel) & (model.chat == chat) & (model.external_id == external_id)
    found = _queued(store, model.select().where(same & (model.kind != "edit")).order_by(model.id.desc()).limit(1))
    return found[0] if found else None


def of_message(store: Store, message: str) -> list[Queued]:
    """Return the parts in which a message of Butler's went out, in their order."""
    return [Queued(**row) for row in select(store, OutboxRow, {"message": message}, order="id")]


def cut_off(store: Store, channel: str) -> list[Queued]:
    """Return what was being sent when the process ended: it may have gone out."""
    model = store.model(OutboxRow)
    return _queued(
        store, model.select().where((model.channel == channel) & (model.state == "sending")).order_by(model.id)
    )


def counts(store: Store) -> OutboxCounts:
    """Return how many rows stand where."""
    found = store.database.fetch("SELECT state, count(*) FROM outbox GROUP BY state")
    return OutboxCounts(**dict(found))


def migrate_chat(store: Store, old: str, new: str) -> int:
    """Send to its new number what waits for a chat that moved, and return how many rows moved.

    Its dialogue, its buttons, and what is to be said there later go with it.
    """
    model, talk = store.model(OutboxRow), store.model(DialogueRow)
    unfinished = (model.chat == old) & model.state.in_(["waiting", "sending"])
    with store.atomic():
        moved = int(model.update(chat=new, reply_to=None).where(unfinished).execute())
        # Telegram tells of a move more than once: what is said in the new chat already stays.
        there = talk.alias()
        taken = there.select(there.user).where(there.chat == new)
        talk.update(chat=new).where((talk.chat == old) & talk.user.not_in(taken)).execute()
        talk.delete().where(talk.chat == old).execute()
        for table in _SAID_THERE_LATER:
            store.database.execute_sql(f"UPDATE {table} SET chat = ? WHERE chat = ?", (new, old))  # noqa: S608
    return moved


def as_outgoing(queued: Queued, **changes: Any) -> Outgoing:
    """Return what a row says as something new to send, with changes."""
    kept = {field.name: getattr(queued, field.name) for field in fields(Outgoing)}
    return Outgoing(**{**kept, "external_id": None, **changes})


def _end(store: Store, number: int, state: str, at: datetime, values: dict[str, Any]) -> bool:
    model = store.model(OutboxRow)
    taken = (model.id == number) & model.state.in_(["waiting", "sending"])
    with store.atomic():
        changed = bool(model.update(state=state, ended_at=at, **values).where(taken).execute())
        _forget(model, model.id == number)
    return changed


def _forget(model: type[OutboxRow], chosen: Any) -> None:
    over = model.forget & model.state.in_(["sent", "unsure", "failed", "dropped"])
    model.update(payload={}, chat="", external_id=None, problem=None).where(chosen & over).execute()


def _in_chat(model: type[OutboxRow], chat: str) -> Any:
    return (model.chat == chat) | model.chat.startswith(f"{chat}/")


def _queued(store: Store, query: peewee.BaseQuery) -> list[Queued]:
    return [Queued(**row) for row in store.rows(query)]
