"""What the words mean where nobody has said otherwise: when evening is, when a weekend starts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Conventions:
    """The household's reading of words of time; `parts` are minutes of the day, from and to (excluded)."""

    parts: Mapping[str, tuple[int, int]]
    usual_times: Mapping[str, time]
    default: time
    noon: time
    midnight: time
    close_of_business: time
    end_of_day: time
    dawn: time
    dusk: time
    week_starts: int
    weekend_day: int
    weekend_time: time
    weekend_days: int
    day_first: bool
    end_of_month_days: int
    end_of_week_days: int
    end_of_year_months: int
    beginning_of_year_months: int

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Conventions:
        """Return the conventions of a document with the keys of conventions.toml."""
        hours, week, dates = document["hours"], document["week"], document["dates"]
        weekday, at = week["weekend_from"]
        hour = {name: time.fromisoformat(hours[name]) for name in _HOURS}
        length = {name: int(dates[name]) for name in _LENGTHS}
        return cls(
            parts=MappingProxyType({name: (_minutes(a), _minutes(b)) for name, (a, b) in document["day"].items()}),
            usual_times=MappingProxyType({name: time.fromisoformat(at) for name, at in document["usual"].items()}),
            default=hour["default"],
            noon=hour["noon"],
            midnight=hour["midnight"],
            close_of_business=hour["close_of_business"],
            end_of_day=hour["end_of_day"],
            dawn=hour["dawn"],
            dusk=hour["dusk"],
            week_starts=int(week["starts"]),
            weekend_day=int(weekday),
            weekend_time=time.fromisoformat(at),
            weekend_days=int(week["weekend_days"]),
            day_first=bool(dates["day_first"]),
            end_of_month_days=length["end_of_month_days"],
            end_of_week_days=length["end_of_week_days"],
            end_of_year_months=length["end_of_year_months"],
            beginning_of_year_months=length["beginning_of_year_months"],
        )


_HOURS = ("default", "noon", "midnight", "close_of_business", "end_of_day", "dawn", "dusk")
_LENGTHS = ("end_of_month_days", "end_of_week_days", "end_of_year_months", "beginning_of_year_months")


@cache
def usual() -> Conventions:
    """Return the conventions Butler comes with."""
    return Conventions.from_document(
        tomllib.loads((files("engine.tasks.times") / "conventions.toml").read_text("utf-8"))
    )


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
