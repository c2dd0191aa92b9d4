"""A stand-in server, a home connected to it, and a conversation in that home."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from butler.conversation.conversation import Conversation
from butler.conversation.messages import Incoming, Person, Reply, Role
from butler.conversation.settings import Settings
from butler.home import Home, HomeError
from butler.home.assistant import AssistantHome, Timing
from engine.api import Engine
from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from store import open_store
from store.database import Store
from tests.home_assistant.houses import EVERYTHING
from tests.home_assistant.stand_in import StandIn

QUICK = Timing(
    connect_s=1.0,
    sync_s=3.0,
    look_s=0.3,
    first_look_s=2.0,
    settle_s=0.3,
    read_s=0.1,
    heartbeat_s=0.5,
    pulse_s=0.5,
    quiet_s=0.1,
    restless_s=1.0,
    first_wait_s=0.02,
    longest_wait_s=0.1,
)
"""Waits as in a household, but shorter: the same order among them."""
_START = datetime(2026, 3, 1, 12, tzinfo=UTC)
_ANA = Person("ana", Role.RESIDENT)


@dataclass
class Talk:
    """Ana's conversation in a home."""

    conversation: Conversation
    engine: Engine
    store: Store
    now: datetime = _START
    replies: list[Reply] = field(default_factory=list)

    def say(self, text: str) -> str:
        self.now += timedelta(seconds=5)
        reply = self.conversation.handle(Incoming(_ANA, "home", self.now, text=text))
        return self._heard(reply)

    def press(self, label: str) -> str:
        self.now += timedelta(seconds=5)
        shown = [button for message in self.last.messages for button in message.buttons]
        pressed = next(button.id for button in shown if button.label.startswith(label))
        return self._heard(self.conversation.handle(Incoming(_ANA, "home", self.now, press=pressed)))

    @property
    def last(self) -> Reply:
        return self.replies[-1]

    def _heard(self, reply: Reply) -> str:
        self.replies.append(reply)
        return "\n".join(message.text for message in reply.messages)


@pytest.fixture
def server() -> Iterator[StandIn]:
    server = StandIn(EVERYTHING)
    yield server
    server.close()


@pytest.fixture
def home(server: StandIn) -> Iterator[AssistantHome]:
    home = AssistantHome(server.address, timing=QUICK)
    yield home
    home.close()


@pytest.fixture
def talking(interpreter: Interpreter, golden: GoldenSet, tmp_path: Path) -> Iterator[Callable[[Home, Settings], Talk]]:
    few = replace(golden, cases=golden.cases[:1], must_not_act=golden.must_not_act[:1])
    with ExitStack() as closing:

        def talk(home: Home, settings: Settings) -> Talk:
            store = closing.enter_context(open_store(tmp_path / "store.db"))
            build = lambda knowledge, _: interpreter.with_knowledge(knowledge)  # noqa: E731
            engine = Engine.open(store, interpreter.encoder, few, at=_START, build=build)
            closing.callback(engine.close)
            return Talk(Conversation(engine, home, store, settings), engine, store)

        yield talk


def within(seconds: float, there: Callable[[], bool]) -> bool:
    """Return whether something came to be so within so many seconds; a home out of reach is not so yet."""
    ends = time.monotonic() + seconds
    while True:
        try:
            if there():
                return True
        except HomeError:
            pass
        if time.monotonic() > ends:
            return False
        time.sleep(0.01)
