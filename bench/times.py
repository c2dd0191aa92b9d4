"""How right and how fast times are read: `python -m bench.times [FILE.jsonl …] [--misses] [--strict]`.

Without a file: the packaged golden times and traps, and the speed. A file has rows of `text`, `ref` (now), `source` and
`simple` (kind; for a point its value, its grain where the source knows one). Only points are judged, to their grain;
the rows read by duckling are the goal, other sources are shown beside them. A row without a grain is judged by the day
where its value is a date or a day was understood, by the time of day where its value is one, else by the minute.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from datetime import time as time_of_day
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.report import Figure, at_least, at_most, exit_code, show
from engine.learning.task_cases import is_as_expected
from engine.tasks.due import Due
from engine.tasks.times import find_time, read_time

DUCKLING = "facebook/duckling"
NOW = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
PLAIN_TEXTS = (
    "turn on the kitchen light",
    "is the washing machine still running and did anybody empty the dryer",
    "put oat milk and two lemons on the list",
    "what a lovely colour the sofa has",
)
TIMED_TEXTS = (
    "remind me to call mum tomorrow at 5",
    "buy milk this weekend",
    "every other monday at half past seven take the bins out",
    "the first tuesday of next month between 3 and 5pm",
)
HOSTILE = tuple(
    (piece * 1000)[:1000] for piece in ("at 1 ", "every ", "1-", "a week from ", "the ", "12:", "1 ", "in a ")
)


@dataclass(frozen=True)
class Verdict:
    """What was asked, what was expected, what came, and whether that is right."""

    group: str
    text: str
    expected: str
    got: str
    right: bool


def understood(text: str, now: datetime, zone: tzinfo) -> Due | None:
    """Return the time of a text, that says nothing else or a sentence; what is over counts too."""
    due = read_time(text, now, zone)
    if due is not None:
        return due
    found = find_time(text, now, zone, looking_back=True)
    return found.due if found else None


def golden_verdicts() -> Iterator[Verdict]:
    """Judge the packaged golden times."""
    for row in _rows((files("golden") / "times.jsonl").read_text("utf-8")):
        zone = ZoneInfo(row["zone"])
        found = find_time(row["text"], datetime.fromisoformat(row["now"]), zone)
        due = found.due if found else None
        right = is_as_expected(due, row["expected"])
        yield Verdict(row["category"], row["text"], json.dumps(row["expected"]), _told(due), right)


def trap_verdicts() -> Iterator[Verdict]:
    """Judge the packaged traps, in which there is no time."""
    for row in _rows((files("golden") / "time_traps.jsonl").read_text("utf-8")):
        found = find_time(row["text"], NOW, UTC)
        yield Verdict("traps", row["text"], "no time", _told(found.due if found else None), found is None)


def point_verdicts(path: Path) -> Iterator[Verdict]:
    """Judge the points of a file of labelled time expressions."""
    for row in _rows(path.read_text("utf-8")):
        simple, source = row["simple"], row["source"]
        if simple["kind"] != "point" or not row.get("ref"):
            continue
        zone = timezone(timedelta(hours=-2)) if source == DUCKLING else UTC
        now = datetime.fromisoformat(row["ref"]).replace(tzinfo=zone)
        due = understood(row["text"], now, zone)
        try:
            right = _is_point(due, simple["value"], simple.get("grain"), zone)
        except ValueError:  # not a date: unresolved, or before year 1
            continue
        yield Verdict(source, row["text"], simple["value"], _told(due), right)


def _is_point(due: Due | None, value: str, grain: str | None, zone: tzinfo) -> bool:
    start = (due.at or due.day or due.start) if due else None
    exact = isinstance(start, datetime)
    wall = start.astimezone(zone).replace(tzinfo=None) if isinstance(start, datetime) else start
    if len(value) == 8 and value[2] == ":":
        clock = time_of_day.fromisoformat(value)
        return isinstance(wall, datetime) and wall.time() == clock
    expected = datetime.fromisoformat(value)
    if wall is None:
        return False
    got = wall if isinstance(wall, datetime) else datetime.combine(wall, time_of_day())
    if grain is None:
        grain = "minute" if exact and len(value) > 10 else "day"
    length = {"second": 19, "minute": 16, "hour": 13}.get(grain, 10)
    return got.isoformat()[:length] == expected.isoformat()[:length]


def _told(due: Due | None) -> str:
    if due is None:
        return "nothing"
    document = {name: value for name, value in due.to_document().items() if name != "wording"}
    return json.dumps(document)


def _rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def milliseconds(call: Callable[[str], object], texts: Sequence[str], rounds: int = 40) -> float:
    """Return the median time of one call."""
    taken = []
    for _ in range(rounds):
        for text in texts:
            began = time.perf_counter()
            call(text)
            taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def figures_of_speed() -> list[Figure]:
    """Measure sentences without a time, sentences with one, and the worst of the hostile ones."""

    def find(text: str) -> object:
        return find_time(text, NOW, UTC)

    find(TIMED_TEXTS[0])
    worst = max(milliseconds(find, (text,), rounds=3) for text in HOSTILE)
    return [
        at_most("no time in it, median", milliseconds(find, PLAIN_TEXTS), 0.2, "ms"),
        at_most("a time in it, median", milliseconds(find, TIMED_TEXTS), 1.0, "ms"),
        at_most("1,000 hostile characters, worst", worst, 100.0, "ms"),
    ]


def _share(verdicts: Sequence[Verdict]) -> float:
    return sum(verdict.right for verdict in verdicts) / len(verdicts) if verdicts else 0.0


def _file_figures(verdicts: Sequence[Verdict]) -> list[Figure]:
    figures = []
    of_duckling = [verdict for verdict in verdicts if verdict.group == DUCKLING]
    if of_duckling:
        figures.append(at_least(f"points in duckling's reading ({len(of_duckling)})", _share(of_duckling), 0.85))
    for source, count in sorted(Counter(verdict.group for verdict in verdicts).items()):
        if source != DUCKLING:
            own = [verdict for verdict in verdicts if verdict.group == source]
            figures.append(Figure(f"  {source} ({count})", f"{_share(own):.1%}"))
    return [*figures, Figure(f"  all sources ({len(verdicts)})", f"{_share(verdicts):.1%}")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; with `--strict` exit with 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.times", description="How right times are read.")
    parser.add_argument("files", nargs="*", type=Path, help="labelled time expressions, as JSON lines")
    parser.add_argument("--misses", action="store_true", help="also print what is read otherwise")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a goal is missed")
    options = parser.parse_args(arguments)
    golden, traps = list(golden_verdicts()), list(trap_verdicts())
    read = [verdict for path in options.files for verdict in point_verdicts(path)]
    figures = _file_figures(read) if read else []
    false = sum(not verdict.right for verdict in traps)
    figures += [
        at_least(f"golden times ({len(golden)})", _share(golden), 0.97),
        at_most(f"false dates in traps ({len(traps)})", false, 0, "false"),
        *figures_of_speed(),
    ]
    show(figures)
    if options.misses:
        for verdict in (*golden, *traps, *read):
            if not verdict.right:
                print(f"{verdict.group}: {verdict.text!r} is {verdict.expected}, read as {verdict.got}")
    return exit_code(figures, strict=options.strict)


if __name__ == "__main__":
    sys.exit(main())
