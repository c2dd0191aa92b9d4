"""The adapter for Ollama: what it asks, what it makes of every fault, and that it never waits longer than it may."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.llm import (
    AnswerCutOff,
    AnswerUnfit,
    LanguageModelError,
    ModelBusy,
    ModelClosed,
    ModelFailed,
    ModelMissing,
    ModelResting,
    ModelTimedOut,
    ModelUnreachable,
)
from engine.llm.bounded import LARGEST_ANSWER
from engine.llm.ollama_server import InstalledModel, OllamaServer
from engine.llm.ollama_wire import Limits
from tests.ollama_server import FAULTS, StandIn

SCHEMA = {
    "type": "object",
    "properties": {"pick": {"type": "string", "enum": ["none", "a", "b"]}},
    "required": ["pick"],
    "additionalProperties": False,
}
ERRORS: dict[str, type[LanguageModelError] | None] = {
    "error500": ModelFailed,
    "busy503": ModelBusy,
    "drop": ModelUnreachable,
    "slow": None,
    "stall": ModelTimedOut,
    "midstream": ModelUnreachable,
    "error_line": ModelFailed,
    "garbage": AnswerUnfit,
    "truncate": AnswerCutOff,
    "wrong_schema": AnswerUnfit,
    "empty": AnswerUnfit,
    "not_json": ModelFailed,
    "not_object": ModelFailed,
    "half_line": ModelFailed,
    "no_end": AnswerCutOff,
    "redirect": ModelFailed,
    "odd_error": ModelFailed,
    "endless_line": ModelFailed,
    "endless_error": ModelFailed,
    "packed": ModelFailed,
    "tool_call": AnswerUnfit,
}
RETRIED = {"error500", "busy503", "drop", "midstream", "error_line"}


class Clock:
    """A clock that is moved by hand, and by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn(lambda _: {"pick": "a"}) as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(stand_in: StandIn, clock: Clock) -> Iterator[OllamaServer]:
    one = OllamaServer(stand_in.url, monotonic=clock, sleep=clock.sleep)
    yield one
    one.close()


def test_a_question_is_asked_as_ollama_wants_it(stand_in: StandIn, server: OllamaServer) -> None:
    """Constrained by the schema, without thinking, at temperature 0, with a seed; the constant part stands first."""
    server.model("tiny:1b").answer("now", SCHEMA, system="ever", seed=7)
    (body,) = stand_in.requests
    assert [(m["role"], m["content"]) for m in body["messages"]] == [("system", "ever"), ("user", "now")]
    assert (body["format"], body["think"], body["stream"]) == (SCHEMA, False, True)
    assert (body["options"]["temperature"], body["options"]["seed"]) == (0, 7)
    assert body["options"]["num_predict"] > 0


def test_the_stand_in_has_every_fault_there_is_an_error_for() -> None:
    assert set(ERRORS) == set(FAULTS)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_becomes_one_error_of_the_tree(fault: str, stand_in: StandIn, server: OllamaServer) -> None:
    """Asked a second time only where that may help."""
    stand_in.fault(fault, 2)
    expected = ERRORS[fault]
    if expected is None:
        assert server.model("tiny:1b").complete("?", SCHEMA) == {"pick": "a"}
        return
    with pytest.raises(expected):
        server.model("tiny:1b").complete("?", SCHEMA, timeout_s=0.6 if fault == "stall" else 20.0)
    assert len(stand_in.requests) == (2 if fault in RETRIED else 1)


@pytest.mark.parametrize("fault", sorted(RETRIED))
def test_what_passes_by_itself_is_got_over(fault: str, stand_in: StandIn, server: OllamaServer) -> None:
    stand_in.fault(fault)
    assert server.model("tiny:1b").complete("?", SCHEMA) == {"pick": "a"}


@pytest.mark.parametrize("fault", ["endless_line", "endless_error"])
def test_of_an_answer_without_end_no_more_is_taken_in_than_any_answer_has(
    fault: str, stand_in: StandIn, server: OllamaServer
) -> None:
    """A line that never ends would else fill the memory as fast as the network brings it."""
    stand_in.fault(fault)
    with pytest.raises(ModelFailed):
        server.model("tiny:1b").answer("?", SCHEMA, timeout_s=5.0)
    assert stand_in.sent < 5 * LARGEST_ANSWER  # what lies in the network's buffers was sent too


