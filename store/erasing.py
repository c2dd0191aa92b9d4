"""Forgetting one person: what they wrote and what was said to them goes, and they become a number.

The learned part is `LearningWriter.erase`, which comes first; all of it may be done again after a crash.
"""

# ruff: noqa: S608  # tables and columns are named by constants of this module
from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from store import models
from store.database import Store
from store.fields import canonical_json
from store.mentions import Mentions, number_name, require_number_name, spoken
from store.review_erasure import erase_review
from store.task_erasure import OF_OTHERS as KEPT_BY_OTHERS
from store.task_erasure import erase_mentions, erase_tasks

_ROLE_OF_NOBODY = "guest"  # the table wants one; who is no member has none


@dataclass(frozen=True)
class Leaving:
    """A person whose erasing was begun, and what they are called afterwards."""

    user: str
    as_name: str


def begin(store: Store, user: str, *, at: datetime) -> str:
    """Mark that a person is being erased, end their membership, and return what they are called afterwards."""
    model = store.model(models.Person)
    with store.atomic():
        model.insert(user=user, role=_ROLE_OF_NOBODY, first_seen=at).on_conflict_ignore().execute()
        number = store.rows(model.select(model.leaving).where(model.user == user))[0]["leaving"] or _free_number(store)
        model.update(leaving=number, member=False).where(model.user == user).execute()
    return number_name(number)


def unfinished(store: Store) -> list[Leaving]:
    """Return the people whose erasing was begun and not finished."""
    model = store.model(models.Person)
    rows = store.rows(model.select().where(model.leaving > 0).order_by(model.leaving))
    return [Leaving(row["user"], number_name(row["leaving"])) for row in rows]


def erase(store: Store, user: str, as_name: str) -> None:
    """Erase a person from everything but the learning tables, in one transaction.

    Outside of any other one the file's log is emptied too; inside, `scrub` is to be called afterwards. What waits to
    be sent to them is dropped.
    """
    require_number_name(as_name)
    outermost = not store.database.in_transaction()
    with store.atomic():
        person = store.database.fetch("SELECT name, username FROM people WHERE user = ?", (user,))
        name, username = person[0] if person else ("", None)
        for step in (erase_tasks, erase_review, _turns, _small_tables, _inbox, _outbox, _person):
            step(store, user, as_name)
        _mentions(store, user, as_name, name, username)
        _signals_of_others(store, user, as_name, username)
    if outermost:
        scrub(store)


