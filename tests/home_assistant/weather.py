"""All that can go wrong around one lamp: in the network, in the server and in the lamp itself."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

from butler.home import HomeError
from butler.home.assistant import AssistantHome
from tests.home_assistant.stand_in import StandIn

Fault = Callable[[StandIn, random.Random], None]
_PATIENCE_S = 15.0


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


def real_state(server: StandIn) -> str:
    """Return how the lamp is, whatever is seen of it."""
    return server.house.demo._devices["light.table"].state


def cleared(server: StandIn, home: AssistantHome) -> None:
    """Let all be well again, and wait until the home is there."""
    for timer in _TIMERS:
        timer.join()
    _TIMERS.clear()
    server.mischief.none()
    server.forget_calls()
    server.house.slow.clear()
    server.change(lambda house: house.demo.fault("light.table", "ok"))
    ends = time.monotonic() + _PATIENCE_S
    while not _is_there(home):
        assert time.monotonic() < ends, home.problem
        time.sleep(0.02)


def _is_there(home: AssistantHome) -> bool:
    try:
        return home.snapshot().by_id["light.table"].available
    except HomeError:
        return False
