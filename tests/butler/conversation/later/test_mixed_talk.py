"""Sentences that could be for the home now, for later, or for nobody: none switches anything that it should not."""

from __future__ import annotations

import pytest

from store import schedules
from tests.acceptance.family import RIA, Family

LATER = (
    "turn on the kitchen light at 9 pm",
    "close the living room blinds in 20 minutes",
    "every morning at 7 am open the living room blinds",
    "set the thermostat to 21 at 7 am on weekdays",
    "have the heating on from 6 to 8 am tomorrow",
    "switch off everything at midnight",
    "start the vacuum at noon tomorrow",
    "dim the living room light to 30% at 10 pm",
    "could you turn the hall light off in an hour",
    "turn on movie night at 8 pm",
    "in 5 minutes turn on the bathroom fan for 10 minutes",
    "turn off the sprinkler after 20 minutes",
)
NOT_FOR_THE_HOME = (
    "turn off the heating oil delivery tomorrow",
    "remind me to turn off the oven at 6",
    "the kitchen light needs a new bulb",
    "remind me to close the blinds at 9",
    "I have to buy a lamp for the hall tomorrow",
    "note: the garage door opens by itself",
    "what happens if I turn on the kitchen light at 9?",
    "don't turn on the kitchen light at 9",
    "she said turn on the kitchen light at 9",
    "if it rains turn on the hall light",
    "when I come home turn on the hall light",
    "turn on the tv when the film starts",
    "tell me when the washing machine is done",
    "add turn on the light to the shopping list",
)


@pytest.mark.parametrize("text", LATER)
def test_what_is_for_later_is_planned_and_not_done_now(family: Family, text: str) -> None:
    family.say(text)
    assert family.replies[-1].calls == ()
    assert len(schedules.of_user(family.app.store, RIA)) == 1


@pytest.mark.parametrize("text", NOT_FOR_THE_HOME)
def test_what_is_not_for_the_home_is_neither_done_nor_planned(family: Family, text: str) -> None:
    family.say(text)
    assert family.replies[-1].calls == ()
    assert schedules.of_user(family.app.store, RIA) == []
