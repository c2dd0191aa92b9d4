"""What a home run by Home Assistant costs: `python -m bench.home_assistant [--turns N] [--events N] [--strict]`.

The server is the tests' stand-in, in the same process; "processor time" is that of the turn and of the thread that
keeps the connection. Waits are those of a household.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.report import Figure, at_most, exit_code, show
from butler.clock import SystemClock
from butler.conversation.conversation import Conversation
from butler.conversation.messages import Incoming, Person, Reply
from butler.conversation.settings import Settings
from butler.home import DemoHome, Home, HomeError, parse_home
from butler.home.assistant import AssistantHome
from engine.api import Engine
from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding.precompute import SHIPPED
from engine.learning.golden import GoldenSet
from store import open_store
from tests.home_assistant.houses import EVERYTHING, crowd
from tests.home_assistant.stand_in import StandIn
from tests.home_assistant.weather import FAULTS, cleared, real_state

_CROWD = 2_000
_EACH_CHANGES_EVERY_S = 60.0
_CALLS_S = 3.8
_SEED = 7
Say = Callable[[str], Reply]


@contextmanager
def talking(home: Home, encoder: VectorCache) -> Iterator[Say]:
    """Yield a household's conversation in a home."""
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "butler.db") as store:
        engine = Engine.open(store, encoder, GoldenSet.packaged(), at=clock.now())
        conversation = Conversation(engine, home, store, Settings(call_timeout_s=_CALLS_S))
        try:
            yield lambda text: conversation.handle(Incoming(Person("ana"), "bench", clock.now(), text=text))
        finally:
            engine.close()


@contextmanager
def connected(house: Mapping[str, Any]) -> Iterator[tuple[StandIn, AssistantHome]]:
    """Yield a server with a house, and the home it is seen as."""
    server = StandIn(house)
    home = AssistantHome(server.address)
    try:
        yield server, home
    finally:
        home.close()
        server.close()


def turn_ms(home: Home, encoder: VectorCache, name: str, count: int) -> float:
    """Return the median milliseconds of processor time of a turn that switches a lamp."""
    with talking(home, encoder) as say:
        say(f"turn on the {name}")
        times = []
        for number in range(count):
            began = _processor_s()
            say(f"turn {'off' if number % 2 == 0 else 'on'} the {name}")
            times.append(_processor_s() - began)
    return statistics.median(times) * 1000


def turns(encoder: VectorCache, count: int) -> list[Figure]:
    """Measure turns in small and large homes, beside the demo home with the same house."""
    figures: list[Figure] = []
    for size, house, name in ((12, EVERYTHING, "table lamp"), (_CROWD, crowd(_CROWD), "light 400")):
        clock = SystemClock()
        demo = DemoHome(parse_home(house).snapshot, sleep=clock.sleep, monotonic=clock.monotonic, now=clock.now)
        beside = turn_ms(demo, encoder, name, count)
        with connected(house) as (_, home):
            took = turn_ms(home, encoder, name, count)
        figures.append(Figure(f"a turn, {size:,} entities: processor time", f"{took:.2f} ms"))
        figures.append(Figure("  the demo home with the same house", f"{beside:.2f} ms"))
    return figures


def looks(count: int) -> Figure:
    """Measure how long a look at a home with many entities takes, the answer of the server included."""
    with connected(crowd(_CROWD)) as (_, home):
        home.snapshot()
        times = []
        for _ in range(count):
            began = time.perf_counter()
            home.snapshot()
            times.append(time.perf_counter() - began)
    return Figure(f"a look, {_CROWD:,} entities, with the ping", f"{statistics.median(times) * 1000:.2f} ms")


def idle(events: int) -> Figure:
    """Measure the share of a core that following costs, each entity changing once a minute."""
    with connected(crowd(_CROWD)) as (server, home):
        home.snapshot()
        began = _follower_s()

        async def change() -> None:
            for number in range(events):
                server.house.demo.set(f"sensor.thing_{2 + 4 * (number % (_CROWD // 4))}", str(number))
                if number % 5 == 4:  # a few at a time, as devices report
                    server.tell_states(server.house.context())
                    await asyncio.sleep(0.001)  # so that they go out on their own

        server.do(change())
        home.snapshot()
        spent = _follower_s() - began
    share = spent / events * (_CROWD / _EACH_CHANGES_EVERY_S)
    return at_most(f"following {_CROWD:,} entities, each changing once a minute", share * 100, 1.0, "% of a core")


def bad_weather(encoder: VectorCache, count: int) -> list[Figure]:
    """Measure turns while everything goes wrong that can."""
    chance, times, false = random.Random(_SEED), [], 0
    with connected(EVERYTHING) as (server, home), talking(home, encoder) as say:
        say("turn off the table lamp")
        for number in range(count):
            wanted = "off" if number % 2 else "on"
            chance.choice(FAULTS)(server, chance)
            began = time.perf_counter()
            reply = say(f"turn {wanted} the table lamp")
            times.append(time.perf_counter() - began)
            false += reply.outcome == "acted" and real_state(server) != wanted
            cleared(server, home)
    return [
        at_most(f"{count} turns with faults: the longest", max(times), 5.0, "s"),
        at_most("  false “done”", false, 0, ""),
    ]


def back_again() -> Figure:
    """Measure how long Butler takes to be back once a server answers again that was away for some seconds."""
    with connected(EVERYTHING) as (server, home):
        home.snapshot()
        server.stop()
        time.sleep(8)
        server.start()
        began = time.perf_counter()
        while True:
            try:
                home.states()
                break
            except HomeError:
                time.sleep(0.02)
        took = time.perf_counter() - began
    return at_most("back after the server answers again", took, 10.0, "s")


def _follower_s() -> float:
    """Return the processor time of the thread that keeps the connection, in seconds; 0 where there is none."""
    for thread in threading.enumerate():
        if thread.name == "home assistant" and thread.ident is not None:
            return time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
    return 0.0


def _processor_s() -> float:
    return time.thread_time() + _follower_s()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures and return the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--turns", type=int, default=100, help="turns to measure, also those with faults (100)")
    options.add_argument("--events", type=int, default=5_000, help="changes of states to follow (5000)")
    options.add_argument("--strict", action="store_true", help="exit with 1 where a goal is missed")
    given = options.parse_args(arguments)
    encoder = VectorCache(FastembedEncoder(), SHIPPED)
    figures = [*turns(encoder, given.turns), looks(given.turns), idle(given.events)]
    figures += [*bad_weather(encoder, given.turns), back_again()]
    show(figures)
    return exit_code(figures, strict=given.strict)


if __name__ == "__main__":
    sys.exit(main())
