"""The proof by replay: `python -m bench.replay FILE... [--seeds A-B] [--cache FILE] [--out FOLDER] [--strict]`.

Files are JSON Lines with text, label and split (base, golden, stream); each is out of scope for the others.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from bench.replay.household import ARMS, Plan
from bench.replay.measures import Row
from bench.replay.running import Sources, one, shipped
from bench.replay.table import POLICY, table
from bench.report import exit_code, show

POLICIES = ("none", "immediate", "letter", POLICY)
WATCHED = frozenset({"trojan", "aa"})
"""Arms that are only about what is taken back, so that policies without a watch have no part in them."""


def finished(path: Path) -> dict[tuple[str, str, str, int], Row]:
    """Return the rows that a folder has, by what they are of; a line that a kill cut off is none."""
    rows: dict[tuple[str, str, str, int], Row] = {}
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            row = Row.of_json(json.loads(line))
        except (ValueError, TypeError, KeyError):
            continue
        rows[row.key] = row
    return rows


def plans(arguments: argparse.Namespace) -> Iterator[tuple[str, Plan]]:
    """Yield every run that is asked for, seed by seed."""
    first, _, last = arguments.seeds.partition("-")
    for seed in range(int(first), int(last or first) + 1):
        for file in arguments.files:
            for arm in arguments.arms:
                for policy in arguments.policies:
                    if policy == POLICY or arm not in WATCHED:
                        yield file, Plan(arm, policy, seed, arguments.turns)


def made(todo: Sequence[tuple[str, Plan]], sources: Sources, jobs: int) -> Iterator[Row]:
    """Yield rows as they are finished, `jobs` at a time; with none, one after the other in this process."""
    if not jobs:
        yield from (one(sources, file, plan) for file, plan in todo)
        return
    # Set before the workers import numpy: sums in another order differ in their last bits.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as workers:
        waiting = [workers.submit(one, sources, file, plan) for file, plan in todo]
        for done in as_completed(waiting):
            yield done.result()


def replay(arguments: argparse.Namespace) -> int:
    """Make the runs that are not there yet, print the table and return the exit code."""
    cached = str(arguments.cache) if arguments.cache else None
    sources = Sources(tuple(str(file) for file in arguments.files), cached, arguments.hashed)
    kept = arguments.out / "rows.jsonl" if arguments.out else None
    rows = finished(kept) if kept else {}
    asked = list(plans(arguments))
    todo = [(file, plan) for file, plan in asked if _key(file, plan) not in rows]
    again = [(file, plan) for file, plan in asked if _key(file, plan) in rows][: arguments.again]
    if todo and cached:
        for file in sources.files:
            shipped(sources, file)
    for row in made(todo, sources, arguments.jobs):
        rows[row.key] = row
        _keep(row, kept)
    unlike = [row.key for row in made(again, sources, arguments.jobs) if row.digest != rows[row.key].digest]
    figures = table(rows[_key(file, plan)] for file, plan in asked)
    show(figures)
    if arguments.again:
        sys.stdout.write(f"{len(again) - len(unlike)} of {len(again)} repeated runs came out alike to the last bit\n")
    return 1 if unlike else exit_code(figures, strict=arguments.strict)


def _keep(row: Row, path: Path | None) -> None:
    sys.stderr.write(f"{' '.join(map(str, row.key))}: {row.reduction:.1%}, {row.wins}/{row.losses}, {row.seconds} s\n")
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(row.to_json()) + "\n")


def _key(file: str, plan: Plan) -> tuple[str, str, str, int]:
    return Path(file).stem, plan.arm, plan.policy, plan.seed


def main(argv: Iterable[str] | None = None) -> int:
    """Run the benchmark and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.replay", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="labelled utterances")
    parser.add_argument("--seeds", default="0-19", help="A-B (default 0-19)")
    parser.add_argument("--turns", type=int, default=3_000, help="turns of a stream (default 3000)")
    parser.add_argument("--arms", nargs="+", choices=ARMS, default=list(ARMS), help="default: all")
    parser.add_argument("--policies", nargs="+", choices=POLICIES, default=list(POLICIES), help="default: all")
    parser.add_argument("--cache", type=Path, help="an npz file that keeps the vectors")
    parser.add_argument("--out", type=Path, help="a folder that keeps finished runs, which are not made again")
    parser.add_argument("--jobs", type=int, default=2, help="runs at a time (default 2; 0: in this process)")
    parser.add_argument("--hashed", action="store_true", help="use the encoder's stand-in, which needs no model")
    parser.add_argument("--again", type=int, default=0, help="repeat so many finished runs and compare them")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a goal was missed")
    return replay(parser.parse_args(None if argv is None else list(argv)))


if __name__ == "__main__":
    sys.exit(main())
