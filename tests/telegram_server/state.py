"""What the emulated Telegram remembers: people, chats, messages, files, pressed buttons."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from .errors import bad_request, forbidden
from .update_queue import UpdateQueue


@dataclass(frozen=True)
class File:
    """Something uploaded; the same content sent twice has two ids."""

    file_id: str
    path: str
    content: bytes
    name: str = ""
    mime: str = ""
    size: int = 0


@dataclass(frozen=True)
class Message:
    """One message as it is now; `edits` are the earlier (text, keyboard), oldest first."""

    id: int
    chat: int
    sender: int
    date: int
    text: str = ""
    kind: str = "text"
    entities: tuple[dict[str, Any], ...] = ()
    markup: dict[str, Any] | None = None
    reply_to: int | None = None
    thread: int | None = None
    file: File | None = None
    duration: int = 0
    edits: tuple[tuple[str, list[list[tuple[str, str]]]], ...] = ()
    edited_at: int | None = None
    deleted: bool = False
    reaction: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def keyboard(self) -> list[list[tuple[str, str]]]:
        """Return the rows of inline buttons: (label, callback data or address)."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [[(b["text"], b.get("callback_data", b.get("url", ""))) for b in row] for row in rows]

    @property
    def labels(self) -> list[str]:
        """Return the labels of all buttons."""
        return [label for row in self.keyboard for label, _ in row]


@dataclass
class Person:
    """A user of Telegram."""

    id: int
    name: str
    username: str | None = None
    language: str = "en"


@dataclass
class Chat:
    """A private chat, group or supergroup, with everything in it."""

    id: int
    type: str
    title: str = ""
    members: set[int] = field(default_factory=set)
    admins: set[int] = field(default_factory=set)
    privacy: bool = True
    bot_in: bool = True
    blocked: bool = False
    threads: set[int] = field(default_factory=set)
    migrated_to: int | None = None
    next_id: int = 1
    messages: dict[int, Message] = field(default_factory=dict)
    actions: list[tuple[float, str]] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)


@dataclass
class Callback:
    """A press that waits for its answer."""

    id: str
    user: int
    chat: int
    message: int
    data: str
    at: float
    answer: dict[str, Any] | None = None


class State:
    """All of it; the server's lock guards every use."""

    def __init__(self, bot: Person) -> None:
        self.bot = bot
        self.people: dict[int, Person] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.callbacks: dict[str, Callback] = {}
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.updates = UpdateQueue()
        self.callback_lifetime = 60.0
        self.changed: Callable[[], None] = lambda: None
        self._private_id = 1

    def chat_of(self, chat_id: Any) -> Chat:
        """Return the chat a call names, or raise what the server says of it."""
        if chat_id in {None, ""}:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats[int(chat_id)]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None
        if chat.migrated_to is not None:
            raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
        return chat

    def writable(self, chat_id: Any, thread: int | None = None) -> Chat:
        """Return the chat if the bot may write there."""
        chat = self.chat_of(chat_id)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.bot_in and chat.type == "private":
            raise bad_request("chat not found")
        if not chat.bot_in:
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if thread is not None and thread not in chat.threads:
            raise bad_request("message thread not found")
        return chat

    def add_message(self, chat: Chat, sender: int, **values: Any) -> Message:
        """Put a message into a chat under its next number."""
        if chat.type == "supergroup":
            number, chat.next_id = chat.next_id, chat.next_id + 1
        else:  # private chats and small groups share the numbers of the account
            number, self._private_id = self._private_id, self._private_id + 1
        values.setdefault("date", int(time.time()))
        message = Message(number, chat.id, sender, **values)
        chat.messages[number] = message
        self.changed()
        return message

    def change(self, message: Message, **values: Any) -> Message:
        """Replace a message by its changed self."""
        changed = replace(message, **values)
        self.chats[message.chat].messages[message.id] = changed
        self.changed()
        return changed

    def keep_file(self, content: bytes, folder: str, name: str, mime: str, size: int | None = None) -> File:
        """Store a file; `size` is told instead of the true one when given."""
        number = len(self.files) + 1
        ending = name.rpartition(".")[2] or "bin"
        file_id = f"FILE{number:06d}abcdefghijklmnop"
        path = f"{folder}/file_{number}.{ending}"
        self.files[file_id] = File(file_id, path, content, name, mime, len(content) if size is None else size)
        return self.files[file_id]
