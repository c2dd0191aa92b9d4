"""Troubles come as ordered, and what a bot must not do is noted."""

from __future__ import annotations

import time

import httpx
import pytest

from . import TelegramServer, User
from .conftest import TOKEN, Http


def send(http: Http, text: str = "x") -> httpx.Response:
    return http.client.post(f"{http.server.base_url}/bot{TOKEN}/sendMessage", json={"chat_id": 7, "text": text})


def test_a_gateway_error_is_html_and_does_nothing(http: Http, server: TelegramServer, ana: User) -> None:
    """The status comes as often as ordered, after as many calls as ordered, and is no violation."""
    fault = server.fail("send*", 2, status=503, after=1)
    answers = [send(http).status_code for _ in range(4)]
    assert answers == [200, 503, 503, 200]
    assert fault.hits == 2
    assert len(ana.messages) == 2
    assert server.violations == []


def test_a_connection_breaks_before_or_after_the_deed(http: Http, server: TelegramServer, ana: User) -> None:
    """A reset sends nothing, a lost answer was sent; the log tells which."""
    server.fail("sendMessage", kind="reset")
    server.fail("sendMessage", kind="lost")
    for text in ("never", "once"):
        with pytest.raises(httpx.TransportError):
            send(http, text)
    assert [message.text for message in ana.messages] == ["once"]
    assert [(call.status, call.description) for call in server.calls_of("sendMessage")] == [(0, "reset"), (0, "lost")]


@pytest.mark.parametrize("processed", [True, False])
def test_garbage_is_no_json(http: Http, server: TelegramServer, ana: User, processed: bool) -> None:
    """A page with status 200 may hide a message that was sent."""
    server.fail("sendMessage", kind="garbage", processed=processed)
    answer = send(http)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/html")
    assert len(ana.messages) == processed
    assert len(server.calls_of("sendMessage")) == 1


def test_a_delayed_answer_is_late_and_the_message_not(http: Http, server: TelegramServer, ana: User) -> None:
    """A client that waits too briefly has sent its message all the same."""
    server.fail("sendMessage", kind="delay", seconds=5)
    with pytest.raises(httpx.ReadTimeout):
        http.client.post(f"{server.base_url}/bot{TOKEN}/sendMessage", json={"chat_id": 7, "text": "x"}, timeout=0.2)
    assert len(ana.messages) == 1


def test_calls_within_a_retry_after_are_refused_and_noted(http: Http, server: TelegramServer, ana: User) -> None:
    """A flooded chat takes nothing until the time has passed; other chats do."""
    server.user(8, "Ben")
    server.fail("sendMessage", kind="flood", retry_after=1)
    answer = http.ask("sendMessage", chat_id=7, text="x")
    assert answer["description"] == "Too Many Requests: retry after 1"
    assert answer["parameters"] == {"retry_after": 1}
    time.sleep(0.2)
    assert http.ask("sendChatAction", chat_id=7, action="typing")["error_code"] == 429
    assert http.done("sendMessage", chat_id=8, text="x")
    assert [violation.kind for violation in server.violations] == ["hurried"]
    time.sleep(0.85)
    assert http.done("sendMessage", chat_id=7, text="x")


def test_a_flood_everywhere_stops_every_chat(http: Http, server: TelegramServer, ana: User) -> None:
    """A bot that is flooded as a whole may call nothing but getUpdates and the like."""
    server.fail("sendMessage", kind="flood", retry_after=1, everywhere=True)
    assert http.ask("sendMessage", chat_id=7, text="x")["error_code"] == 429
    assert http.ask("sendMessage", chat_id=8, text="x")["error_code"] == 429
    assert http.done("getMe")
    server.heal()
    assert http.done("sendMessage", chat_id=7, text="x")


def test_any_refusal_can_be_ordered_for_one_chat(http: Http, server: TelegramServer, ana: User) -> None:
    """Other chats do not notice."""
    server.user(8, "Ben")
    server.fail("sendMessage", kind="refused", status=400, description="chat_write_forbidden", chat=8)
    assert http.done("sendMessage", chat_id=7, text="x")
    assert http.refused("sendMessage", chat_id=8, text="x") == "Bad Request: chat_write_forbidden"
    assert server.violations == []


def test_the_port_closes_for_a_while(http: Http, server: TelegramServer, ana: User) -> None:
    """Connections are refused until the port, the same one, is open again."""
    server.closed_for(0.5)
    with pytest.raises(httpx.ConnectError):
        send(http)
    server.wait_until(lambda: server.open)
    assert send(http).status_code == 200


def test_a_download_can_fail_too(http: Http, server: TelegramServer, ana: User) -> None:
    """The method of a download is called download."""
    ana.sends_voice(b"OggS")
    path = http.done("getFile", file_id=next(iter(server.state.files)))["file_path"]
    server.fail("download")
    url = f"{server.base_url}/file/bot{TOKEN}/{path}"
    assert http.client.get(url).status_code == 502
    assert http.client.get(url).content == b"OggS"
    assert http.client.get(url + "x").status_code == 404
