"""One request to an Ollama server through its own client, every failure of which becomes a LanguageModelError.

Requests that answer in a stream can be broken off from another thread: the connection is shut down, which the server
notices and stops for.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import ollama

from engine.llm.bounded import bound
from engine.llm.errors import (
    LanguageModelError,
    ModelBusy,
    ModelClosed,
    ModelFailed,
    ModelMissing,
    ModelTimedOut,
    ModelUnreachable,
)

_LONGEST_ANSWER = 40_000  # characters
_CONNECTED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})
_NANOSECONDS = 1e9
_BEYOND_COUNTING = 2**53
# What the client raises beside its own ResponseError. It reads lines without looking at them: one that is no JSON, no
# object or no answer ends in one of the later ones; a client that was closed, in the last.
_CLIENT_ERRORS = (
    ollama.ResponseError,
    ollama.RequestError,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    RuntimeError,
    MemoryError,
)


@dataclass(frozen=True)
class Limits:
    """Seconds until a connection is there, and until the first token and each further one."""

    connect_s: float = 1.0
    first_token_s: float = 30.0


@dataclass(frozen=True)
class Said:
    """What came back: the text, why it ended, and how many tokens took how many seconds."""

    text: str
    ended: str | None
    tokens: int | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Chat:
    """One request: a model's name, messages, the schema of the answer, options, and how long to wait for a token.

    One that `gives_way` is broken off for one that does not.
    """

    model: str
    messages: Sequence[Mapping[str, str]]
    schema: Mapping[str, Any] | None
    options: Mapping[str, Any]
    token_s: float
    keep_alive: str = "30m"
    gives_way: bool = False


class Line:
    """The connection of one request, which `break_off` shuts down."""

    def __init__(self, *, gives_way: bool = False) -> None:
        self._socket: Any = None
        self.gives_way = gives_way
        self.gave_way = False
        self.broken = False

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take the socket from what httpcore tells while it connects."""
        if event in _CONNECTED:
            self._socket = info["return_value"].get_extra_info("socket")
            if self.broken:
                self.break_off()

    def break_off(self) -> None:
        """Have whoever reads from the connection get an error at once."""
        self.broken = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def give_way(self) -> None:
        """Break off what can be asked again later, if it can be."""
        if self.gives_way:
            self.gave_way = True
            self.break_off()

    def ended(self, model: str) -> LanguageModelError:
        """Return what is to be said of a request that was broken off."""
        if self.gave_way:
            return ModelBusy(model, "it gave way to somebody who waits", by_others=True)
        return ModelClosed(model)


class Wire:
    """Requests to one server, one at a time; it holds no connection between them, and follows no redirection."""

    def __init__(self, host: str, limits: Limits) -> None:
        self.host, self._limits = host, limits
        self._line = Line()
        self._token_s = limits.first_token_s
        try:
            self._client = ollama.Client(
                host,
                timeout=httpx.Timeout(limits.connect_s),
                limits=httpx.Limits(max_keepalive_connections=0),
                event_hooks={"request": [self._prepare], "response": [bound]},
                follow_redirects=False,
                trust_env=False,
            )
        except _CLIENT_ERRORS as error:
            raise ModelUnreachable(host, f"{host!r} is no address") from error

    def chat(self, request: Chat, line: Line) -> Said:
        """Return what the server answers; raises a LanguageModelError."""
        self._line, self._token_s = line, request.token_s
        with self._translated(request.model, request.token_s, line):
            parts = self._client.chat(
                model=request.model,
                messages=list(request.messages),
                format=dict(request.schema) if request.schema is not None else None,
                options=dict(request.options),
                stream=True,
                think=False,
                keep_alive=request.keep_alive,
            )
            return _gathered(parts, request.model, line)

    def tags(self, line: Line, timeout_s: float) -> ollama.ListResponse:
        """Return what models the server has; raises a LanguageModelError."""
        self._line, self._token_s = line, timeout_s
        with self._translated(self.host, timeout_s, line):
            return self._client.list()

    def _prepare(self, request: httpx.Request) -> None:
        seconds = {"connect": min(self._limits.connect_s, self._token_s), "read": self._token_s, "write": self._token_s}
        request.headers["Accept-Encoding"] = "identity"  # what comes packed can unfold to any size
        request.extensions = {
            **request.extensions,
            "timeout": {**seconds, "pool": self._token_s},
            "trace": self._line.trace,
        }

    @contextlib.contextmanager
    def _translated(self, model: str, token_s: float, line: Line) -> Iterator[None]:
        try:
            yield
        except _CLIENT_ERRORS as error:
            if line.broken:
                raise line.ended(model) from error
            raise translated(error, model, token_s) from error


def _gathered(parts: Iterator[Any], model: str, line: Line) -> Said:
    text, last = "", None
    for part in parts:
        if line.broken:
            raise line.ended(model)
        text += part.message.content or ""
        last = part
        if len(text) > _LONGEST_ANSWER:
            raise ModelFailed(model, "its answer has no end", 400)
    if last is None or not last.done:
        return Said(text, None)
    tokens, took = _measured(last.eval_count), _measured(last.eval_duration)
    return Said(text, last.done_reason or "stop", tokens, took / _NANOSECONDS if took else None)


def _measured(figure: int | None) -> int | None:
    """Return a figure that can have been counted; the client lets any pass."""
    return figure if figure is not None and 0 <= figure < _BEYOND_COUNTING else None


def translated(error: BaseException, model: str, seconds: float) -> LanguageModelError:
    """Return what an error of the client means."""
    if isinstance(error, ollama.ResponseError):
        return _of_response(error, model)
    for kinds, meaning in _MEANINGS:
        if isinstance(error, kinds):
            return meaning(model, seconds)
    return ModelFailed(model, "what it sent is not Ollama's protocol", 400)


def _nobody(model: str, _: float) -> LanguageModelError:
    return ModelUnreachable(model, "nobody answers there")


def _dropped(model: str, _: float) -> LanguageModelError:
    return ModelUnreachable(model, "the connection broke", dropped=True)


# The first that fits counts. The client raises the built-in ConnectionError for a request that is not streamed.
_MEANINGS: tuple[tuple[tuple[type[BaseException], ...], Callable[[str, float], LanguageModelError]], ...] = (
    ((httpx.ConnectTimeout,), lambda model, _: ModelUnreachable(model, "no connection in time")),
    ((httpx.TimeoutException, TimeoutError), ModelTimedOut),
    ((httpx.ConnectError, ConnectionRefusedError, httpx.InvalidURL, httpx.UnsupportedProtocol), _nobody),
    ((httpx.HTTPError, httpx.StreamError, ConnectionResetError, BrokenPipeError), _dropped),
    ((ConnectionError,), _nobody),
    ((OSError,), _dropped),
)


def _of_response(error: ollama.ResponseError, model: str) -> LanguageModelError:
    said = " ".join(str(error.error).split())[:200] or "no reason given"
    match error.status_code:
        case 404:
            return ModelMissing(model)
        case 503 | 429:
            return ModelBusy(model, said, by_others=True)
        case -1:
            return ModelFailed(model, said)
    return ModelFailed(model, said, error.status_code)
