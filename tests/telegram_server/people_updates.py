"""Which updates the bot gets of what people do."""

from __future__ import annotations

import time
from typing import Any

from .state import Callback, Chat, Message, State
from .wire import callback_json, found_entities, message_json


def post(state: State, chat: Chat, sender: int, **values: Any) -> int:
    """Put a person's message into a chat, tell the bot if it may see it, and return its number."""
    if values.get("text"):
        values["entities"] = tuple(found_entities(values["text"]))
    chat.bot_in = chat.bot_in or chat.type == "private"
    message = state.add_message(chat, sender, **values)
    deliver(state, message)
    return message.id


def deliver(state: State, message: Message, *, edited: bool = False) -> None:
    """Tell the bot of a message or its change, if it may see it."""
    chat = state.chats[message.chat]
    if chat.blocked or not chat.bot_in or not _visible(state, chat, message):
        return
    state.updates.add("edited_message" if edited else "message", message_json(state, message))


def _visible(state: State, chat: Chat, message: Message) -> bool:
    """Apply privacy mode: commands, mentions and replies to the bot, and service messages."""
    if chat.type == "private" or not chat.privacy or state.bot.id in chat.admins:
        return True
    if message.kind == "service" and not message.text:
        return True
    name = f"@{state.bot.username}".lower()
    words = message.text.lower().split()
    if any(word.startswith(name) for word in words):
        return True
    if words and words[0].startswith("/"):
        return "@" not in words[0] or words[0].endswith(name)
    replied = chat.messages.get(message.reply_to or 0)
    return replied is not None and replied.sender == state.bot.id


def add_callback(state: State, user: int, message: Message, data: str) -> str:
    """Press a button and return the id of the press."""
    number = str(4_000_000_000_000_000 + len(state.callbacks) + 1)
    callback = Callback(number, user, message.chat, message.id, data, time.time())
    state.callbacks[number] = callback
    state.updates.add("callback_query", callback_json(state, callback))
    return number
