"""One call: made, waited for, and looked at afterwards in states that are read for it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from butler.home.assistant.connection import Connection
from butler.home.assistant.errors import AssistantError, BrokenError, RefusedError, SilentError
from butler.home.assistant.house import House
from butler.home.assistant.keeper import Keeper
from butler.home.assistant.reading import Reading
from butler.home.assistant.refusals import call_error
from butler.home.assistant.states import State
from butler.home.assistant.timing import Timing
from butler.home.errors import CallError, CallTimeoutError, HomeUnreachableError
from butler.home.goals import UNSEEN_SERVICES, goal_met
from butler.home.port import Call

_LEAST_S = 0.05


class Caller:
    """Makes calls over whatever connection there is."""

    def __init__(self, keeper: Keeper, house: House, timing: Timing) -> None:
        self._keeper, self._house, self._timing = keeper, house, timing

    async def carry(self, call: Call, timeout_s: float) -> None:
        """Make a call and wait until it shows; raises a CallError, or HomeUnreachableError where nothing was called.

        It returns when every entity is as asked or was seen to move by this call, or has had its time to: what did not
        react is for the states to tell.
        """
        loop = asyncio.get_running_loop()
        ends = loop.time() + timeout_s
        connection = await self._reached(timeout_s)
        before = {entity_id: self._house.state(entity_id) for entity_id in call.entity_ids}
        patience = max(_LEAST_S, ends - loop.time() - min(self._timing.read_s, timeout_s / 4))
        try:
            context = await _called(connection, call, patience)
        except RefusedError as exc:
            waiting = await self._looked_at(connection, call, before, None, loop.time())
            raise call_error(call, exc, waiting or call.entity_ids) from exc
        except SilentError as exc:
            self._keeper.doubt(connection)
            waiting = await self._looked_at(connection, call, before, None, max(ends, loop.time() + _LEAST_S))
            problem = f"no answer within {timeout_s:g} s"
            raise CallTimeoutError(call.service, waiting or call.entity_ids, problem) from exc
        except BrokenError as exc:
            raise await self._broke(call, before, ends) from exc
        await self._looked_at(connection, call, before, context, min(ends, loop.time() + self._timing.settle_s))

    async def _reached(self, timeout_s: float) -> Connection:
        try:
            async with asyncio.timeout(min(timeout_s, self._timing.look_s)):
                return await self._keeper.there()
        except (AssistantError, TimeoutError) as exc:
            raise HomeUnreachableError(str(exc) or "Home Assistant is not reached") from exc

    async def _broke(self, call: Call, before: Mapping[str, State | None], ends: float) -> CallError:
        """Return what is told of a call that the connection broke under, once it is back or the time is over."""
        with suppress(AssistantError, TimeoutError):
            async with asyncio.timeout_at(ends):
                connection = await self._back()
                await self._looked_at(connection, call, before, None, ends)
        return CallError(call.service, call.entity_ids, "the connection to Home Assistant broke before it answered")

    async def _back(self) -> Connection:
        """Wait until there is a connection again, however many attempts that takes."""
        while True:
            try:
                return await self._keeper.there()
            except BrokenError:
                await asyncio.sleep(self._timing.first_wait_s)

    async def _looked_at(
        self, connection: Connection, call: Call, before: Mapping[str, State | None], context: str | None, until: float
    ) -> tuple[str, ...]:
        """Read the entities anew until the call shows or the time is over; return those where it does not."""
        loop = asyncio.get_running_loop()
        try:
            reading = await Reading.begun(connection, call.entity_ids, max(self._timing.read_s, until - loop.time()))
        except AssistantError:
            return call.entity_ids
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(until):
                    while self._waiting(call, before, reading, context):
                        await reading.moved()
            return self._waiting(call, before, reading, context)
        finally:
            reading.end()
            self._house.correct(call.entity_ids, reading.states)

    def _waiting(
        self, call: Call, before: Mapping[str, State | None], reading: Reading, context: str | None
    ) -> tuple[str, ...]:
        return tuple(i for i in call.entity_ids if not self._shows(call, i, before[i], reading.states.get(i), context))

    def _shows(self, call: Call, entity_id: str, before: State | None, now: State | None, context: str | None) -> bool:
        """Return whether there is no more to wait for: the entity is as asked, was moved by this call, or is gone."""
        if now is None or now.state == "unavailable" or call.service in UNSEEN_SERVICES:
            return True
        met = goal_met(call, self._house.entity(entity_id, now))
        if met is not None:
            return met
        by_this = context is not None and now.context == context
        return by_this or before is None or (now.state, now.attributes) != (before.state, before.attributes)


async def _called(connection: Connection, call: Call, timeout_s: float) -> str | None:
    """Make the call and return the id of its context, by which its effects are known."""
    domain, _, service = call.service.partition(".")
    answer: Any = await connection.ask(
        "call_service",
        timeout_s,
        domain=domain,
        service=service,
        service_data=dict(call.data),
        target={"entity_id": list(call.entity_ids)},
    )
    context = answer.get("context") if isinstance(answer, Mapping) else None
    found = context.get("id") if isinstance(context, Mapping) else None
    return found if isinstance(found, str) else None
