"""How fast evidence is clustered: `python -m bench.clustering [--size N]… [--seed N] [--strict]`.

The vectors are made of the shipped ones, which are those of real utterances: mixtures of two with noise around them,
many of them nearly the same, all in one group, which is the worst there is. Seconds are processor time of one thread.
Each size runs in a process of its own, so
that the peak of memory is that size's.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

import numpy as np

from bench.report import Figure, at_most, exit_code, show
from engine.embedding.precompute import SHIPPED
from engine.embedding.vectors import PrecomputedVectors
from engine.learning.cluster_rows import Vectors
from engine.learning.clusters import Clusters, Item, Radii

GROUP = ("low_confidence", "")
GOALS_S = {50_000: 5.0, 100_000: 14.0}
MOST_MB = 1_000.0
LEADERS = 10_000
_MORE = 500


def utterances(count: int, seed: int) -> Vectors:
    """Return unit vectors: 40 % near duplicates of what is said often, the rest ever freer mixtures of two."""
    chance = np.random.default_rng(seed)
    known = PrecomputedVectors.load(SHIPPED).rows
    found = np.empty((count, known.shape[1]), np.float32)
    for start in range(0, count, 4_096):
        size = min(4_096, count - start)
        one, other = (known[chance.integers(0, len(known), size)].astype(np.float32) for _ in range(2))
        share = chance.choice([0.05, 0.2, 0.5, 0.9], size=(size, 1), p=[0.4, 0.2, 0.2, 0.2])
        noise = chance.normal(size=one.shape)
        noise *= chance.choice([0.02, 0.2, 0.4], size=(size, 1), p=[0.4, 0.3, 0.3]) / np.sqrt(one.shape[1])
        mixed = (1.0 - share) * one + share * other + noise
        found[start : start + size] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return found


def measured(count: int, seed: int) -> list[Figure]:
    """Measure clustering `count` utterances from scratch."""
    vectors = utterances(count, seed)
    items = [Item(f"s{at}", GROUP, f"text {at}", vector) for at, vector in enumerate(vectors)]
    began, busy = time.perf_counter(), time.process_time()
    found = Clusters.of(items, Radii())
    took, busy = time.perf_counter() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    what = f"{count:,} utterances clustered"
    goal = GOALS_S.get(count)
    return [
        at_most(what, busy, goal, "s") if goal else Figure(what, f"{busy:.2f} s"),
        Figure("… by the clock on the wall", f"{took:.2f} s"),
        Figure("… clusters found", f"{len(found.all()):,}"),
        at_most("… peak of the process, the vectors given among it", peak, MOST_MB, "MB"),
    ]


def one_more(seed: int) -> list[Figure]:
    """Measure one more utterance against 10,000 leaders, the texts they lead among what is repaired."""
    vectors = utterances(20_000 + _MORE, seed)
    items = [Item(f"s{at}", GROUP, f"text {at}", vector) for at, vector in enumerate(vectors)]
    low, high = LEADERS, len(items) - _MORE
    while high - low > 200:
        middle = (low + high) // 2
        low, high = (middle, high) if len(Clusters.of(items[:middle]).all()) < LEADERS else (low, middle)
    found = Clusters.of(items[:high])
    leaders = len(found.all())
    times = []
    for item in items[-_MORE:]:
        began = time.perf_counter()
        found = found.with_item(item)
        times.append((time.perf_counter() - began) * 1_000)
    return [
        at_most(f"one more against {leaders:,} leaders, median", statistics.median(times), 1.0, "ms"),
        Figure(
            "… mean; 95th percentile", f"{statistics.mean(times):.2f}; {statistics.quantiles(times, n=20)[-1]:.2f} ms"
        ),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every size and one more, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, action="append", metavar="N", help="utterances (default 50000 and 100000)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--strict", action="store_true", help="exit 1 when a goal is missed")
    parser.add_argument("--alone", action="store_true", help="measure one size in this very process")
    options = parser.parse_args(arguments)
    sizes = options.size or sorted(GOALS_S)
    if options.alone:
        figures = measured(sizes[0], options.seed)
        show(figures)
        return exit_code(figures, strict=options.strict)
    codes = [_alone(size, options.seed, strict=options.strict) for size in sizes]
    figures = one_more(options.seed)
    show(figures)
    return max(exit_code(figures, strict=options.strict), *codes)


def _alone(size: int, seed: int, *, strict: bool) -> int:
    command = [sys.executable, "-m", "bench.clustering", "--alone", "--size", str(size), "--seed", str(seed)]
    return subprocess.run([*command, *(["--strict"] if strict else [])], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
