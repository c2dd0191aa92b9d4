"""The life of the channel: reach Telegram, work what waits, receive, send, and end in good order."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import datetime

from telegram import Update
from telegram.error import InvalidToken, TelegramError

from butler.app import App
from butler.channels.telegram import pairing
from butler.channels.telegram.arrivals import Arrival, Me, read
from butler.channels.telegram.bot import PatientBot, pause_after, plainly
from butler.channels.telegram.calls import TelegramCalls
from butler.channels.telegram.health import Activity, Reaching, report, write_down
from butler.channels.telegram.inbox_queue import InboxQueue
from butler.channels.telegram.menus import Menus
from butler.channels.telegram.outbox_sender import OutboxSender
from butler.channels.telegram.pacing import Pacing
from butler.channels.telegram.receiving import Receiving
from butler.channels.telegram.reception import Reception
from butler.channels.telegram.turns import Turns
from butler.channels.telegram.voice import Listener
from butler.config import ConfigError
from butler.conversation.command_table import COMMANDS
from butler.conversation.household import BOT_USERNAME
from butler.health import STOPPED, Health
from butler.homes import problem_of
from butler.ticking import ticking
from store import StoreError, facts, inbox, outbox

_LOG = logging.getLogger(__name__)
_HEALTH_EVERY_S = 60.0
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0
_SENDER_PATIENCE_S = 10.0


class Service:
    """Serves a household's Telegram until it is told to stop."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._stopping = asyncio.Event()
        self._reaching = Reaching(app.clock.now())
        self._bot = PatientBot(app.config.telegram, self._reaching, app.clock)
        calls = TelegramCalls(self._bot, Pacing(), app.clock)
        polls = app.config.telegram.webhook_url is None
        # Polling tells all the time whether Telegram is reached; behind a webhook only sending does.
        self._sender = OutboxSender(calls, app.store, app.clock, reaching=None if polls else self._reaching)
        self._menus = Menus(calls, app.store)
        speech = app.config.speech
        self._reception = Reception(
            app,
            calls,
            self._fetch,
            Listener(speech) if speech.host else None,
            self._sender.wake,
            self._menus.role_known,
        )
        self._turns = Turns(self._reception.deal)
        self._receiving: Receiving | None = None
        self._code_expires: datetime | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Serve until a signal comes; raises ConfigError for a token or webhook that Telegram refuses."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self._stopping.set)
        watch = asyncio.create_task(self._watch())
        jobs = ExitStack()
        jobs.enter_context(ticking(self._tick, self._app, self._app.waking))
        try:
            if await self._persist(self._bot.initialize):
                await self._serve()
        finally:
            watch.cancel()
            await asyncio.to_thread(jobs.close)
            self._reception.close()
            await self._bot.shutdown()
            # Its threads first: one of them may still be writing that all is well.
            await loop.shutdown_default_executor()
            write_down(Health(self._app.clock.now(), ok=False, problem=STOPPED), self._app.config.data.health)

    async def _serve(self) -> None:
        me = self._me()
        await asyncio.to_thread(facts.put, self._app.store, BOT_USERNAME, me.username)
        await self._offer_pairing()
        queue = InboxQueue(
            self._app.store, self._app.clock, me, self._hand_on, patient=self._app.config.telegram.webhook_url is None
        )
        self._receiving = receiving = Receiving(self._bot, queue, self._app.config.telegram)
        sent_all = asyncio.Event()
        sending = asyncio.create_task(self._sender.run(sent_all))
        # A sender that fails ends the process, so that whoever watches it starts another.
        sending.add_done_callback(lambda _: self._stopping.set())
        try:
            await self._work_what_waits(me)
            if await self._persist(receiving.start):
                _LOG.info("serving @%s", me.username)
                await self._stopping.wait()
        finally:
            _LOG.info("stopping")
            self._bot.stop_waiting()
            await receiving.stop()
            await self._turns.stop()
            sent_all.set()
            self._sender.wake()
            await _ended(sending, _SENDER_PATIENCE_S)

    def _me(self) -> Me:
        names = self._app.config.household.names
        return Me(self._bot.id, self._bot.username, names, frozenset(command.name for command in COMMANDS))

    async def _persist(self, action: Callable[[], Awaitable[object]]) -> bool:
        """Do something that needs Telegram, however often it takes; False when the process is to end before."""
        wait = _FIRST_WAIT_S
        while not self._stopping.is_set():
            attempt = asyncio.ensure_future(action())
            ending = asyncio.ensure_future(self._stopping.wait())
            await asyncio.wait({attempt, ending}, return_when=asyncio.FIRST_COMPLETED)
            ending.cancel()
            if not attempt.done():
                attempt.cancel()
                await asyncio.wait({attempt})
                return False
            try:
                attempt.result()
            except InvalidToken:
                # Not chained: the library's own words hold the token.
                raise ConfigError(
                    "TELEGRAM_BOT_TOKEN", "telegram.token", "Telegram refuses it; copy it anew from @BotFather"
                ) from None
            except TelegramError as exc:
                self._reaching.badly(plainly(exc))
                await _first(self._stopping, pause_after(exc, wait))
                wait = min(wait * 2, _LONGEST_WAIT_S)
            else:
                self._reaching.well(self._app.clock.now())
                return True
        return False

    async def _work_what_waits(self, me: Me) -> None:
        for row in await asyncio.to_thread(inbox.waiting, self._app.store):
            arrival = read(Update.de_json(json.loads(row.payload)), me) if row.payload else None
            if arrival is not None:
                self._hand_on(arrival)
            else:
                await asyncio.to_thread(inbox.done, self._app.store, row.update_id, at=self._app.clock.now())

    def _hand_on(self, arrival: Arrival) -> None:
        if self._turns.submit(arrival) and arrival.callback is not None:
            self._begin(self._greet(arrival))

    async def _greet(self, arrival: Arrival) -> None:
        try:
            await self._reception.greet(arrival)
        except StoreError as exc:
            _LOG.warning("a press is answered late: %s", exc)

    def _begin(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fetch(self, file: str) -> bytes:
        found = await self._bot.get_file(file)
        return bytes(await found.download_as_bytearray())

    def _tick(self) -> None:
        self._app.tick()
        self._sender.wake()

    async def _offer_pairing(self) -> None:
        now = self._app.clock.now()
        if self._code_expires is not None and now < self._code_expires:
            return
        if await asyncio.to_thread(pairing.needed, self._app.store):
            self._code_expires = await asyncio.to_thread(pairing.offer, self._app.store, self._bot.username, now)

    async def _watch(self) -> None:
        while True:
            await self._report()
            await asyncio.sleep(_HEALTH_EVERY_S)
            try:
                if self._receiving is not None:
                    await self._offer_pairing()
            except StoreError as exc:
                _LOG.warning("no pairing code could be made: %s", exc)

    async def _report(self) -> None:
        now = self._app.clock.now()
        received = self._receiving.queue.received if self._receiving else 0
        saving = self._receiving.queue.problem if self._receiving else None
        problem = saving or self._turns.problem or self._reaching.trouble(now)
        inbox_waits = outbox_waits = 0
        try:
            inbox_waits, outbox_waits = await asyncio.to_thread(self._counts)
        except StoreError as exc:
            problem = str(exc)
        health = Health(now, problem is None, problem, inbox_waits, outbox_waits, problem_of(self._app.home))
        activity = Activity(received, len(self._turns))
        await asyncio.to_thread(report, health, activity, self._reaching, self._app.config.data.health)

    def _counts(self) -> tuple[int, int]:
        sends = outbox.counts(self._app.store)
        return inbox.counts(self._app.store).waiting, sends.waiting + sends.sending


async def _first(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event or so long, whichever is first."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


async def _ended(task: asyncio.Task[None], seconds: float) -> None:
    """Give a task so long to end by itself."""
    _, running = await asyncio.wait({task}, timeout=seconds)
    if running:
        task.cancel()
        await asyncio.wait({task})
    if not task.cancelled() and (problem := task.exception()) is not None:
        raise problem
