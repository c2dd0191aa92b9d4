"""The token is in nothing that the process wrote: files, standard output, standard error, its command line."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.process import until
from tests.telegram_server.faults import Kind

FAULTS: tuple[Kind, ...] = ("status", "reset", "garbage", "lost")
# An HTTP client whose errors quote the whole URL, as a careless one would.
QUOTES_URLS = """
import itertools
import httpx

errors = itertools.cycle([RuntimeError, httpx.ConnectError, httpx.ReadError])
_send = httpx.AsyncClient.send

async def send(self, request, **more):
    if "sendMessage" in str(request.url):
        raise next(errors)(f"could not reach {request.url}")
    return await _send(self, request, **more)

httpx.AsyncClient.send = send
"""


def assert_token_nowhere(house: Household) -> None:
    """Look into every byte of what was written, for the token and for its secret half, plain, quoted and reversed."""
    secret = house.token.partition(":")[2]
    forms = {house.token, secret, house.token.replace(":", "%3A"), secret[::-1]}
    for file in [*house.folder.rglob("*")]:
        if file.is_file():
            content = file.read_bytes()
            for form in forms:
                assert form.encode() not in content, file
    assert house.service.out or house.service.err


def test_the_token_is_nowhere_after_talk_faults_and_a_kill(opened: Opening) -> None:
    house = opened()
    house.seed(Ada="admin")
    house.start()
    ada = house.people["Ada"]
    assert house.token not in Path(f"/proc/{house.service.pid}/cmdline").read_text()
    ada.says("turn on the kitchen light")
    house.fault("getUpdates", "status", times=1)
    house.fault("getUpdates", "reset")
    for fault in FAULTS:
        house.fault("sendMessage", fault)
        ada.sends("turn on the hall light")
    house.settle()
    house.server.closed_for(1.5)
    house.service.signal(signal.SIGABRT)
    house.service.wait()
    assert_token_nowhere(house)
    house.close()


def test_a_wrong_token_is_told_without_showing_it(opened: Opening) -> None:
    house = opened()
    house.seed(Ada="admin")
    house.token = "123456789:AAWrongWrongWrongWrongWrongWrongWrong"
    house.start()
    assert house.service.wait() not in {0, 1}
    assert "token" in house.service.err.lower()
    assert "Traceback" not in house.service.err
    assert_token_nowhere(house)
    house.close()


def test_an_error_that_quotes_the_url_does_not_bring_the_token_into_log_or_store(opened: Opening) -> None:
    house = opened()
    house.seed(Ada="admin")
    house.inject(QUOTES_URLS)
    house.start()
    house.people["Ada"].sends("turn on the kitchen light")
    house.until_done(1)
    troubled = "SELECT count(*) FROM outbox WHERE problem IS NOT NULL"
    until(lambda: house.ledger.count(troubled) >= 2, "two messages in trouble")
    house.service.end()
    assert_token_nowhere(house)
    house.close()


def test_a_store_that_cannot_be_opened_is_told_without_the_token(opened: Opening) -> None:
    house = opened()
    (house.data / "butler.db").write_bytes(b"not a store" * 1_000)
    house.start()
    assert house.service.wait() != 0
    assert_token_nowhere(house)
    house.close()
