"""A conversation in a household with language models, or without any."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from butler.conversation.conversation import Conversation
from butler.conversation.settings import Settings
from butler.home import packaged_house
from butler.home.demo import DemoHome
from engine.api import Engine
from engine.learning.golden import GoldenSet
from engine.llm import Models
from engine.understanding.interpreter import Interpreter
from engine.understanding.snapshot import Snapshot
from store import open_store
from tests.butler.conversation.conftest import START, Chat


@contextmanager
def household(
    folder: Path,
    interpreter: Interpreter,
    golden: GoldenSet,
    models: Models | None,
    house: Snapshot | None = None,
) -> Iterator[Chat]:
    """Open a house, the packaged one unless another is given, with a store of its own."""
    folder.mkdir(exist_ok=True)
    clock: dict[str, Any] = {"now": START, "mono": 0.0}

    def sleep(seconds: float) -> None:
        clock["mono"] += seconds

    snapshot = house or packaged_house().snapshot
    home = DemoHome(snapshot, sleep=sleep, monotonic=lambda: clock["mono"], now=lambda: clock["now"])
    with open_store(folder / "store.db") as store:
        engine = Engine.open(
            store,
            interpreter.encoder,
            golden,
            at=START,
            build=lambda knowledge, _: interpreter.with_knowledge(knowledge),
            models=models,
        )
        yield Chat(
            Conversation(engine, home, store, Settings(), monotonic=lambda: clock["mono"]), home, engine, store, clock
        )
        engine.close()
