"""A running server, a person with a chat, and plain HTTP to call methods with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from . import TelegramServer, User

TOKEN = "123456789:AAFakeTokenForTestsOnlyAAAAAAAAAAAA"


@dataclass(frozen=True)
class Http:
    """A client without a library in between."""

    server: TelegramServer
    client: httpx.Client

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method with a JSON body and return the answer, whose status must agree with its error_code."""
        response = self.client.post(f"{self.server.base_url}/bot{self.server.token}/{method}", json=params)
        body: dict[str, Any] = response.json()
        assert response.status_code == body.get("error_code", 200)
        return body

    def done(self, method: str, **params: Any) -> Any:
        """Call a method that must succeed and return its result."""
        body = self.ask(method, **params)
        assert body["ok"], body
        return body["result"]

    def refused(self, method: str, **params: Any) -> str:
        """Call a method that must be refused and return the description."""
        body = self.ask(method, **params)
        assert not body["ok"], body
        return str(body["description"])


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    """Return a running server."""
    with TelegramServer(TOKEN) as running:
        yield running


@pytest.fixture
def ana(server: TelegramServer) -> User:
    """Return a person who has started the bot."""
    return server.user(7, "Ana", "ana_h")


@pytest.fixture
def http(server: TelegramServer) -> Iterator[Http]:
    """Return plain HTTP to the server."""
    with httpx.Client(trust_env=False, timeout=15) as client:
        yield Http(server, client)
