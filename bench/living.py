"""A Butler with a store of its own, put together from the real parts without a configuration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from butler.clock import SystemClock
from butler.conversation.conversation import Conversation
from butler.conversation.messages import Incoming, Person, Reply
from butler.conversation.settings import Settings
from butler.home.demo import DemoHome
from engine.api import Engine, LessonContext
from engine.embedding.port import Encoder
from engine.learning.changes import AliasChange
from engine.learning.golden import GoldenSet
from engine.learning.outcomes import Live, RolledBack
from engine.understanding.snapshot import Snapshot
from store import open_store

_PERSON = Person("ana")


@dataclass(frozen=True)
class Living:
    """A household that can be talked to and taught."""

    conversation: Conversation
    engine: Engine
    home: DemoHome
    clock: SystemClock

    def say(self, text: str) -> Reply:
        """Have one turn."""
        return self.conversation.handle(Incoming(_PERSON, "bench", self.clock.now(), text=text))

    def teach(self, phrase: str, target: str) -> int:
        """Teach a name and return its number; an AssertionError where it does not go live."""
        context = LessonContext(_PERSON.id, "voice_command", None, self.home.snapshot(), self.clock.now())
        outcome = self.engine.lesson(AliasChange(phrase, "entity", target), context)
        assert isinstance(outcome, Live), f"{phrase!r} did not go live: {outcome}"
        return outcome.number

    def take_back(self, number: int) -> None:
        """Roll an improvement back; an AssertionError where it stays."""
        outcome = self.engine.roll_back(number, actor=_PERSON.id, at=self.clock.now(), reason="measured")
        assert isinstance(outcome, RolledBack), f"#{number} was not rolled back: {outcome}"


@contextmanager
def living(encoder: Encoder, golden: GoldenSet, house: Snapshot) -> Iterator[Living]:
    """Yield a household with an empty store, which is gone afterwards."""
    clock = SystemClock()
    home = DemoHome(house, sleep=clock.sleep, monotonic=clock.monotonic, now=clock.now)
    with TemporaryDirectory() as folder, open_store(Path(folder) / "butler.db") as store:
        engine = Engine.open(store, encoder, golden, at=clock.now())
        try:
            yield Living(Conversation(engine, home, store, Settings()), engine, home, clock)
        finally:
            engine.close()
