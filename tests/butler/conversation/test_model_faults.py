"""Two hundred turns with a language model that is dead, slow, lies, cuts off, babbles or dies in mid-answer."""

from __future__ import annotations

import random
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from engine.learning.golden import GoldenSet
from engine.llm import Models
from engine.llm.ollama_server import OllamaServer
from engine.understanding.interpreter import Interpreter
from store import signals, traces
from tests.butler.conversation.conftest import START, Chat
from tests.butler.conversation.modelled import household
from tests.engine.fallback.paraphrasing import paraphrases
from tests.ollama_server import FAULTS, StandIn

LIES = "lies"
WAIT_S = 0.5
TURNS = 200
DROPPED = re.compile(r"^I've dropped my question about “[^”]*”\.\s")  # of an earlier turn, which lies may have led to
KNOWN = (
    "turn on the kitchen light",
    "turn off the kitchen light",
    "set the desk lamp to 40%",
    "turn off the desk lamp",
)
TALK = (
    "blorp the frimble with gusto",
    "eleven purple elephants and a kazoo",
    "my cousin bakes better bread than yours",
    "nothing beats a rainy sunday afternoon indoors",
)


class Clock:
    """A clock that stands still within a turn, so that a model that rests is tried again in the next one."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def lying(body: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return an answer that fits the schema and means anything at all."""
    parts = body["format"]["properties"]
    picked = {name: chance.choice(part["enum"]) for name, part in parts.items() if "enum" in part}
    return {**picked, "value": chance.choice([None, 0, 21, 100]), "confidence": 1.0}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    chance = random.Random(8)
    with StandIn(lambda body: lying(body, chance)) as one:
        yield one


@pytest.fixture
def models(stand_in: StandIn, clock: Clock) -> Iterator[Models]:
    server = OllamaServer(stand_in.url, monotonic=clock, sleep=clock.sleep)
    yield Models(server.model, {"understand": "tiny:1b"}, WAIT_S)
    server.close()


@pytest.fixture
def pair(models: Models, interpreter: Interpreter, golden: GoldenSet, tmp_path: Path) -> Iterator[tuple[Chat, Chat]]:
    """Return two households that are alike, but that one has a model."""
    with ExitStack() as stack:
        yield (
            stack.enter_context(household(tmp_path / "with", interpreter, golden, models)),
            stack.enter_context(household(tmp_path / "without", interpreter, golden, None)),
        )


def test_whatever_the_model_does_every_turn_is_answered_and_nothing_acts_wrongly(
    pair: tuple[Chat, Chat], stand_in: StandIn, clock: Clock
) -> None:
    """What is done is what is done without a model, and of a turn in which it failed nothing is learned.

    Every turn that reaches the model is spoilt; between them, plain commands go on working.
    """
    chat, alone = pair
    digest = chat.engine.digest()
    said = [*(one.text for one in paraphrases()), *TALK]
    ways = [*FAULTS, LIES]
    spoilt = 0
    for at in range(2 * TURNS):
        text, way = said[at % len(said)], ways[at % len(ways)]
        if at % 10 == 0:
            text = KNOWN[at // 10 % len(KNOWN)]
        if way != LIES:
            stand_in.fault(way, 2)
        before = len(stand_in.requests)
        answer, other = chat.say(text), alone.say(text)
        stand_in.faults.clear()
        clock.now += 1000
        assert answer
        assert chat.last.calls == alone.last.calls, (text, way)
        number = chat.last.turn or 0
        failed = [one for one in traces.by_turn(chat.store, number) if one.decision in {"failed", "unfit"}]
        if failed:
            assert not [one for one in signals.since(chat.store, START) if one.turn == number], (text, way)
            assert DROPPED.sub("", answer) == DROPPED.sub("", other), (text, way)
        spoilt += len(stand_in.requests) > before
        if spoilt == TURNS:
            break
    assert spoilt == TURNS
    assert chat.home.states() == alone.home.states()
    assert chat.engine.digest() == digest


def test_a_server_that_is_not_there_changes_nothing(
    interpreter: Interpreter, golden: GoldenSet, tmp_path: Path
) -> None:
    """After the first failures it is not even asked for a while."""
    with socket.socket() as free, ExitStack() as stack:
        free.bind(("127.0.0.1", 0))
        server = OllamaServer(f"http://127.0.0.1:{free.getsockname()[1]}")
        stack.callback(server.close)
        models = Models(server.model, {"understand": "tiny:1b"}, WAIT_S)
        chat = stack.enter_context(household(tmp_path / "with", interpreter, golden, models))
        alone = stack.enter_context(household(tmp_path / "without", interpreter, golden, None))
        for text in (*TALK, *(one.text for one in paraphrases()[:8]), *KNOWN):
            assert chat.say(text) == alone.say(text)
            assert chat.last.calls == alone.last.calls
        assert "is not asked for" in _problems(chat)
        told = {one.turn for one in signals.since(chat.store, START)}
        assert not [n for n in told if any(one.stage == "llm" for one in traces.by_turn(chat.store, n or 0))]


def _problems(chat: Chat) -> str:
    numbers = [reply.turn for reply in chat.replies if reply.turn]
    entries = [one for number in numbers for one in traces.by_turn(chat.store, number) if one.stage == "llm"]
    return "\n".join(str((one.metadata or {}).get("problem")) for one in entries)
