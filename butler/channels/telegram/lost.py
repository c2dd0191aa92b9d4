"""Telling people, once and briefly, which messages may not have reached them, with a button that shows them again."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from itertools import groupby
from typing import Any

from butler.channels.telegram.rendering import shortened
from butler.conversation.shown import turn_of
from store import Store, buttons, facts, notices, outbox, people, turns
from store.outbox import Outgoing, Queued

_FACT = "telegram.lost"
_ABOUT_LOST = "about_lost"
_MOST_SHOWN = 5
_QUOTED = 40


def note(store: Store, row: Queued) -> None:
    """Remember that a message may have been lost, unless it only says that another one was."""
    known = noted(store)
    if not row.payload.get(_ABOUT_LOST) and row.id not in known:
        facts.put(store, _FACT, json.dumps([*known, row.id]))


def noted(store: Store) -> list[int]:
    """Return the rows that may have been lost and of which nobody was told yet."""
    return [int(number) for number in json.loads(facts.get(store, _FACT) or "[]")]


def tell(store: Store, at: datetime, *, busy: Collection[str]) -> bool:
    """Put one message a person and chat into the outbox where nothing else is on its way; tell whether there is one."""
    with store.atomic():
        known = [(number, outbox.get(store, number)) for number in noted(store)]
        later = [row for _, row in known if row is not None and row.chat in busy]
        now = [row for _, row in known if row is not None and row.chat and row.chat not in busy]
        facts.put(store, _FACT, json.dumps([row.id for row in later]))
        now.sort(key=lambda row: (row.chat, row.user, row.id))
        told = [_tell_one(store, list(rows), at) for _, rows in groupby(now, key=lambda row: (row.chat, row.user))]
    return any(told)


def _tell_one(store: Store, rows: list[Queued], at: datetime) -> bool:
    chat, user = rows[0].chat, rows[0].user
    shown = [row for row in rows if row.payload.get("text")][-_MOST_SHOWN:]
    if not shown or people.get(store, user) is None:
        return False
    text = _text(store, rows)
    options = [{"label": _label(row, only=len(shown) == 1), "effect": _effect(row)} for row in shown]
    number = notices.plan(store, kind="lost", user=user, text=text, at=at, buttons=options)
    named = [(f"n{number}b{place}", option) for place, option in enumerate(options)]
    buttons.add(store, [buttons.Button(name, user, chat, _payload(number, name, option), at) for name, option in named])
    outbox.add(
        store,
        Outgoing(
            channel="telegram",
            chat=chat,
            user=user,
            payload={"text": text, "buttons": [[name, option["label"]] for name, option in named], _ABOUT_LOST: True},
            created_at=at,
            due_at=at,
            message=f"n{number}",
            repeatable=True,
        ),
    )
    return True


def _text(store: Store, rows: list[Queued]) -> str:
    if len(rows) > 1:
        return f"I may have lost {len(rows)} messages to you on the way."
    turn = turn_of(rows[0].message or "")
    asked = turns.get(store, turn) if turn is not None else None
    if asked is None:
        return "I may have lost a message to you on the way."
    return f"I may have lost my answer to “{shortened(asked.text, _QUOTED)}”." if asked.text else _OF_A_PRESS


_OF_A_PRESS = "I may have lost my answer to your last press."


def _label(row: Queued, *, only: bool) -> str:
    return "Show it again" if only else f"Show “{shortened(str(row.payload['text']), _QUOTED)}”"


def _effect(row: Queued) -> dict[str, Any]:
    return {"kind": "again", "outbox": row.id}


def _payload(number: int, name: str, option: dict[str, Any]) -> dict[str, Any]:
    return {"effect": {**option["effect"], "notice": number, "label": option["label"]}, "siblings": [name]}
