"""A process that ends in the middle of a turn, as far as a conversation can tell: nothing after that point is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest

from butler.conversation.conversation import Conversation
from butler.conversation.messages import Incoming, Reply
from butler.conversation.settings import Settings
from butler.home.errors import HomeUnreachableError
from butler.home.port import Call
from engine.understanding.snapshot import Snapshot
from store import inbox
from tests.butler.conversation.conftest import PEOPLE, Chat


class Killed(BaseException):
    """The process is gone; nothing may catch it."""


@contextmanager
def killed_at(where: Any, name: str, *, after: bool = False, skip: int = 0) -> Iterator[None]:
    """Kill whoever calls a method the `skip`+1st time, before it did anything, or `after` it did."""
    real, left = getattr(where, name), [skip]

    def call(*args: Any, **named: Any) -> Any:
        if left[0]:
            left[0] -= 1
            return real(*args, **named)
        if after:
            real(*args, **named)
        raise Killed

    with patch.object(where, name, call), pytest.raises(Killed):
        yield


def restarted(chat: Chat, home: Any = None) -> Chat:
    """Return the chat after Butler was started anew; the home went on meanwhile."""
    conversation = Conversation(
        chat.engine, home or chat.home, chat.store, Settings(), monotonic=lambda: chat.clock["mono"]
    )
    again = Chat(conversation, chat.home, chat.engine, chat.store, chat.clock, list(chat.replies))
    again.replies += conversation.recover(chat.clock["now"])
    return again


def received(chat: Chat, update: int, text: str, who: str = "ana", **more: Any) -> str:
    """Have a message dealt with that lies in the inbox, and return what is answered."""
    _lies_in_inbox(chat, update, text, who)
    return chat.say(text, who, receipt=update, **more)


def pressed(chat: Chat, update: int, button: str, who: str = "ana") -> Reply:
    """Have a press dealt with that lies in the inbox."""
    _lies_in_inbox(chat, update, button, who)
    at = chat.clock["now"]
    chat.replies.append(chat.conversation.handle(Incoming(PEOPLE[who], "home", at, press=button, receipt=update)))
    return chat.last


def _lies_in_inbox(chat: Chat, update: int, payload: str, who: str) -> None:
    if inbox.get(chat.store, update) is None:
        at = chat.clock["now"]
        inbox.receive(chat.store, update, sender=who, chat="home", message=update * 10, payload=payload, at=at)


class NoHome:
    """A home that does not answer."""

    def snapshot(self) -> Snapshot:
        raise HomeUnreachableError("no answer")

    def call(self, call: Call, timeout_s: float) -> None:
        raise HomeUnreachableError("no answer")

    def states(self) -> dict[str, dict[str, Any]]:
        raise HomeUnreachableError("no answer")
