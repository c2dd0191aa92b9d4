"""Questions about traces: what was decided how surely, what was corrected, how long it took, who answers when.

Each question takes traces in the order they were written and keeps figures, not traces, so that any number of them may
go by. `StoredTraces` reads them from a store, `ExportedTraces` from what `butler export-logs` wrote; both give the same
answers. Whoever reads on later asks for what came after the highest id it has seen (`since_id`).
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Protocol

from store import trace_stream
from store.database import Store
from store.trace_stream import Trace

__all__ = [
    "CORRECTED",
    "Answer",
    "Correction",
    "Durations",
    "ExportedTraces",
    "StoredTraces",
    "Tally",
    "Trace",
    "TraceSource",
    "answer_hours",
    "answers",
    "corrections",
    "durations",
    "of_component",
    "outcomes",
]

CORRECTED = frozenset({"corrected", "rephrased", "undone", "disputed"})
"""What a verdict on a turn says where it was not understood right."""

_AGAINST = frozenset({"correction", "choice", "undo", "rephrase", "complaint"})


class TraceSource(Protocol):
    """Where traces come from."""

    def stream(
        self, since_id: int = 0, until_id: int | None = None, *, stages: Collection[str] | None = None
    ) -> Iterator[Trace]:
        """Give the traces after `since_id` up to `until_id`, oldest first; `stages` asks for those alone."""

    def of_turn(self, turn: int) -> tuple[Trace, ...]:
        """Return the traces of a turn in the order they were written."""

    def of_trace(self, trace_id: str) -> tuple[Trace, ...]:
        """Return the traces that share an id, in the order they were written."""

    def highest(self) -> int:
        """Return the highest id there is, 0 where there is none."""


@dataclass(frozen=True)
class StoredTraces:
    """The traces of a store."""

    store: Store

    def stream(
        self, since_id: int = 0, until_id: int | None = None, *, stages: Collection[str] | None = None
    ) -> Iterator[Trace]:
        """Give the traces after `since_id` up to `until_id`, oldest first; a page of them is in memory at a time."""
        return trace_stream.stream(self.store, since_id, until_id, stages=stages)

    def of_turn(self, turn: int) -> tuple[Trace, ...]:
        """Return the traces of a turn in the order they were written."""
        return trace_stream.of_turn(self.store, turn)

    def of_trace(self, trace_id: str) -> tuple[Trace, ...]:
        """Return the traces that share an id, in the order they were written."""
        return trace_stream.of_trace(self.store, trace_id)

    def highest(self) -> int:
        """Return the highest id there ever was, 0 before the first."""
        return trace_stream.highest(self.store)


@dataclass(frozen=True)
class ExportedTraces:
    """Traces that were read from an export, oldest first."""

    traces: tuple[Trace, ...]
    _by_turn: Mapping[int, tuple[Trace, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[int, list[Trace]] = defaultdict(list)
        for trace in self.traces:
            if trace.turn is not None:
                found[trace.turn].append(trace)
        object.__setattr__(self, "_by_turn", {turn: tuple(them) for turn, them in found.items()})

    def stream(
        self, since_id: int = 0, until_id: int | None = None, *, stages: Collection[str] | None = None
    ) -> Iterator[Trace]:
        """Give the traces after `since_id` up to `until_id`, oldest first."""
        for trace in self.traces:
            within = trace.id > since_id and (until_id is None or trace.id <= until_id)
            if within and (stages is None or trace.stage in stages):
                yield trace

    def of_turn(self, turn: int) -> tuple[Trace, ...]:
        """Return the traces of a turn in the order they were written."""
        return self._by_turn.get(turn, ())

    def of_trace(self, trace_id: str) -> tuple[Trace, ...]:
        """Return the traces that share an id, in the order they were written."""
        return tuple(trace for trace in self.traces if trace.trace_id == trace_id)

    def highest(self) -> int:
        """Return the highest id there is, 0 where there is none."""
        return max((trace.id for trace in self.traces), default=0)


def of_component(traces: Iterable[Trace], component: str, since: datetime | None = None) -> Iterator[Trace]:
    """Give the traces of one component from an instant on."""
    return (trace for trace in traces if trace.component == component and (since is None or trace.at >= since))


@dataclass(frozen=True)
class Tally:
    """How often something was decided and what came of it; `corrected` are those whose turn was judged wrong later.

    `confidences` are pairs of a confidence (0 to 1) and whether the turn was judged wrong, where there is one.
    """

    count: int = 0
    corrected: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)
    confidences: tuple[tuple[float, bool], ...] = ()

    @property
    def mean_confidence(self) -> float | None:
        """The mean of the confidences, None without any."""
        return statistics.fmean(one for one, _ in self.confidences) if self.confidences else None


def outcomes(traces: Iterable[Trace], stage: str = "understand") -> dict[tuple[str, str], Tally]:
    """Return what became of each decision of a stage, by (decision, component).

    For "understand" these are the intent and the stage of understanding that decided (pattern, exemplar, llm, none),
    for "capture" the kind of thought and "tasks".
    """
    counts: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    came: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    sure: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    for trace in traces:
        if trace.stage != stage:
            continue
        key = (trace.decision or "", trace.component)
        judged_wrong = trace.verdict in CORRECTED
        counts[key] += 1
        wrong[key] += judged_wrong
        came[key][trace.outcome or ""] += 1
        if trace.confidence is not None:
            sure[key].append((trace.confidence, judged_wrong))
    return {key: Tally(counts[key], wrong[key], dict(came[key]), tuple(sure[key])) for key in counts}


@dataclass(frozen=True)
class Correction:
    """Something a person put right: the trace that says so, and the traces of the turn it speaks of.

    `how` is correction, choice, undo, rephrase or complaint for what was understood, and talk, press or summon for a
    thought or task that was changed soon after it was written down; `before` and `after` are what changed of that.
    `of` is empty where that turn is not known or its traces are gone. `after_s` is the time between, in seconds.
    """

    trace: Trace
    how: str
    turn: int | None
    of: tuple[Trace, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    after_s: float | None

    def trace_of(self, stage: str) -> Trace | None:
        """Return the first trace of a stage of the turn it speaks of, or None."""
        return next((trace for trace in self.of if trace.stage == stage), None)


def corrections(source: TraceSource, since_id: int = 0, until_id: int | None = None) -> Iterator[Correction]:
    """Give what people put right after `since_id`, oldest first, whenever the turns were that it speaks of."""
    for trace in source.stream(since_id, until_id, stages=("turn", "amend", "undo")):
        said = trace.metadata
        how = _how(trace)
        if how is None:
            continue
        turn = said.get("of_turn")
        of = source.of_turn(turn) if isinstance(turn, int) else ()
        after_s = said.get("after_s")
        if after_s is None and of:
            after_s = (trace.at - of[0].at).total_seconds()
        yield Correction(trace, how, turn, of, said.get("before") or {}, said.get("after") or {}, after_s)


def _how(trace: Trace) -> str | None:
    """Return how a trace puts something right, None where it does not."""
    if trace.stage == "amend":
        return str(trace.metadata.get("by")) if trace.outcome == "correction" else None
    if trace.stage == "undo":
        return "undo" if trace.decision == "written" else None
    says = trace.metadata.get("says")
    return says if says in _AGAINST else None


@dataclass(frozen=True)
class Durations:
    """How long one kind of work took (milliseconds), how often it failed, and how many tokens a second came."""

    count: int
    failed: int
    total_ms: float
    median_ms: float
    p95_ms: float
    tokens_per_second: float | None = None


def durations(traces: Iterable[Trace]) -> dict[tuple[str, str | None], Durations]:
    """Return how long each kind of work took, by (job, model); work without a model has None for it.

    A job is a background job ("job:NAME"), what a model was asked for ("understand", or the `job` its trace names) or
    the stage; traces without a duration are left out.
    """
    took: dict[tuple[str, str | None], list[float]] = defaultdict(list)
    failed: Counter[tuple[str, str | None]] = Counter()
    speeds: dict[tuple[str, str | None], list[float]] = defaultdict(list)
    for trace in traces:
        if trace.duration_ms is None:
            continue
        key = (_job(trace), trace.model)
        took[key].append(trace.duration_ms)
        failed[key] += _failed(trace)
        speed = trace.metadata.get("tokens_per_second")
        if isinstance(speed, (int, float)):
            speeds[key].append(speed)
    return {key: _durations(times, failed[key], speeds[key]) for key, times in took.items()}


def _job(trace: Trace) -> str:
    if trace.stage == "job":
        return f"job:{trace.component}"
    if trace.model is None:
        return trace.stage
    return str(trace.metadata.get("job") or ("understand" if trace.stage == "llm" else trace.stage))


def _failed(trace: Trace) -> bool:
    return trace.decision == "failed" or (trace.outcome or "").startswith("failed")


def _durations(times: list[float], failed: int, speeds: list[float]) -> Durations:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    speed = statistics.median(speeds) if speeds else None
    return Durations(len(ordered), failed, sum(ordered), statistics.median(ordered), p95, speed)


@dataclass(frozen=True)
class Answer:
    """Somebody answered something Butler had said or asked unasked: `what` it was, and after how many seconds."""

    user: str
    at: datetime
    what: str
    after_s: float | None


def answers(traces: Iterable[Trace]) -> Iterator[Answer]:
    """Give who answered what, oldest first: presses under notices, and answers to questions about what was noted."""
    for trace in traces:
        if trace.user is None:
            continue
        after_s = trace.metadata.get("after_s")
        if trace.stage == "press" and "notice" in trace.metadata:
            yield Answer(trace.user, trace.at, str(trace.metadata.get("notice_kind") or "notice"), after_s)
        elif trace.stage == "clarify" and trace.decision == "answered":
            yield Answer(trace.user, trace.at, "clarify", after_s)


def answer_hours(given: Iterable[Answer], zone: tzinfo) -> dict[str, dict[int, Durations]]:
    """Return how quickly each person answers, by the hour (0 to 23 of `zone`) at which they were told or asked.

    Durations are those until the answer, in milliseconds. Answers of unknown delay count at the hour they came, as if
    they had come at once.
    """
    found: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for answer in given:
        delay = answer.after_s or 0.0
        asked = datetime.fromtimestamp(answer.at.timestamp() - delay, tz=zone)
        found[answer.user][asked.hour].append(delay * 1000)
    return {user: {hour: _durations(times, 0, []) for hour, times in hours.items()} for user, hours in found.items()}
