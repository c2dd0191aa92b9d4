"""What log review is told of the household: its clock, its people's names, and what is in force."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType

from engine.learning.changes import Change

USUAL_REPORT_HOUR = 18


def _nothing(_: Change) -> bool:
    return False


@dataclass(frozen=True)
class ReviewRules:
    """`names` are those of people, who are not to be named; `guests` are told nothing.

    `models` are those in use by job, `report_hours` (0 to 23) those in force by person. `in_force` tells whether a
    change would say nothing new, and `threshold` returns the value in force of a threshold (None: unknown).
    """

    zone: tzinfo = UTC
    names: Collection[str] = ()
    guests: Collection[str] = ()
    models: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    report_hours: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    in_force: Callable[[Change], bool] = _nothing
    threshold: Callable[[str], float | None] = lambda _: None

    def local(self, at: datetime) -> datetime:
        """Return an instant on the household's clock."""
        return at.astimezone(self.zone)

    def report_hour(self, person: str) -> int:
        """Return the hour at which a person is sent reports now."""
        return self.report_hours.get(person, USUAL_REPORT_HOUR)
