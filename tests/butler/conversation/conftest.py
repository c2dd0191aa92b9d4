"""A conversation over the demo home, a store file and real understanding."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from butler.conversation.conversation import Conversation
from butler.conversation.messages import Incoming, Message, Person, Reply, Role
from butler.conversation.settings import Settings
from butler.home.demo import DemoHome
from engine.api import Engine
from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from store import open_store
from tests.acceptance.family import Family
from tests.acceptance.household import Parts

START = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PEOPLE = {
    "ana": Person("ana"),
    "ben": Person("ben"),
    "adm": Person("adm", Role.ADMIN),
    "gus": Person("gus", Role.GUEST),
}


@dataclass
class Chat:
    """A chat in one household with a clock that only moves when told."""

    conversation: Conversation
    home: DemoHome
    engine: Engine
    store: Any
    clock: dict[str, Any] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)

    def say(self, text: str, who: str = "ana", **more: Any) -> str:
        reply = self.conversation.handle(Incoming(PEOPLE[who], "home", self.clock["now"], text=text, **more))
        return self._heard(reply)

    def press(self, label: str, who: str = "ana") -> str:
        return self.press_id(self.button(label), who)

    def press_id(self, button: str, who: str = "ana") -> str:
        return self._heard(self.conversation.handle(Incoming(PEOPLE[who], "home", self.clock["now"], press=button)))

    def button(self, label: str) -> str:
        shown = [b for reply in self.replies for message in reply.messages for b in message.buttons]
        return [b.id for b in shown if b.label.startswith(label)][-1]

    def wait(self, seconds: float) -> None:
        self.clock["now"] += timedelta(seconds=seconds)

    def state(self, entity_id: str) -> str:
        return self.home.snapshot().by_id[entity_id].state

    @property
    def last(self) -> Reply:
        return self.replies[-1]

    @property
    def labels(self) -> list[str]:
        return [button.label for message in self.last.messages for button in message.buttons]

    def _heard(self, reply: Reply) -> str:
        self.replies.append(reply)
        messages: tuple[Message, ...] = reply.messages
        return "\n".join(message.text for message in messages)


@pytest.fixture(scope="session")
def golden() -> GoldenSet:
    """Return plain cases about lights: that a lesson breaks nothing else is tested elsewhere."""
    whole = GoldenSet.packaged()
    plain = tuple(case for case in whole.cases if case.id.startswith("light-") and case.category == "plain")
    return replace(whole, cases=plain, must_not_act=whole.must_not_act[::10])


@pytest.fixture(scope="session")
def parts(interpreter: Interpreter, golden: GoldenSet, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """Return what all starts share, with what the suite says of base knowledge."""
    return Parts(interpreter, golden).warmed(tmp_path_factory.mktemp("warmed"))


@pytest.fixture
def chat(interpreter: Interpreter, golden: GoldenSet, parts: Parts, tmp_path: Path) -> Iterator[Chat]:
    clock: dict[str, Any] = {"now": START, "mono": 0.0}

    def sleep(seconds: float) -> None:
        clock["mono"] += seconds

    assert parts.verdicts
    known = shutil.copy(parts.verdicts, tmp_path / "verdicts.json")
    home = DemoHome.packaged(sleep=sleep, monotonic=lambda: clock["mono"], now=lambda: clock["now"])
    with open_store(tmp_path / "store.db") as store:
        engine = Engine.open(
            store,
            interpreter.encoder,
            golden,
            at=START,
            build=lambda knowledge, _: interpreter.with_knowledge(knowledge),
            records=known,
        )
        conversation = Conversation(engine, home, store, Settings(), monotonic=lambda: clock["mono"])
        yield Chat(conversation, home, engine, store, clock)
        engine.close()


@pytest.fixture
def family(parts: Parts, tmp_path: Path) -> Iterator[Family]:
    """Return a household whose people were let in on Telegram."""
    one = Family(parts, tmp_path / "data")
    yield one
    one.close()
