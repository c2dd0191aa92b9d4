"""A household on Telegram: the strict server, the real process over its data folder, and what both know."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.acceptance.telegram.ledger import Ledger
from tests.acceptance.telegram.people import Shown, Somebody
from tests.acceptance.telegram.process import PATIENCE, Service, until
from tests.acceptance.telegram.seeding import Seeds, now
from tests.telegram_server import Fault, Group, TelegramServer
from tests.telegram_server.faults import Kind

TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcX"
CONFIG = """
[household]
time_zone = "UTC"
[quiet_hours]
start = "{start}"
end = "{end}"
"""
Opening = Callable[..., "Household"]


class Household:
    """One bot, one data folder, at most one process; `check` fails for what Telegram refused unprovoked."""

    def __init__(
        self, folder: Path, *, verdicts: Path | None = None, quiet: bool = False, config: str = "", serving: bool = True
    ) -> None:
        self.folder, self.data = folder, folder / "data"
        self.data.mkdir(parents=True)
        self._quiet(config, quiet=quiet)
        if verdicts is not None:
            shutil.copy(verdicts, self.data / "verdicts.json")
        self.token = TOKEN
        self.server = TelegramServer(TOKEN).start()
        if not serving:  # the port it chose stays
            self.server.stop()
        self.ledger = Ledger(self.data / "butler.db")
        self.seeds = Seeds(self.data)
        self.people: dict[str, Somebody] = {}
        self._service: Service | None = None
        self._checked = 0
        self._numbers = 1_000

    def _quiet(self, config: str, *, quiet: bool) -> None:
        """Make it quiet for two hours around now, or never."""
        hour = now()
        start = (hour - timedelta(hours=1)).strftime("%H:%M") if quiet else "00:00"
        end = (hour + timedelta(hours=1)).strftime("%H:%M") if quiet else "00:00"
        (self.data / "config.toml").write_text(CONFIG.format(start=start, end=end) + config, encoding="utf-8")

    # The process

    @property
    def service(self) -> Service:
        """The process, which need not run."""
        if self._service is None:
            self._service = self.another_service("written")
        return self._service

    def another_service(self, written: str) -> Service:
        """Return a service over the same data folder that writes elsewhere."""
        environ = {"TELEGRAM_BOT_TOKEN": self.token, "TELEGRAM_API_BASE": self.server.base_url}
        return Service(self.data, environ, self.folder / written)

    def start(self, **environ: str) -> None:
        """Start the process; what is sent meanwhile waits for it."""
        self.service.start(**environ)

    def close(self) -> None:
        """End all."""
        if self._service is not None:
            self._service.kill()
        self.server.stop()

    def check(self, but: str = "nothing is excused") -> None:
        """Fail for what Telegram refused without having been told to; `but` is in what a test provoked."""
        found = [found for found in self.server.violations[self._checked :] if but not in found.description]
        self._checked = len(self.server.violations)
        assert found == [], found

    # Waiting

    def settle(self, patience: float = PATIENCE) -> None:
        """Wait until all that was sent is dealt with and answered."""
        until(
            lambda: self._quiet_now() or not self.service.running, "all dealt with and answered", patience, every=0.02
        )
        assert self.service.running, self.service.err[-3000:]

    def _quiet_now(self) -> bool:
        return not self.server.pending and not self.ledger.unsettled()

    def until_done(self, updates: int, patience: float = PATIENCE) -> None:
        """Wait until this many updates have been dealt with."""
        until(lambda: self.done() >= updates, f"{updates} updates done", patience, every=0.05)

    def done(self) -> int:
        """Return how many updates have been dealt with."""
        return self.ledger.count("SELECT count(*) FROM inbox WHERE done_at IS NOT NULL")

    def until_called(self, method: str, times: int) -> None:
        """Wait until a method was called this often."""
        until(lambda: sum(call.method == method for call in self.server.calls) >= times, f"{times} calls of {method}")

    # People and chats

    def somebody(self, name: str) -> Somebody:
        """Return somebody new on Telegram."""
        self._numbers += 1
        self.people[name] = Somebody(self, self.server.user(self._numbers, name), name)
        return self.people[name]

    def seed(self, **roles: str) -> None:
        """Make people members, before the process starts."""
        for name in roles:
            self.somebody(name)
        self.seeds.admit({self.people[name].user: (name, role) for name, role in roles.items()})

    @contextmanager
    def members(self, **roles: str) -> Iterator[Household]:
        """Have new members for the length of a test, because answers to one chat are slowed down after twenty."""
        self.people.clear()
        self.seed(**roles)
        mine = [self.people[name].user for name in roles]
        yield self
        self.calm()
        self.check()
        self.seeds.remove(mine)

    def group(self, title: str, people: Sequence[Somebody], *, privacy: bool) -> Group:
        """Return a new group of some people and the bot."""
        self._numbers += 1
        members = [one.on_telegram for one in people]
        return self.server.group(-self._numbers, title, members, privacy=privacy)

    def serve(self) -> None:
        """Open the server's port."""
        self.server.start()

    def wait_for_text(self, somebody: Somebody, text: str) -> None:
        """Wait until the bot has written a text to somebody."""
        until(lambda: any(text in shown.text for shown in self.messages(somebody.id)), f"{text!r} to {somebody.name}")

    # What can be seen

    def turns_of(self, somebody: Somebody) -> list[str]:
        """Return what somebody said, once for each turn that was made of it, in the order of the turns.

        A turn that was given up because the process ended, and made anew, does not count.
        """
        sql = "SELECT text FROM turns WHERE user = ? AND text IS NOT NULL AND outcome != 'abandoned' ORDER BY number"
        return [str(text) for (text,) in self.ledger.rows(sql, somebody.user)]

    def messages(self, chat: int) -> list[Shown]:
        """Return what the bot wrote into a chat, as it is shown now."""
        return [Shown.of(message) for message in self.server.from_bot(chat)]

    def message(self, shown: Shown) -> Shown:
        """Return a message as it is shown now."""
        return next(one for one in self.messages(shown.chat) if one.id == shown.id)

    def menu(self, somebody: Somebody) -> set[str]:
        """Return the commands that somebody's menu shows."""
        return set(self.server.menu("chat", somebody.id) or self.server.menu())

    def written(self, text: str) -> list[Path]:
        """Return the files of the data folder that have a text in them."""
        return [file for file in self.data.rglob("*") if file.is_file() and text.encode() in file.read_bytes()]

    def digest(self) -> str:
        """Return the digest of the knowledge in force, which a first start has to find."""
        sql = "SELECT digest FROM head WHERE digest != ''"
        until(lambda: bool(self.ledger.rows(sql)), "a digest")
        return str(self.ledger.rows(sql)[0][0])

    # Troubles

    def fault(self, method: str, kind: Kind, **more: Any) -> Fault:
        """Let the next call of a method go wrong."""
        return self.server.fail(method, kind=kind, **more)

    def calm(self) -> None:
        """End all troubles."""
        self.server.heal()

    def inject(self, code: str) -> None:
        """Have the process run some code when Python starts in it."""
        folder = self.folder / "injected"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
        self.service.first_on_path(folder)

    def with_home(self, entities: dict[str, str]) -> None:
        """Give the household a home of lamps, by entity id and name."""
        lamps = [
            {"entity_id": entity, "name": name, "attributes": {"supported_color_modes": ["brightness"]}}
            for entity, name in entities.items()
        ]
        file = self.data / "home.json"
        file.write_text(json.dumps({"areas": [], "entities": lamps}), encoding="utf-8")
        with (self.data / "config.toml").open("a", encoding="utf-8") as config:
            config.write(f'[home]\nfile = "{file}"\n')
