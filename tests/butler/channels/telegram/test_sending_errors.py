"""What a failed call means."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from butler.channels.telegram.sending_errors import (
    CALL_ERRORS,
    AlreadySo,
    BadMarkup,
    Failure,
    Flooded,
    Gone,
    MaybeSent,
    Migrated,
    NothingToReplyTo,
    NotSent,
    Refused,
    meaning,
)

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
_PAGE = "<html><h1>502 Bad Gateway</h1></html>"


async def _failure(answer: Callable[[httpx.Request], httpx.Response]) -> Failure:
    """Return what the library's own error for an answer means."""
    request = HTTPXRequest(httpx_kwargs={"transport": httpx.MockTransport(answer)})
    try:
        await request.post("https://telegram.invalid/bot1:x/sendMessage")
    except CALL_ERRORS as exc:
        return meaning(exc)
    finally:
        await request.shutdown()
    raise AssertionError("the call should have failed")


def _raising(error: type[httpx.HTTPError]) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error("broken")

    return answer


def _json(status: int, description: str, **parameters: int) -> Callable[[httpx.Request], httpx.Response]:
    body = {"ok": False, "error_code": status, "description": description}
    whole = body | ({"parameters": parameters} if parameters else {})
    return lambda request: httpx.Response(status, json=whole)


def _run(answer: Callable[[httpx.Request], httpx.Response]) -> Failure:
    return asyncio.run(_failure(answer))


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError])
def test_what_never_left_was_not_sent(error: type[httpx.HTTPError]) -> None:
    """A call that found no connection can be made again."""
    assert isinstance(_run(_raising(error)), NotSent)


@pytest.mark.parametrize(
    "error", [httpx.ReadError, httpx.ReadTimeout, httpx.WriteError, httpx.WriteTimeout, httpx.RemoteProtocolError]
)
def test_what_broke_on_its_way_may_have_been_sent(error: type[httpx.HTTPError]) -> None:
    """A connection that broke once the call was going out tells nothing."""
    assert isinstance(_run(_raising(error)), MaybeSent)


@pytest.mark.parametrize("status", [502, 503])
def test_a_gateway_that_reached_nobody_did_not_send(status: int) -> None:
    """A bad gateway can be tried again, as a page or as JSON."""
    assert isinstance(_run(lambda request: httpx.Response(status, text=_PAGE)), NotSent)
    assert isinstance(_run(_json(status, "Bad Gateway" if status == 502 else "Service Unavailable")), NotSent)


@pytest.mark.parametrize("status", [500, 504])
def test_a_server_that_broke_may_have_sent(status: int) -> None:
    """An internal error or a gateway's time-out may come after the deed."""
    assert isinstance(_run(lambda request: httpx.Response(status, text="oh no")), MaybeSent)
    assert isinstance(_run(_json(status, "Internal Server Error")), MaybeSent)


@pytest.mark.parametrize("body", ["<html>Welcome</html>", "{}", "[]", '"yes"', "null", ""])
def test_an_answer_that_cannot_be_read_may_mean_sent(body: str) -> None:
    """A good status with a bad body tells nothing."""
    assert isinstance(_run(lambda request: httpx.Response(200, text=body)), MaybeSent)


def test_a_flood_says_how_long() -> None:
    """The time to wait is Telegram's own, in seconds."""
    found = _run(_json(429, "Too Many Requests: retry after 17", retry_after=17))
    assert isinstance(found, Flooded)
    assert found.seconds == 17


def test_a_flood_without_a_time_is_waited_out_too() -> None:
    """A 429 from something in between is no reason to go on."""
    assert isinstance(_run(lambda request: httpx.Response(429, text="slow down")), Flooded)


def test_a_group_that_moved_says_where_to() -> None:
    """The new number comes with the error."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    assert _run(_json(400, text, migrate_to_chat_id=-1001)) == Migrated(
        -1001, "Group migrated to supergroup. New chat id: -1001"
    )


@pytest.mark.parametrize(
    ("status", "description", "kind"),
    [
        (400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 3', BadMarkup),
        (400, "Bad Request: message to be replied not found", NothingToReplyTo),
        (400, "Bad Request: message is not modified: specified new message content is the same", AlreadySo),
        (400, "Bad Request: message to edit not found", AlreadySo),
        (400, "Bad Request: chat not found", Gone),
        (400, "Bad Request: message is too long", Refused),
        (400, "Bad Request: BUTTON_DATA_INVALID", Refused),
        (413, "Request Entity Too Large", Refused),
        (403, "Forbidden: bot was blocked by the user", Gone),
        (403, "Forbidden: bot was kicked from the supergroup chat", Gone),
        (401, "Unauthorized", NotSent),
        (404, "Not Found", NotSent),
        (409, "Conflict: terminated by other getUpdates request", NotSent),
    ],
)
def test_a_refusal_is_read_by_what_it_says(status: int, description: str, kind: type[Failure]) -> None:
    """Each kind of refusal has its own consequence."""
    assert isinstance(_run(_json(status, description)), kind)


def test_the_page_of_a_gateway_is_not_kept() -> None:
    """What is written down of an error is one short line, without the body that came."""
    found = _run(lambda request: httpx.Response(502, text=_PAGE * 100))
    assert found.problem == "Bad Gateway (502)"


def test_case_does_not_matter() -> None:
    """The library changes the case of descriptions."""
    assert isinstance(meaning(BadRequest("Button_data_invalid")), Refused)
    assert isinstance(meaning(BadRequest("CAN'T PARSE ENTITIES")), BadMarkup)
    assert isinstance(meaning(TelegramError("Invalid server response")), MaybeSent)
