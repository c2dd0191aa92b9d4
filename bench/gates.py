"""How long a lesson takes in a home with a history: `python -m bench.gates [--turns N] [--lessons N] [--exemplars N]`.

The packaged golden set, a home of 300 names, and turns of history: from the lesson to its being live. The same changes
are judged by running everything afresh, and both verdicts must be the same. Figures are medians.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from bench.house import grown_snapshot
from bench.report import Figure, at_most, exit_code, show
from engine.api import Engine, LessonContext
from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding.precompute import SHIPPED
from engine.learning.baseline import run_checks
from engine.learning.changes import AliasChange, Change, ExemplarChange, SynonymChange
from engine.learning.deploy import Trial
from engine.learning.documents import plain_json, to_document
from engine.learning.fold import ActiveChange
from engine.learning.golden import GoldenSet
from engine.learning.outcomes import Live
from engine.learning.suite import Arm
from engine.learning.understander import Rescorable
from engine.understanding.interpretation import Disposition
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import Store, open_store, turns
from store.turns import NewTurn

SEED = 7
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PEOPLE = ("ana", "bob", "cleo", "dora", "emil")
FRAMES = (
    "turn on the {}",
    "switch the {} off please",
    "could you turn {} on",
    "is the {} on",
    "i would like the {} off now",
    "what is the {} doing",
    "would you be so kind and start the {}",
)
SAYINGS = (
    "remind me to {} tomorrow at nine",
    "put {} on the shopping list",
    "i still have to {}",
    "set a timer for {} minutes",
    "how about {} this weekend",
)
THINGS = ("call the plumber", "buy oats", "seven", "water the ferns", "wash the car", "paint the fence", "twelve")
EXEMPLARS = (
    ("we ran out of lentils so get some next time", "list_add"),
    ("any rain coming my way", "weather_query"),
    ("what is still on my plate today", "task_query"),
    ("how gloomy it has become around the sofa", "light_control"),
    ("my toes are freezing", "climate_control"),
    ("the sitting room could do with some sound", "media_control"),
    ("it smells of burnt toast in here", "fan_control"),
    ("the floor is full of crumbs", "vacuum_control"),
)


@dataclass(frozen=True)
class Home:
    """A household with its engine and its history."""

    engine: Engine
    store: Store
    house: Snapshot

    def learn(self, change: Change) -> tuple[float, int | None]:
        """Return the seconds from a lesson to its being live, and its number; None where it did not go live."""
        began = time.perf_counter()
        context = LessonContext("ana", "user_suggestion", None, self.house, AT)
        outcome = self.engine.lesson(change, context)
        return time.perf_counter() - began, outcome.number if isinstance(outcome, Live) else None

    def take_back(self, number: int) -> None:
        """Roll an improvement back."""
        self.engine.roll_back(number, actor="ana", at=AT, reason="measured")


@contextmanager
def lived_in(count: int) -> Iterator[Home]:
    """Yield a home of 300 names in which `count` turns went well."""
    house = grown_snapshot(250, seed=SEED)
    encoder = VectorCache(FastembedEncoder(), SHIPPED)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "butler.db") as store:
        engine = Engine.open(store, encoder, GoldenSet.packaged(), at=AT)
        try:
            with store.atomic():
                live(engine, store, house, count)
            yield Home(engine, store, house)
        finally:
            engine.close()


def live(engine: Engine, store: Store, house: Snapshot, count: int) -> None:
    """Store turns that went well, no person's words twice."""
    chance = random.Random(SEED)
    named = [frame.format(entity.name.casefold()) for frame, entity in product(FRAMES, house.entities)]
    said = [(person, text) for person in PEOPLE for text in named]
    said += [(person, f.format(thing)) for person, f, thing in product(PEOPLE, SAYINGS, THINGS)]
    chance.shuffle(said)
    kept = 0
    for number, (person, text) in enumerate(said):
        found = engine.understand(text, Situation(house, person, AT))
        if found.disposition not in {Disposition.ACT, Disposition.CONFIRM}:
            continue
        at = AT - timedelta(minutes=len(said) - number)
        document = plain_json(to_document(found))
        turns.append(store, NewTurn(person, person, at, text, interpretation=document, outcome="acted"))
        kept += 1
        if kept == count:
            return
    raise RuntimeError(f"there are only {kept} turns that went well")


def words(house: Snapshot, count: int) -> list[Change]:
    """Return names and a wording nobody has used."""
    lights = [entity.entity_id for entity in house.entities if entity.domain == "light"]
    names = [f"zor{'bdfgkmpr'[n % 8]}a{'lnst'[n % 4]}o {'klmnprst'[n % 8]}imbu" for n in range(count)]
    changes: list[Change] = [AliasChange(name, "entity", lights[n % len(lights)]) for n, name in enumerate(names)]
    return [*changes[:-1], SynonymChange("zapparoo", "turn on")]