def scrub(store: Store) -> bool:
    """Empty the file's log, where erased text could still be read; False when a reader kept some of it for now."""
    return bool(store.database.fetch("PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0)


def _free_number(store: Store) -> int:
    taken = "SELECT user FROM people UNION SELECT user FROM turns UNION SELECT submitted_by FROM improvements"
    names = {row[0] for row in store.database.fetch(taken)}
    numbers = {row[0] for row in store.database.fetch("SELECT leaving FROM people")}
    number = 1
    while number in numbers or number_name(number) in names:
        number += 1
    return number


def _turns(store: Store, user: str, as_name: str) -> None:
    fetch = store.database.fetch
    theirs = "(SELECT number FROM turns WHERE user = ?)"
    fetch(f"UPDATE execution_logs SET decision = NULL, outcome = NULL, metadata = NULL WHERE turn IN {theirs}", (user,))
    fetch(
        "UPDATE improvement_signals SET utterance = '', context = NULL, expected_outcome = NULL, "
        f"actual_outcome = NULL, processed = 1, speaker_id = ? WHERE speaker_id = ? OR turn IN {theirs} "
        f"OR context ->> 'of_turn' IN {theirs}",
        (as_name, user, user, user),
    )
    fetch(f"UPDATE watch_observations SET without = NULL WHERE turn IN {theirs}", (user,))
    fetch(
        "UPDATE turns SET text = NULL, press = NULL, interpretation = NULL, snapshot = NULL, calls = '[]', "
        "prior_states = NULL, reply = NULL, effect = NULL, meant = NULL, previous = NULL WHERE user = ?",
        (user,),
    )
    _rename(store, "turns", "user", user, as_name)


def _small_tables(store: Store, user: str, as_name: str) -> None:
    for table in ("dialogue", "buttons", "strangers"):
        store.database.fetch(f"DELETE FROM {table} WHERE user = ?", (user,))
    store.database.fetch("UPDATE notices SET text = '', buttons = '[]', answer = NULL WHERE user = ?", (user,))
    _change(store, "notices", "user", user, as_name)
    for column in ("created_by", "used_by"):
        _change(store, "invitations", column, user, as_name)
    _change(store, "review_closed", "by", user, as_name)
    store.database.fetch("DELETE FROM facts WHERE key GLOB 'cluster_name:*'")  # their sentences may be among them
    mentions = replace(Mentions.of(user, as_name), name="")
    for key, value in store.database.fetch("SELECT key, value FROM facts"):
        if user in key and mentions.without(key) != key:
            store.database.fetch("DELETE FROM facts WHERE key = ?", (key,))
        elif mentions.without(value) != value:
            store.database.fetch("UPDATE facts SET value = ? WHERE key = ?", (mentions.without(value), key))


def _inbox(store: Store, user: str, as_name: str) -> None:
    store.database.fetch(
        "UPDATE inbox SET payload = NULL, message = NULL, done_at = coalesce(done_at, received_at) WHERE sender = ?",
        (user,),
    )
    _rename(store, "inbox", "sender", user, as_name)


def _outbox(store: Store, user: str, as_name: str) -> None:
    fetch = store.database.fetch
    private = f"{user}/%"
    theirs = "(user = ? OR chat = ? OR chat LIKE ?)"
    where = (user, user, private)
    fetch(f"UPDATE outbox SET state = 'dropped', problem = NULL WHERE state = 'waiting' AND {theirs}", where)
    # What is on its way just now is erased when it has arrived.
    fetch(f"UPDATE outbox SET forget = 1, user = ? WHERE state = 'sending' AND {theirs}", (as_name, *where))
    fetch(
        "UPDATE outbox SET payload = '{}', problem = NULL, external_id = NULL, reply_to = NULL, chat = ?, user = ? "
        f"WHERE state != 'sending' AND {theirs}",
        (as_name, as_name, *where),
    )


def _person(store: Store, user: str, as_name: str) -> None:
    store.database.fetch(
        "UPDATE people SET user = ?, name = ?, username = NULL, member = 0, leaving = 0 WHERE user = ?",
        (as_name, spoken(as_name), user),
    )


def _rename(store: Store, table: str, column: str, user: str, as_name: str) -> None:
    """Give a person's rows the new name, and their own chat with Butler too."""
    own_chat = f"(chat = ? OR chat LIKE ?) AND {column} = ?"
    store.database.fetch(f"UPDATE {table} SET chat = ? WHERE {own_chat}", (as_name, user, f"{user}/%", user))
    _change(store, table, column, user, as_name)


def _change(store: Store, table: str, column: str, user: str, as_name: str) -> None:
    store.database.fetch(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (as_name, user))


# What was said to others, and may name the person. What others said, and what their buttons do, names them by id only.
_SAID_TO_OTHERS = (
    ("turns", "number", "reply", True),
    ("notices", "number", "text", False),
    ("notices", "number", "buttons", True),
    ("outbox", "id", "payload", True),
)
_OF_OTHERS = (
    ("turns", "number", "text", False),
    ("turns", "number", "meant", True),
    ("turns", "number", "previous", True),
    ("watch_observations", "rowid", "without", True),
    ("buttons", "id", "payload", True),
    ("dialogue", "rowid", "state", True),
)


def _mentions(store: Store, user: str, as_name: str, name: str, username: str | None) -> None:
    by_any_name = Mentions.of(user, as_name, name=name, username=username)
    by_id = replace(by_any_name, name="")
    for mentions, places in ((by_any_name, _SAID_TO_OTHERS), (by_id, (*_OF_OTHERS, *KEPT_BY_OTHERS))):
        for place in places:
            _replace(store, mentions, place)
    erase_mentions(store, by_id)


def _signals_of_others(store: Store, user: str, as_name: str, username: str | None) -> None:
    """Blank the signals that name the person by id: a signal never says another thing than it did."""
    mentions = Mentions.of(user, as_name, username=username)
    if not mentions.ids:
        return
    columns = ("utterance", "context", "expected_outcome", "actual_outcome")
    for signal, *texts in store.database.fetch(f"SELECT id, {', '.join(columns)} FROM improvement_signals"):
        if any(text and mentions.may_be_in(text) and mentions.without(text) != text for text in texts):
            store.database.fetch(
                "UPDATE improvement_signals SET utterance = '', context = NULL, expected_outcome = NULL, "
                "actual_outcome = NULL, processed = 1 WHERE id = ?",
                (signal,),
            )


def _replace(store: Store, mentions: Mentions, place: tuple[str, str, str, bool]) -> None:
    table, key, column, is_json = place
    without = _json_without if is_json else _text_without
    for number, text in store.database.fetch(f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL"):
        after = without(mentions, text)
        if after != text:
            store.database.fetch(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (after, number))


def _json_without(mentions: Mentions, text: str) -> str:
    if not mentions.may_be_in(text):
        return text
    before: Any = json.loads(text)
    after = mentions.without(before)
    return text if after == before else canonical_json(after)


def _text_without(mentions: Mentions, text: str) -> str:
    return str(mentions.without(text))