@pytest.mark.parametrize("text", ["\x1b[2J", "a\x00b", "\ud800", "\u202eback", "\x9bodd"])
def test_an_answer_of_signs_that_are_no_text_is_none(text: str, stand_in: StandIn, server: OllamaServer) -> None:
    """They could not be kept, or would play with whatever shows them."""
    schema = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
    stand_in.reply = lambda _: {"text": text}
    with pytest.raises(AnswerUnfit, match="no text"):
        server.model("tiny:1b").complete("?", schema)
    stand_in.reply = lambda _: {"text": "Müll: 5\u00a0€ 👩\u200d🌾\n"}
    assert server.model("tiny:1b").complete("?", schema) == {"text": "Müll: 5\u00a0€ 👩\u200d🌾\n"}


@pytest.mark.parametrize("figure", [-5, 10**400])
def test_figures_that_nobody_can_have_counted_are_left_out(
    figure: int, stand_in: StandIn, server: OllamaServer
) -> None:
    stand_in.figures = {"eval_count": figure, "eval_duration": figure}
    answer = server.model("tiny:1b").answer("?", SCHEMA)
    assert (answer.value, answer.tokens, answer.tokens_per_second) == ({"pick": "a"}, None, None)


def test_models_under_odd_names_or_of_odd_sizes_are_not_taken_at_their_word(
    stand_in: StandIn, server: OllamaServer
) -> None:
    stand_in.models = ("tiny:1b", "\x1b[2J", "x" * 5_000)
    stand_in.size = 10**30
    assert server.installed() == (InstalledModel("tiny:1b", "tiny", None, "1B", "Q4_K_M"),)


def test_a_model_the_server_does_not_have_is_named(server: OllamaServer) -> None:
    with pytest.raises(ModelMissing, match="ollama pull other"):
        server.model("other").complete("?", SCHEMA)


def test_nobody_at_the_address_is_unreachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = OllamaServer(f"http://127.0.0.1:{free.getsockname()[1]}")
        with pytest.raises(ModelUnreachable, match="nobody answers"):
            server.model("tiny:1b").complete("?", SCHEMA)
        with pytest.raises(ModelUnreachable):
            server.installed()
        server.close()


@pytest.mark.parametrize("host", ["http://127.0.0.1:notaport", "http://[::1", "ftp://127.0.0.1:1", "http://a b"])
def test_an_address_that_is_none_is_unreachable(host: str) -> None:
    with pytest.raises(ModelUnreachable):
        OllamaServer(host).model("tiny:1b").complete("?", SCHEMA)


def test_an_answer_nobody_waits_for_any_more_is_broken_off(stand_in: StandIn, server: OllamaServer) -> None:
    """The server sees the client leave, and the next question is answered at once."""
    stand_in.fault("stall")
    with pytest.raises(ModelTimedOut, match=r"within 0\.3 seconds"):
        server.model("tiny:1b").complete("?", SCHEMA, timeout_s=0.3)
    assert stand_in.hung_up.wait(5)
    assert server.model("tiny:1b").complete("?", SCHEMA, timeout_s=5) == {"pick": "a"}


def test_only_one_answer_is_generated_at_a_time(stand_in: StandIn, server: OllamaServer) -> None:
    """Whoever waits for the turn too long is told so, and the server never hears of it."""
    stand_in.fault("stall")
    begun = threading.Event()
    problems: list[Exception] = []

    def first() -> None:
        begun.set()
        try:
            server.model("tiny:1b").complete("first", SCHEMA, timeout_s=30)
        except LanguageModelError as problem:
            problems.append(problem)

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait(5)
    deadline = time.monotonic() + 5
    while not stand_in.requests and time.monotonic() < deadline:
        pass
    with pytest.raises(ModelBusy, match="something else"):
        server.model("tiny:1b").complete("second", SCHEMA, timeout_s=0.2)
    server.close()
    thread.join(5)
    assert [type(problem) for problem in problems] == [ModelClosed]
    assert [request["messages"][-1]["content"] for request in stand_in.requests] == ["first"]
    with pytest.raises(ModelClosed):
        server.model("tiny:1b").complete("third", SCHEMA)


