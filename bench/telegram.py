"""Butler on an emulated Telegram: `python -m bench.telegram [--updates N] [--kill-every N] [--soak MINUTES]`.

The real process is run against the tests' strict server, which is in this process: a backlog, updates with kills in
between, and on request a long mixed load with faults.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.report import Figure, exit_code, show
from tests.acceptance.telegram.crowd import Crowd
from tests.acceptance.telegram.household import Household
from tests.telegram_server.faults import Kind

PEOPLE = 20
GOAL = 100.0  # turns a second
SEED = 7
_FAULTS: tuple[tuple[str, Kind], ...] = (
    ("sendMessage", "status"),
    ("sendMessage", "flood"),
    ("sendMessage", "reset"),
    ("sendMessage", "lost"),
    ("sendMessage", "garbage"),
    ("getUpdates", "status"),
    ("getUpdates", "reset"),
)
_WARM_S = 60.0  # after this, memory is held to grow no more
_MOST_GROWTH_MB = 20.0


def backlog(updates: int) -> list[Figure]:
    """Measure how fast queued updates become turns whose answers are in the outbox, from the first to the last.

    An update is done by the commit that puts its answer there; sending goes on meanwhile, as fast as Telegram allows.
    """
    with tempfile.TemporaryDirectory() as folder:
        house = Household(Path(folder) / "house")
        crowd = Crowd.of(house, PEOPLE)
        crowd.sends(updates)
        house.start()
        house.until_done(1)
        began, worked, done = time.perf_counter(), _processor_s(house.service.pid), house.done()
        house.until_done(updates, patience=600)
        turns = updates - done
        rate = turns / (time.perf_counter() - began)
        work = 1_000 * (_processor_s(house.service.pid) - worked) / turns
        crowd.assert_all_heard_in_order()
        house.close()
        return [
            Figure("backlog", f"{rate:,.0f} turns/s", f"≥ {GOAL:,.0f} turns/s", rate >= GOAL),
            Figure("backlog: processor time, sending included", f"{work:.1f} ms/turn"),
        ]


def _processor_s(pid: int) -> float:
    """Return how many seconds of a processor a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def killed(updates: int, every: int) -> list[Figure]:
    """Kill the process every so many updates, and count what was lost, done twice, or out of order."""
    with tempfile.TemporaryDirectory() as folder:
        house = Household(Path(folder) / "house")
        crowd = Crowd.of(house, PEOPLE)
        crowd.sends(updates)
        for done in range(every, updates, every):
            house.start()
            house.until_done(done, patience=120)
            house.service.kill()
        house.start()
        house.settle(patience=600)
        wrong = crowd.problems()
        house.close()
        for problem in wrong:
            sys.stdout.write(f"{problem}\n")
        return [Figure(f"wrong after a kill every {every} of {updates}", str(len(wrong)), "0", not wrong)]


def soak(minutes: float) -> list[Figure]:
    """Talk for minutes while calls fail, and look at memory, errors and calls that should have waited."""
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        house = Household(Path(folder) / "house")
        crowd = Crowd.of(house, PEOPLE)
        house.start()
        end, warm, begun = time.monotonic() + minutes * 60, 0, time.monotonic()
        while time.monotonic() < end and house.service.running:
            crowd.sends(chance.randrange(1, 2 * PEOPLE))
            if chance.random() < 0.3:
                method, kind = chance.choice(_FAULTS)
                house.fault(method, kind, retry_after=2)
            time.sleep(chance.uniform(0.5, 2.0))
            if not warm and time.monotonic() - begun > min(_WARM_S, minutes * 20):
                warm = house.service.memory
        alive = house.service.running
        house.settle(patience=600)
        growth = (house.service.memory - warm) / 2**20
        hurried = sum(violation.kind == "hurried" for violation in house.server.violations)
        others = len(house.server.violations) - hurried
        tracebacks = house.service.err.count("Traceback")
        wrong = crowd.problems()
        turns = house.done()
        house.close()
    return [
        Figure("soak: turns", f"{turns:,}"),
        Figure("soak: running at the end", str(alive), "True", alive),
        Figure("soak: growth of memory", f"{growth:.1f} MB", f"≤ {_MOST_GROWTH_MB:g} MB", growth <= _MOST_GROWTH_MB),
        Figure("soak: unhandled errors", str(tracebacks), "0", tracebacks == 0),
        Figure("soak: calls during a retry-after", str(hurried), "0", hurried == 0),
        Figure("soak: other calls that were refused", str(others), "0", others == 0),
        Figure("soak: people not told all in order", str(len(wrong)), "0", not wrong),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for and print it; return 1 with --strict where a goal was missed."""
    parser = argparse.ArgumentParser(prog="bench.telegram", description=__doc__)
    parser.add_argument("--updates", type=int, default=1_000, metavar="N")
    parser.add_argument("--kill-every", type=int, default=100, metavar="N")
    parser.add_argument("--soak", type=float, default=0.0, metavar="MINUTES", help="only the mixed load")
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args(arguments)
    figures = (
        soak(options.soak)
        if options.soak
        else [*backlog(options.updates), *killed(options.updates, options.kill_every)]
    )
    show(figures)
    return exit_code(figures, strict=options.strict)


if __name__ == "__main__":
    sys.exit(main())
