"""Updates are pushed to the bot's address until it takes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from . import TelegramServer, User
from .conftest import Http


@dataclass
class Receiver:
    """A bot's own web server, which refuses as often as it is told to."""

    url: str = ""
    refusing: int = 0
    got: list[tuple[str | None, dict[str, Any]]] = field(default_factory=list)


@pytest.fixture
def receiver(server: TelegramServer) -> Iterator[Receiver]:
    """Return a running receiver."""
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.refusing -= 1
            if kept.refusing < 0:
                kept.got.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], json.loads(body)))
            self.send_response(200 if kept.refusing < 0 else 500)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the standard library's
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        kept.url = f"http://127.0.0.1:{listening.server_address[1]}/hook"
        thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield kept
        server.stop()
        listening.shutdown()
        thread.join()


def test_updates_are_pushed_with_the_secret_until_taken(http: Http, ana: User, receiver: Receiver) -> None:
    """Refused deliveries are repeated in order, and the server can tell what went wrong."""
    server, receiver.refusing = http.server, 2
    ana.says("before")
    http.done("setWebhook", url=receiver.url, secret_token="s-3_x")
    ana.says("after")
    server.wait_until(lambda: not server.pending)
    assert [(secret, update["message"]["text"]) for secret, update in receiver.got] == [
        ("s-3_x", "before"),
        ("s-3_x", "after"),
    ]
    info = http.done("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 500")
    assert (info["url"], info["pending_update_count"]) == (receiver.url, 0)


def test_polling_and_a_webhook_exclude_each_other(http: Http, ana: User, receiver: Receiver) -> None:
    """While a webhook is set getUpdates is a conflict; deleting it can drop what waits."""
    http.done("setWebhook", url=receiver.url)
    assert http.refused("getUpdates").startswith("Conflict: can't use getUpdates method while webhook is active")
    receiver.refusing = 1000
    ana.says("lost")
    http.server.wait_until(lambda: http.server.front.webhook.refusals > 0)
    http.done("deleteWebhook", drop_pending_updates=True)
    assert http.done("getUpdates") == []


def test_a_public_address_can_lead_to_a_local_one(http: Http, ana: User, receiver: Receiver) -> None:
    """A bot behind a proxy sets its public https address."""
    http.server.route("https://butler.example", receiver.url.removesuffix("/hook"))
    http.done("setWebhook", url="https://butler.example/hook")
    ana.says("hello")
    http.server.wait_until(lambda: len(receiver.got) == 1)


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"url": "http://butler.example"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://x.org", "secret_token": "a b"}, "secret token contains unallowed characters"),
    ],
    ids=["http", "secret"],
)
def test_wrong_webhooks_are_refused(http: Http, params: dict[str, str], problem: str) -> None:
    """Public addresses must be https, secrets of plain characters."""
    assert http.refused("setWebhook", **params) == f"Bad Request: {problem}"
