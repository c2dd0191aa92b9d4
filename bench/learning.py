"""Learning in a household that has lived with Butler for long: `python -m bench.learning [--vectors FILE] [--strict]`.

2,000 entities, 10,000 learned rows, 100,000 signals, 1,500 turns of history, all made up from a seed. Turns, lessons
and rollbacks are processor time of the thread that does them, what the night does to turns is the clock on the wall;
what is compared is measured in one run. Embedding texts that were never seen is shown apart: it is the model's time.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.house import demo_snapshot
from bench.learned_household import (
    NOW,
    AtHome,
    Size,
    home_of,
    learned,
    plant,
    plant_history,
    plant_signals,
    write_home,
)
from bench.replay.vectors import CachedEncoder
from bench.report import Figure, at_most, exit_code, show
from bench.timing import seconds_to_answer
from butler.app import App, build
from butler.clock import ManualClock
from butler.config import load_config
from butler.data_folder import DataFolder
from engine.api import LessonContext
from engine.embedding import Encoder, FastembedEncoder, VectorCache, Vectors
from engine.embedding.precompute import SHIPPED
from engine.learning.changes import AliasChange, Change, ExemplarChange
from engine.learning.outcomes import Live, RolledBack
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import open_store

SEED = 7
PATTERNED = ("turn on the kitchen ceiling light", "turn off the kitchen ceiling light")


class TimedEncoder:
    """An encoder that says how long it took, by the thread that asked."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.id, self.dim = encoder.id, encoder.dim
        self.seconds: dict[int, float] = {}
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length a text, as float32 of shape (len(texts), dim)."""
        began = time.thread_time()
        try:
            return self._encoder.encode(texts)
        finally:
            mine = threading.get_ident()
            self.seconds[mine] = self.seconds.get(mine, 0.0) + time.thread_time() - began
            self.texts += len(texts)


@contextmanager
def household(folder: Path, snapshot: Snapshot, encoder: Encoder) -> Iterator[App]:
    """Yield the Butler of a data folder, in a home."""
    file = folder / "home.json"
    write_home(snapshot, file)
    config = load_config(DataFolder(folder), environ={}, flags={"home.file": str(file)}, zone_of_system=False)
    app = build(config, clock=ManualClock(NOW), encoder=encoder)
    try:
        yield app
    finally:
        app.close()


def lived_in(folder: Path, snapshot: Snapshot, size: Size, encoder: Encoder) -> None:
    """Write the store of a household that has lived with Butler for long."""
    changes = learned(snapshot, size.rows, SEED)
    with open_store(folder / "butler.db") as store:
        plant(store, changes)
    with household(folder, snapshot, encoder) as app:
        situation = Situation(app.home.snapshot())
        at_home = AtHome(snapshot, lambda text: app.engine.understand(text, situation))
        plant_history(app.store, size.history, at_home)
        plant_signals(app.store, changes, size, SEED, at_home)


def say(app: App, text: str) -> None:
    """Have one turn."""
    app.handle(app.person("ana"), "bench", text=text)


def times(work: Callable[[int], object], count: int, clock: Callable[[], float]) -> list[float]:
    """Return the milliseconds of each of some repetitions."""
    found = []
    for number in range(count):
        began = clock()
        work(number)
        found.append((clock() - began) * 1_000)
    return found


def turns(app: App, count: int) -> float:
    """Return the median milliseconds of a turn by patterns."""
    say(app, PATTERNED[0])
    return statistics.median(times(lambda number: say(app, PATTERNED[number % 2]), count, time.thread_time))


def teach(app: App, change: Change) -> int:
    """Teach something and return its number."""
    context = LessonContext("ana", "voice_command", None, app.home.snapshot(), NOW)
    outcome = app.engine.lesson(change, context)
    assert isinstance(outcome, Live), f"{change} did not go live: {outcome}"
    return outcome.number


def take_back(app: App, number: int) -> None:
    """Roll an improvement back."""
    outcome = app.engine.roll_back(number, actor="ana", at=NOW, reason="measured")
    assert isinstance(outcome, RolledBack), f"#{number} was not rolled back: {outcome}"


def lessons(app: App, repeats: int) -> list[Figure]:
    """Measure teaching up to its being live, beside testing everything afresh, and taking it back."""
    snapshot = app.home.snapshot()
    began = time.thread_time()
    app.engine.warm(snapshot)
    whole = time.thread_time() - began
    target = next(one.entity_id for one in snapshot.entities if one.domain == "light")
    numbers: list[int] = []
    names = times(
        lambda n: numbers.append(teach(app, AliasChange(f"wibble{n} gizmo", "entity", target))),
        repeats,
        time.thread_time,
    )
    examples = times(
        lambda n: numbers.append(teach(app, ExemplarChange(f"wibble me the gizmo {n} times", "light_control"))),
        repeats,
        time.thread_time,
    )
    back = times(lambda _: take_back(app, numbers.pop(0)), repeats, time.thread_time)
    back_examples = times(lambda _: take_back(app, numbers.pop(0)), repeats, time.thread_time)
    name, example = statistics.median(names), statistics.median(examples)
    faster = 2 * whole * 1_000 / max(name, example)
    return [
        Figure("one pass over the whole suite", f"{whole:.1f} s"),
        at_most("a name, tested and live, processor time", name / 1_000, 1.0, "s"),
        at_most("an example, tested and live, processor time", example / 1_000, 1.0, "s"),
        Figure("… the slower beside two passes over everything", f"{faster:.0f} × faster", "≥ 20 ×", faster >= 20),
        at_most("rollback of a name, processor time", statistics.median(back), 10.0, "ms"),
        at_most("rollback of an example, processor time", statistics.median(back_examples), 10.0, "ms"),
    ]


def night(app: App, encoder: TimedEncoder, idle: Sequence[float]) -> list[Figure]:
    """Measure the nightly analysis in the background, and turns meanwhile."""
    done, found = threading.Event(), dict[str, object]()

    def work() -> None:
        before, began, busy = encoder.seconds.get(threading.get_ident(), 0.0), time.perf_counter(), time.thread_time()
        try:
            run = app.scheduler.run("nightly_analysis", NOW)
            embedding = encoder.seconds.get(threading.get_ident(), 0.0) - before
            found.update(summary=run.problem or run.summary, wall=time.perf_counter() - began, embedding=embedding)
            found.update(busy=time.thread_time() - busy - embedding)
        finally:
            done.set()

    app.background.submit(work)
    waits: list[float] = []
    number = 0
    while not done.is_set():
        began = time.perf_counter()
        say(app, PATTERNED[number % 2])
        waits.append((time.perf_counter() - began) * 1_000)
        number += 1
        done.wait(0.1)
    idle_95, busy_95 = (statistics.quantiles(values, n=20)[-1] for values in (idle, waits))
    ratio = statistics.median(waits) / statistics.median(idle)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Figure("the night, embedding apart", f"{found['busy']:.1f} s"),
        Figure("… by the clock on the wall", f"{found['wall']:.1f} s"),
        Figure("… embedding what was never seen", f"{found['embedding']:.1f} s"),
        Figure("… what came of it", str(found["summary"])),
        at_most("… peak of the process", peak, 1_000.0, "MB"),
        Figure("a turn by patterns, on the wall, median; 95th; most", _spread(idle)),
        Figure("… during the night", f"{_spread(waits)} ({len(waits)} turns)"),
        at_most("… median against idle", ratio, 2.0, "×"),
        at_most("… 95th percentile against idle", busy_95 / idle_95, 2.0, "×"),
    ]


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.1f}; {statistics.quantiles(values, n=20)[-1]:.1f}; {max(values):.0f} ms"


def idle_turns(app: App, count: int) -> list[float]:
    """Return the milliseconds of turns on the wall's clock while nothing else is done, with as long pauses."""
    found = []
    for number in range(count):
        began = time.perf_counter()
        say(app, PATTERNED[number % 2])
        found.append((time.perf_counter() - began) * 1_000)
        time.sleep(0.1)
    return found


