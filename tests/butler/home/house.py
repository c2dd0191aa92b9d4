"""A demo home whose time stands still, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from butler.home.calls import Plan, plan_calls
from butler.home.control import ActionReport, carry_out
from butler.home.demo import DemoHome, packaged_house
from butler.home.homefile import parse_home


class ManualTime:
    """A clock that moves when it is told to; sleeping moves it too, and is written down."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def demo_home(*entities: dict[str, Any], time: ManualTime | None = None) -> DemoHome:
    """Return a home of these entities, or the packaged one when none are given."""
    house = parse_home({"entities": list(entities)}).snapshot if entities else packaged_house().snapshot
    clock = time or ManualTime()
    return DemoHome(
        house, sleep=clock.sleep, monotonic=clock.monotonic, now=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC)
    )


def planned(home: DemoHome, intent: str, slots: Mapping[str, Any], *targets: str) -> Plan:
    return plan_calls(intent, slots, targets, home.snapshot())


def done(home: DemoHome, intent: str, slots: Mapping[str, Any], *targets: str) -> ActionReport:
    """Plan and carry out one action."""
    return carry_out(home, planned(home, intent, slots, *targets).calls, monotonic=lambda: 0.0)


def shown(home: DemoHome, entity_id: str) -> dict[str, Any]:
    """Return state and attributes of an entity as one mapping."""
    now = home.states()[entity_id]
    return {"state": now["state"], **now["attributes"]}
