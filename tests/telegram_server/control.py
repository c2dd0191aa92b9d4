"""Looking at what the bot did, and waiting for it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from fnmatch import fnmatchcase
from threading import Condition
from typing import TYPE_CHECKING, Any

from .faults import Call, Violation
from .state import Message, State

if TYPE_CHECKING:
    from .front import Front
    from .people import Group, User


class Watching:
    """The looking half of the server's control; every answer is a picture of one moment."""

    front: Front

    def __init__(self, state: State, guard: Condition) -> None:
        self.state = state
        self.guard = guard

    @property
    def calls(self) -> list[Call]:
        """Return the log of all calls."""
        with self.guard:
            return list(self.front.calls)

    def calls_of(self, method: str) -> list[Call]:
        """Return the logged calls of a method (pattern)."""
        return [call for call in self.calls if fnmatchcase(call.method, method)]

    @property
    def violations(self) -> list[Violation]:
        """Return what the bot must not have done."""
        with self.guard:
            return list(self.front.violations)

    @property
    def pending(self) -> int:
        """Return how many updates the bot has not confirmed."""
        return len(self.state.updates)

    @property
    def polling(self) -> bool:
        """Say whether the bot waits for updates now."""
        return self.front.poller.held

    @property
    def commands(self) -> dict[str, list[dict[str, str]]]:
        """Return the menus: scope as JSON with sorted keys (a language is appended) -> commands."""
        with self.guard:
            return {scope + language: list(menu) for (scope, language), menu in self.state.commands.items()}

    def menu(self, scope: str = "default", chat: User | Group | int | None = None) -> list[str]:
        """Return the names of the commands in a scope."""
        key = {"type": scope} if chat is None else {"type": scope, "chat_id": chat_id(chat)}
        return [command["command"] for command in self.commands.get(json.dumps(key, sort_keys=True), [])]

    def messages(self, chat: User | Group | int, *, deleted: bool = False) -> list[Message]:
        """Return a chat, oldest first."""
        with self.guard:
            messages = self.state.chats[chat_id(chat)].messages
            return [messages[number] for number in sorted(messages) if deleted or not messages[number].deleted]

    def message(self, chat: User | Group | int, number: int) -> Message:
        """Return one message as it is now."""
        with self.guard:
            return self.state.chats[chat_id(chat)].messages[number]

    def from_bot(self, chat: User | Group | int | None = None, after: Message | int = 0) -> list[Message]:
        """Return the bot's messages that come after another message, of one chat or all."""
        first = after if isinstance(after, int) else after.id
        with self.guard:
            chats = list(self.state.chats) if chat is None else [chat_id(chat)]
            found = [message for number in chats for message in self.messages(number)]
        return [message for message in found if message.sender == self.state.bot.id and message.id > first]

    def actions(self, chat: User | Group | int) -> list[tuple[float, str]]:
        """Return the chat actions (typing, …) and when they came."""
        with self.guard:
            return list(self.state.chats[chat_id(chat)].actions)

    def wait_for(
        self,
        predicate: Callable[[Message], bool] | None = None,
        *,
        chat: User | Group | int | None = None,
        text: str = "",
        after: Message | int = 0,
        timeout: float = 10.0,
    ) -> Message:
        """Wait for a message of the bot that contains `text` (any case) and return the oldest such.

        Messages are looked at as they are now, so an edit can be waited for too. Raises AssertionError after `timeout`.
        """
        found: list[Message] = []

        def arrived() -> bool:
            found[:] = [
                message
                for message in self.from_bot(chat, after)
                if text.lower() in message.text.lower() and (predicate is None or predicate(message))
            ]
            return bool(found)

        self.wait_until(arrived, timeout, f"no message of the bot with {text!r}")
        return found[0]

    def wait_for_call(
        self,
        method: str,
        times: int = 1,
        *,
        timeout: float = 10.0,
        where: Callable[[Call], bool] = lambda _: True,
    ) -> Call:
        """Wait until a method (pattern) was called so many times in all and return the last of these calls."""

        def matching() -> list[Call]:
            return [call for call in self.calls_of(method) if where(call)]

        self.wait_until(lambda: len(matching()) >= times, timeout, f"no {times} calls of {method}")
        return matching()[times - 1]

    def wait_until(self, condition: Callable[[], bool], timeout: float = 10.0, problem: str = "it never came") -> None:
        """Wait until a condition holds; raises AssertionError with the recent past."""
        end = time.monotonic() + timeout
        with self.guard:
            while not condition():
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"{problem} after {timeout} s\n{self.story()}")
                self.guard.wait(min(left, 0.1))

    def story(self) -> str:
        """Return the last messages and calls for a reader."""
        with self.guard:
            messages = [m for chat in self.state.chats.values() for m in list(chat.messages.values())[-10:]]
            lines = [f"{m.chat}/{m.id} {self._name(m.sender)}: {m.text or m.kind} {m.labels or ''}" for m in messages]
            calls = [call for call in self.front.calls if call.method != "getUpdates"][-15:]
            lines += [f"{call.method} {_short(call.params)} -> {call.status} {call.description}" for call in calls]
        return "\n".join(lines)

    def _name(self, sender: int) -> str:
        return self.state.people[sender].name


def chat_id(chat: User | Group | int) -> int:
    """Return the number of a chat."""
    return chat if isinstance(chat, int) else chat.id


def _short(params: dict[str, Any]) -> str:
    return str(params)[:200]
