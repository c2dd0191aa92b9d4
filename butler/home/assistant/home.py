"""Home Assistant as the port `Home`: a thread keeps it connected, and turns look in from theirs."""

from __future__ import annotations

import asyncio
import concurrent.futures
import copy
import logging
import threading
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from butler.home.alias_exchange import AliasEdit
from butler.home.assistant.calling import Caller
from butler.home.assistant.connection import Address
from butler.home.assistant.errors import AssistantError
from butler.home.assistant.house import House
from butler.home.assistant.keeper import Keeper
from butler.home.assistant.naming import changed_aliases
from butler.home.assistant.offers import answered, appointments_of, forecasts_of, items_of, told
from butler.home.assistant.timing import Timing
from butler.home.errors import HomeUnreachableError, InvalidCallError
from butler.home.offers import Appointment, Forecast, ListItem, Offers
from butler.home.port import Call
from engine.understanding.snapshot import Entity, Snapshot

_LOG = logging.getLogger(__name__)
_GRACE_S = 1.0
_CLOSED = "the connection to Home Assistant was closed"
_Found = TypeVar("_Found")


class AssistantHome:
    """A house run by Home Assistant; `close` it afterwards.

    It connects in the background from the start. Whoever looks while it is not connected waits for one attempt at most,
    and a short while.
    """

    def __init__(self, address: Address, *, exposed_only: bool = True, timing: Timing | None = None) -> None:
        self._timing = timing or Timing()
        self._house = House(exposed_only=exposed_only)
        self._keeper = Keeper(address, self._house, self._timing)
        self._caller = Caller(self._keeper, self._house, self._timing)
        self._loop = asyncio.new_event_loop()
        self._looked = False
        self._closed = False
        self._thread = threading.Thread(target=self._live, name="home assistant", daemon=True)
        self._thread.start()

    @property
    def problem(self) -> str | None:
        """What keeps Butler from the home, or None while it is connected."""
        return self._keeper.problem

    @property
    def admitted(self) -> bool | None:
        """Whether Home Assistant takes the token; None while it does not answer."""
        return self._keeper.admitted

    @property
    def refreshes(self) -> int:
        """How often names and places were read again since Butler was connected first."""
        return self._keeper.refreshes

    def watch(self, wanted: Callable[[str], bool], heard: Callable[[Entity], None]) -> None:
        """Have `heard` told, in the connection's thread, of every change of the entities that are wanted by id."""
        self._house.watch(wanted, heard)

    def snapshot(self) -> Snapshot:
        """Return the house with all that Home Assistant has told by now; raises HomeUnreachableError."""
        patience = self._timing.look_s if self._looked else self._timing.first_look_s
        self._looked = True
        try:
            self.ask(self._keeper.fresh(patience), patience)
        except AssistantError as exc:
            raise HomeUnreachableError(str(exc)) from exc
        return self._house.snapshot()

    def call(self, call: Call, timeout_s: float) -> None:
        """Carry out a call; raises a CallError, CallTimeoutError after `timeout_s` seconds, or HomeUnreachableError."""
        self.ask(self._caller.carry(call, timeout_s), timeout_s)

    def states(self) -> dict[str, dict[str, Any]]:
        """Return state and attributes by entity id, as plain JSON values."""
        found = {}
        for entity in self.snapshot().entities:
            attributes = copy.deepcopy(dict(entity.attributes))
            if entity.device_class is not None:
                attributes["device_class"] = entity.device_class
            found[entity.entity_id] = {"state": entity.state, "attributes": attributes}
        return found

    @property
    def offers(self) -> Offers:
        """Forecasts, calendars and lists, wherever Home Assistant has entities of the kind, and its names."""
        return Offers(self, self, self, self)

    def change_aliases(self, edits: Iterable[AliasEdit]) -> tuple[AliasEdit, ...]:
        """Make these edits in Home Assistant's registries and return what was read back; raises a HomeError."""
        wanted = tuple(edits)
        return self.ask(changed_aliases(self._keeper, wanted, self._timing.names_s), self._timing.names_s)

    def forecasts(self, entity_id: str, *, hourly: bool) -> Sequence[Forecast]:
        """Return the forecasts of a weather entity in order, none where it has none such; raises a HomeError."""
        call = Call("weather.get_forecasts", (entity_id,), {"type": "hourly" if hourly else "daily"})
        try:
            return forecasts_of(self._answered(call), entity_id)
        except InvalidCallError:  # this entity has forecasts of another kind, or none
            return ()

    def appointments(self, entity_ids: Sequence[str], start: datetime, end: datetime) -> Sequence[Appointment]:
        """Return what lies in these calendars between two instants, in order; raises a HomeError."""
        span = {"start_date_time": start.isoformat(), "end_date_time": end.isoformat()}
        return appointments_of(self._answered(Call("calendar.get_events", tuple(entity_ids), span)))

    def items(self, entity_id: str) -> Sequence[ListItem]:
        """Return what stands on a list; raises a HomeError."""
        return items_of(self._answered(Call("todo.get_items", (entity_id,))), entity_id)

    def put_on(self, entity_id: str, text: str) -> None:
        """Add a line to a list; raises a HomeError."""
        self._tell(Call("todo.add_item", (entity_id,), {"item": text}))

    def tick_off(self, entity_id: str, item: str) -> None:
        """Mark a line of a list as done, by its id; raises a HomeError."""
        self._tell(Call("todo.update_item", (entity_id,), {"item": item, "status": "completed"}))

    def take_off(self, entity_id: str, items: Sequence[str]) -> None:
        """Remove lines of a list, by their ids; raises a HomeError."""
        self._tell(Call("todo.remove_item", (entity_id,), {"item": list(items)}))

    def _answered(self, call: Call) -> Mapping[str, Any]:
        return self.ask(answered(self._keeper, call, self._timing.answer_s), self._timing.answer_s)

    def _tell(self, call: Call) -> None:
        self.ask(told(self._keeper, call, self._timing.answer_s), self._timing.answer_s)

    def ask(self, work: Coroutine[Any, Any, _Found], patience_s: float) -> _Found:
        """Have something done where the connection lives and return what came of it; raises what it raises."""
        if self._closed:
            work.close()
            raise HomeUnreachableError(_CLOSED)
        begun = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return begun.result(patience_s + _GRACE_S)
        except concurrent.futures.CancelledError as exc:
            raise HomeUnreachableError(_CLOSED) from exc
        except TimeoutError as exc:
            if begun.done():
                raise
            begun.cancel()
            raise HomeUnreachableError("Home Assistant keeps Butler too busy to listen") from exc

    def close(self) -> None:
        """Close the connection and wait for the thread."""
        if not self._closed:
            self._closed = True
            self._loop.call_soon_threadsafe(self._stop)
            self._thread.join()

    def _stop(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()

    def _live(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner, suppress(asyncio.CancelledError):
            runner.run(self._follow_for_good())

    async def _follow_for_good(self) -> None:
        while True:
            try:
                await self._keeper.run()
            except Exception:  # noqa: BLE001 - the one broad catch of the thread: a home is never lost for good
                _LOG.exception("following Home Assistant failed, and is begun anew")
            await asyncio.sleep(self._timing.longest_wait_s)
