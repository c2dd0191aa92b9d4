"""Updates as Telegram sends them."""

from __future__ import annotations

from typing import Any

from telegram import Update

from butler.channels.telegram.arrivals import Me

ME = Me(500, "butler_bot", ("Butler", "Jeeves"), frozenset({"help", "undo"}))
ANA: dict[str, Any] = {"id": 7, "is_bot": False, "first_name": "Ana", "last_name": "Lima", "username": "ana"}
BOT: dict[str, Any] = {"id": 500, "is_bot": True, "first_name": "Butler", "username": "butler_bot"}
ALONE: dict[str, Any] = {"id": 7, "type": "private"}
FAMILY: dict[str, Any] = {"id": -100200, "type": "supergroup", "title": "Family"}
SENT = 1_773_480_000


def message(text: str | None = None, *, chat: dict[str, Any] = ALONE, number: int = 40, **more: Any) -> dict[str, Any]:
    """Return a message of Ana's."""
    words = {} if text is None else {"text": text}
    return {"message_id": number, "date": SENT, "chat": chat, "from": ANA, **words, **more}


def update(number: int = 1, **content: Any) -> Update:
    """Return an update, from JSON as the library reads it."""
    return Update.de_json({"update_id": number, **content})


def said(text: str, number: int = 1, *, user: int = 7) -> Update:
    """Return an update that brings a private text."""
    chat = {**ALONE, "id": user}
    return update(number, message={**message(text, chat=chat, number=40 + number), "from": {**ANA, "id": user}})


def pressed(data: str = "t1m0b0", number: int = 1) -> Update:
    """Return an update that brings a press."""
    shown = {"message_id": 41, "date": SENT, "chat": ALONE, "from": BOT, "text": "Shall I?"}
    return update(
        number, callback_query={"id": "900", "from": ANA, "message": shown, "chat_instance": "1", "data": data}
    )
