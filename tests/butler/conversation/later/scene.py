"""A household in which things are planned: what was said unasked, and what is planned."""

from __future__ import annotations

from datetime import timedelta

from store import outbox, schedules
from tests.acceptance.family import RIA, Family

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0


def heard(family: Family, who: str = RIA) -> list[str]:
    """Return all that was said to somebody unasked, in order."""
    rows = family.app.store.database.fetch("SELECT id FROM outbox WHERE user = ? ORDER BY id", (who,))
    return [row.payload["text"] for (number,) in rows if (row := outbox.get(family.app.store, number))]


def shown(family: Family, who: str = RIA) -> dict[str, str]:
    """Return the buttons under what was said last unasked, by their labels."""
    rows = family.app.store.database.fetch("SELECT id FROM outbox WHERE user = ? ORDER BY id", (who,))
    last = outbox.get(family.app.store, rows[-1][0])
    assert last is not None
    return {label: button for button, label in last.payload["buttons"]}


def planned(family: Family, who: str = RIA) -> list[tuple[str, str]]:
    """Return what is planned for somebody: its state and when it is due."""
    found = schedules.of_user(family.app.store, who, states=("active", "paused", "done", "cancelled"))
    return [(one.state, f"{one.due_at:%d %H:%M}" if one.due_at else "") for one in found]


def outcomes(family: Family, who: str = RIA) -> list[str | None]:
    """Return what came of the last run of each thing planned."""
    found = schedules.of_user(family.app.store, who, states=("active", "paused", "done", "cancelled"))
    return [one.last_outcome for one in found]


def away(family: Family, seconds: float) -> None:
    """Have Butler not running for so long."""
    family.app.close()
    family.clock.move_to(family.clock.now() + timedelta(seconds=seconds))
    family.app = family.parts.start(family.data, family.clock)
    family.app.run_job("schedules")
