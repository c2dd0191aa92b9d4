"""Sends what waits in the outbox: each chat in its order, chats beside each other, outages and floods waited out."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from butler.channels.telegram import delivery, lost
from butler.channels.telegram.calls import Address, Sent, TelegramCalls
from butler.channels.telegram.delivery import Errand
from butler.channels.telegram.health import Reaching
from butler.channels.telegram.pacing import OVERALL
from butler.channels.telegram.sending_errors import AlreadySo, Failure, Flooded, Gone, MaybeSent, Migrated, NotSent
from butler.clock import Clock
from store import Store, StoreError, facts, outbox
from store.outbox import Queued

_P = ParamSpec("_P")
_R = TypeVar("_R")

_LOG = logging.getLogger(__name__)
_HOLDS = "telegram.holds"
_AT_ONCE = 8
_LOOK_EVERY_S = 1 / OVERALL.rate  # more often than calls may be made there is nothing new to find
_LOOKED_AT = 200
_LONGEST_PAUSE_S = 60.0
_LONGEST_REST_S = 30.0
_OVERDUE_REST_S = 1.0
_SOON_S = 0.1
_STORE_PAUSE_S = 1.0
_LAST_WORDS_S = 3.0
_REPEATS = 3
_NO_ADDRESS = "its chat is none of Telegram's"
_CUT_OFF = "Butler was stopped while it was sending"


class OutboxSender:
    """Sends until it is told to stop; the store is used on one thread of its own.

    `reaching` is told whether Telegram is reached, where nobody else can tell.
    """

    def __init__(
        self,
        calls: TelegramCalls,
        store: Store,
        clock: Clock,
        *,
        reaching: Reaching | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._calls, self._store, self._clock, self._reaching, self._pause = calls, store, clock, reaching, pause
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="outbox")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self._in_flight: dict[str, asyncio.Task[None]] = {}
        self._failed: BaseException | None = None
        self._tries: dict[int, int] = {}
        self._outages = 0
        self._outage_ends = 0.0
        self._lost = False

    def wake(self) -> None:
        """Look for something to send; from any thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed() and not self._woken.is_set():
            loop.call_soon_threadsafe(self._woken.set)

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until `stopping` is set, then what can still go out in a moment; ends when nothing is on its way."""
        self._loop = asyncio.get_running_loop()
        try:
            await self.recover()
            while not stopping.is_set():
                self._woken.clear()
                await self._rest(await self._launch(), stopping)
            until = self._clock.monotonic() + _LAST_WORDS_S
            await self._launch()
            while self._in_flight:
                await asyncio.wait(self._in_flight.values())
                if self._clock.monotonic() < until:
                    await self._launch()
        finally:
            self._loop = None
            await self.close()

    async def settle(self) -> float | None:
        """Send all that can be sent now, and return in how many seconds there may be more to do, or None."""
        while True:
            delay = await self._launch()
            if not self._in_flight:
                return delay
            await asyncio.wait(self._in_flight.values())

    async def recover(self) -> None:
        """Deal with what the last process left: silence Telegram asked for, and calls that were cut off."""
        self._lost = bool(await self._stored(lost.noted, self._store))
        await self._hold_as_before()
        for errand in await self._stored(delivery.cut_off, self._store):
            await self._perhaps_sent(errand, _CUT_OFF, wait=0)

    async def close(self) -> None:
        """Leave what is on its way, and end the thread that uses the store."""
        tasks = list(self._in_flight.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(self._thread, self._store.release)
        self._thread.shutdown()

    async def _launch(self) -> float | None:
        """Begin all sends that may begin now, and return in how many seconds the next one may."""
        if self._failed is not None:
            raise self._failed
        outage = self._outage_ends - self._clock.monotonic()
        if outage > 0:
            return outage
        rows = await self._addressed(
            await self._stored(outbox.due, self._store, delivery.CHANNEL, self._clock.now(), limit=_LOOKED_AT)
        )
        if self._lost:
            busy = {*self._in_flight, *(row.chat for row in rows)}
            if await self._stored(lost.tell, self._store, self._clock.now(), busy=busy):
                return await self._launch()
            self._lost = bool(await self._stored(lost.noted, self._store))
        delays = [wait for row in rows if row.chat not in self._in_flight and (wait := self._begin(row)) > 0]
        if any(wait <= _SOON_S for wait in delays):
            return min(delays)
        later = await self._stored(outbox.next_due, self._store, delivery.CHANNEL)
        if later is not None:
            ahead = (later - self._clock.now()).total_seconds()
            delays.append(ahead if ahead > 0 else _OVERDUE_REST_S)
        return min(delays, default=None)

    async def _addressed(self, rows: list[Queued]) -> list[Queued]:
        """Return the rows whose chat can be one of Telegram's; the others can never go out, and end here."""
        lost = [row for row in rows if not Address.is_one(row.chat)]
        for row in lost:
            _LOG.error("message %d can never go out: %s", row.id, _NO_ADDRESS)
            await self._stored(outbox.failed, self._store, row.id, _NO_ADDRESS, self._clock.now())
            self._woken.set()  # the next one of that chat is to end as well
        return [row for row in rows if row not in lost]

    def _begin(self, row: Queued) -> float:
        """Begin to send a row, or return in how many seconds that may be; what ends meanwhile wakes the loop."""
        if len(self._in_flight) >= _AT_ONCE:
            return _OVERDUE_REST_S
        wait = self._calls.wait(row.chat)
        if wait <= 0:
            self._calls.reserve(row.chat)
            task = asyncio.get_running_loop().create_task(self._deliver(row))
            self._in_flight[row.chat] = task
            task.add_done_callback(lambda done: self._ended(row.chat, done))
        return wait

    def _ended(self, chat: str, task: asyncio.Task[None]) -> None:
        del self._in_flight[chat]
        if not task.cancelled() and task.exception() is not None:
            self._failed = task.exception()
        self._woken.set()

    async def _rest(self, delay: float | None, stopping: asyncio.Event) -> None:
        await _first(stopping, _LOOK_EVERY_S)
        waits = [asyncio.ensure_future(self._woken.wait()), asyncio.ensure_future(stopping.wait())]
        seconds = min(delay if delay is not None else _LONGEST_REST_S, _LONGEST_REST_S)
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def _deliver(self, row: Queued) -> None:
        errand = await self._stored(delivery.begin, self._store, row, self._clock.now())
        if errand is None:
            return
        # Apart from taking it, because nobody can write while a transaction waits for the disk.
        await self._stored(self._store.flush)
        if errand.external_id is None:
            result = await self._calls.send(row.chat, errand.piece, errand.reply_to)
        else:
            result = await self._calls.edit(row.chat, errand.external_id, errand.piece)
        self._tell_health(result)
        if not isinstance(result, NotSent | Flooded | MaybeSent):
            self._tries.pop(row.id, None)
        if isinstance(result, Sent | AlreadySo):
            self._outages = 0
            number = result.external_id if isinstance(result, Sent) else None
            await self._stored(delivery.went_out, self._store, errand, number, self._clock.now())
        else:
            await self._not_done(errand, result)

    def _tell_health(self, result: Sent | Failure) -> None:
        if self._reaching is None:
            return
        if isinstance(result, NotSent):
            self._reaching.badly(result.problem, self._clock.now())
        elif not isinstance(result, MaybeSent):
            self._reaching.well(self._clock.now())

    async def _not_done(self, errand: Errand, failure: Failure) -> None:
        now, problem = self._clock.now(), failure.problem
        match failure:
            case NotSent():
                self._wait_outage_out(problem)
                await self._later(errand, problem, self._next_pause(errand.row.id))
            case Flooded(seconds=seconds):
                await self._keep_holds()
                await self._later(errand, problem, seconds)
            case MaybeSent():
                _LOG.warning("message %d may have been sent: %s", errand.row.id, problem)
                await self._perhaps_sent(errand, problem, wait=self._next_pause(errand.row.id))
            case Gone():
                _LOG.info("a chat cannot be written to: %s", problem)
                await self._stored(delivery.gone, self._store, errand, problem, now)
            case Migrated(new_id=new_id):
                await self._stored(delivery.moved, self._store, errand, new_id, problem, now)
            case _:
                _LOG.error("Telegram refuses message %d: %s", errand.row.id, problem)
                await self._stored(delivery.refused, self._store, errand, problem, now)

    async def _later(self, errand: Errand, problem: str, seconds: float) -> None:
        due = self._clock.now() + timedelta(seconds=seconds)
        await self._stored(outbox.retry, self._store, errand.row.id, due, problem)

    async def _perhaps_sent(self, errand: Errand, problem: str, *, wait: float) -> None:
        """Repeat what may be repeated, saying so; of anything else its reader is told that it may be lost."""
        row, now = errand.row, self._clock.now()
        once_more = row.kind == "edit" and not row.again
        repeats = once_more or (row.repeatable and self._tries.get(row.id, 0) <= _REPEATS)
        due = now + timedelta(seconds=wait) if repeats else None
        if not repeats:
            self._tries.pop(row.id, None)
        await self._stored(delivery.may_have_gone_out, self._store, errand, problem, now, due)
        self._lost = self._lost or not repeats

    def _next_pause(self, number: int) -> float:
        self._tries[number] = self._tries.get(number, 0) + 1
        return _backed_off(self._tries[number])

    def _wait_outage_out(self, problem: str) -> None:
        """Let everything wait, for longer with each failure, until something goes out again."""
        if self._clock.monotonic() >= self._outage_ends:
            self._outages += 1
            self._outage_ends = self._clock.monotonic() + _backed_off(self._outages)
            _LOG.warning("nothing can be sent for %g s: %s", _backed_off(self._outages), problem)

    async def _hold_as_before(self) -> None:
        kept = await self._stored(facts.get, self._store, _HOLDS)
        for chat, until in json.loads(kept or "{}").items():
            left = (datetime.fromisoformat(until) - self._clock.now()).total_seconds()
            if left > 0:
                self._calls.hold(int(chat) if chat else None, left)

    async def _keep_holds(self) -> None:
        now = self._clock.now()
        holds = {str(chat or ""): now + timedelta(seconds=left) for chat, left in self._calls.holds().items()}
        kept = json.dumps({chat: until.isoformat() for chat, until in holds.items()})
        await self._stored(facts.put, self._store, _HOLDS, kept)

    async def _stored(self, work: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """Use the store on its thread, however often it takes while it cannot be used."""
        told = False
        while True:
            try:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._thread, lambda: work(*args, **kwargs))
            except StoreError as exc:
                if not told:
                    _LOG.error("the outbox cannot be used, trying again: %s", exc)  # no news in a trace
                told = True
            await self._pause(_STORE_PAUSE_S)


async def _first(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event or so long, whichever is first."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


def _backed_off(times: int) -> float:
    """Return a pause in seconds that doubles from one to sixty."""
    return min(_LONGEST_PAUSE_S, 2.0 ** min(times - 1, 10))
