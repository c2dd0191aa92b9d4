"""How well log review finds what is there, and how fast: `python -m bench.review [--planted N] [--null N] [--strict]`.

Logs are made from seeds: habits hidden among what any household does, and logs in which nothing means anything.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.report import Figure, at_most, exit_code, show
from bench.review_habits import HABITS, IN_USE, Habit, noise, null, planted
from bench.review_logs import PEOPLE, ZONE, Log, shuffled
from engine.review.log_review import ReviewResult, review, scan
from engine.review.rules import ReviewRules
from store import Store, open_store
from store.insights import Insight

RULES = ReviewRules(zone=ZONE, names=PEOPLE, models=IN_USE)
ADMIN = PEOPLE[0]
_DELIVERED = 3
_A_WEEK = 60


def delivered(found: Sequence[Insight]) -> list[Insight]:
    """Return what the first reports would hold: three for each person, the household's for the admin."""
    weightiest = sorted(found, key=lambda one: (-one.priority, one.id))
    shown: dict[int, Insight] = {}
    for person in PEOPLE:
        theirs = [one for one in weightiest if one.owner == person or (one.owner is None and person == ADMIN)]
        shown.update({one.id: one for one in theirs[:_DELIVERED]})
    return list(shown.values())


def is_right(one: Insight) -> bool:
    """Tell whether an insight is one that was planted."""
    return any(habit.is_met_by(one.change, one.owner) for habit in HABITS)


def met(habit: Habit, result: ReviewResult) -> bool:
    """Tell whether a review found a habit."""
    return any(habit.is_met_by(one.change, one.owner) for one in result.insights)


def finding(logs: int) -> list[Figure]:
    """Measure how much of what was planted is found, and how much of what is delivered was planted."""
    found: Counter[str] = Counter()
    right = shown = false = 0
    for seed in range(logs):
        log, habits = planted(seed)
        result = scan(log.traces, log.now, RULES)
        found.update(habit.name for habit in habits if met(habit, result))
        three = delivered(result.insights)
        right, shown = right + sum(map(is_right, three)), shown + len(three)
        false += sum(not is_right(one) for one in result.insights)
    share, precision = found.total() / (logs * len(HABITS)), right / max(shown, 1)
    return [
        Figure(f"planted habits found, {logs} logs of {len(HABITS)}", f"{share:.1%}", "≥ 80 %", share >= 0.8),
        Figure("… the one found least", _least(found, logs)),
        Figure(f"precision of the three delivered ({shown})", f"{precision:.3f}", "≥ 0.95", precision >= 0.95),
        Figure("… insights that were not planted, of all", str(false)),
    ]


def _least(found: Counter[str], logs: int) -> str:
    name = min((habit.name for habit in HABITS), key=lambda one: found[one])
    return f"{name}: {found[name] / logs:.0%}"


def nothing(logs: int) -> list[Figure]:
    """Measure how often a log without any habit gives an insight."""
    false: list[str] = []
    for seed in range(logs):
        log = null(10_000 + seed)
        result = scan(log.traces, log.now, RULES)
        if result.insights:
            false.append(result.insights[0].title)
    share = len(false) / logs
    figures = [Figure(f"null logs with an insight, of {logs}", f"{share:.1%}", "≤ 1 %", share <= 0.01)]
    return [*figures, *(Figure("… such as", title) for title in false[:3])]


def speed(count: int) -> list[Figure]:
    """Measure a review of so many traces, the next one after a week, and one of nothing."""
    log = Log.of(7)
    while len(log.traces) < count:
        shuffled(log, noise(log, 400))
    count = len(log.traces)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "butler.db") as store:
        log.into(store)
        worked = time.process_time()
        first, result = _timed(store, log)
        worked = time.process_time() - worked
        assert result.traces == count
        shuffled(log, noise(log, _A_WEEK))
        log.into(store)
        second, after = _timed(store, log)
        third, _ = _timed(store, log)
        full, again = _timed(store, log, full=True)
        assert again.traces == len(log.traces)
    return [
        at_most(f"a review of {count:,} traces", first, 20.0, "s"),
        Figure("… processor time", f"{worked:.1f} s"),
        at_most(f"… the next one, a week ({after.traces:,} traces) later", second, 1.0, "s"),
        at_most("… and one of nothing new", third, 1.0, "s"),
        Figure("… everything counted again", f"{full:.1f} s"),
    ]


def _timed(store: Store, log: Log, *, full: bool = False) -> tuple[float, ReviewResult]:
    began = time.perf_counter()
    result = review(store, log.now, full=full, rules=RULES)
    return time.perf_counter() - began, result


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; return 1 with `--strict` where a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--planted", type=int, default=40, help="logs with habits")
    parser.add_argument("--null", type=int, default=200, help="logs without any")
    parser.add_argument("--traces", type=int, default=100_000)
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args(arguments)
    found = [*finding(options.planted), *nothing(options.null), *speed(options.traces)]
    show(found)
    return exit_code(found, strict=options.strict)


if __name__ == "__main__":
    sys.exit(main())
