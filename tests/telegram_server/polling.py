"""getUpdates as the official server does it: held open, one poll at a time, repeated until confirmed."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from .errors import RefusedError, conflict
from .update_queue import UpdateQueue

TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Poller:
    """Holds at most one poll; used on the server's loop only."""

    def __init__(self, queue: UpdateQueue) -> None:
        self._queue = queue
        self._arrived = asyncio.Event()
        self._current: asyncio.Future[RefusedError] | None = None
        self._last_offset: int | None = None
        self._last_start = 0.0

    @property
    def held(self) -> bool:
        """Say whether a client waits for updates now."""
        return self._current is not None

    def wake(self) -> None:
        """Let the held poll look again."""
        self._arrived.set()

    def end(self, refusal: RefusedError) -> None:
        """End the held poll with an error."""
        if self._current is not None and not self._current.done():
            self._current.set_result(refusal)

    async def poll(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the next updates, or raise what ended the poll."""
        offset, limit, timeout = self._bounds(values)
        self._queue.allow(values.get("allowed_updates"))
        self.end(conflict(TERMINATED))
        self._current = ended = asyncio.get_running_loop().create_future()
        until = time.monotonic() + timeout
        try:
            while True:
                self._arrived.clear()
                found = self._queue.take(offset, limit)
                left = until - time.monotonic()
                if found or left <= 0:
                    return found
                await self._wait(ended, left)
                if ended.done():
                    raise ended.result()
                offset = max(offset, 0)
        finally:
            if self._current is ended:
                self._current = None

    async def _wait(self, ended: asyncio.Future[RefusedError], seconds: float) -> None:
        arrived: asyncio.Future[Any] = asyncio.ensure_future(self._arrived.wait())
        either: set[asyncio.Future[Any]] = {arrived, ended}
        try:
            await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            arrived.cancel()

    def _bounds(self, values: dict[str, Any]) -> tuple[int, int, float]:
        now = time.monotonic()
        offset = values.get("offset") or 0
        limit = values.get("limit") or 100
        limit = limit if 1 <= limit <= 100 else 100
        timeout = float(min(max(values.get("timeout") or 0, 0), 50))
        if offset == self._last_offset and timeout < 3 and now - self._last_start < 3:
            timeout = 3.0
        if offset == self._last_offset and now - self._last_start < 0.5:
            limit = 1
        self._last_offset, self._last_start = offset, now
        return offset, limit, timeout
