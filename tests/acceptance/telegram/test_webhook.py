"""Butler behind a webhook: only what bears the secret counts, and it is answered once it is kept."""

from __future__ import annotations

import http.client
import json
import socket

from tests.acceptance.telegram.household import Opening
from tests.acceptance.telegram.process import until

SECRET = "X-Telegram-Bot-Api-Secret-Token"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def post(port: int, update: dict[str, object], headers: dict[str, str]) -> int:
    """Deliver an update as anyone could and return the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/hook", json.dumps(update), {"Content-Type": "application/json", **headers})
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_webhook_with_its_secret_serves_and_one_without_is_turned_away(opened: Opening) -> None:
    port = free_port()
    house = opened(
        config=f'[telegram]\nwebhook_url = "https://butler.example.org/hook"\nwebhook_listen = "127.0.0.1"\n'
        f"webhook_port = {port}\n"
    )
    house.server.route("https://butler.example.org", f"http://127.0.0.1:{port}")
    house.seed(Ada="admin")
    house.start()
    ada = house.people["Ada"]
    until(lambda: bool(house.server.front.webhook.url), "a webhook")
    assert "Kitchen light is on" in ada.says("turn on the kitchen light").text
    person = {"id": ada.id, "is_bot": False, "first_name": "Ada"}
    chat = {"id": ada.id, "type": "private", "first_name": "Ada"}
    message = {"message_id": 77, "date": 1, "from": person, "chat": chat, "text": "turn off the kitchen light"}
    for headers in ({}, {SECRET: "wrong"}, {SECRET: ""}):
        assert post(port, {"update_id": 1, "message": message}, headers) in {401, 403}
    assert "on" in ada.says("is the kitchen light on?").text
    house.service.kill()
    ada.sends("turn on the hall light")
    house.start()
    house.settle()
    assert house.turns_of(ada).count("turn on the hall light") == 1
    assert "turn off the kitchen light" not in house.turns_of(ada)
    assert house.service.end() == 0
    house.check()
    house.close()
