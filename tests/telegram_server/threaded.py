"""The thread, loop and port of the server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine
from threading import Condition, Thread
from typing import Any

from aiohttp import web

from .front import Front
from .state import State


class ServerThread:
    """Runs one Front; start and stop may be called again and again, the port stays."""

    def __init__(self, token: str, state: State, guard: Condition, port: int) -> None:
        self.port = port
        self.front = Front(token, state, guard)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._runner: web.AppRunner | None = None
        self._reopening: asyncio.Task[None] | None = None
        state.updates.arrived = lambda: self.soon(self.front.wake)

    @property
    def listening(self) -> bool:
        """Say whether the port is open."""
        return self._runner is not None

    def start(self) -> None:
        """Listen, and return when connections are accepted."""
        loop = self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=loop.run_forever, name="telegram-server", daemon=True)
        self._thread.start()
        self._do(self._open())

    def stop(self) -> None:
        """Close everything."""
        if self._loop is None or self._thread is None:
            return
        self._do(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
        self._loop = self._thread = None

    def close_for(self, seconds: float) -> None:
        """Close the port and open it again later."""
        self._do(self._pause(seconds))

    def soon(self, action: Callable[[], None]) -> None:
        """Run something on the loop, if there is one."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(action)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _open(self) -> None:
        runner = web.AppRunner(
            self.front.application(), handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        await runner.setup()
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        await web.SockSite(runner, listening).start()
        self._runner = runner

    async def _close(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None and runner.server is not None:
            for connection in list(runner.server.connections):
                if connection.transport is not None:
                    connection.transport.abort()
            await runner.cleanup()

    async def _pause(self, seconds: float) -> None:
        await self._close()

        async def reopen() -> None:
            await asyncio.sleep(seconds)
            await self._open()

        self._reopening = asyncio.create_task(reopen())

    async def _shut(self) -> None:
        if self._reopening is not None:
            self._reopening.cancel()
            await asyncio.gather(self._reopening, return_exceptions=True)
        await self.front.webhook.clear({})
        await self._close()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        await asyncio.get_running_loop().shutdown_asyncgens()
