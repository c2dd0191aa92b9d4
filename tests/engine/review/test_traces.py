"""What traces are asked, of a store and of an export alike: what was decided, corrected, slow, and answered when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from engine.review.trace_lines import TraceLineError, read_lines, to_line
from engine.review.traces import (
    ExportedTraces,
    StoredTraces,
    TraceSource,
    answer_hours,
    answers,
    corrections,
    durations,
    of_component,
    outcomes,
)
from store import Store, open_store, traces, turns
from store.traces import TraceEntry
from store.turns import NewTurn

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    with open_store(tmp_path / "butler.db") as opened:
        yield opened


def of_turn(store: Store, user: str, text: str, *entries: dict[str, Any], at: datetime = NOON) -> int:
    """Keep a turn with its traces and return its number."""
    number = turns.append(store, NewTurn(user, user, at, text=text, outcome="acted"))
    made = [TraceEntry(**{"trace_id": f"turn-{number}", "created_at": at, "turn": number, **one}) for one in entries]
    traces.append(store, made)
    return number


def understood(intent: str, by: str, sure: float) -> dict[str, Any]:
    return {
        "stage": "understand",
        "component": by,
        "decision": intent,
        "outcome": "act",
        "confidence": sure,
        "duration_ms": 2.0,
    }


def closing(**metadata: Any) -> dict[str, Any]:
    return {"stage": "turn", "component": "text", "decision": "x", "outcome": "acted", "metadata": metadata or None}


@pytest.fixture
def told(store: Store) -> Store:
    """Return a store in which ana is misunderstood once and says so, and bo waits for a model and for a job."""
    wrong = of_turn(store, "ana", "lamp off", understood("light_control", "exemplar", 0.75), closing())
    later = NOON + timedelta(seconds=40)
    of_turn(store, "ana", "no, the hall lamp", closing(says="correction", of_turn=wrong), at=later)
    turns.judge(store, wrong, "corrected")
    of_turn(store, "bo", "lamp on", understood("light_control", "exemplar", 0.95), closing())
    noted = of_turn(
        store, "bo", "buy milk", {"stage": "capture", "component": "tasks", "decision": "task", "confidence": 0.6}
    )
    amended = {
        "stage": "amend",
        "component": "tasks",
        "decision": "due",
        "outcome": "correction",
        "metadata": {"by": "talk", "of_turn": noted, "before": {"due": None}, "after": {"due": "friday"}, "after_s": 9},
    }
    of_turn(store, "bo", "I meant friday", amended, closing())
    slow = TraceEntry("work-1", "slow", "task_analysis", NOON, duration_ms=900.0, model="small", metadata={"to": "bo"})
    job = TraceEntry("job-1", "job", "cleanup", NOON, outcome="failed: KeyError: 'x'", duration_ms=5.0)
    fast = replace(job, outcome="done", duration_ms=1.0)
    model = TraceEntry(
        "turn-9", "llm", "small", NOON, duration_ms=700.0, model="small", metadata={"tokens_per_second": 12.5}
    )
    traces.append(store, [slow, job, fast, model])
    return store


@pytest.fixture(params=["store", "export"])
def source(request: pytest.FixtureRequest, told: Store) -> TraceSource:
    """Return the same traces out of a store and out of what was exported from it."""
    stored = StoredTraces(told)
    if request.param == "store":
        return stored
    return ExportedTraces(tuple(read_lines([to_line(trace) for trace in stored.stream()])))


def test_what_was_decided_is_counted_by_intent_and_stage_with_who_was_wrong(source: TraceSource) -> None:
    """A verdict on the turn marks the confidence it had."""
    tally = outcomes(source.stream())["light_control", "exemplar"]
    assert (tally.count, tally.corrected, tally.outcomes) == (2, 1, {"act": 2})
    assert tally.confidences == ((0.75, True), (0.95, False))
    assert tally.mean_confidence == pytest.approx(0.85)
    assert outcomes(source.stream(), "capture")["task", "tasks"].confidences == ((0.6, False),)


def test_a_correction_is_joined_to_the_turn_it_speaks_of(source: TraceSource) -> None:
    """What was put right comes with what was understood then, and how long after."""
    first, second = corrections(source)
    assert (first.how, first.trace.user, first.trace.text) == ("correction", "ana", "no, the hall lamp")
    wrong = first.trace_of("understand")
    assert wrong is not None
    assert (wrong.text, wrong.decision, wrong.confidence) == ("lamp off", "light_control", 0.75)
    assert first.after_s == 40
    assert (second.how, second.before, second.after, second.after_s) == ("talk", {"due": None}, {"due": "friday"}, 9)
    captured = second.trace_of("capture")
    assert captured is not None
    assert captured.decision == "task"


def test_reading_on_gives_only_what_came_after_though_it_speaks_of_what_was_before(source: TraceSource) -> None:
    """Nothing is read twice, and a correction still knows its turn."""
    seen = next(corrections(source)).trace.id - 1
    assert [one.how for one in corrections(source, seen)] == ["correction", "talk"]
    assert corrections_after(source, seen + 1) == ["talk"]
    assert list(source.stream(source.highest())) == []
    assert [trace.id for trace in source.stream(2, 4)] == [3, 4]


def corrections_after(source: TraceSource, seen: int) -> list[str]:
    found = list(corrections(source, seen))
    assert all(one.of for one in found)
    return [one.how for one in found]


def test_durations_are_kept_apart_by_job_and_model(source: TraceSource) -> None:
    """A model's speed stands beside its time, a job's failures beside its runs."""
    found = durations(source.stream())
    job = found["job:cleanup", None]
    assert (job.count, job.failed, job.total_ms, job.median_ms) == (2, 1, 6.0, 3.0)
    assert found["understand", "small"].tokens_per_second == 12.5
    assert found["slow", "small"].median_ms == 900.0


def test_a_trace_of_no_turn_is_of_whom_it_is_about(source: TraceSource) -> None:
    """Somebody's slow work is theirs, and a job is nobody's."""
    assert [trace.user for trace in of_component(source.stream(), "task_analysis")] == ["bo"]
    assert [trace.user for trace in of_component(source.stream(), "cleanup", since=NOON)] == [None, None]
    assert list(of_component(source.stream(), "cleanup", since=NOON + timedelta(seconds=1))) == []


def test_who_answers_when_goes_by_the_hour_of_the_question_in_the_household(store: Store) -> None:
    """An answer after an hour counts where the question was asked."""
    press = {"stage": "press", "component": "conversation", "decision": "take"}
    of_turn(store, "ana", "", {**press, "metadata": {"notice": 3, "notice_kind": "report", "after_s": 3600}})
    of_turn(store, "ana", "", {**press, "metadata": {"notice": 4, "notice_kind": "report", "after_s": 60}})
    of_turn(store, "ana", "", press)
    zone = timezone(timedelta(hours=2))
    hours = answer_hours(answers(StoredTraces(store).stream()), zone)
    assert {hour: row.count for hour, row in hours["ana"].items()} == {13: 2}
    later = NOON + timedelta(minutes=30)
    asked = {"stage": "clarify", "component": "tasks", "decision": "answered", "metadata": {"after_s": 30}}
    of_turn(store, "bo", "a task", asked, at=later)
    hours = answer_hours(answers(StoredTraces(store).stream()), zone)
    assert hours["bo"][14].median_ms == 30_000


def test_traces_of_one_turn_and_of_one_id_come_in_their_order(source: TraceSource) -> None:
    """What belongs together is found together."""
    assert [trace.stage for trace in source.of_turn(1)] == ["understand", "turn"]
    assert [trace.outcome for trace in source.of_trace("job-1")] == ["failed: KeyError: 'x'", "done"]
    assert source.of_turn(99) == ()


def test_a_hundred_thousand_traces_are_streamed_and_counted_in_seconds(store: Store) -> None:
    """A page at a time, in processor time that leaves room for a review."""
    entry = TraceEntry("t", "understand", "pattern", NOON, decision="x", confidence=0.9, metadata={"targets": ["a"]})
    traces.append(store, [entry] * 100_000)
    began = time.process_time()
    assert outcomes(StoredTraces(store).stream())["x", "pattern"].count == 100_000
    assert time.process_time() - began < 30  # a bound for a crawl, not a figure


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"schema":2}', "schema"),
        ('{"schema":1,"id":"7"}', "id"),
        ('{"schema":1,"id":true}', "id"),
        ('{"schema":1,"id":1,"trace_id":"t","at":"soon","stage":"s","component":"c","metadata":{}}', "instant"),
    ],
)
def test_a_line_that_is_no_trace_is_named(line: str, problem: str) -> None:
    """Which line it is, and what is wrong with it."""
    with pytest.raises(TraceLineError, match=f"line 2 is no trace.*{problem}"):
        list(read_lines(["", line]))
