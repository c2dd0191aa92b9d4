"""The JSON forms in which the Bot API shows people, chats and messages."""

from __future__ import annotations

import re
from typing import Any

from .html_markup import utf16
from .state import Callback, Chat, Message, Person, State

ADDRESSED = re.compile(r"(?<![\w/])(/[a-zA-Z0-9_]{1,32}(?:@\w{3,32})?)(?!\w)|(?<!\w)(@\w{3,32})|(https?://\S+)")


def person_json(state: State, number: int) -> dict[str, Any]:
    """Return a User."""
    person: Person = state.people[number]
    value: dict[str, Any] = {"id": person.id, "is_bot": number == state.bot.id, "first_name": person.name}
    if person.username:
        value["username"] = person.username
    if number != state.bot.id:
        value["language_code"] = person.language
    return value


def chat_json(state: State, chat: Chat) -> dict[str, Any]:
    """Return a Chat."""
    if chat.type == "private":
        person = state.people[chat.id]
        names = {"first_name": person.name} | ({"username": person.username} if person.username else {})
        return {"id": chat.id, "type": "private", **names}
    forum = {"is_forum": True} if chat.threads else {}
    return {"id": chat.id, "type": chat.type, "title": chat.title, **forum}


def found_entities(text: str) -> list[dict[str, Any]]:
    """Return the commands, names and addresses a client marks by itself."""
    kinds = {1: "bot_command", 2: "mention", 3: "url"}
    return [
        {"type": kinds[m.lastindex or 3], "offset": utf16(text[: m.start()]), "length": utf16(m[0])}
        for m in ADDRESSED.finditer(text)
    ]


def message_json(state: State, message: Message, *, nested: bool = False) -> dict[str, Any]:
    """Return a Message; a message that is replied to shows no further reply."""
    chat = state.chats[message.chat]
    value: dict[str, Any] = {
        "message_id": message.id,
        "from": person_json(state, message.sender),
        "chat": chat_json(state, chat),
        "date": message.date,
        **message.extra,
    }
    _add_content(value, message)
    if message.markup and "inline_keyboard" in message.markup:
        value["reply_markup"] = message.markup
    if message.edited_at is not None:
        value["edit_date"] = message.edited_at
    if message.thread is not None:
        value |= {"message_thread_id": message.thread, "is_topic_message": True}
    replied = chat.messages.get(message.reply_to or 0)
    if replied is not None and not replied.deleted and not nested:
        value["reply_to_message"] = message_json(state, replied, nested=True)
    return value


def _add_content(value: dict[str, Any], message: Message) -> None:
    if message.kind in {"text", "service"}:
        if message.text:
            value["text"] = message.text
            if message.entities:
                value["entities"] = list(message.entities)
        return
    if message.text:
        value["caption"] = message.text
        if message.entities:
            value["caption_entities"] = list(message.entities)
    if message.file is not None:
        value[message.kind] = _media(message)


def _media(message: Message) -> Any:
    file = message.file
    assert file is not None
    base: dict[str, Any] = {"file_id": file.file_id, "file_unique_id": file.file_id[:12], "file_size": file.size}
    if message.kind == "photo":
        return [{**base, "width": 90, "height": 90}, {**base, "width": 800, "height": 800}]
    if message.kind == "voice":
        return {**base, "duration": message.duration, "mime_type": file.mime}
    if message.kind == "sticker":
        return {**base, "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {**base, "file_name": file.name, "mime_type": file.mime}


def callback_json(state: State, callback: Callback) -> dict[str, Any]:
    """Return a CallbackQuery with the message as it is now."""
    chat = state.chats[callback.chat]
    message = chat.messages[callback.message]
    shown = message_json(state, message)
    if message.deleted:
        shown = {"message_id": message.id, "chat": chat_json(state, chat), "date": 0}
    return {
        "id": callback.id,
        "from": person_json(state, callback.user),
        "message": shown,
        "chat_instance": str(7_000_000_000 + abs(callback.chat) % 1_000_000_007),
        "data": callback.data,
    }
