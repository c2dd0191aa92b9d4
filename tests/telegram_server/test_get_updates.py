"""Updates are held, repeated, confirmed and filtered as by the official server."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from . import TelegramServer, User
from .conftest import TOKEN, Http


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    """Return threads for calls that are held open."""
    with ThreadPoolExecutor(4) as pool:
        yield pool


def test_updates_are_repeated_until_they_are_confirmed(http: Http, server: TelegramServer, ana: User) -> None:
    """An offset confirms all below it; ids only grow."""
    server.flood(ana, ["a", "b", "c"])
    first = http.done("getUpdates", limit=2)
    assert texts(first) == ["a", "b"]
    assert first[1]["update_id"] > first[0]["update_id"]
    assert texts(http.done("getUpdates", offset=first[1]["update_id"])) == ["b", "c"]
    assert server.pending == 2
    assert texts(http.done("getUpdates", offset=first[1]["update_id"] + 1)) == ["c"]
    assert server.pending == 1


def test_a_negative_offset_forgets_all_but_the_last(http: Http, server: TelegramServer, ana: User) -> None:
    """An offset of -1 keeps one update."""
    server.flood(ana, ["a", "b", "c"])
    assert texts(http.done("getUpdates", offset=-1)) == ["c"]
    assert server.pending == 1


def test_a_poll_is_held_until_something_happens(http: Http, ana: User, aside: ThreadPoolExecutor) -> None:
    """A poll returns as soon as an update arrives."""
    started = time.monotonic()
    poll = aside.submit(http.done, "getUpdates", timeout=10)
    http.server.wait_until(lambda: http.server.polling)
    ana.says("at last")
    assert texts(poll.result()) == ["at last"]
    assert time.monotonic() - started < 5


def test_an_empty_poll_ends_after_its_time(http: Http) -> None:
    """Nothing is an answer too; asking again at once with the same offset is slowed down to three seconds."""
    started = time.monotonic()
    assert http.done("getUpdates", timeout=0) == []
    assert time.monotonic() - started < 1
    assert http.done("getUpdates", timeout=0) == []
    assert time.monotonic() - started > 2.9


def test_a_hasty_repetition_gets_one_update(http: Http, server: TelegramServer, ana: User) -> None:
    """The same offset within half a second is answered with one update."""
    server.flood(ana, ["a", "b"])
    assert len(http.done("getUpdates")) == 2
    assert len(http.done("getUpdates")) == 1


def test_a_second_poll_ends_the_first(http: Http, ana: User, aside: ThreadPoolExecutor) -> None:
    """Only one bot may poll: the older one is told so with 409."""
    server = http.server
    older: Future[dict[str, Any]] = aside.submit(http.ask, "getUpdates", timeout=10)
    server.wait_until(lambda: server.polling)
    newer = aside.submit(http.done, "getUpdates", timeout=10)
    assert older.result() == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    ana.says("hello")
    assert texts(newer.result()) == ["hello"]


def test_a_poll_whose_client_is_gone_ends_nothing(http: Http, ana: User) -> None:
    """A bot that was killed while it polled makes no conflict for the next one, and nothing is lost."""
    server = http.server
    with socket.create_connection(("127.0.0.1", server.port)) as gone:
        gone.sendall(f"GET /bot{TOKEN}/getUpdates?timeout=20 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        server.wait_until(lambda: server.polling)
    server.wait_until(lambda: not server.polling)
    ana.says("hello")
    assert texts(http.done("getUpdates", timeout=5)) == ["hello"]
    assert server.violations == []


def test_allowed_updates_last_and_filter_when_something_happens(http: Http, server: TelegramServer, ana: User) -> None:
    """What is not wanted when it happens never arrives; the wish lasts until another is said."""
    http.done("getUpdates", allowed_updates=["callback_query"])
    ana.says("unwanted")
    http.done("getUpdates", offset=5, allowed_updates=[])
    ana.says("wanted")
    server.update("message_reaction", {})
    assert texts(http.done("getUpdates")) == ["wanted"]


def test_updates_outlive_a_stop_of_the_server(http: Http, server: TelegramServer, ana: User) -> None:
    """The queue and the port are the same after a restart."""
    ana.says("hello")
    port = server.port
    server.stop()
    server.start()
    assert server.port == port
    assert texts(http.done("getUpdates")) == ["hello"]
