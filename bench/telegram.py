"""Butler on an emulated Telegram: `python -m bench.telegram [--updates N] [--kill-every N] [--soak MINUTES]`.

The real process is run against the tests' strict server, which is in this process: a backlog, updates with kills in
between, and on request a long mixed load with faults.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.report import Figure, exit_code, show
from tests.acceptance.telegram.crowd import SENTENCES, Crowd
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
_FAULTY = 0.3
_STEADY_S, _STEADY_BYTES = 15, 2**20  # when memory grows less than this in so long, all is loaded
_LONGEST_WARMING_S = 120.0
_PATIENCE_S = 600.0
_MOST_GROWTH_MB = 5.0


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
    """Talk for minutes while calls fail, and look at memory, errors, calls that came too early, and what was told.

    Growth of memory is that of the median resident size from the second tenth of the time to the last tenth. Before
    that time begins, everybody has said each of their sentences once, so that what is remembered of sentences is, and
    it was quiet until the model was loaded, which a start puts off until nobody talks. At the end all that waits is
    sent before it is judged.
    """
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        house = Household(Path(folder) / "house")
        crowd = Crowd.of(house, PEOPLE)
        house.start()
        _warm_up(house, crowd)
        before, sizes, begun = house.done(), list[tuple[float, int]](), time.monotonic()
        while (spent := time.monotonic() - begun) < minutes * 60 and house.service.running:
            sizes.append((spent / (minutes * 60), house.service.memory))
            crowd.sends(chance.randrange(1, 2 * PEOPLE))
            if chance.random() < _FAULTY:
                method, kind = chance.choice(_FAULTS)
                house.fault(method, kind, retry_after=2)
            time.sleep(chance.uniform(0.5, 2.0))
        alive, turns = house.service.running, house.done() - before
        house.calm()
        left = _drained(house)
        wrong = crowd.problems()
        hurried = sum(violation.kind == "hurried" for violation in house.server.violations)
        others = len(house.server.violations) - hurried
        tracebacks = house.service.err.count("Traceback")
        house.close()
    sys.stdout.writelines(f"{problem}\n" for problem in wrong)
    growth = _median_mb(sizes, 0.9, 1.0) - _median_mb(sizes, 0.1, 0.2)
    return [
        Figure("soak: turns", f"{turns:,}"),
        Figure("soak: running at the end", str(alive), "True", alive),
        Figure("soak: memory when warm", f"{_median_mb(sizes, 0.1, 0.2):.1f} MB"),
        Figure("soak: growth of memory", f"{growth:.1f} MB", f"≤ {_MOST_GROWTH_MB:g} MB", growth <= _MOST_GROWTH_MB),
        Figure("soak: unhandled errors", str(tracebacks), "0", tracebacks == 0),
        Figure("soak: calls during a retry-after", str(hurried), "0", hurried == 0),
        Figure("soak: other calls that were refused", str(others), "0", others == 0),
        Figure("soak: never dealt with or sent", str(left), "0", left == 0),
        Figure("soak: lost or out of order", str(len(wrong)), "0", not wrong),
    ]


def _warm_up(house: Household, crowd: Crowd) -> None:
    """Have everybody say each sentence once, then be quiet until memory no longer grows."""
    crowd.sends(PEOPLE * SENTENCES)
    house.settle(patience=600)
    end, sizes = time.monotonic() + _LONGEST_WARMING_S, [house.service.memory]
    while time.monotonic() < end and (len(sizes) <= _STEADY_S or sizes[-1] - sizes[-1 - _STEADY_S] > _STEADY_BYTES):
        time.sleep(1)
        sizes.append(house.service.memory)


def _drained(house: Household) -> int:
    """Wait until all is dealt with and sent, and return how much is not after a while."""
    end = time.monotonic() + _PATIENCE_S
    while left := house.server.pending + house.ledger.unsettled():
        if not house.service.running or time.monotonic() > end:
            break
        time.sleep(0.2)
    return left


def _median_mb(sizes: Sequence[tuple[float, int]], first: float, last: float) -> float:
    """Return the median of the sizes in a part of the time, in MB; 0 when the process ended before."""
    found = [size for at, size in sizes if first <= at <= last]
    return statistics.median(found) / 2**20 if found else 0.0


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
