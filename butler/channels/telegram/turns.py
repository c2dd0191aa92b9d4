"""Who is dealt with when: one person's updates in their order, different people at once."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from butler.channels.telegram.arrivals import Arrival
from store import StoreError

_LOG = logging.getLogger(__name__)
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 30.0

Deal = Callable[[Arrival], Awaitable[None]]


class Turns:
    """A line of updates for each person; the head of every line is dealt with, at most `at_once` of them together."""

    def __init__(self, deal: Deal, *, at_once: int = 4, wait: float = _FIRST_WAIT_S) -> None:
        self._deal, self._wait = deal, wait
        self._room = asyncio.Semaphore(at_once)
        self._lines: dict[str, deque[Arrival]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._in_hand: set[int] = set()
        self._stopping = asyncio.Event()
        self.problem: str | None = None

    def __len__(self) -> int:
        """Return how many updates are in hand or wait."""
        return len(self._in_hand)

    def submit(self, arrival: Arrival) -> bool:
        """Put an update at the end of its sender's line, and return False when it is in hand already."""
        if arrival.update in self._in_hand or self._stopping.is_set():
            return False
        self._in_hand.add(arrival.update)
        self._lines.setdefault(arrival.sender, deque()).append(arrival)
        if arrival.sender not in self._tasks:
            self._tasks[arrival.sender] = asyncio.create_task(self._work(arrival.sender))
        return True

    async def idle(self) -> None:
        """Wait until nothing is in hand."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    async def stop(self) -> None:
        """Begin nothing more, and wait for what was begun; what waits is in the inbox for the next start."""
        self._stopping.set()
        await self.idle()

    async def _work(self, sender: str) -> None:
        line = self._lines[sender]
        try:
            while line and not self._stopping.is_set():
                async with self._room:
                    await self._until_done(line[0])
                self._in_hand.discard(line.popleft().update)
        finally:
            # No await in between: whoever submits next finds either this task or none.
            del self._tasks[sender]
            if not line:
                del self._lines[sender]

    async def _until_done(self, arrival: Arrival) -> None:
        """Deal with one update, however often it takes while the store cannot be used."""
        wait = self._wait
        while not self._stopping.is_set():
            try:
                await self._deal(arrival)
            except StoreError as exc:
                if self.problem is None:
                    _LOG.error("update %d cannot be dealt with, trying again: %s", arrival.update, exc)
                self.problem = str(exc)
            else:
                self.problem = None
                return
            await self._pause(wait)
            wait = min(wait * 2, _LONGEST_WAIT_S)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
