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
from bench.review_logs import Log, amend, write_down
from engine.learning.changes import KeywordRuleChange, from_payload
from engine.review.log_review import ReviewResult, review, scan
from engine.review.trace_lines import read_lines, to_line
from engine.review.traces import ExportedTraces, StoredTraces, Trace
from store import Store, detected_patterns, insights, open_store, review_runs
from store.insights import Insight

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


def dentist(log: Log, count: int, user: str = "ana", value: str = "high") -> None:
    """Have somebody set the priority of things about the dentist by hand so many times."""
    for number in range(count):
        thought = write_down(log, user, f"{('call', 'pay', 'visit')[number % 3]} the dentist", asks=False)
        log.wait(minutes=2)
        amend(log, thought, priority=value)
        log.wait(hours=3)


def about_dentists(store: Store) -> list[Insight]:
    return [one for one in insights.listing(store) if one.change.get("phrase") == "dentist"]


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


def test_five_times_is_enough_and_four_are_not(store: Store) -> None:
    log = Log.of(1)
    dentist(log, 4)
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()
    dentist(log, 1)
    log.into(store)
    (insight,) = review(store, log.now, rules=RULES).insights
    assert from_payload(insight.change) == KeywordRuleChange("dentist", "high", "personal", "ana")
    assert insight.sentence == "Thoughts of yours with “dentist” were set to high priority by hand 5 times out of 5."
    (pattern,) = [one for one in detected_patterns.listing(store) if one.pattern_key == "priority=high:dentist@ana"]
    assert (pattern.status, pattern.id) == ("promoted_to_insight", insight.pattern)


def test_opportunities_that_were_let_pass_count_also_those_before_it_was_first_seen(store: Store) -> None:
    """Six of nine are no habit, in whatever order they come."""
    log = Log.of(1)
    for _ in range(3):
        write_down(log, "ana", "call the dentist", asks=False)
    log.into(store)
    review(store, log.now, rules=RULES)
    dentist(log, 6)
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()
    (pattern,) = [one for one in detected_patterns.listing(store) if one.pattern_key == "priority=high:dentist@ana"]
    assert (pattern.occurrence_count, pattern.opportunities) == (6, 9)


def test_who_sets_everything_by_hand_has_no_habit_about_a_word(store: Store) -> None:
    """It is no news of “dentist” where all else comes out so too."""
    log = Log.of(1)
    dentist(log, 6)
    for said in (
        "mend fences",
        "descale kettle",
        "oil ladder",
        "hang mirror",
        "tune radio",
        "beat carpet",
        "wash tent",
    ):
        amend(log, write_down(log, "ana", said, asks=False), priority="high")
    log.into(store)
    assert about_dentists_of(review(store, log.now, rules=RULES)) == []


def about_dentists_of(result: ReviewResult) -> list[Insight]:
    return [one for one in result.insights if one.change.get("phrase") == "dentist"]


def test_what_several_people_do_is_the_households(store: Store) -> None:
    log = Log.of(1)
    dentist(log, 4, "ana")
    dentist(log, 4, "ben")
    log.into(store)
    (insight,) = review(store, log.now, rules=RULES).insights
    assert (insight.owner, insight.evidence["people"]) == (None, 2)
    dentist(log, 5, "ben")
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()


def test_guests_are_told_nothing_and_have_no_part_in_what_others_do(store: Store) -> None:
    log = Log.of(1)
    dentist(log, 6, "ben")
    log.into(store)
    assert review(store, log.now, rules=replace(RULES, guests={"ben"})).insights == ()


def test_what_is_in_force_already_is_not_recommended(store: Store) -> None:
    log = Log.of(1)
    dentist(log, 6)
    log.into(store)
    assert review(store, log.now, rules=replace(RULES, in_force=lambda _: True)).insights == ()


@pytest.mark.parametrize("private", ["ben", "ana@example.org", "0170 1234567"])
def test_private_words_are_no_rule(store: Store, private: str) -> None:
    """Names of people, addresses and numbers stand in no title, sentence or change."""
    log = Log.of(1)
    for number in range(6):
        thought = write_down(log, "ana", f"{('phone', 'mail', 'text')[number % 3]} {private}", asks=False)
        amend(log, thought, priority="high")
    log.into(store)
    result = review(store, log.now, rules=RULES)
    assert not any(private in str((one.title, one.sentence, one.proposed, one.change)) for one in result.insights)


def test_what_was_dismissed_stays_away(store: Store) -> None:
    log = Log.of(1)
    dentist(log, 5)
    log.into(store)
    (insight,) = review(store, log.now, rules=RULES).insights
    insights.decide(store, insight.id, "dismissed", by="ana", at=log.now)
    dentist(log, 9)
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()
    pattern = detected_patterns.get(store, insight.pattern or 0)
    assert pattern is not None
    assert pattern.status == "dismissed"


def test_a_far_stronger_case_comes_back_once_and_says_so(store: Store) -> None:
    """Three times as often as it was when it was dismissed, and ten times more; after that never again."""
    log = Log.of(1)
    dentist(log, 5)
    log.into(store)
    (insight,) = review(store, log.now, rules=RULES).insights
    insights.decide(store, insight.id, "dismissed", by="ana", at=log.now)
    dentist(log, 10)
    log.into(store)
    (again,) = review(store, log.now, rules=RULES).insights
    assert again.came_back
    assert again.change == insight.change
    assert "You dismissed this once; it was seen 15 times by now." in again.sentence
    insights.decide(store, again.id, "dismissed", by="ana", at=log.now)
    dentist(log, 60)
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()
    assert len(about_dentists(store)) == 2


@pytest.mark.parametrize("status", ["applied", "failed", None])
def test_what_was_applied_or_failed_or_is_open_is_not_said_again(store: Store, status: str | None) -> None:
    log = Log.of(1)
    dentist(log, 5)
    log.into(store)
    (insight,) = review(store, log.now, rules=RULES).insights
    if status == "applied":
        insights.decide(store, insight.id, "applied", by="ana", at=log.now)
    elif status == "failed":
        insights.decide(store, insight.id, "failed", by="ana", at=log.now)
    dentist(log, 40)
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()


def test_the_same_seed_writes_the_same_log() -> None:
    assert planted(4)[0].traces == LOG.traces
