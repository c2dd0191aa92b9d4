"""The queue updates are put into: a `put` ends once the update is in the store, and only then is it confirmed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from telegram import Update

from butler.channels.telegram.arrivals import Arrival, Me, read
from butler.clock import Clock
from store import Store, StoreError, inbox

_LOG = logging.getLogger(__name__)
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0


class InboxQueue(asyncio.Queue[object]):
    """An update queue that keeps nothing itself: it commits what comes, then hands it on.

    A patient one (polling) waits for a store that cannot be written, so that polling neither ends nor confirms what
    is not saved; another one (a webhook) raises the StoreError, so that Telegram delivers the update again.
    """

    def __init__(
        self, store: Store, clock: Clock, me: Me, hand_on: Callable[[Arrival], None], *, patient: bool = True
    ) -> None:
        super().__init__()
        self._store, self._clock, self._me, self._hand_on, self._patient = store, clock, me, hand_on, patient
        # One thread, so that updates are saved in the order in which they came.
        self._saving = ThreadPoolExecutor(1, thread_name_prefix="inbox")
        self.problem: str | None = None
        self.received = 0

    async def put(self, item: object) -> None:
        """Save an update and hand it on; one that was cancelled may be saved, and is found at the next start."""
        assert isinstance(item, Update)
        arrival = read(item, self._me)
        if arrival is None:
            return
        payload = item.to_json()
        wait = _FIRST_WAIT_S
        while True:
            try:
                to_do = await asyncio.get_running_loop().run_in_executor(self._saving, self._save, arrival, payload)
                break
            except StoreError as exc:
                self._complain(exc)
                if not self._patient:
                    raise
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT_S)
        self.problem = None
        self.received += 1
        if to_do:
            self._hand_on(arrival)

    def close(self) -> None:
        """Wait for what is being saved."""
        self._saving.shutdown()

    def _save(self, arrival: Arrival, payload: str) -> bool:
        new = inbox.receive(
            self._store,
            arrival.update,
            sender=arrival.sender,
            chat=arrival.chat,
            message=arrival.message,
            payload=payload,
            at=self._clock.now(),
        )
        if new:
            return True
        # Saved by a try whose end nobody saw: it is not in anybody's hands yet.
        known = inbox.get(self._store, arrival.update)
        return known is not None and known.done_at is None

    def _complain(self, error: StoreError) -> None:
        if self.problem is None:
            _LOG.error("an update cannot be saved, trying again: %s", error)
        self.problem = str(error)