def lessons(home: Home, changes: Sequence[Change]) -> tuple[float, float, int]:
    """Return the median and the longest seconds of a lesson, and how many went live."""
    seconds, live_ones = [], 0
    for change in changes:
        took, number = home.learn(change)
        seconds.append(took)
        if number is not None:
            live_ones += 1
            home.take_back(number)
    return statistics.median(seconds), max(seconds), live_ones


def compared(home: Home, changes: Sequence[Change]) -> tuple[float, int]:
    """Return how many times faster a change is judged than afresh (median), and how many verdicts differ."""
    times, different = [], 0
    deployer = home.engine._deployer  # noqa: SLF001 - the bench measures what lies beneath the face
    for change in changes:
        began = time.thread_time()
        trial = deployer.test(0, change, home.house)
        took = time.thread_time() - began
        afresh, fresh = _afresh(home, trial)
        times.append(afresh / took)
        known = {name: (record.passed, record.why) for name, record in trial.result.records.items()}
        different += known != fresh
    return statistics.median(times), different


def _afresh(home: Home, trial: Trial) -> tuple[float, dict[str, tuple[bool, str]]]:
    """Run the whole suite without and with a change; return the processor seconds and the verdicts with it."""
    suite, golden, owner = trial.suite, trial.suite.golden, trial.change.owner
    began = time.thread_time()
    run_checks(suite, suite.checks, Arm.of(home.engine.interpreter, golden), owner)
    records = run_checks(suite, suite.checks, Arm.of(trial.interpreter, golden), owner)
    took = time.thread_time() - began
    return took, {name: (record.passed, record.why) for name, record in records.items()}


def rescoring(home: Home) -> list[Figure]:
    """Measure the scoring of a thousand golden texts after one exemplar, beside 5,000 in the classifier."""
    before = home.engine.interpreter
    texts = sorted({text for case in GoldenSet.packaged().cases for text in (case.utterance, *case.context)})[:1_000]
    assert isinstance(before, Rescorable)
    scores = before.scored(texts)
    times: list[float] = []
    for text, intent in EXEMPLARS:
        learned = home.engine._deployer.in_force.now.folded(  # noqa: SLF001 - as above
            [ActiveChange(1, ExemplarChange(text, intent))], 0
        )
        after = home.engine.interpreter.with_knowledge(learned)
        assert isinstance(after, Rescorable)
        began = time.thread_time()
        scores.unlike(after.scored(texts, scores))
        times.append((time.thread_time() - began) * 1_000)
    return [
        at_most(
            f"golden of {len(texts):,} re-scored after one exemplar, processor time",
            statistics.median(times),
            10.0,
            "ms",
        )
    ]


def figures(options: argparse.Namespace) -> list[Figure]:
    """Measure all there is."""
    with lived_in(options.turns) as home:
        began = time.perf_counter()
        home.engine.warm(home.house)
        warmed = time.perf_counter() - began
        changes = words(home.house, options.lessons)
        median, longest, count = lessons(home, changes)
        exemplars = [ExemplarChange(*one) for one in EXEMPLARS[: options.exemplars]]
        first, _, _ = lessons(home, exemplars[:1])
        usual, slowest, went = lessons(home, exemplars[1:])
        times, different = compared(home, changes[-2:])
        times_e, different_e = compared(home, exemplars[-2:])
        names = f"{options.turns:,} turns of history"
        return [
            Figure("everything measured once, in the background after a start", f"{warmed:.1f} s"),
            at_most(f"a word: lesson, tested and live, {names}", median, 1.0, "s"),
            Figure("… the longest, and how many went live", f"{longest:.2f} s, {count} of {len(changes)}"),
            at_most(f"an example: lesson, tested and live, {names}", usual, 1.0, "s"),
            Figure("… the longest, and how many went live", f"{slowest:.2f} s, {went} of {len(exemplars) - 1}"),
            Figure("… the first since the start, which factorises the classifier", f"{first:.2f} s"),
            Figure("a word beside two passes over everything", f"{times:.0f} × faster", "≥ 20 ×", times >= 20),
            Figure("an example beside two passes over everything", f"{times_e:.0f} × faster", "≥ 20 ×", times_e >= 20),
            Figure("verdicts that differ", str(different + different_e), "0", different + different_e == 0),
            *rescoring(home),
        ]


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; return 1 with `--strict` where a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--turns", type=int, default=1_500)
    parser.add_argument("--lessons", type=int, default=9)
    parser.add_argument("--exemplars", type=int, default=len(EXEMPLARS))
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args(arguments)
    found = figures(options)
    show(found)
    return exit_code(found, strict=options.strict)


if __name__ == "__main__":
    sys.exit(main())
