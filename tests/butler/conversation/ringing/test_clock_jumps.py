"""What recurs after the machine's clock was wrong for a while, in a Butler that runs on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from butler.clock import ManualClock
from store import rings
from tests.acceptance.family import RIA, Family
from tests.butler.conversation.ringing.scene import rung

HOUR = 3_600


class Jumping(ManualClock):
    """A clock that can be set, which no count of seconds notices."""

    def jump(self, by: timedelta) -> None:
        self._now += by
        self._started += by


@pytest.fixture
def jumping(family: Family) -> Jumping:
    family.app.close()
    family.clock = Jumping(family.at)
    family.app = family.parts.start(family.data, family.clock)
    return family.clock


@pytest.mark.parametrize(
    ("ahead", "noons"),
    [
        (timedelta(days=365), [1]),
        (timedelta(days=2), [1]),
        (timedelta(days=1), [1]),
        (timedelta(hours=3), [1]),
        (timedelta(hours=1), [0, 1]),
    ],
)
def test_what_comes_every_day_is_due_next_by_the_clock_as_it_is_now_and_never_twice(
    family: Family, jumping: Jumping, ahead: timedelta, noons: list[int]
) -> None:
    """What rang for today while the clock was ahead has rung; nothing after it is lost."""
    noon = family.at.replace(hour=12)
    family.say("remind me to drink every day at noon")
    jumping.jump(ahead)
    family.app.tick()
    early = len(rung(family))
    jumping.jump(-ahead)
    family.app.tick()
    family.app.advance(36 * HOUR)
    due = [ring.due_at for ring in rings.of_user(family.app.store, RIA, states=["rung"])]
    assert len(due) == len(set(due))
    assert [row.created_at for row in family.told(RIA)][early:] == [noon + timedelta(days=day) for day in noons]
