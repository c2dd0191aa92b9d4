"""A hundred turns while everything goes wrong that can: no false "done", and nothing half done that is not said."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import pytest

from butler.conversation.settings import Settings
from butler.home import Home
from butler.home.assistant import AssistantHome
from tests.home_assistant.conftest import Talk, within
from tests.home_assistant.stand_in import StandIn

Talking = Callable[[Home, Settings], Talk]
Fault = Callable[[StandIn, random.Random], None]
_BUDGET = 0.8


def _delayed(server: StandIn, chance: random.Random) -> None:
    server.mischief.delay_s = chance.uniform(0.01, 0.2)


def _deaf(server: StandIn, chance: random.Random) -> None:
    server.mischief.loses = lambda message: chance.random() < 0.3


def _without_results(server: StandIn, _: random.Random) -> None:
    server.mischief.loses = lambda message: "context" in str(message.get("result"))


def _without_events(server: StandIn, _: random.Random) -> None:
    server.mischief.loses = lambda message: message.get("type") == "event"


def _garbled(server: StandIn, chance: random.Random) -> None:
    server.mischief.breaks = lambda message: chance.random() < 0.2


def _swapped(server: StandIn, _: random.Random) -> None:
    server.mischief.swaps = True
    server.mischief.delay_s = 0.02


def _killed(server: StandIn, chance: random.Random) -> None:
    server.house.slow["light.table"] = 0.1
    timer = threading.Timer(chance.uniform(0.0, 0.15), lambda: (server.stop(), server.start()))
    timer.start()
    _TIMERS.append(timer)


def _slow(server: StandIn, chance: random.Random) -> None:
    server.house.slow["light.table"] = chance.choice((0.2, 5.0))


def _device(fault: str) -> Fault:
    def set_fault(server: StandIn, _: random.Random) -> None:
        server.change(lambda house: house.demo.fault("light.table", fault))

    return set_fault


def _none(_: StandIn, __: random.Random) -> None:
    """Leave all well."""


_TIMERS: list[threading.Timer] = []
FAULTS: tuple[Fault, ...] = (
    _none,
    _delayed,
    _deaf,
    _without_results,
    _without_events,
    _garbled,
    _swapped,
    _killed,
    _slow,
    _device("error"),
    _device("no_effect"),
    _device("unavailable"),
)


def _real_state(server: StandIn) -> str:
    """Return how the lamp is, whatever is seen of it."""
    return server.house.demo._devices["light.table"].state


def _cleared(server: StandIn, home: AssistantHome) -> None:
    for timer in _TIMERS:
        timer.join()
    _TIMERS.clear()
    server.mischief.none()
    server.forget_calls()
    server.house.slow.clear()
    server.change(lambda house: house.demo.fault("light.table", "ok"))
    assert within(10, lambda: home.snapshot().by_id["light.table"].available)


@pytest.mark.parametrize("seed", [1, 2])
def test_fifty_turns_in_bad_weather(server: StandIn, home: AssistantHome, talking: Talking, seed: int) -> None:
    chance = random.Random(seed)
    talk = talking(home, Settings(call_timeout_s=_BUDGET))
    outcomes: dict[str, int] = {}
    for turn in range(50):
        wanted = "off" if turn % 2 else "on"
        before = _real_state(server)
        chance.choice(FAULTS)(server, chance)
        said = talk.say(f"turn {wanted} the table lamp")
        now = _real_state(server)
        outcome = talk.last.outcome
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        assert said
        if outcome == "acted":
            assert now == wanted, said
        else:
            assert talk.last.interpretation is None or "done" not in said.lower()
            assert now == before or talk.last.calls, said
            assert f"is {wanted}." not in said or now == wanted, said
        _cleared(server, home)
    assert outcomes["acted"] >= 10
    assert sum(outcomes.values()) - outcomes["acted"] >= 10