def test_a_token_that_does_not_come_is_not_waited_for(stand_in: StandIn) -> None:
    """The first token has a limit of its own."""
    server = OllamaServer(stand_in.url, Limits(first_token_s=0.2))
    stand_in.fault("stall")
    with pytest.raises(ModelTimedOut):
        server.model("tiny:1b").complete("?", SCHEMA, timeout_s=60)
    server.close()


def test_after_three_failures_the_model_rests_until_a_probe_succeeds(
    stand_in: StandIn, server: OllamaServer, clock: Clock
) -> None:
    model = server.model("tiny:1b")
    stand_in.fault("garbage", 4)
    for _ in range(3):
        with pytest.raises(AnswerUnfit):
            model.complete("?", SCHEMA)
    with pytest.raises(ModelResting, match="30 seconds"):
        model.complete("?", SCHEMA)
    clock.sleep(31)
    with pytest.raises(AnswerUnfit):
        model.complete("?", SCHEMA)
    clock.sleep(31)
    with pytest.raises(ModelResting):
        model.complete("?", SCHEMA)
    clock.sleep(31)
    assert model.complete("?", SCHEMA) == {"pick": "a"}
    assert model.complete("?", SCHEMA) == {"pick": "a"}
    assert len(stand_in.requests) == 6


def test_the_servers_models_are_listed(stand_in: StandIn, server: OllamaServer) -> None:
    assert server.installed() == (InstalledModel("tiny:1b", "tiny", 93_000_000, "1B", "Q4_K_M"),)


_PIECES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n\r\n",
            b"HTTP/1.1 599 Odd\r\n\r\n{",
            b"HTTP/1.1 302 Found\r\nLocation: ://\r\n\r\n",
            b"5\r\nhello\r\n",
            b'{"message": {"role": "assistant", "content": "{}"}, "done": true}\n',
            b'{"message": 3}\n',
            b'{"error": {"a": 1}}\n',
            b'{"done": "maybe", "eval_count": "many"}\n',
            b"null\n",
            b"[" * 5000 + b"\n",
            b"\xff\xfe\n",
            b"0\r\n\r\n",
        ]
    ),
)


class Babbler:
    """Answers each connection with whatever bytes it was given, and closes it."""

    def __init__(self) -> None:
        self.says = b""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.recv(100_000)
                connection.sendall(self.says)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def babbler() -> Iterator[Babbler]:
    one = Babbler()
    yield one
    one.close()


@given(pieces=st.lists(_PIECES, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_server_sends_no_foreign_error_escapes(babbler: Babbler, pieces: list[bytes]) -> None:
    """Either an answer that fits or an error of the one tree, for chats and for the list of models."""
    babbler.says = b"".join(pieces)
    server = OllamaServer(babbler.url, sleep=lambda _: None)
    asked: list[Any] = [lambda: server.model("tiny:1b").complete("?", SCHEMA, timeout_s=5), server.installed]
    for ask in asked:
        with contextlib.suppress(LanguageModelError):
            ask()
    server.close()


def test_what_can_wait_gives_way_to_who_waits_and_is_asked_again(stand_in: StandIn) -> None:
    """A night job in mid-answer is broken off for a turn, and goes on after it."""
    server = OllamaServer(stand_in.url)
    stand_in.fault("stall")
    answers: list[Any] = []
    night = server.model("tiny:1b", gives_way=True)
    thread = threading.Thread(target=lambda: answers.append(night.complete("night", SCHEMA, timeout_s=60)))
    thread.start()
    deadline = time.monotonic() + 5
    while not stand_in.requests and time.monotonic() < deadline:
        pass
    assert server.model("tiny:1b").complete("turn", SCHEMA, timeout_s=20) == {"pick": "a"}
    thread.join(20)
    server.close()
    assert answers == [{"pick": "a"}]
    assert [request["messages"][-1]["content"] for request in stand_in.requests] == ["night", "turn", "night"]