def start(folder: Path) -> list[Figure]:
    """Measure a fresh process up to its first answer, and what it takes of a processor with its end."""
    question = json.dumps({"user": "ana", "text": PATTERNED[0]})
    arguments = ["stdio", "--data", str(folder), "--home", str(folder / "home.json")]
    before = _of_children()
    waited = seconds_to_answer(arguments, question)
    return [
        at_most("start, first answer and end, processor time", _of_children() - before, 3.0, "s"),
        Figure("start to first answer, on the wall", f"{waited:.1f} s"),
    ]


def _of_children() -> float:
    """Return the seconds of processor time of processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 with --strict where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.learning", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--smaller", type=int, default=1, metavar="N", help="have N times less of everything")
    parser.add_argument("--repeats", type=int, default=5, help="lessons of each kind")
    parser.add_argument("--vectors", type=Path, help="a file that keeps vectors between runs")
    parser.add_argument("--folder", type=Path, help="a data folder that is kept, so that the next run has it at once")
    parser.add_argument("--no-night", action="store_true", help="leave the night out")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a goal is missed")
    chosen = parser.parse_args(arguments)
    size = Size().smaller(chosen.smaller)
    kept = CachedEncoder(FastembedEncoder(), chosen.vectors)
    timed = TimedEncoder(kept)
    cache = VectorCache(timed, SHIPPED)
    with tempfile.TemporaryDirectory() as temporary:
        folder, small = chosen.folder or Path(temporary) / "large", Path(temporary) / "small"
        small.mkdir()
        snapshot = home_of(size, SEED)
        if not folder.exists():
            folder.mkdir(parents=True)
            lived_in(folder, snapshot, size, cache)
            kept.save()
        figures: list[Figure] = start(folder)
        DataFolder(folder).verdicts.unlink(missing_ok=True)  # or the first pass would go on from the last run's
        with household(small, demo_snapshot(), cache) as app:
            few = turns(app, 100)
        began = time.process_time()
        with household(folder, snapshot, cache) as app:
            figures.append(Figure("opening, vectors known", f"{time.process_time() - began:.2f} s"))
            many = turns(app, 100)
            figures.append(at_most("a turn by patterns against the demo home, nothing learned", many / few, 1.5, "×"))
            figures += lessons(app, chosen.repeats)
            show(figures)
            sys.stdout.flush()
            if not chosen.no_night:
                app.engine.watch(NOW)
                figures += night(app, timed, idle_turns(app, 100))
    kept.save()
    sys.stdout.write("\n")
    show(figures)
    return exit_code(figures, strict=chosen.strict)


if __name__ == "__main__":
    sys.exit(main())
