"""When something is due, with the words it was said in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from engine.tasks.recurrence import Every, Recurrence

__all__ = ["Due", "DueKind", "Every", "FoundTime", "Recurrence", "TimeMapping"]


class DueKind(StrEnum):
    """How a time was said: an instant, a day, a range, again and again, or without saying when."""

    POINT = "point"
    DAY = "day"
    RANGE = "range"
    RECURRENCE = "recurrence"
    OPEN = "open"


@dataclass(frozen=True)
class Due:
    """When something is due.

    A point has `at` (UTC), a day `day`, a range `start` and an exclusive `end` (both dates, or both UTC instants),
    a recurrence `recurrence`. `asks` says that the person should be asked; `by` that it is a deadline.
    """

    kind: DueKind
    wording: str
    at: datetime | None = None
    day: date | None = None
    start: date | datetime | None = None
    end: date | datetime | None = None
    recurrence: Recurrence | None = None
    asks: bool = False
    by: bool = False

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON values, without what is not set."""
        document: dict[str, Any] = {"kind": self.kind.value, "wording": self.wording}
        for name in ("at", "day", "start", "end"):
            value = getattr(self, name)
            if value is not None:
                document[name] = value.isoformat()
        if self.recurrence is not None:
            document["recurrence"] = self.recurrence.to_document()
        for name in ("asks", "by"):
            if getattr(self, name):
                document[name] = True
        return document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Due:
        """Return the due of a document; ValueError names what is wrong."""
        try:
            at, day = document.get("at"), document.get("day")
            again = document.get("recurrence")
            return cls(
                kind=DueKind(document["kind"]),
                wording=str(document.get("wording", "")),
                at=datetime.fromisoformat(at).astimezone(UTC) if at else None,
                day=date.fromisoformat(day) if day else None,
                start=_date_or_instant(document.get("start")),
                end=_date_or_instant(document.get("end")),
                recurrence=Recurrence.from_document(again) if again else None,
                asks=document.get("asks") is True,
                by=document.get("by") is True,
            )
        except KeyError as error:
            raise ValueError(f"a due lacks its {error}") from error
        except (TypeError, AttributeError) as error:
            raise ValueError(f"this is no due: {error}") from error


@dataclass(frozen=True)
class FoundTime:
    """A time expression in a text, from `start` to `end`, with the words that tie it to the sentence ("on", "by").

    `spans` are all its pieces in order: "remind me *tomorrow* to call mum *at 5*" has two; `start` and `end`
    are those of the first.
    """

    due: Due
    start: int
    end: int
    spans: tuple[tuple[int, int], ...] = ()

    def rest_of(self, text: str) -> str:
        """Return the text without the time, its spaces tidied."""
        rest, position = [], 0
        for start, end in self.spans or ((self.start, self.end),):
            rest.append(text[position:start])
            position = end
        rest.append(text[position:])
        return " ".join(" ".join(rest).split()).strip(" ,;")


@dataclass(frozen=True)
class TimeMapping:
    """What the household means by a phrase: "after work" is "at 18:00"."""

    phrase: str
    meaning: str


def _date_or_instant(value: str | None) -> date | datetime | None:
    if not value:
        return None
    return datetime.fromisoformat(value).astimezone(UTC) if "T" in value else date.fromisoformat(value)
