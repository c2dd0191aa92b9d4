"""A household whose people were let in on Telegram, spoken to through the app that serves them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from butler.app import App
from butler.clock import ManualClock
from butler.conversation.messages import Message, Reply
from store import outbox, people
from store.outbox import Queued
from tests.acceptance.household import START, Parts

ADA, RIA, GUS, BEN = (f"telegram:{number}" for number in (5100001, 5100002, 5100003, 5100004))
ROLES = {ADA: ("admin", "Ada"), RIA: ("resident", "Ria"), GUS: ("guest", "Gus")}


@dataclass
class Family:
    """Ada is an admin, Ria a resident, Gus a guest; the clock only moves when told."""

    parts: Parts
    data: Path
    at: datetime = START
    replies: list[Reply] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = ManualClock(self.at)
        self.app: App = self.parts.start(self.data, self.clock)
        for user, (role, name) in ROLES.items():
            self.admit(user, role, name)

    def admit(self, user: str, role: str, name: str) -> None:
        people.admit(self.app.store, user, role, name=name, username=name.lower(), at=self.clock.now())

    def say(self, text: str, who: str = RIA, *, chat: str | None = None) -> str:
        """Send a text, in private unless a group is named, and return what was answered there and elsewhere."""
        return self._heard(who, chat, text=text)

    def press(self, label: str, who: str = RIA) -> str:
        """Press the latest button whose label begins so."""
        return self.press_id(self.button(label), who)

    def press_id(self, button: str, who: str = RIA) -> str:
        return self._heard(who, None, press=button)

    def button(self, label: str) -> str:
        shown = [b for reply in self.replies for message in reply.messages for b in message.buttons]
        return [b.id for b in shown if b.label.startswith(label)][-1]

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages of the last answer."""
        return self.replies[-1].messages

    def told(self, user: str) -> list[Queued]:
        """Return the notices that wait for somebody, whenever they are due."""
        rows = self.app.store.database.fetch("SELECT id FROM outbox WHERE user = ? AND message LIKE 'n%'", (user,))
        return [row for (number,) in rows if (row := outbox.get(self.app.store, number))]

    def role(self, user: str) -> str | None:
        known = people.get(self.app.store, user)
        return known.role if known else None

    def state(self, entity_id: str) -> str:
        return self.app.home.snapshot().by_id[entity_id].state

    def restart(self) -> None:
        self.app.close()
        self.app = self.parts.start(self.data, self.clock)

    def close(self) -> None:
        self.app.close()

    def _heard(self, who: str, chat: str | None, **said: Any) -> str:
        person = self.app.member(who)
        assert person is not None, f"{who} may not talk"
        self.replies.append(self.app.handle(person, chat or who, private=chat is None, **said))
        return "\n".join(message.text for message in self.replies[-1].messages)
