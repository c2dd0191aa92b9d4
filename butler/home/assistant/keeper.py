"""Keeping connected: reach Home Assistant, take in the house, follow it, and begin anew whenever that breaks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NoReturn

import aiohttp

from butler.home.assistant.connection import Address, Connection
from butler.home.assistant.errors import (
    AssistantError,
    BrokenError,
    RefusedError,
    SilentError,
    TokenRefusedError,
)
from butler.home.assistant.house import House
from butler.home.assistant.reading import REGISTRY_EVENTS, Reading, read_registries
from butler.home.assistant.states import State, fold
from butler.home.assistant.timing import Timing, Waits

_LOG = logging.getLogger(__name__)
_NOT_YET = "Home Assistant was not reached yet"
_ENDLESS_S = 3600.0  # where whoever waits has a limit of their own


class Keeper:
    """Keeps one connection and the house it tells of; everything here runs in one event loop."""

    def __init__(self, address: Address, house: House, timing: Timing) -> None:
        self._address, self._house, self._timing = address, house, timing
        self._connection: Connection | None = None
        self._problem = _NOT_YET
        self._refused = False
        self._waits = Waits(timing.first_wait_s, timing.longest_wait_s)
        self._hurry = asyncio.Event()
        self._curious: list[asyncio.Future[None]] = []
        self._dirty = asyncio.Event()
        self._refreshing: asyncio.Task[None] | None = None
        self._doubted: asyncio.Task[None] | None = None
        self._marks = 0
        self._doubtful: set[str] = set()
        self._rereading: asyncio.Task[None] | None = None
        self.refreshes = 0
        """How often the registries were read since the first time."""

    @property
    def problem(self) -> str | None:
        """What keeps Butler from the home, or None while it is connected."""
        return None if self._connection is not None and not self._connection.broken else self._problem

    @property
    def admitted(self) -> bool | None:
        """Whether the token is taken; None while Home Assistant does not answer."""
        return True if self.problem is None else False if self._refused else None

    async def run(self) -> NoReturn:
        """Connect and stay connected until cancelled."""
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    await self._attempt(session)
                except* AssistantError as group:
                    self._gone(_first(group))
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._timing.refused_wait_s if self._refused else self._waits.next()):
                        await self._hurry.wait()
                self._hurry.clear()

    async def there(self) -> Connection:
        """Return the connection; where there is none, wait for one more attempt, and raise BrokenError if it fails."""
        if (self._connection is None or self._connection.broken) and not self._refused:
            self._hurry.set()
            concluded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._curious.append(concluded)
            await concluded
        if self._connection is None or self._connection.broken:
            raise BrokenError(self._problem)
        return self._connection

    async def fresh(self, patience_s: float) -> None:
        """Wait until all that Home Assistant has told by now is in the house; raises BrokenError or SilentError."""
        ends = asyncio.get_running_loop().time() + patience_s
        try:
            async with asyncio.timeout_at(ends):
                connection = await self._heard()
        except TimeoutError as exc:
            if self._connection is not None:
                self.doubt(self._connection)
            raise SilentError(patience_s) from exc
        if self._dirty.is_set():
            # What is late here is only what things are called: better the names of a moment ago than no answer.
            with suppress(AssistantError, TimeoutError):
                async with asyncio.timeout_at(ends):
                    await asyncio.shield(self._refresh(connection))

    async def _heard(self) -> Connection:
        """Return a connection that has just answered; one that breaks meanwhile is waited for once more."""
        connection = await self.there()
        try:
            await connection.ping(_ENDLESS_S)
        except BrokenError:
            connection = await self.there()
            await connection.ping(_ENDLESS_S)
        return connection

    def doubt(self, connection: Connection) -> None:
        """Look whether a connection that was silent still lives, and break it if not."""
        if self._doubted is None or self._doubted.done():
            self._doubted = asyncio.ensure_future(self._prove(connection))

    async def _prove(self, connection: Connection) -> None:
        try:
            await connection.ping(self._timing.pulse_s)
        except AssistantError:
            await connection.close()

    async def _attempt(self, session: aiohttp.ClientSession) -> None:
        connection = await Connection.open(session, self._address, self._timing.connect_s)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(connection.read())
                group.create_task(self._follow(connection))
        finally:
            await connection.close()

    async def _follow(self, connection: Connection) -> None:
        try:
            async with asyncio.timeout(self._timing.sync_s):
                await self._take_in(connection)
        except TimeoutError as exc:
            raise SilentError(self._timing.sync_s) from exc
        self._connection, self._refused = connection, False
        _LOG.info("Home Assistant is reached")
        self._waits.reset()
        self._conclude()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._beat(connection))
            group.create_task(self._refresh_when_quiet(connection))

    async def _take_in(self, connection: Connection) -> None:
        """Subscribe before reading, so that nothing that changes meanwhile is missed."""
        wait = self._timing.connect_s
        with suppress(RefusedError):
            await connection.ask("supported_features", wait, features={"coalesce_messages": 1})
        for kind in REGISTRY_EVENTS:
            with suppress(RefusedError):
                await connection.subscribe("subscribe_events", self._mark, wait, event_type=kind)
        first = _First()
        try:
            await connection.subscribe("subscribe_entities", first.take, wait)
            await first.came.wait()
            self._dirty.clear()
            scripts = [entity_id for entity_id in first.states if entity_id.startswith("script.")]
            registries = await read_registries(connection, scripts)
        except RefusedError as exc:
            raise BrokenError(f"Home Assistant does not tell Butler of the home ({exc.message or exc.code})") from exc
        self._house.begin(registries, first.states)
        first.hand_on = lambda event: self._fold(connection, event)

    def _fold(self, connection: Connection, event: Mapping[str, Any]) -> None:
        folded = self._house.fold(event)
        if folded.new:
            self._dirty.set()
        if folded.doubtful:
            self._doubtful |= folded.doubtful
            if self._rereading is None or self._rereading.done():
                self._rereading = asyncio.ensure_future(self._read_again(connection))

    async def _read_again(self, connection: Connection) -> None:
        while self._doubtful:
            wanted = tuple(sorted(self._doubtful))
            self._doubtful.clear()
            try:
                reading = await Reading.begun(connection, wanted, self._timing.connect_s)
            except AssistantError:
                await connection.close()  # what is known of them is wrong, and a new connection begins with all of it
                return
            reading.end()
            self._house.correct(wanted, reading.states)

    def _mark(self, _: Mapping[str, Any]) -> None:
        self._marks += 1
        self._dirty.set()

    async def _beat(self, connection: Connection) -> None:
        """See that Home Assistant lives, and now and then read what it does not tell of by itself."""
        beats = 0
        while True:
            await asyncio.sleep(self._timing.heartbeat_s)
            await connection.ping(self._timing.pulse_s)
            beats += 1
            if beats * self._timing.heartbeat_s >= self._timing.everything_anew_s:
                beats = 0
                self._dirty.set()

    async def _refresh_when_quiet(self, connection: Connection) -> None:
        """Read the registries again once for a storm of changes."""
        loop = asyncio.get_running_loop()
        while True:
            await self._dirty.wait()
            latest = loop.time() + self._timing.restless_s
            before = -1
            while before != self._marks and loop.time() < latest:
                before = self._marks
                await asyncio.sleep(self._timing.quiet_s)
            if self._dirty.is_set():
                with suppress(SilentError, RefusedError):
                    await asyncio.shield(self._refresh(connection))

    def _refresh(self, connection: Connection) -> asyncio.Task[None]:
        """Return the task that reads the registries; there is one at a time."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.ensure_future(self._read_registries(connection))
        return self._refreshing

    async def _read_registries(self, connection: Connection) -> None:
        self._dirty.clear()
        self.refreshes += 1
        try:
            self._house.learn(await read_registries(connection, self._house.scripts()))
        except AssistantError:
            self._dirty.set()
            raise

    def _gone(self, problem: AssistantError) -> None:
        self._refused = isinstance(problem, TokenRefusedError)
        lost = self._connection is not None
        if lost or str(problem) != self._problem:
            _LOG.warning("Home Assistant is not reached, trying again: %s", problem)
        self._connection, self._problem = None, str(problem)
        if not lost:  # whoever waits while a connection is lost waits for the next one to come or fail
            self._conclude()

    def _conclude(self) -> None:
        for concluded in self._curious:
            if not concluded.done():
                concluded.set_result(None)
        self._curious.clear()


class _First:
    """Takes the first events of all states, until the house is there to take them."""

    def __init__(self) -> None:
        self.states: dict[str, State] = {}
        self.came = asyncio.Event()
        self.hand_on = self._keep

    def take(self, event: Mapping[str, Any]) -> None:
        """Take one event."""
        self.hand_on(event)

    def _keep(self, event: Mapping[str, Any]) -> None:
        fold(self.states, event)
        if "a" in event:
            self.came.set()


def _first(group: BaseExceptionGroup[AssistantError]) -> AssistantError:
    """Return what went wrong first of all that went wrong at once."""
    problem = group.exceptions[0]
    return _first(problem) if isinstance(problem, BaseExceptionGroup) else problem
