"""Delivery of updates to the address a bot has set, again and again until it is accepted."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from .errors import bad_request
from .update_queue import UpdateQueue

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LOOPBACK = {"127.0.0.1", "localhost"}


class Webhook:
    """The one address of the bot; used on the server's loop only."""

    def __init__(self, queue: UpdateQueue) -> None:
        self._queue = queue
        self._arrived = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._secret = ""
        self._error: tuple[int, str] | None = None
        self.url = ""
        self.routes: dict[str, str] = {}
        self.pause = 0.2
        self.refusals = 0

    def wake(self) -> None:
        """Let the delivery look again."""
        self._arrived.set()

    async def set(self, values: dict[str, Any]) -> bool:
        """Start delivering to an address; an empty one ends it."""
        url, secret = values.get("url") or "", values.get("secret_token") or ""
        parts = urlsplit(url)
        if url and parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if "secret_token" in values and not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters" if secret else "secret token is empty")
        await self.clear(values)
        self._queue.allow(values.get("allowed_updates"))
        self.url, self._secret, self._error = url, secret, None
        if url:
            self._task = asyncio.create_task(self._deliver())
        return True

    async def clear(self, values: dict[str, Any]) -> bool:
        """Stop delivering."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._task, self.url = None, ""
        if values.get("drop_pending_updates"):
            self._queue.clear()
        return True

    def info(self) -> dict[str, Any]:
        """Return a WebhookInfo."""
        value: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue),
        }
        if self.url:
            value |= {"max_connections": 40, "ip_address": "127.0.0.1"}
        if self._queue.allowed:
            value["allowed_updates"] = self._queue.allowed
        if self._error is not None:
            value |= {"last_error_date": self._error[0], "last_error_message": self._error[1]}
        return value

    async def _deliver(self) -> None:
        timeout = aiohttp.ClientTimeout(total=30)
        async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:
            while True:
                self._arrived.clear()
                found = self._queue.take(0, 1)
                if not found:
                    await self._arrived.wait()
                elif await self._accepted(session, found[0]):
                    self._queue.take(found[0]["update_id"] + 1, 1)
                else:
                    await asyncio.sleep(self.pause)

    async def _accepted(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            async with session.post(self._target(), json=update, headers=headers) as response:
                if 200 <= response.status < 300:
                    return True
                problem = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            problem = f"Connection failed: {type(error).__name__}"
        self._error = int(time.time()), problem
        self.refusals += 1
        return False

    def _target(self) -> str:
        for public, local in self.routes.items():
            if self.url.startswith(public):
                return local + self.url.removeprefix(public)
        return self.url
