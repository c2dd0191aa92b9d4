"""A household at its reception: updates come in, and what it does to Telegram and the outbox is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from butler.channels.telegram.arrivals import Arrival, Kind, Recording
from butler.channels.telegram.reception import Reception
from butler.channels.telegram.voice import Fetch, Listener, VoiceError
from butler.config import Speech
from butler.conversation.messages import Role
from store import inbox, outbox
from store.outbox import Queued
from tests.acceptance.family import Family


@dataclass
class Line:
    """Keeps what Telegram is called for."""

    log: list[tuple[str, ...]] = field(default_factory=list)
    typed: Callable[[], object] = lambda: None

    async def answer_press(self, callback_id: str, text: str | None = None, alert: bool = False) -> None:
        self.log.append(("answer", callback_id, text or ""))

    async def typing(self, chat: str) -> None:
        self.log.append(("typing", chat))
        self.typed()


@dataclass(frozen=True)
class Ears(Listener):
    """Hears some words in whatever was fetched; a problem is told instead."""

    words: str = ""
    problem: str = ""

    async def words_of(self, recording: Recording, fetch: Fetch) -> str:
        await fetch(recording.file)
        if self.problem:
            raise VoiceError(self.problem)
        return self.words


class Scene:
    """A family, a reception, and updates one after the other."""

    def __init__(self, family: Family) -> None:
        self.family, self.app, self.store = family, family.app, family.app.store
        self.line = Line()
        self.roles: list[tuple[str, Role | None]] = []
        self.sent = 0
        self.fetched: list[str] = []
        self.fetch: Fetch = self._fetch
        self._update = 100

    def received(self, sender: str, text: str | None = None, **more: Any) -> Arrival:
        """Return a message (or what `more` makes of it) that lies in the inbox."""
        self._update += 1
        values = {"chat": sender, "kind": Kind.MESSAGE, "message": 1_000 + self._update, "name": "Somebody", **more}
        arrival = Arrival(self._update, sender=sender, text=text, **values)
        inbox.receive(
            self.store,
            arrival.update,
            sender=sender,
            chat=arrival.chat,
            message=arrival.message,
            payload=str(arrival),
            at=self.app.clock.now(),
        )
        return arrival

    def pressed(self, sender: str, button: str) -> Arrival:
        """Return a press that lies in the inbox."""
        arrival = self.received(sender, kind=Kind.PRESS, message=1, press=button)
        return replace(arrival, callback=f"c{arrival.update}")

    def deal(self, *arrivals: Arrival, listener: Listener | None = None) -> str:
        """Deal with updates, and return the texts that were put into the outbox meanwhile."""
        before = self._rows()

        async def work() -> None:
            reception = Reception(
                self.app, self.line, self.fetch, listener, self._sent, lambda *known: self.roles.append(known)
            )
            try:
                for arrival in arrivals:
                    await reception.deal(arrival)
            finally:
                await asyncio.to_thread(reception.close)

        asyncio.run(work())
        return "\n".join(str(row.payload.get("text")) for row in self._rows()[len(before) :] if row.kind != "edit")

    def says(self, sender: str, text: str, **more: Any) -> str:
        """Have somebody write, and return what is answered."""
        return self.deal(self.received(sender, text, **more))

    def waiting(self) -> list[int]:
        """Return the updates that are not dealt with."""
        return [row.update_id for row in inbox.waiting(self.store)]

    def turns(self) -> int:
        """Return how many turns there were."""
        return int(self.store.database.fetch("SELECT count(*) FROM turns")[0][0])

    def last_button(self, label: str) -> str:
        """Return the newest button whose label begins so."""
        shown = [pair for row in self._rows() for pair in row.payload.get("buttons") or ()]
        return str([name for name, text in shown if text.startswith(label)][-1])

    def sent_as(self, external_id: int) -> None:
        """Have the newest message sent, as this number of its chat."""
        row = self._rows()[-1]
        outbox.claim(self.store, row.id, self.app.clock.now())
        outbox.sent(self.store, row.id, external_id, self.app.clock.now())

    def _rows(self) -> list[Queued]:
        numbers = self.store.database.fetch("SELECT id FROM outbox WHERE message IS NULL OR message NOT LIKE 'n%'")
        return [row for (number,) in numbers if (row := outbox.get(self.store, number)) is not None]

    def _sent(self) -> None:
        self.sent += 1

    async def _fetch(self, file: str) -> bytes:
        self.fetched.append(file)
        return b""


def ears(words: str = "", problem: str = "") -> Ears:
    """Return a listener that hears some words, or has a problem."""
    return Ears(Speech("127.0.0.1", 1), words=words, problem=problem)
