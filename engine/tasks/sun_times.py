"""Times by the sun, as people say them: "at sunset", "half an hour before sunrise", "when it gets dark"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from engine.tasks.times import find_duration

EVENTS = ("sunrise", "sunset", "dawn", "dusk")

_SAID: Mapping[str, str] = MappingProxyType(
    {
        "sunrise": r"sun ?rise|sun ?up|the sun (?:rises|comes up|is up|has risen)",
        "sunset": r"sun ?set|sun ?down|the sun (?:sets|goes down|is down|has set)",
        "dawn": r"dawn|first light|day ?break|it(?:'s| is| gets| becomes) light(?: outside)?",
        "dusk": r"dusk|night ?fall|dark|it(?:'s| is| gets| becomes) dark(?: outside)?",
    }
)
_EVENT = "|".join(f"(?P<{event}>{said})" for event, said in _SAID.items())
_LONG = r"(?P<long>(?:an?|half an?|\d+|[a-z]+(?:[ -][a-z]+)?) (?:and a half )?(?:hours?|minutes?|mins?|hrs?)) "
_SUN = re.compile(
    rf"\b(?:{_LONG}(?P<side>before|after)|(?P<again>every|each)|(?:right |just )?(?:at|by|around|about|after|when|once|"
    rf"as soon as)) (?:the )?(?:{_EVENT})\b",
    re.IGNORECASE,
)
_LONGEST_S = 6 * 3_600


@dataclass(frozen=True)
class SunTime:
    """An event of the sun and how many seconds after it (before it where negative)."""

    event: str
    offset_s: float = 0.0

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"event": self.event, "offset_s": self.offset_s}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> SunTime:
        """Return the time of a document; ValueError names what is wrong."""
        event, offset = document.get("event"), document.get("offset_s", 0.0)
        if event not in EVENTS or not isinstance(offset, int | float):
            raise ValueError(f"this is no time by the sun: {dict(document)}")
        return cls(str(event), float(offset))


@dataclass(frozen=True)
class FoundSun:
    """A time by the sun in a text, from `start` to `end`; `again` says that it is every day's."""

    sun: SunTime
    start: int
    end: int
    again: bool = False


def find_sun(text: str) -> FoundSun | None:
    """Return the first time by the sun in a text, or None."""
    found = _SUN.search(text)
    if found is None:
        return None
    event = next(name for name in EVENTS if found[name])
    offset = 0.0
    if found["long"]:
        length = find_duration(found["long"])
        if length is None or not 0 < length[0] <= _LONGEST_S:
            return None
        offset = float(length[0]) * (-1 if found["side"].lower() == "before" else 1)
    return FoundSun(SunTime(event, offset), found.start(), found.end(), again=bool(found["again"]))
