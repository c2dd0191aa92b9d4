"""A hundred turns while everything goes wrong that can: no false "done", and nothing half done that is not said."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from butler.conversation.settings import Settings
from butler.home import Home
from butler.home.assistant import AssistantHome
from tests.home_assistant.conftest import Talk
from tests.home_assistant.stand_in import StandIn
from tests.home_assistant.weather import FAULTS, cleared, real_state

Talking = Callable[[Home, Settings], Talk]
_BUDGET = 0.8


@pytest.mark.parametrize("seed", [1, 2])
def test_fifty_turns_in_bad_weather(server: StandIn, home: AssistantHome, talking: Talking, seed: int) -> None:
    chance = random.Random(seed)
    talk = talking(home, Settings(call_timeout_s=_BUDGET))
    outcomes: dict[str, int] = {}
    for turn in range(50):
        wanted = "off" if turn % 2 else "on"
        before = real_state(server)
        chance.choice(FAULTS)(server, chance)
        said = talk.say(f"turn {wanted} the table lamp")
        now = real_state(server)
        outcome = talk.last.outcome
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        assert said
        if outcome == "acted":
            assert now == wanted, said
        else:
            assert talk.last.interpretation is None or "done" not in said.lower()
            assert now == before or talk.last.calls, said
            assert f"is {wanted}." not in said or now == wanted, said
        cleared(server, home)
    assert outcomes["acted"] >= 10
    assert sum(outcomes.values()) - outcomes["acted"] >= 10
