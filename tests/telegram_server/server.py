"""The control of the emulated server: a test starts it, acts through it and looks at what the bot did."""

from __future__ import annotations

import time
from collections.abc import Iterable
from threading import Condition
from typing import Any, Self

from .control import Watching
from .faults import Fault, Kind
from .people import Group, User
from .people_updates import post
from .state import Chat, Person, State
from .threaded import ServerThread
from .wire import chat_json, person_json


class TelegramServer(Watching):
    """An emulated Bot API server for one bot, on 127.0.0.1, in a thread of its own."""

    def __init__(
        self,
        token: str = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        *,
        port: int = 0,
        name: str = "Butler",
        username: str = "butler_bot",
    ) -> None:
        bot = Person(int(token.partition(":")[0]), name, username)
        super().__init__(State(bot), Condition())
        self.token = token
        self.state.changed = self._changed
        self._thread = ServerThread(token, self.state, self.guard, port)
        self.front = self._thread.front

    def start(self) -> Self:
        """Listen; the port is the same after a stop."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Close the port and end the thread; what was remembered stays."""
        self._thread.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """Return the port, which is chosen at the first start."""
        return self._thread.port

    @property
    def base_url(self) -> str:
        """Return the address without a path."""
        return f"http://127.0.0.1:{self.port}"

    def user(self, number: int, name: str, username: str | None = None, *, started: bool = True) -> User:
        """Return a (new) person; with started=False the bot does not know the chat yet."""
        with self.guard:
            self.state.people.setdefault(number, Person(number, name, username))
            self.state.chats.setdefault(number, Chat(number, "private", members={number}, bot_in=started))
        return User(self, number)

    def group(
        self,
        number: int,
        title: str,
        members: Iterable[User] = (),
        *,
        privacy: bool = True,
        threads: Iterable[int] = (),
    ) -> Group:
        """Return a new group; a number from -100… on is a supergroup, threads are the topics of a forum."""
        kind = "supergroup" if number <= -1_000_000_000_000 else "group"
        ids = {member.id for member in members}
        with self.guard:
            chat = Chat(number, kind, title, ids, privacy=privacy, threads=set(threads))
            self.state.chats[number] = chat
        return Group(self, number)

    def migrate(self, group: Group, new_id: int) -> Group:
        """Turn a group into a supergroup."""
        with self.guard:
            old = self.state.chats[group.id]
            new = Chat(new_id, "supergroup", old.title, set(old.members), privacy=old.privacy)
            self.state.chats[new_id] = new
            sender = next(iter(old.members), self.state.bot.id)
            post(self.state, old, sender, kind="service", extra={"migrate_to_chat_id": new_id})
            post(self.state, new, sender, kind="service", extra={"migrate_from_chat_id": group.id})
            old.migrated_to = new_id
        return Group(self, new_id)

    def bot_status(self, chat: Chat, by: int, status: str) -> None:
        """Tell the bot that it was blocked, thrown out or let in."""
        bot = person_json(self.state, self.state.bot.id)
        before = "member" if status == "kicked" else "kicked"
        old, new = (dict[str, Any](user=bot, status=word) for word in (before, status))
        for member in (old, new):
            if member["status"] == "kicked":
                member["until_date"] = 0
        content = {
            "chat": chat_json(self.state, chat),
            "from": person_json(self.state, by),
            "date": int(time.time()),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        self.state.updates.add("my_chat_member", content)

    def flood(self, user: User, texts: Iterable[str], chat: Group | int | None = None) -> list[int]:
        """Queue many messages at once and return their numbers."""
        with self.guard:
            return [user.says(text, chat) for text in texts]

    def update(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue any update as it is and return its id."""
        with self.guard:
            return self.state.updates.add(kind, content)

    def fail(self, method: str = "*", times: int = 1, kind: Kind = "status", **details: Any) -> Fault:
        """Spoil the next calls; see Fault for the kinds and details."""
        fault = Fault(kind, method, times, **details)
        with self.guard:
            self.front.faults.append(fault)
        return fault

    def heal(self) -> None:
        """Take back all faults and waits."""
        with self.guard:
            self.front.faults.clear()
            self.front.waits.until.clear()

    def closed_for(self, seconds: float) -> None:
        """Close the port now, break all connections, and open it again after `seconds`; returns at once."""
        self._thread.close_for(seconds)

    @property
    def open(self) -> bool:
        """Say whether the port is open."""
        return self._thread.listening

    def route(self, public: str, local: str) -> None:
        """Deliver webhooks meant for addresses that begin with `public` to `local`."""
        self.front.webhook.routes[public] = local

    def _changed(self) -> None:
        with self.guard:
            self.guard.notify_all()
