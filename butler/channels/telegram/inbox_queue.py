"""The queue updates are put into: a `put` ends once the update is in the store, and only then is it confirmed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
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
        self._together: tuple[Update, ...] = ()
        self._to_do: dict[int, bool] = {}
        self.problem: str | None = None
        self.received = 0

    def expect(self, updates: Sequence[Update]) -> None:
        """Learn what came together and will be put one by one: the first put saves it all in one transaction."""
        self._together = tuple(updates)

    async def put(self, item: object) -> None:
        """Save an update and hand it on; one that was cancelled may be saved, and is found at the next start."""
        assert isinstance(item, Update)
        arrival = read(item, self._me)
        if arrival is None:
            return
        if arrival.update not in self._to_do:
            await self._save(item)
        self.received += 1
        if self._to_do.pop(arrival.update):
            self._hand_on(arrival)

    def close(self) -> None:
        """Wait for what is being saved."""
        self._saving.shutdown()

    async def _save(self, first: Update) -> None:
        """Save an update and what came with it, however often it takes where it is to be patient."""
        together, self._together = self._together, ()
        updates = together if first in together else (first,)
        wait = _FIRST_WAIT_S
        while True:
            try:
                loop = asyncio.get_running_loop()
                self._to_do = await loop.run_in_executor(self._saving, self._saved, updates)
                break
            except StoreError as exc:
                self._complain(exc)
                if not self._patient:
                    raise
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT_S)
        self.problem = None

    def _saved(self, updates: Sequence[Update]) -> dict[int, bool]:
        """Save updates, and return which of them are still to be dealt with."""
        with self._store.atomic():
            return {
                arrival.update: self._saved_one(arrival, update.to_json())
                for update in updates
                if (arrival := read(update, self._me)) is not None
            }

    def _saved_one(self, arrival: Arrival, payload: str) -> bool:
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
