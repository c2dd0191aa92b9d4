"""What is done with one update: the door, a press's answer, words of a voice note, then the turn itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

from telegram.error import TelegramError

from butler.app import App
from butler.channels.telegram import doors
from butler.channels.telegram.arrivals import Arrival, Kind, Recording
from butler.channels.telegram.bot import plainly
from butler.channels.telegram.presses import Presses
from butler.channels.telegram.voice import Fetch, Listener, VoiceError
from butler.conversation.household import REMOVED
from butler.conversation.messages import Person, Role
from store import StoreError, inbox, outbox, people

_LOG = logging.getLogger(__name__)
_P = ParamSpec("_P")
_R = TypeVar("_R")
AT_ONCE = 4
FAILED = "Something went wrong on my side, so please look whether it is done, or ask me again."
NOT_FETCHED = "I couldn't fetch that recording from Telegram, so I did nothing. Please write it, or send it again."
_TYPING_AFTER_S, _TYPING_LASTS_S = 1.0, 4.5


class Line(Protocol):
    """The calls to Telegram that a reception needs; none of them raises a TelegramError but `fetch`."""

    async def answer_press(self, callback_id: str, text: str | None = None, alert: bool = False) -> None:  # noqa: FBT001, FBT002  # the Bot API's own shape
        """Answer a press, with a short text or none."""

    async def typing(self, chat: str) -> None:
        """Show in a chat that Butler is typing."""


@dataclass
class Reception:
    """Deals with updates; whatever reads or writes the store runs in a thread."""

    app: App
    line: Line
    fetch: Fetch
    listener: Listener | None
    sent: Callable[[], None]
    """Called when there may be something new in the outbox."""
    role_known: Callable[[str, Role | None], None]
    """Called with somebody's role, None for one who is no member, so that their menu fits it."""
    at_once: int = AT_ONCE

    def __post_init__(self) -> None:
        self._presses = Presses(self.app.store)
        # Two pools, so that neither a press nor a stranger waits for somebody's slow device.
        self._turning = ThreadPoolExecutor(self.at_once, thread_name_prefix="turn")
        self._looking = ThreadPoolExecutor(2, thread_name_prefix="door")

    def close(self) -> None:
        """Wait for what its threads do."""
        self._turning.shutdown()
        self._looking.shutdown()

    async def greet(self, arrival: Arrival) -> None:
        """Answer a press at once, whoever's turn it is; raises StoreError."""
        if arrival.callback is None:
            return
        toast = await self._look(self._presses.first_look, arrival, self._now())
        if toast is not None:
            await self.line.answer_press(arrival.callback, toast.text or None)

    async def deal(self, arrival: Arrival) -> None:
        """Do all that an update asks for; raises StoreError, and may then be called again."""
        try:
            await self._deal(arrival)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001  # the one broad catch of the channel: it logs and answers
            _LOG.exception("update %d failed", arrival.update)
            await self._look(self._say_instead, arrival, FAILED)
        finally:
            self._presses.over(arrival)
        self.sent()

    async def _deal(self, arrival: Arrival) -> None:
        if arrival.kind in (Kind.GONE, Kind.MOVED):
            await self._look(self._of_chat, arrival)
            return
        if arrival.kind is Kind.PRESS:
            await self.greet(arrival)
            if await self._look(self._presses.needless, arrival, self._now()):
                return
        visitor = await self._look(doors.receive, self.app.store, arrival, self._now())
        if visitor.person is None:
            self.role_known(arrival.sender, None)
            return
        async with self._typing(arrival.chat):
            await self._let_talk(arrival, visitor.person, new=visitor.new)

    async def _let_talk(self, arrival: Arrival, person: Person, *, new: bool) -> None:
        if new:
            arrival = replace(arrival, text="/start")
        elif arrival.voice is not None and self.listener is not None and not arrival.edited and not arrival.forwarded:
            heard = await self._heard(arrival, arrival.voice, self.listener)
            if heard is None:
                return
            arrival = replace(arrival, text=heard)
        outcome = await asyncio.get_running_loop().run_in_executor(self._turning, self._turn, arrival, person)
        now = await self._look(people.get, self.app.store, arrival.sender)
        self.role_known(arrival.sender, Role(now.role) if now is not None else None)
        if outcome == REMOVED:
            for gone in await self._look(people.former, self.app.store):
                self.role_known(gone.user, None)

    async def _heard(self, arrival: Arrival, recording: Recording, listener: Listener) -> str | None:
        """Return the words of a voice note; None when there are none, which was said."""
        try:
            return await listener.words_of(recording, self.fetch)
        except VoiceError as exc:
            problem = str(exc)
        except TelegramError as exc:
            _LOG.warning("a voice note could not be fetched: %s", plainly(exc))
            problem = NOT_FETCHED
        await self._look(self._say_instead, arrival, problem)
        return None

    def _turn(self, arrival: Arrival, person: Person) -> str:
        reply = self.app.handle(
            person,
            arrival.chat,
            text=arrival.text if arrival.press is None else None,
            press=arrival.press,
            reply_to=self._reply_to(arrival),
            edited=arrival.edited,
            forwarded=arrival.forwarded,
            receipt=arrival.update,
            sent_at=arrival.sent_at,
            medium=arrival.medium,
            private=arrival.private,
        )
        return reply.outcome

    def _reply_to(self, arrival: Arrival) -> str | None:
        """Return in Butler's words what was replied to, or which turn an edited message led to."""
        store = self.app.store
        if arrival.reply is not None:
            replied = outbox.by_external(store, doors.CHANNEL, arrival.chat, arrival.reply)
            if replied is not None and replied.message is not None:
                return replied.message
        own = arrival.message if arrival.edited else arrival.reply
        turn = inbox.turn_of(store, arrival.chat, own) if own is not None else None
        return f"turn:{turn}" if turn is not None else None

    def _say_instead(self, arrival: Arrival, text: str) -> None:
        with self.app.store.atomic():
            doors.say(self.app.store, arrival, text, self._now())
            inbox.done(self.app.store, arrival.update, at=self._now())

    def _of_chat(self, arrival: Arrival) -> None:
        """Note that Butler was blocked, or that a group became another chat."""
        with self.app.store.atomic():
            if arrival.moved_to is not None:
                outbox.migrate_chat(self.app.store, arrival.chat, arrival.moved_to)
            else:
                outbox.drop_chat(self.app.store, arrival.chat, "Butler was blocked or taken out", self._now())
            inbox.done(self.app.store, arrival.update, at=self._now())

    @asynccontextmanager
    async def _typing(self, chat: str) -> AsyncIterator[None]:
        shown = asyncio.create_task(self._show_typing(chat))
        try:
            yield
        finally:
            shown.cancel()
            with suppress(asyncio.CancelledError):
                await shown

    async def _show_typing(self, chat: str) -> None:
        await asyncio.sleep(_TYPING_AFTER_S)
        while True:
            await self.line.typing(chat)
            await asyncio.sleep(_TYPING_LASTS_S)

    def _now(self) -> datetime:
        return self.app.clock.now()

    async def _look(self, work: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
        return await asyncio.get_running_loop().run_in_executor(self._looking, partial(work, *args, **kwargs))
