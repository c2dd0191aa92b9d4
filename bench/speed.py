"""How fast Butler is and how much it takes: `python -m bench.speed [--repeats N] [--turns N] [--strict]`.

Ratios are taken in one run, figures are medians. "Processor time" leaves out waiting, also for the disk.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace

from bench.house import demo_snapshot, grown_snapshot
from bench.living import Living, living
from bench.report import Figure, at_most, exit_code, show
from bench.timing import median_ms, resident_mb, seconds_to_answer
from bench.tracing import tracing
from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding.precompute import SHIPPED
from engine.learning.golden import GoldenSet
from engine.understanding.interpretation import Stage
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import Alias, BaseKnowledge, Knowledge
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot

SEED = 7
_OPENERS = ("honestly", "hey", "listen", "well", "you know", "oh", "so", "okay then", "right")
_MIDDLES = ("it is so gloomy in here", "my eyes hurt from this glare", "it got rather chilly", "this room feels stuffy")
_ENDS = ("can you do something", "would you mind", "help me out", "sort it out", "what do you say", "fix that")
LOOSE = tuple(f"{first} {middle} {end}" for middle in _MIDDLES for end in _ENDS for first in _OPENERS)
"""Wordings no sentence pattern takes, each of them new to the cache of vectors."""

CAPTURED = ("buy {} this weekend", "note: the {} is in the shed", "add a task to call {} tomorrow at 5")
"""Thoughts that are written down, each of them new; the blank is filled with a number."""

PATTERNED = ("turn on the kitchen ceiling light", "turn off the kitchen ceiling light")


def start_up(repeats: int) -> list[Figure]:
    """Measure a fresh process: the help, and the first answer over stdio in an empty data folder."""
    helps = [seconds_to_answer(["--help"], None) for _ in range(repeats)]
    answers = []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as data:
            line = json.dumps({"user": "ana", "text": PATTERNED[0]})
            answers.append(seconds_to_answer(["stdio", "--data", data], line))
    return [
        at_most("start to first answer", statistics.median(answers), 3.0, "s"),
        at_most("butler --help", statistics.median(helps), 0.3, "s"),
    ]


def turns(home: Living, encoder: FastembedEncoder, count: int) -> list[Figure]:
    """Measure whole turns, store and home included, and understanding beside one embedding of the same words."""
    situation = Situation(home.home.snapshot())
    stages = {home.engine.understand(text, situation).stage for text in PATTERNED}
    if stages != {Stage.PATTERN}:
        raise RuntimeError(f"not decided by patterns: {PATTERNED}")
    home.say(PATTERNED[0])
    patterned = [PATTERNED[number % 2] for number in range(count)]
    by_pattern = median_ms(home.say, patterned, clock=time.process_time)
    understood = median_ms(lambda text: home.engine.understand(text, situation), patterned, clock=time.process_time)
    loose = LOOSE[:count]
    embedded = median_ms(lambda text: encoder.encode([text]), loose, clock=time.process_time)
    by_exemplar = median_ms(lambda text: home.engine.understand(text, situation), loose, clock=time.process_time)
    whole = median_ms(home.say, LOOSE[-count:], clock=time.process_time)
    captured = median_ms(home.say, _thoughts(home, situation, count), clock=time.process_time)
    return [
        at_most("a turn by patterns, processor time", by_pattern, 3.0, "ms"),
        at_most("a capture, traces on, processor time", captured, 5.0, "ms"),
        Figure("… its understanding alone", f"{understood:.2f} ms"),
        Figure("one embedding", f"{embedded:.2f} ms"),
        at_most("understanding by exemplars / one embedding", by_exemplar / embedded, 1.5, "×"),
        at_most("a turn by exemplars / one embedding", whole / embedded, 1.5, "×"),
    ]


def _thoughts(home: Living, situation: Situation, count: int) -> list[str]:
    """Return thoughts that need no embedding; a RuntimeError where one is not decided by a pattern."""
    texts = [CAPTURED[number % len(CAPTURED)].format(f"thing {number}") for number in range(count)]
    stages = {home.engine.understand(text, situation).stage for text in texts}
    if stages != {Stage.PATTERN}:
        raise RuntimeError(f"not decided by patterns: {CAPTURED}")
    return texts


def lessons(home: Living, repeats: int, *, seed: int) -> tuple[float, float, float]:
    """Return the seconds of one pass over the whole suite, and the median milliseconds of a lesson and a rollback."""
    snapshot = home.home.snapshot()
    began = time.perf_counter()
    home.engine.warm(snapshot)
    whole = time.perf_counter() - began
    targets = [entity.entity_id for entity in snapshot.entities if entity.domain == "light"]
    phrases = [f"zor{'bdfgkmpr'[n % 8]}a{'lnst'[n % 4]}o {'klmnprst'[(n + seed) % 8]}imbu" for n in range(repeats)]
    numbers: list[int] = []
    lesson = median_ms(
        lambda n: numbers.append(home.teach(phrases[n], targets[n % len(targets)])),
        range(repeats),
        clock=time.perf_counter,
    )
    rollback = median_ms(home.take_back, reversed(numbers), clock=time.perf_counter)
    return whole, lesson, rollback


def learning(home: Living, repeats: int, cases: int) -> list[Figure]:
    """Measure teaching a name up to its being live, and taking it back."""
    whole, lesson, rollback = lessons(home, repeats, seed=1)
    times = 2 * whole * 1000 / lesson
    return [
        at_most(f"lesson, tested and live ({cases} golden cases)", lesson / 1000, 1.0, "s"),
        Figure("… beside two passes over everything", f"{times:.0f} × faster", "≥ 20 ×", times >= 20),
        at_most("rollback", rollback, 10.0, "ms"),
    ]


def memory(home: Living, idle: float, count: int) -> list[Figure]:
    """Measure what many turns leave behind; the first tenth may fill caches."""
    for number in range(count // 10):
        home.say(PATTERNED[number % 2])
    before = resident_mb()
    for number in range(count - count // 10):
        home.say(PATTERNED[number % 2])
    return [
        at_most("memory, idle", idle, 320.0, "MB"),
        at_most(f"memory gained over {count:,} turns", resident_mb() - before, 5.0, "MB"),
    ]


def growth(cache: VectorCache, golden: GoldenSet, count: int, repeats: int) -> list[Figure]:
    """Measure what ten times the home, the learned rows and the golden cases cost, as ratios."""
    interpreter = Interpreter.build(Knowledge(BaseKnowledge.load()), cache)
    few, many = grown_snapshot(200, seed=SEED), grown_snapshot(2_000, seed=SEED)
    taught, taught_more = _taught(interpreter, few, 1_000), _taught(interpreter, few, 10_000)
    small = _understanding(interpreter, few, count)
    rows, more_rows = _understanding(taught, few, count), _understanding(taught_more, few, count)
    both = _understanding(_taught(interpreter, many, 10_000), many, count)
    with living(cache, golden, demo_snapshot()) as home:
        _, lesson, _ = lessons(home, repeats, seed=2)
    with living(cache, _ten_times(golden), demo_snapshot()) as home:
        _, lesson_more, _ = lessons(home, repeats, seed=2)
    return [
        Figure("entities 200 → 2,000, understanding", f"{_understanding(interpreter, many, count) / small:.2f} ×"),
        Figure("learned rows 1,000 → 10,000, understanding", f"{more_rows / rows:.2f} ×"),
        at_most("2,000 entities and 10,000 rows against 200 and none", both / small, 1.5, "×"),
        Figure("golden × 10, a lesson", f"{lesson_more / lesson:.2f} ×"),
    ]


def _understanding(interpreter: Interpreter, house: Snapshot, count: int) -> float:
    situation = Situation(house)
    interpreter.understand(PATTERNED[0], situation)
    texts = [PATTERNED[number % 2] for number in range(count)]
    return median_ms(lambda text: interpreter.understand(text, situation), texts, clock=time.process_time)


def _taught(interpreter: Interpreter, house: Snapshot, count: int) -> Interpreter:
    targets = [entity.entity_id for entity in house.entities]
    aliases = tuple(
        Alias(f"word{number} of ours", "entity", targets[number % len(targets)], "household", None, number + 1)
        for number in range(count)
    )
    return interpreter.with_knowledge(replace(interpreter.knowledge, aliases=aliases))


def _ten_times(golden: GoldenSet) -> GoldenSet:
    cases = tuple(replace(case, id=f"{case.id}.{copy}") for copy in range(10) for case in golden.cases)
    return replace(golden, cases=cases, digest=f"{golden.digest} ten times")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 with --strict where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="Speed and size, with their goals.")
    parser.add_argument("--repeats", type=int, default=5, help="of what takes long: starts and lessons")
    parser.add_argument("--turns", type=int, default=10_000, help="how many turns memory is watched over")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a goal is missed")
    chosen = parser.parse_args(argv)
    encoder = FastembedEncoder()
    cache = VectorCache(encoder, SHIPPED)
    golden = GoldenSet.packaged()
    figures = start_up(chosen.repeats)
    with living(cache, golden, demo_snapshot()) as home:
        home.say(PATTERNED[0])
        home.say(LOOSE[0])
        idle = resident_mb()
        figures += turns(home, encoder, 100)
        figures += tracing(home, [PATTERNED[number % 2] for number in range(200)])
        figures += learning(home, chosen.repeats, len(golden.all_cases))
        figures += memory(home, idle, chosen.turns)
    figures += growth(cache, golden, 100, chosen.repeats)
    show(figures)
    return exit_code(figures, strict=chosen.strict)


if __name__ == "__main__":
    sys.exit(main())
