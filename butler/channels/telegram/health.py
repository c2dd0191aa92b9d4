"""How the channel is doing: one log line a minute, and the file that `butler health` reads."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from butler.health import Health, write_health

_LOG = logging.getLogger(__name__)
SILENCE = timedelta(seconds=90)
"""How long Telegram may not be reached before that counts as unhealthy."""


@dataclass
class Reaching:
    """Whether Telegram is reached.

    `since` is when it was looked for first, or when it failed where nobody looks all the time.
    """

    since: datetime
    last_ok: datetime | None = None
    problem: str | None = None
    retries: int = 0

    def well(self, at: datetime) -> None:
        """Record that a request was answered."""
        if self.problem is not None:
            _LOG.warning("Telegram is reached again")
        self.last_ok, self.problem, self.retries = at, None, 0

    def badly(self, problem: str, at: datetime | None = None) -> None:
        """Record that a request failed; only another problem than before is logged.

        Whoever does not ask all the time says when it failed: that it was reached long ago is then no trouble yet.
        """
        if at is not None and self.problem is None:
            self.since = at
        if problem != self.problem:
            _LOG.warning("Telegram is not reached, trying again: %s", problem)
        self.problem, self.retries = problem, self.retries + 1

    def trouble(self, at: datetime) -> str | None:
        """Return what is wrong once it has been wrong for a while, or None."""
        if self.problem is None or at - max(self.last_ok or self.since, self.since) <= SILENCE:
            return None
        return f"Telegram is not reached: {self.problem}"


@dataclass(frozen=True)
class Activity:
    """What the channel did since its start: updates received, turns in hand or waiting."""

    received: int
    turns: int


def report(health: Health, activity: Activity, reaching: Reaching, file: Path) -> None:
    """Log how things are and write it down; a file that cannot be written is logged."""
    last = reaching.last_ok.isoformat(timespec="seconds") if reaching.last_ok else "never"
    _LOG.info(
        "health ok=%s received=%d turns=%d inbox=%d outbox=%d reached=%s retries=%d problem=%s home=%s",
        "yes" if health.ok else "no",
        activity.received,
        activity.turns,
        health.inbox,
        health.outbox,
        last,
        reaching.retries,
        json.dumps(health.problem),
        json.dumps(health.home),
    )
    write_down(health, file)


def write_down(health: Health, file: Path) -> None:
    """Write down how things are; a file that cannot be written is logged."""
    try:
        write_health(file, health)
    except OSError as exc:
        _LOG.error("%s cannot be written: %s", file, exc.strerror)
