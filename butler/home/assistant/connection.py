"""One WebSocket to Home Assistant: requests get their answers by id, subscriptions their events."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import aiohttp

from butler.home.assistant.errors import BrokenError, RefusedError, SilentError, TokenRefusedError
from butler.home.assistant.frames import Message, messages_of, refusal_of
from butler.secret import Secret

_LOG = logging.getLogger(__name__)
_LARGEST_FRAME = 64 * 1024 * 1024  # bytes: the states of many thousand entities come in one
_CLOSING = aiohttp.ClientWSTimeout(ws_close=1.0)
"""How long a server that may be gone is waited for when the connection is closed, in seconds."""
OnEvent = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True)
class Address:
    """Where Home Assistant is (http or https, without a slash at its end), and the long-lived token for it."""

    url: str
    token: Secret

    @property
    def socket(self) -> str:
        """The address of its WebSocket."""
        return f"ws{self.url.removeprefix('http')}/api/websocket"


class Connection:
    """An authenticated connection; after it broke, whoever waits for an answer gets a BrokenError."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._listening: dict[int, OnEvent] = {}
        self._broken: str | None = None

    @property
    def broken(self) -> bool:
        """Whether nothing more will come of it."""
        return self._broken is not None

    @classmethod
    async def open(cls, session: aiohttp.ClientSession, address: Address, timeout_s: float) -> Self:
        """Connect and authenticate; raises BrokenError, SilentError or TokenRefusedError."""
        try:
            async with asyncio.timeout(timeout_s):
                socket = await session.ws_connect(
                    address.socket, max_msg_size=_LARGEST_FRAME, compress=0, timeout=_CLOSING
                )
                try:
                    await _authenticate(socket, address.token)
                except BaseException:
                    await socket.close()
                    raise
        except TimeoutError as exc:
            raise SilentError(timeout_s) from exc
        except (aiohttp.ClientError, OSError) as exc:
            raise BrokenError(f"Home Assistant cannot be reached ({_cause(exc)})") from exc
        return cls(socket)

    async def read(self) -> None:
        """Hand on what comes in until the connection breaks, and raise a BrokenError then."""
        problem = "the connection to Home Assistant was closed"
        try:
            async for frame in self._socket:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    for message in messages_of(frame.data):
                        self._dispatch(message)
        except BrokenError as exc:
            problem = str(exc)
        finally:
            self._break(problem)
            await self._socket.close()
        raise BrokenError(problem)

    async def ask(self, kind: str, timeout_s: float, **fields: Any) -> Any:
        """Return the result of a command; raises BrokenError, SilentError or RefusedError."""
        return await self._sent(next(self._ids), kind, timeout_s, fields)

    async def ping(self, timeout_s: float) -> None:
        """Wait until Home Assistant has answered, and with it sent all it had to tell before."""
        await self.ask("ping", timeout_s)

    async def subscribe(self, kind: str, on_event: OnEvent, timeout_s: float, **fields: Any) -> int:
        """Have the events of a subscription handed on, and return its id."""
        number = next(self._ids)
        self._listening[number] = on_event  # events may come before the result
        try:
            await self._sent(number, kind, timeout_s, fields)
        except BaseException:
            self._listening.pop(number, None)
            raise
        return number

    def unsubscribe(self, number: int) -> None:
        """End a subscription; nobody waits for the answer."""
        self._listening.pop(number, None)
        if self._broken is None:
            message = {"id": next(self._ids), "type": "unsubscribe_events", "subscription": number}
            task = asyncio.ensure_future(self._send(message))
            task.add_done_callback(_look_at)

    async def close(self) -> None:
        """Close the connection; a second time does nothing."""
        self._break("the connection to Home Assistant was closed")
        await self._socket.close()

    async def _sent(self, number: int, kind: str, timeout_s: float, fields: Mapping[str, Any]) -> Any:
        if self._broken is not None:
            raise BrokenError(self._broken)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            async with asyncio.timeout(timeout_s):
                await self._send({"id": number, "type": kind, **fields})
                return await answer
        except TimeoutError as exc:
            raise SilentError(timeout_s) from exc
        finally:
            self._waiting.pop(number, None)

    async def _send(self, message: Message) -> None:
        try:
            await self._socket.send_json(message)
        except (aiohttp.ClientError, OSError, RuntimeError) as exc:
            raise BrokenError(f"the connection to Home Assistant broke ({_cause(exc)})") from exc

    def _dispatch(self, message: Message) -> None:
        number, kind = message.get("id"), message.get("type")
        if not isinstance(number, int):
            return
        if kind == "event":
            event = message.get("event")
            if number in self._listening and isinstance(event, Mapping):
                self._listening[number](event)
            return
        answer = self._waiting.get(number)
        if answer is None or answer.done():
            return
        if kind == "pong" or (kind == "result" and message.get("success") is True):
            answer.set_result(message.get("result"))
        elif kind == "result":
            answer.set_exception(RefusedError(*refusal_of(message)))

    def _break(self, problem: str) -> None:
        if self._broken is None:
            self._broken = problem
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(BrokenError(problem))
        self._listening.clear()


async def _authenticate(socket: aiohttp.ClientWebSocketResponse, token: Secret) -> None:
    await _expect(socket, "auth_required")
    await socket.send_json({"type": "auth", "access_token": token.reveal()})
    await _expect(socket, "auth_ok")


async def _expect(socket: aiohttp.ClientWebSocketResponse, kind: str) -> None:
    frame = await socket.receive()
    if frame.type is not aiohttp.WSMsgType.TEXT:
        raise BrokenError("the connection to Home Assistant was closed")
    message = messages_of(frame.data)[0]
    if message.get("type") == "auth_invalid":
        raise TokenRefusedError("Home Assistant does not take the token: it was revoked, or belongs to another house")
    if message.get("type") != kind:
        raise BrokenError("what answers there does not speak as Home Assistant does")


def _look_at(task: asyncio.Future[None]) -> None:
    """Take note of how a task ended that nobody waited for."""
    if not task.cancelled() and task.exception() is not None:
        _LOG.debug("a subscription could not be ended: %s", task.exception())


def _cause(error: BaseException) -> str:
    """Return what a person may read of a fault of the network."""
    if isinstance(error, aiohttp.WSServerHandshakeError):
        return f"HTTP {error.status} instead of a WebSocket"
    if isinstance(error, aiohttp.ClientSSLError | aiohttp.ClientConnectorCertificateError):
        return "its certificate is not trusted on this machine"
    found = getattr(error, "os_error", None) or error
    return str(getattr(found, "strerror", None) or type(found).__name__)
