"""A store, a bot that does what a test says, and a sender between them; time stands still but where it is moved."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
from telegram import Chat, InlineKeyboardMarkup, Message
from telegram.error import BadRequest, NetworkError

from butler.channels.telegram.calls import TelegramCalls
from butler.channels.telegram.health import Reaching
from butler.channels.telegram.outbox_sender import OutboxSender
from butler.channels.telegram.pacing import Pacing
from butler.clock import ManualClock
from store import Store, outbox, people
from store.outbox import Outgoing

START = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
ANA, BEN = "telegram:7", "telegram:8"


@dataclass(frozen=True)
class Shown:
    """What a chat shows."""

    text: str
    labels: tuple[str, ...] = ()
    file: str | None = None
    reply_to: int | None = None


@dataclass
class Fault:
    """What befalls a call; `done` says that it was carried out all the same."""

    error: BaseException
    done: bool = False


class Bot:
    """Telegram as a sender sees it: keeps chats, and fails as it is told to."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.chats: dict[int, dict[int, Shown]] = {}
        self.faults: deque[Fault | None] = deque()
        self.calls: list[tuple[float, int]] = []
        self.modes: list[str | None] = []
        self._number = 100

    def texts(self, chat: str = ANA) -> list[str]:
        return [shown.text for shown in self.chats.get(int(chat.removeprefix("telegram:")), {}).values()]

    async def send_message(self, chat: int, text: str, **given: Any) -> Message:
        return self._send(chat, text, given)

    async def send_document(self, chat: int, file: Any, caption: str | None, **given: Any) -> Message:
        return self._send(chat, caption or "", given, file.filename)

    async def send_photo(self, chat: int, file: Any, caption: str | None, **given: Any) -> Message:
        return self._send(chat, caption or "", given, file.filename)

    async def edit_message_text(self, text: str, chat: int, number: int, **given: Any) -> bool:
        fault = self._meet(chat)
        before = self.chats[chat][number]
        changed = Shown(text, _labels(given["reply_markup"]), before.file, before.reply_to)
        if before == changed:
            raise BadRequest("Message is not modified")
        if fault is None or fault.done:
            self.chats[chat][number] = changed
        if fault is not None:
            raise fault.error
        return True

    def _send(self, chat: int, text: str, given: dict[str, Any], file: str | None = None) -> Message:
        assert text.strip() or file, "Telegram refuses blank texts"
        assert len(text) <= 4096, "Telegram refuses long texts"
        fault = self._meet(chat)
        self.modes.append(given["parse_mode"])
        self._number += 1
        if fault is None or fault.done:
            reply = given["reply_parameters"]
            shown = Shown(text, _labels(given["reply_markup"]), file, reply.message_id if reply else None)
            self.chats.setdefault(chat, {})[self._number] = shown
        if fault is not None:
            raise fault.error
        return Message(self._number, self._clock.now(), Chat(chat, "private"))

    def _meet(self, chat: int) -> Fault | None:
        self.calls.append((self._clock.monotonic(), chat))
        return self.faults.popleft() if self.faults else None


def _labels(markup: InlineKeyboardMarkup | None) -> tuple[str, ...]:
    return tuple(button.text for row in markup.inline_keyboard for button in row) if markup else ()


def network(cause: type[httpx.HTTPError]) -> NetworkError:
    error = NetworkError("broken")
    error.__cause__ = cause("broken")
    return error


class Scene:
    """A store, a bot, and a sender between them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = ManualClock(START)
        self.bot = Bot(self.clock)
        self.reaching: Reaching | None = None
        people.admit(store, ANA, "admin", name="Ana", username=None, at=START)
        people.admit(store, BEN, "resident", name="Ben", username=None, at=START)

    def add(self, text: str, chat: str = ANA, **given: Any) -> int:
        payload = {"text": text, "buttons": given.pop("buttons", []), "chosen": given.pop("chosen", None)}
        payload["file"] = given.pop("file", None)
        due = given.pop("due_at", self.clock.now())
        return outbox.add(self.store, Outgoing("telegram", chat, chat, payload, self.clock.now(), due, **given))

    def state(self, number: int) -> str:
        row = outbox.get(self.store, number)
        assert row is not None
        return row.state

    def sender(self) -> OutboxSender:
        calls = TelegramCalls(cast("Any", self.bot), Pacing(), self.clock)
        return OutboxSender(calls, self.store, self.clock, reaching=self.reaching)

    def live(self, *, seconds: float = 300, restarts: int = 0) -> None:
        """Let a sender work for a while, which takes no time; between restarts a new one goes on."""
        asyncio.run(self._live(seconds))
        for _ in range(restarts):
            asyncio.run(self._live(seconds))

    async def _live(self, seconds: float) -> None:
        sender, until = self.sender(), self.clock.now() + timedelta(seconds=seconds)
        await sender.recover()
        while (delay := await sender.settle()) is not None and self.clock.after(delay) <= until:
            self.clock.move_to(self.clock.after(delay) + timedelta(milliseconds=1))
        await sender.close()
