"""One turn of conversation, the same for every channel: a message or press comes in, a reply goes out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from butler.conversation import dialogue, listening, wording
from butler.conversation.messages import Incoming, Reply
from butler.conversation.recording import begin, finish
from butler.conversation.recovery import recover, taken_up
from butler.conversation.settings import Settings
from butler.conversation.taken_back import Teller
from butler.conversation.turn import Notify, Ports, Turn, tell_nobody
from butler.home.errors import HomeError
from butler.home.port import Home
from engine.api import Engine
from engine.understanding.snapshot import Snapshot
from store import StoreError
from store.database import Store

_LOG = logging.getLogger(__name__)


class Conversation:
    """Answers people. It reads no clock: `Incoming.at` is now; `monotonic` bounds waits, `timer` fills traces."""

    def __init__(
        self,
        engine: Engine,
        home: Home,
        store: Store,
        settings: Settings,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        timer: Callable[[], float] = time.perf_counter,
        notify: Notify = tell_nobody,
    ) -> None:
        self._ports = Ports(engine, home, store, settings, monotonic, timer, notify=notify)
        self._last_seen = Snapshot()

    @property
    def ports(self) -> Ports:
        """What its turns work with, for what is done by itself."""
        return self._ports

    def handle(self, incoming: Incoming) -> Reply:
        """Deal with one turn, whatever it holds; only a store that cannot be written raises (a StoreError)."""
        began = self._ports.timer()
        before = taken_up(self._ports, incoming)
        if before is not None:
            return before
        number = begin(self._ports.store, incoming)
        turn = self._open(incoming, number, began)
        asked_before = turn.dialogue
        try:
            listening.listen(self._ports, turn)
        except Exception as exc:  # noqa: BLE001  # the one broad catch of a turn: it logs, records and answers
            _LOG.exception("turn failed", extra={"turn": number})
            _apologise(turn, exc)
            turn.dialogue = replace(asked_before, question=None)
        reply = finish(self._ports, turn)
        self._look_back(incoming.at)
        return reply

    def _look_back(self, at: datetime) -> None:
        """Take back what this turn, with those before, speaks against; where that fails the hourly watch does it."""
        ports = self._ports
        try:
            Teller(ports.engine, ports.store, ports.notify).tell(ports.engine.look(at), self._last_seen, at)
        except StoreError as exc:
            _LOG.warning("the watch could not look: %s", exc)

    def recover(self, at: datetime) -> list[Reply]:
        """Bring the turns that a crash cut off to an end; what there is to tell of them waits in the outbox."""
        return recover(self._ports, at)

    def reset(self) -> None:
        """Forget open questions, buttons and last turns; what was learned stays."""
        dialogue.forget_all(self._ports.store)

    def _open(self, incoming: Incoming, number: int, began: float) -> Turn:
        snapshot, reachable = self._look()
        state = dialogue.load(self._ports.store, incoming.user.id, incoming.chat)
        text, previous = incoming.text or "", state.previous
        return Turn(incoming, number, text, snapshot, reachable, state, previous=previous, began=began)

    def _look(self) -> tuple[Snapshot, bool]:
        """Return the home as it is, or as it was last seen when it does not answer."""
        try:
            self._last_seen = self._ports.home.snapshot()
        except HomeError as exc:
            _LOG.warning("home unreachable", extra={"problem": str(exc)})
            return self._last_seen, False
        return self._last_seen, True


def _apologise(turn: Turn, problem: Exception) -> None:
    turn.outcome = "failed"
    turn.interpretation = None
    turn.trace("error", type(problem).__name__, outcome=str(problem))
    kept = [draft for draft in turn.drafts if not draft.options]
    turn.drafts[:] = kept
    turn.say(wording.BROKEN)
