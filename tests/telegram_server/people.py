"""The people and groups a test lets act; everything they do becomes updates for the bot, as privacy mode allows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from .people_updates import add_callback, deliver, post
from .state import Chat, Message

if TYPE_CHECKING:
    from .server import TelegramServer

ChatLike = "User | Group | int | None"


class User:
    """A person with a private chat with the bot."""

    def __init__(self, server: TelegramServer, number: int) -> None:
        self._server = server
        self.id = number

    def says(
        self,
        text: str,
        chat: Group | User | int | None = None,
        reply_to: Message | int | None = None,
        forwarded_from: User | str | None = None,
        *,
        thread: int | None = None,
        ago: float = 0.0,
    ) -> int:
        """Write a message, `ago` seconds ago, and return its number."""
        extra: dict[str, Any] = {}
        if forwarded_from is not None:
            extra["forward_origin"] = self._origin(forwarded_from)
        values = {"text": text, "extra": extra, "date": int(time.time() - ago)}
        return self._post({"chat": chat, "reply_to": reply_to, "thread": thread}, values)

    def asks(self, text: str, chat: Group | User | int | None = None, *, timeout: float = 10.0) -> Message:
        """Write a message and return the first message of the bot after it."""
        number = self.says(text, chat)
        return self._server.wait_for(chat=self._chat(chat), after=number, timeout=timeout)

    def edits(self, message: Message | int, text: str, chat: Group | User | int | None = None) -> None:
        """Change an own message."""
        with self._server.guard:
            state, place = self._server.state, self._chat_record(chat)
            old = place.messages[number_of(message)]
            edits = (*old.edits, (old.text, old.keyboard))
            changed = state.change(old, text=text, edits=edits, edited_at=int(time.time()))
            deliver(state, changed, edited=True)

    def presses(
        self,
        message: Message | int,
        label: str | None = None,
        chat: Group | User | int | None = None,
        *,
        data: str | None = None,
        stale: bool = False,
    ) -> str:
        """Press the button with this label (or that sends `data`, shown or not) and return the id of the press.

        Raises LookupError when no such button is shown now; with `stale` also earlier keyboards are looked at.
        """
        with self._server.guard:
            record = self._chat_of_message(message, chat).messages[number_of(message)]
            sent = data if data is not None else find_data(record, label or "", stale=stale)
            return add_callback(self._server.state, self.id, record, sent)

    def answer_to(self, callback: str, timeout: float = 10.0) -> dict[str, Any]:
        """Wait until a press is answered and return the parameters of the answer ({} without a text)."""
        callbacks = self._server.state.callbacks
        self._server.wait_until(lambda: callbacks[callback].answer is not None, timeout, f"press {callback} unanswered")
        return dict(callbacks[callback].answer or {})

    def answered(self, callback: str) -> bool:
        """Say whether a press was answered yet."""
        return self._server.state.callbacks[callback].answer is not None

    def sends_voice(self, content: bytes, *, duration: int = 2, size: int | None = None, **where: Any) -> int:
        """Send a voice message (ogg/opus); `size` pretends another size."""
        return self._send_file("voice", content, "voice.oga", "audio/ogg", where, size=size, duration=duration)

    def sends_photo(self, content: bytes, caption: str = "", **where: Any) -> int:
        """Send a photo."""
        return self._send_file("photo", content, "photo.jpg", "image/jpeg", where, text=caption)

    def sends_document(self, content: bytes, name: str, caption: str = "", **where: Any) -> int:
        """Send a file."""
        return self._send_file("document", content, name, "application/octet-stream", where, text=caption)

    def sends_sticker(self, **where: Any) -> int:
        """Send a sticker."""
        return self._send_file("sticker", b"RIFF", "sticker.webp", "image/webp", where)

    def sends_other(self, kind: str, content: Any, **where: Any) -> int:
        """Send anything else in its JSON form: location, contact, poll, dice, venue."""
        return self._post(where, {"kind": "service", "extra": {kind: content}})

    def blocks_bot(self) -> None:
        """Block the bot: it can no longer write here."""
        self._member("kicked")

    def unblocks_bot(self) -> None:
        """Let the bot write again."""
        self._member("member")

    def renames(self, name: str | None = None, username: str | None = None) -> None:
        """Change the name or username."""
        with self._server.guard:
            person = self._server.state.people[self.id]
            person.name = name or person.name
            person.username = username or person.username

    @property
    def messages(self) -> list[Message]:
        """Return the private chat, oldest first, without what is deleted."""
        return self._server.messages(self)

    def _member(self, status: str) -> None:
        with self._server.guard:
            chat = self._chat_record(None)
            chat.blocked = status == "kicked"
            self._server.bot_status(chat, self.id, status)

    def _origin(self, who: User | str) -> dict[str, Any]:
        if isinstance(who, str):
            return {"type": "hidden_user", "date": int(time.time()), "sender_user_name": who}
        person = self._server.state.people[who.id]
        shown = {"id": person.id, "is_bot": False, "first_name": person.name}
        return {"type": "user", "date": int(time.time()), "sender_user": shown}

    def _send_file(
        self,
        kind: str,
        content: bytes,
        name: str,
        mime: str,
        where: dict[str, Any],
        *,
        size: int | None = None,
        **values: Any,
    ) -> int:
        with self._server.guard:
            file = self._server.state.keep_file(content, kind, name, mime, size)
        return self._post(where, {"kind": kind, "file": file, **values})

    def _post(self, where: dict[str, Any], values: dict[str, Any]) -> int:
        """Write where the options `chat`, `reply_to` and `thread` say."""
        with self._server.guard:
            place, reply_to = self._chat_record(where.get("chat")), where.get("reply_to")
            return post(
                self._server.state,
                place,
                self.id,
                reply_to=None if reply_to is None else number_of(reply_to),
                thread=where.get("thread"),
                **values,
            )

    def _chat(self, chat: Group | User | int | None) -> int:
        return self.id if chat is None else chat if isinstance(chat, int) else chat.id

    def _chat_record(self, chat: Group | User | int | None) -> Chat:
        return self._server.state.chats[self._chat(chat)]

    def _chat_of_message(self, message: Message | int, chat: Group | User | int | None) -> Chat:
        known = message.chat if chat is None and isinstance(message, Message) else self._chat(chat)
        return self._server.state.chats[known]


class Group:
    """A group the bot is in."""

    def __init__(self, server: TelegramServer, number: int) -> None:
        self._server = server
        self.id = number

    def says(self, user: User, text: str, **options: Any) -> int:
        """Let a member write; options as of User.says."""
        return user.says(text, self, **options)

    def kicks_bot(self, by: User) -> None:
        """Throw the bot out."""
        self._status(by, "kicked")

    def adds_bot(self, by: User) -> None:
        """Take the bot in (again)."""
        self._status(by, "member")

    def adds(self, user: User) -> None:
        """Take a person in, which a service message tells."""
        with self._server.guard:
            state, chat = self._server.state, self._server.state.chats[self.id]
            chat.members.add(user.id)
            person = state.people[user.id]
            shown = {"id": person.id, "is_bot": False, "first_name": person.name}
            post(state, chat, user.id, kind="service", extra={"new_chat_members": [shown]})

    def migrates(self, new_id: int) -> Group:
        """Become a supergroup with another number."""
        return self._server.migrate(self, new_id)

    @property
    def messages(self) -> list[Message]:
        """Return the chat, oldest first, without what is deleted."""
        return self._server.messages(self)

    def _status(self, by: User, status: str) -> None:
        with self._server.guard:
            chat = self._server.state.chats[self.id]
            chat.bot_in = status != "kicked"
            self._server.bot_status(chat, by.id, status)


def number_of(message: Message | int) -> int:
    """Return the number of a message."""
    return message.id if isinstance(message, Message) else message


def find_data(message: Message, label: str, *, stale: bool) -> str:
    """Return what the button with this label sends."""
    keyboards = [message.keyboard, *([earlier for _, earlier in reversed(message.edits)] if stale else [])]
    for keyboard in keyboards:
        for row in keyboard:
            for shown, data in row:
                if shown == label:
                    return data
    raise LookupError(f"no button {label!r} under {message.text!r}, only {message.labels}")
