"""A server that speaks as Home Assistant was heard to speak; `recorded.json` has what it said."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from aiohttp import WSMsgType, web

from butler.home.assistant.connection import Address
from butler.secret import Secret
from tests.home_assistant.mischief import Mischief
from tests.home_assistant.stand_in_house import StandInHouse
from tests.home_assistant.stand_in_link import Link, only

TOKEN = "standin-token.abcdefghij.klmnopqrst"


class StandIn:
    """Runs in a thread of its own; it may be stopped and started again, the port stays."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.house = StandInHouse(document)
        self.tokens = {TOKEN}
        self.asked: Counter[str] = Counter()
        self.lacks: frozenset[str] = frozenset()
        """Commands that this version does not know, or that the token may not use."""
        self.mischief = Mischief()
        self.port = 0
        self._links: set[Link] = set()
        self._loop = asyncio.new_event_loop()
        self._runner: web.AppRunner | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="stand-in", daemon=True)
        self._thread.start()
        self.start()

    @property
    def address(self) -> Address:
        return Address(f"http://127.0.0.1:{self.port}", Secret(TOKEN))

    def start(self) -> None:
        """Listen."""
        self.do(self._start())

    def stop(self) -> None:
        """Close the port and every connection at once, as a process that was killed does."""
        self.do(self._stop())

    def close(self) -> None:
        """End the thread."""
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something in the server's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def change(self, what: Callable[[StandInHouse], None], *events: str) -> None:
        """Change the house, as somebody does in Home Assistant, and tell of it."""

        async def change() -> None:
            what(self.house)
            self.tell_states(self.house.context())
            for event in events:
                self.tell_event(event)

        self.do(change())

    def forget_calls(self) -> None:
        """Let nothing come of the calls that are still waiting for their devices."""

        async def forget() -> None:
            for link in self._links:
                link.forget_calls()

        self.do(forget())

    def revoke(self) -> None:
        """Take the token back; whoever is connected with it is thrown out."""

        async def revoke() -> None:
            self.tokens.clear()
            for link in list(self._links):
                await link.socket.close()

        self.do(revoke())

    def tell_states(self, context: str) -> None:
        """Tell all that moved to whoever follows it."""
        event = self.house.look(context)
        for link in self._links:
            for number, wanted in link.states.items():
                told = only(event, wanted)
                if told:
                    link.send({"id": number, "type": "event", "event": told})

    def tell_event(self, kind: str) -> None:
        """Tell that a registry changed."""
        for link in self._links:
            for number, wanted in link.events.items():
                if wanted == kind:
                    event = {"event_type": kind, "data": {"action": "update"}, "origin": "LOCAL"}
                    link.send({"id": number, "type": "event", "event": event})

    async def _start(self) -> None:
        application = web.Application()
        application.router.add_get("/api/websocket", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = int(listening.getsockname()[1])
        await web.SockSite(self._runner, listening).start()

    async def _stop(self) -> None:
        runner, self._runner = self._runner, None
        if runner is None:
            return
        for connection in list(runner.server.connections if runner.server else ()):
            if connection.transport is not None:
                connection.transport.abort()
        await runner.cleanup()

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        sock = web.WebSocketResponse(max_msg_size=0)
        await sock.prepare(request)
        await sock.send_json({"type": "auth_required", "ha_version": "2025.4.4"})
        frame = await sock.receive()
        if frame.type is not WSMsgType.TEXT or json.loads(frame.data).get("access_token") not in self.tokens:
            await sock.send_json({"type": "auth_invalid", "message": "Invalid access token or password"})
            await sock.close()
            return sock
        await sock.send_json({"type": "auth_ok", "ha_version": "2025.4.4"})
        link = Link(sock, self)
        self._links.add(link)
        try:
            await link.live()
        finally:
            self._links.discard(link)
        return sock
