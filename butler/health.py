"""How the serving process is: what it writes down once a minute, and what is read from it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FRESH = timedelta(seconds=150)
"""A process writes once a minute; after two missed turns and a half it counts as stuck."""

STOPPED = "it was stopped"
"""The last word of a process that ended in good order."""


class HealthUnreadError(Exception):
    """There is no word of health, or none that can be read."""


@dataclass(frozen=True)
class Health:
    """The state of a serving process at an instant, in UTC; `inbox` and `outbox` are what waits there.

    `home` is what keeps Butler from the home; the process is well all the same, and a new one would not help.
    """

    at: datetime
    ok: bool
    problem: str | None = None
    inbox: int = 0
    outbox: int = 0
    home: str | None = None

    def reason(self, now: datetime) -> str | None:
        """Return in one line why the process is not well by now, or None when it is."""
        age = now - self.at
        if abs(age) > FRESH:
            return f"the last word of health is from {self.at:%Y-%m-%d %H:%M:%S} UTC, {age.total_seconds():.0f} s ago"
        if not self.ok:
            return " ".join((self.problem or "it gave no reason").split())
        return None


def write_health(file: Path, health: Health) -> None:
    """Write it down, whole or not at all; raises OSError."""
    document = {**asdict(health), "at": health.at.isoformat()}
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(json.dumps(document) + "\n", encoding="utf-8")
    fresh.replace(file)


def read_health(file: Path) -> Health:
    """Return what was written down last; raises HealthUnreadError."""
    try:
        return _read(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError as exc:
        raise HealthUnreadError(f"there is no {file}: `butler run` has not started here") from exc
    except OSError as exc:
        raise HealthUnreadError(f"{file} cannot be read ({exc.strerror})") from exc
    except (ValueError, TypeError, KeyError, AttributeError) as exc:
        raise HealthUnreadError(f"{file} is not what `butler run` writes") from exc


def _read(document: Any) -> Health:
    at = datetime.fromisoformat(document["at"])
    if at.tzinfo is None:
        raise ValueError("an instant without its zone")
    problem = document.get("problem")
    return Health(
        at=at,
        ok=document["ok"] is True,
        problem=str(problem) if problem else None,
        inbox=int(document.get("inbox") or 0),
        outbox=int(document.get("outbox") or 0),
        home=str(document["home"]) if document.get("home") else None,
    )
