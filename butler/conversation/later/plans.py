"""A plan: home actions for later as they were understood, with when they fall due; kept in buttons and in rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from engine.learning.documents import from_document, plain_json, to_document
from engine.tasks.recurrence import Recurrence
from engine.tasks.sun_times import SunTime
from engine.understanding.interpretation import Interpretation
from store.schedules import Schedule


@dataclass(frozen=True)
class Plan:
    """What is to be done and when: at an instant (UTC), again and again, or by the sun, on a day where one was said.

    `wording` is how the time was said; a plan without any time is waiting for one.
    """

    text: str
    commands: tuple[Interpretation, ...]
    at: datetime | None = None
    recurrence: Recurrence | None = None
    sun: SunTime | None = None
    day: date | None = None
    wording: str = ""

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "text": self.text,
            "commands": [plain_json(to_document(found)) for found in self.commands],
            "at": self.at.isoformat() if self.at is not None else None,
            "recurrence": self.recurrence.to_document() if self.recurrence is not None else None,
            "sun": self.sun.to_document() if self.sun is not None else None,
            "day": self.day.isoformat() if self.day is not None else None,
            "wording": self.wording,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Plan:
        """Return the plan of a document; ValueError names what is wrong."""
        at, recurrence, sun, day = (document.get(name) for name in ("at", "recurrence", "sun", "day"))
        return cls(
            text=str(document["text"]),
            commands=tuple(from_document(found) for found in document["commands"]),
            at=datetime.fromisoformat(at).astimezone(UTC) if at else None,
            recurrence=Recurrence.from_document(recurrence) if recurrence else None,
            sun=SunTime.from_document(sun) if sun else None,
            day=date.fromisoformat(day) if day else None,
            wording=str(document.get("wording", "")),
        )

    @classmethod
    def of(cls, schedule: Schedule) -> Plan:
        """Return the plan that a row keeps; ValueError names what is wrong."""
        return cls(
            text=schedule.text,
            commands=tuple(from_document(found) for found in schedule.commands),
            at=schedule.due_at,
            recurrence=Recurrence.from_document(schedule.recurrence) if schedule.recurrence else None,
            sun=SunTime.from_document(schedule.sun) if schedule.sun else None,
        )
