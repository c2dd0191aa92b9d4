"""A real Home Assistant on loopback, with a house that tests furnish."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp

from butler.home.assistant.connection import Address, Connection
from butler.secret import Secret
from tests.home_assistant.installing import installed

_COMPONENT = Path(__file__).parent / "component"
_PLATFORMS = (
    "binary_sensor calendar climate cover fan light lock media_player sensor switch todo vacuum valve weather"
).split()
_PATIENCE_S = 120.0
_CONFIGURATION = """
homeassistant:
  name: Test Home
  latitude: 52.37
  longitude: 4.90
  elevation: 2
  unit_system: metric
  time_zone: UTC
  country: NL
  currency: EUR
http:
  server_host: 127.0.0.1
  server_port: {port}
logger:
  default: warning
conversation:
intent:
config:
butler_test_home:
{platforms}
input_boolean:
  guest_mode:
    name: Guest Mode
script:
  good_night:
    alias: Good Night
    sequence:
      - action: light.turn_off
        target:
          entity_id: light.counter
  let_in:
    alias: Let In
    sequence:
      - action: lock.unlock
        target:
          entity_id: lock.back_door
scene:
  - name: Movie Night
    entities:
      light.counter: {{state: "on", brightness: 40}}
      light.table: "off"
"""
_LAUNCH = "import sys, homeassistant.__main__ as m; sys.argv[0] = 'hass'; sys.exit(m.main())"


class RealServer:
    """One installation in a folder of its own; it may be stopped, killed and started again, the port stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._python = installed()
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.token = ""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(_COMPONENT, folder / "custom_components" / "butler_test_home", dirs_exist_ok=True)
        rows = "\n".join(f"{name}:\n  - platform: butler_test_home" for name in _PLATFORMS)
        (folder / "configuration.yaml").write_text(_CONFIGURATION.format(port=self.port, platforms=rows))

    @property
    def address(self) -> Address:
        return Address(self.url, Secret(self.token))

    def start(self) -> None:
        """Start it and wait until it runs; the first time a user and a token are made."""
        if self._process is None:
            self.spawn()
        self._await(lambda: self._get("/api/onboarding") is not None)
        if not self.token:
            self.token = self.new_token(self._onboarded())
        self._await(lambda: self.ask("get_config")["state"] == "RUNNING")

    def spawn(self) -> None:
        """Start the process and return at once."""
        with (self.folder / "output.log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._python), "-c", _LAUNCH, "-c", str(self.folder), "--log-no-color", "--skip-pip"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process and wait for it."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None

    def answers(self) -> bool:
        """Return whether its API answers."""
        return self._get("/api/onboarding") is not None

    def ask(self, kind: str, **fields: Any) -> Any:
        """Return the result of a command over a connection of its own."""
        return asyncio.run(_ask(self.address, kind, fields))

    def do(self, service: str, **data: Any) -> None:
        """Call a service."""
        domain, _, name = service.partition(".")
        self.ask("call_service", domain=domain, service=name, service_data=data)

    def load(self, house: Mapping[str, Any]) -> None:
        """Furnish the house anew."""
        self.do("butler_test_home.load", **house)

    def fault(self, entity_id: str, fault: str) -> None:
        """Set what is wrong with a device."""
        self.do("butler_test_home.fault", entity_id=entity_id, fault=fault)

    def new_token(self, access: str) -> str:
        """Return a long-lived token, made with another one."""
        name = f"butler {time.time_ns()}"
        made = _ask(
            Address(self.url, Secret(access)), "auth/long_lived_access_token", {"client_name": name, "lifespan": 3650}
        )
        return str(asyncio.run(made))

    def token_of_reader(self) -> str:
        """Return a token of a user who may look at everything and touch nothing."""
        name = f"reader{time.time_ns()}"
        user = self.ask("config/auth/create", name=name, group_ids=["system-read-only"])["user"]["id"]
        self.ask("config/auth_provider/homeassistant/create", user_id=user, username=name, password="reader")
        client = f"{self.url}/"
        begin = {"client_id": client, "handler": ["homeassistant", None], "redirect_uri": client}
        flow = self._post("/auth/login_flow", json.dumps(begin).encode(), "application/json")["flow_id"]
        said = json.dumps({"client_id": client, "username": name, "password": "reader"}).encode()
        code = self._post(f"/auth/login_flow/{flow}", said, "application/json")["result"]
        return self._access(code)

    def revoke(self, token: str) -> None:
        """Take a token back, as its owner does on the profile page."""
        known = {row["id"] for row in self.ask("auth/refresh_tokens")}
        mine = json.loads(_padded(token.split(".")[1]))["iss"]
        assert mine in known
        self.ask("auth/delete_refresh_token", refresh_token_id=mine)

    def _onboarded(self) -> str:
        client = f"{self.url}/"
        user = {
            "name": "Butler",
            "username": "butler",
            "password": "butler-test",
            "client_id": client,
            "language": "en",
        }
        code = self._post("/api/onboarding/users", json.dumps(user).encode(), "application/json")["auth_code"]
        return self._access(code)

    def _access(self, code: str) -> str:
        client = f"{self.url}/"
        form = urllib.parse.urlencode({"grant_type": "authorization_code", "code": code, "client_id": client})
        return str(self._post("/auth/token", form.encode(), "application/x-www-form-urlencoded")["access_token"])

    def _post(self, path: str, body: bytes, kind: str) -> Any:
        request = urllib.request.Request(self.url + path, body, {"Content-Type": kind})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def _get(self, path: str) -> int | None:
        try:
            with urllib.request.urlopen(self.url + path, timeout=2) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as exc:
            exc.close()
            return exc.code
        except OSError:
            return None

    def _await(self, there: Any) -> None:
        ends = time.monotonic() + _PATIENCE_S
        while not there():
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > ends:
                raise AssertionError((self.folder / "output.log").read_text("utf-8", "replace")[-4000:])
            time.sleep(0.1)


async def _ask(address: Address, kind: str, fields: Mapping[str, Any]) -> Any:
    async with aiohttp.ClientSession() as session:
        connection = await Connection.open(session, address, 10)
        reading = asyncio.ensure_future(connection.read())
        try:
            return await connection.ask(kind, 60, **fields)
        finally:
            await connection.close()
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


def _padded(part: str) -> bytes:
    import base64  # noqa: PLC0415 - only a token that is revoked is looked into

    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
