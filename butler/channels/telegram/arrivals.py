"""What an update of Telegram's says to Butler; None for all that is none of its business."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from butler.channels.telegram.names import shown_name

# In this order: a venue is a location too, an animation a document.
_MEDIA = (
    "voice", "audio", "photo", "sticker", "animation", "video", "video_note", "document", "venue", "location",
    "contact", "poll", "dice", "story", "game", "paid_media", "checklist", "invoice",
)  # fmt: skip
_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?P<rest>\s.*)?$", re.DOTALL)
_GONE = frozenset({"kicked", "left"})


class Kind(StrEnum):
    """What sort of thing came in."""

    MESSAGE = "message"
    PRESS = "press"
    GONE = "gone"
    """Butler was blocked, or taken out of a group."""
    MOVED = "moved"
    """A group became another chat."""


@dataclass(frozen=True)
class Me:
    """The bot itself: its user id and username, the names it answers to, the commands it knows."""

    id: int
    username: str
    names: tuple[str, ...] = ()
    commands: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Recording:
    """A voice note that can be fetched; its size is in bytes, its length in seconds."""

    file: str
    size: int
    seconds: float


@dataclass(frozen=True)
class Arrival:
    """One update, in Butler's words; numbers are Telegram's, people and chats "telegram:…"."""

    update: int
    kind: Kind
    sender: str
    chat: str
    name: str = ""
    username: str | None = None
    private: bool = True
    message: int | None = None
    text: str | None = None
    press: str | None = None
    callback: str | None = None
    reply: int | None = None
    edited: bool = False
    forwarded: bool = False
    sent_at: datetime | None = None
    medium: str | None = None
    voice: Recording | None = None
    moved_to: str | None = None


def read(update: Update, me: Me) -> Arrival | None:
    """Return what an update says to Butler; in a group only what is addressed to it."""
    if update.message is not None:
        return _of_message(update.update_id, update.message, me, edited=False)
    if update.edited_message is not None:
        return _of_message(update.update_id, update.edited_message, me, edited=True)
    if update.callback_query is not None:
        return _of_press(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _of_membership(update.update_id, update.my_chat_member)
    return None


def person_id(user: int) -> str:
    """Return the id of a user of Telegram's."""
    return f"telegram:{user}"


def chat_id(chat: int, thread: int | None = None) -> str:
    """Return the id of a chat, or of one topic of it."""
    return f"telegram:{chat}" if thread is None else f"telegram:{chat}/{thread}"


def _of_message(number: int, message: Message, me: Me, *, edited: bool) -> Arrival | None:
    if message.migrate_to_chat_id is not None:
        old = chat_id(message.chat.id)
        return Arrival(number, Kind.MOVED, old, old, private=False, moved_to=chat_id(message.migrate_to_chat_id))
    sender = message.from_user
    if sender is None or sender.is_bot or message.sender_chat is not None or message.is_automatic_forward:
        return None
    medium = _medium(message)
    if message.text is None and medium is None:
        return None  # somebody joined, a title changed and the like
    private = message.chat.type == Chat.PRIVATE
    text = _addressed(message, me) if not private else _plain(message.text, me)
    if text is None:
        return None
    return Arrival(
        number,
        Kind.MESSAGE,
        person_id(sender.id),
        _chat_of(message),
        *_names(sender),
        private=private,
        message=message.message_id,
        text=text if medium is None else None,
        reply=_reply(message),
        edited=edited,
        forwarded=message.forward_origin is not None or message.via_bot is not None,
        sent_at=message.edit_date or message.date,
        medium=medium,
        voice=_recording(message),
    )


def _of_press(number: int, query: CallbackQuery) -> Arrival | None:
    message = query.message
    if query.data is None or message is None or query.from_user.is_bot:
        return None
    return Arrival(
        number,
        Kind.PRESS,
        person_id(query.from_user.id),
        _chat_of(message) if isinstance(message, Message) else chat_id(message.chat.id),
        *_names(query.from_user),
        private=message.chat.type == Chat.PRIVATE,
        message=message.message_id,
        press=query.data,
        callback=query.id,
    )


def _of_membership(number: int, change: ChatMemberUpdated) -> Arrival | None:
    if change.new_chat_member.status not in _GONE:
        return None
    private = change.chat.type == Chat.PRIVATE
    return Arrival(number, Kind.GONE, person_id(change.from_user.id), chat_id(change.chat.id), private=private)


def _plain(text: str | None, me: Me) -> str | None:
    """Return the text without mentions of the bot; an empty one for what has no text."""
    if text is None:
        return ""
    command = _COMMAND.match(text)
    if command and command["bot"]:
        return f"/{command['name']}{command['rest'] or ''}"
    return _without_mention(text, me)


def _addressed(message: Message, me: Me) -> str | None:
    """Return the text of a message to a group without the mention, or None when Butler is not meant."""
    text = message.text or message.caption or ""
    if command := _COMMAND.match(text):
        mine = command["bot"].lower() == me.username.lower() if command["bot"] else command["name"] in me.commands
        return _plain(text, me) if mine else None
    without = _without_mention(text, me)
    if without != text or _replies_to(message, me) or _begins_with_name(text, me):
        return without
    return None


def _without_mention(text: str, me: Me) -> str:
    if not me.username:
        return text
    found = re.search(rf"(?<!\w)@{re.escape(me.username)}\b[,:]?\s*", text, re.IGNORECASE)
    return f"{text[: found.start()]}{text[found.end() :]}".strip() if found else text


def _begins_with_name(text: str, me: Me) -> bool:
    names = "|".join(re.escape(name) for name in me.names if name)
    greeted = rf"\s*(?:(?:hey|hi|hello|ok|okay)[ ,]+)?(?:{names})\b"
    return bool(names) and re.match(greeted, text, re.IGNORECASE) is not None


def _replies_to(message: Message, me: Me) -> bool:
    to = message.reply_to_message
    return to is not None and to.from_user is not None and to.from_user.id == me.id and to.forum_topic_created is None


def _reply(message: Message) -> int | None:
    to = message.reply_to_message
    # In a topic every message is a reply to the one that began the topic.
    return to.message_id if to is not None and to.forum_topic_created is None else None


def _chat_of(message: Message) -> str:
    return chat_id(message.chat.id, message.message_thread_id if message.is_topic_message else None)


def _names(user: User) -> tuple[str, str | None]:
    return shown_name(user.full_name), user.username


def _medium(message: Message) -> str | None:
    return next((name for name in _MEDIA if getattr(message, name, None)), None)


def _recording(message: Message) -> Recording | None:
    voice = message.voice
    if voice is None:
        return None
    # As Telegram wrote it: the library's own attribute is about to change its type, and warns of that each time.
    return Recording(voice.file_id, voice.file_size or 0, float(voice.to_dict()["duration"]))
