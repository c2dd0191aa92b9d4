"""Log review: planted habits become insights, nothing is counted twice, and what was dismissed stays away."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bench.review import RULES, is_right, met
from bench.review_habits import HABITS, Habit, null, planted
from bench.review_logs import Log
from engine.learning.changes import from_payload
from engine.review.log_review import ReviewResult, review, scan
from engine.review.trace_lines import read_lines, to_line
from engine.review.traces import ExportedTraces, StoredTraces, Trace
from store import Store, detected_patterns, insights, open_store, review_runs

LOG, _ = planted(4)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    with open_store(tmp_path / "butler.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def found() -> ReviewResult:
    """Return what a review of a log with all habits finds."""
    return scan(LOG.traces, LOG.now, RULES)


def written(log: Log, store: Store, until: int | None = None) -> None:
    """Write a log into a store, or its beginning."""
    part = replace(log, traces=log.traces[:until], written=(0, 0)) if until else replace(log, written=(0, 0))
    part.into(store)


def figures(store: Store) -> dict[str, tuple[int, int, float]]:
    """Return all that accumulated."""
    kept = detected_patterns.listing(store, limit=10_000)
    return {
        f"{one.pattern_type}/{one.pattern_key}": (one.occurrence_count, one.opportunities, one.confidence)
        for one in kept
        if one.occurrence_count >= 5
    }


def recommended(result: ReviewResult) -> list[str]:
    return sorted(f"{one.owner}: {one.title}. {one.sentence}" for one in result.insights)


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_a_planted_habit_is_found(found: ReviewResult, habit: Habit) -> None:
    assert met(habit, found)


def test_nothing_is_recommended_that_was_not_planted(found: ReviewResult) -> None:
    assert [one.title for one in found.insights if not is_right(one)] == []


def test_every_insight_carries_a_change_and_what_it_rests_on(found: ReviewResult) -> None:
    """All six kinds are there."""
    assert {one.insight_type for one in found.insights} == {
        "keyword_rule",
        "ambiguity_rule",
        "time_mapping",
        "model_choice",
        "report_hour",
        "threshold",
    }
    for one in found.insights:
        assert from_payload(one.change).type == one.insight_type
        assert one.evidence["count"] >= 5
        assert one.evidence["confidence"] >= 0.7
        assert one.evidence["traces"]
        assert one.priority == one.evidence["priority"] > 0
        assert one.title
        assert one.sentence.endswith(".")
        assert one.proposed.startswith("I would ")
        assert one.measure is not None


def test_a_log_without_habits_gives_nothing() -> None:
    for seed in range(3):
        log = null(seed, thoughts=120)
        assert [one.title for one in scan(log.traces, log.now, RULES).insights] == []


def test_an_export_gives_the_same_as_the_store(store: Store, found: ReviewResult) -> None:
    """Written as lines and read again."""
    written(LOG, store)
    of_store = review(store, LOG.now, rules=RULES)
    lines = [to_line(trace) for trace in LOG.traces]
    of_export = scan(tuple(read_lines(lines)), LOG.now, RULES)
    assert recommended(of_store) == recommended(of_export) == recommended(found)
    assert [(one.pattern_key, one.occurrence_count, one.confidence) for one in of_store.patterns] == [
        (one.pattern_key, one.occurrence_count, one.confidence) for one in of_export.patterns
    ]


def test_reading_piece_by_piece_gives_what_reading_at_once_does(store: Store, tmp_path: Path) -> None:
    """Whatever the size of a page, and however many reviews it takes."""
    written(LOG, store)
    review(store, LOG.now, rules=RULES)
    with open_store(tmp_path / "pieces.db") as pieces:
        log = replace(LOG, traces=[], turns=list(LOG.turns), written=(0, 0))
        for cut in (0, 301, 702, 1_100, len(LOG.traces)):
            log.traces = LOG.traces[:cut]
            log.into(pieces)
            review(pieces, LOG.now, rules=RULES, page=97)
        assert figures(pieces) == figures(store)
        assert [run.traces for run in review_runs.listing(pieces)].count(0) == 1


def test_a_trace_is_read_once(store: Store) -> None:
    """A second review has nothing to read, finds nothing, and says when it was."""
    written(LOG, store)
    first = review(store, LOG.now, rules=RULES)
    before = figures(store)
    second = review(store, LOG.now + timedelta(days=1), rules=RULES)
    assert (first.traces, second.traces, second.insights) == (len(LOG.traces), 0, ())
    assert (second.began_after, second.ended_at) == (first.ended_at, first.ended_at)
    assert figures(store) == before
    last = review_runs.last(store)
    assert last is not None
    assert last.ended_at == LOG.now + timedelta(days=1)


def test_counting_everything_again_changes_nothing(store: Store) -> None:
    written(LOG, store)
    review(store, LOG.now, rules=RULES)
    before = figures(store)
    again = review(store, LOG.now, full=True, rules=RULES)
    assert (again.traces, again.insights) == (len(LOG.traces), ())
    assert figures(store) == before


def test_an_export_is_counted_once(store: Store) -> None:
    export = ExportedTraces(tuple(LOG.traces))
    first = review(store, LOG.now, source=export, rules=RULES)
    again = review(store, LOG.now, source=export, rules=RULES)
    assert (first.traces, again.traces) == (len(LOG.traces), 0)


@pytest.mark.parametrize(("where", "count"), [("reading", 0), ("reading", 2), ("reading", 5), ("promoting", 3)])
def test_a_review_that_is_killed_goes_on_where_it_was(store: Store, tmp_path: Path, where: str, count: int) -> None:
    """By a kill that nothing can catch: between pages, and amid keeping insights."""
    path = tmp_path / "killed.db"
    with open_store(path) as killed:
        written(LOG, killed)
    command = [sys.executable, "-m", "tests.engine.review.reviewing_child", str(path), where, str(count)]
    child = subprocess.run([*command, LOG.now.isoformat()], cwd=ROOT, check=False)
    assert child.returncode == -signal.SIGKILL
    written(LOG, store)
    whole = review(store, LOG.now, rules=RULES)
    with open_store(path) as killed:
        assert insights.listing(killed) == []
        left = review(killed, LOG.now, rules=RULES, page=200)
        assert figures(killed) == figures(store)
        assert recommended(left) == recommended(whole)


@dataclass(frozen=True)
class _Interrupted(StoredTraces):
    """The traces of a store; once, while they are read, another review of them goes all its way."""

    done: list[bool]

    def stream(
        self, since_id: int = 0, until_id: int | None = None, *, stages: Collection[str] | None = None
    ) -> Iterator[Trace]:
        page = super().stream(since_id, until_id, stages=stages)
        if not self.done:
            self.done.append(True)
            review(self.store, LOG.now, rules=RULES, page=300, full=since_id > 0)
        return page


@pytest.mark.parametrize("before", [0, 500])
def test_two_reviews_at_once_count_everything_once(store: Store, tmp_path: Path, before: int) -> None:
    """Also where the other one counts everything again from the beginning."""
    written(LOG, store)
    review(store, LOG.now, rules=RULES)
    with open_store(tmp_path / "two.db") as both:
        log = replace(LOG, traces=LOG.traces[:before], written=(0, 0))
        log.into(both)
        if before:
            review(both, LOG.now, rules=RULES)
        log.traces = LOG.traces
        log.into(both)
        result = review(both, LOG.now, source=_Interrupted(both, []), rules=RULES)
        assert result.traces == 0
        assert figures(both) == figures(store)
        assert len(insights.listing(both)) == len(insights.listing(store))


def test_the_same_seed_writes_the_same_log() -> None:
    assert planted(4)[0].traces == LOG.traces
