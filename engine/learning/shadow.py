"""The shadow test: the whole suite with a change against the whole suite without it, case by case."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from engine.learning.baseline import Baseline, Rescorer, run_checks, touched
from engine.learning.changes import ExemplarChange, ThresholdChange
from engine.learning.evidence import shortfall
from engine.learning.fold import ActiveChange
from engine.learning.grounds import Grounds
from engine.learning.habits import objections, unwanted
from engine.learning.outcomes import FailedCase
from engine.learning.record import Binding, Record
from engine.learning.suite import Arm, Suite
from engine.learning.support import Support
from engine.learning.task_knowledge import TaskKnowledge, reaches_tasks
from engine.learning.task_suite import task_comparison
from engine.learning.verdicts import NOTHING, ChangedCase, Comparison
from engine.understanding.knowledge import OF_INTENTS

LEAST_ACCURACY = 0.95
MOST_SLOWER_MS = 10.0
_TIMED_AGAIN = 25
_ROUNDS = 3


@dataclass(frozen=True)
class Arms:
    """The two sides of a candidate."""

    without: Arm
    with_change: Arm


@dataclass(frozen=True)
class ShadowResult:
    """The verdict on a change, and what it is bound to; `records` are the suite's with the change.

    `given_up` are turns of history that those who may gave up. The 95th percentiles are milliseconds an utterance; the
    one before is None where it could not matter.
    """

    binding: Binding
    reasons: tuple[str, ...]
    comparison: Comparison
    support: Support
    given_up: int
    accuracy_before: float
    accuracy_after: float
    p95_before: float | None
    p95_after: float
    checks: int
    run: int
    records: Mapping[str, Record]

    @property
    def passed(self) -> bool:
        """Whether the change may go live."""
        return not self.reasons

    @property
    def cases(self) -> tuple[FailedCase, ...]:
        """The cases that passed and would fail, as whoever taught the change may be told: not what others said."""
        return tuple(FailedCase(case.id, self._told(case), case.why) for case in self.comparison.worse)

    def _told(self, case: ChangedCase) -> str:
        own = case.history is None or case.history.speaker in self.support.people
        return case.text if own else ""

    def to_json(self) -> dict[str, Any]:
        """Return the result as JSON values of bounded size, for the improvement's row and its audit."""
        support = self.support
        return {
            "passed": self.passed,
            "reasons": list(self.reasons),
            **self.comparison.to_json(),
            "support": {"votes": support.votes, "people": sorted(support.people), "approved": support.approved},
            "given_up": self.given_up,
            "accuracy": {"before": round(self.accuracy_before, 4), "after": round(self.accuracy_after, 4)},
            "p95_ms": {"before": _rounded(self.p95_before), "after": round(self.p95_after, 2)},
            "checks": self.checks,
            "run": self.run,
            "bound_to": asdict(self.binding),
        }


@dataclass(frozen=True)
class Candidate:
    """One change to be judged over a suite.

    `without` is the baseline of the knowledge in force for whoever the change is for, `grounds` the household's home as
    understood with the change; `shown` asks that the change do what it is for.
    """

    suite: Suite
    without: Baseline
    arms: Arms
    added: ActiveChange
    grounds: Grounds
    support: Support = field(default_factory=Support)
    shown: bool = True


def shadow_test(candidate: Candidate, rescorer: Rescorer | None = None) -> ShadowResult:
    """Return the verdict on a change, running only the checks it can affect."""
    change, records, speaker = candidate.added.change, candidate.without.records, candidate.without.speaker
    unlike = _decided_otherwise(candidate, rescorer) if rescorer else None
    checks = touched(candidate.suite, change, records, speaker, unlike)
    return _judged(candidate, run_checks(candidate.suite, checks, candidate.arms.with_change, speaker))


def _decided_otherwise(candidate: Candidate, rescorer: Rescorer) -> frozenset[str] | None:
    """Return the texts that the classifier decides otherwise with a change; None where that cannot be told."""
    change, records, arms = candidate.added.change, candidate.without.records, candidate.arms
    if isinstance(change, ExemplarChange):
        return rescorer.unlike(arms.without.home, arms.with_change.home, records)
    if isinstance(change, ThresholdChange) and change.name.startswith(OF_INTENTS):
        return rescorer.taken_for(change.name.removeprefix(OF_INTENTS), arms.without.home, records)
    return None


def full_shadow_test(candidate: Candidate) -> ShadowResult:
    """Return the verdict on a change, running every check: what `shadow_test` must agree with."""
    suite = candidate.suite
    return _judged(candidate, run_checks(suite, suite.checks, candidate.arms.with_change, candidate.without.speaker))


def _judged(candidate: Candidate, fresh: Mapping[str, Record]) -> ShadowResult:
    suite, without = candidate.suite, candidate.without
    after = Baseline(without.binding, without.speaker, without.active, {**without.records, **fresh})
    comparison = Comparison.of(suite.checks, without.records, fresh).joined(_tasks(candidate))
    before_ms, after_ms = _latency(suite, without, fresh, candidate.arms)
    lost = [case.history for case in comparison.worse if case.history is not None]
    change, support = candidate.added.change, candidate.support
    reasons = (
        *_reasons(comparison),
        *objections(change, lost, support),
        _inaccuracy(after.accuracy(suite)),
        _slowness(before_ms, after_ms),
        (shortfall(change, candidate.grounds) if candidate.shown else None) or "",
    )
    return ShadowResult(
        without.binding,
        tuple(filter(None, reasons)),
        comparison,
        support,
        len(lost) - len(unwanted(change, lost, support)),
        without.accuracy(suite),
        after.accuracy(suite),
        before_ms,
        after_ms,
        len(suite.checks),
        len(fresh),
        after.records,
    )


def _tasks(candidate: Candidate) -> Comparison:
    """Return how the golden times and captures go; they are read by rules alone, so no baseline need be kept."""
    change = candidate.added.change
    if not reaches_tasks(change):
        return NOTHING
    before = TaskKnowledge.of(candidate.without.active).rules(change.owner)
    return task_comparison(change, before, candidate.grounds.tasks.rules(change.owner))


def _reasons(comparison: Comparison) -> Iterable[str]:
    """Yield what stands against a change wherever no case may be lost."""
    lost = [case for case in comparison.worse if case.history is None]
    acting = [case for case in lost if case.silent]
    if lost:
        yield f"{len(lost)} {'case' if len(lost) == 1 else 'cases'} that passed would fail"
    if acting:
        yield f"{len(acting)} that must not act would act"


def _inaccuracy(accuracy: float) -> str:
    return f"accuracy would be {accuracy:.1%}, under {LEAST_ACCURACY:.0%}" if accuracy < LEAST_ACCURACY else ""


def _slowness(before_ms: float | None, after_ms: float) -> str:
    slower_ms = 0.0 if before_ms is None else after_ms - before_ms
    return f"it would be {slower_ms:.0f} ms slower" if slower_ms > MOST_SLOWER_MS else ""


def _latency(suite: Suite, without: Baseline, fresh: Mapping[str, Record], arms: Arms) -> tuple[float | None, float]:
    """Return the 95th percentiles of the checks that were run, in milliseconds an utterance, before and after."""
    after = {name: _timed(record) for name, record in fresh.items()}
    untimed = [check for check in suite.checks if check.id in fresh and without.records[check.id].milliseconds is None]
    if untimed and p95(after.values()) <= MOST_SLOWER_MS:
        return None, p95(after.values())
    known = {**without.records, **run_checks(suite, untimed, arms.without, without.speaker)}
    before = {name: _timed(known[name]) for name in fresh}
    slowest = sorted(after, key=lambda name: before[name] - after[name])[:_TIMED_AGAIN]
    checks = [check for check in suite.checks if check.id in slowest]
    for _ in range(_ROUNDS):
        if p95(after.values()) - p95(before.values()) <= MOST_SLOWER_MS:
            break
        # Times of long ago do not compare with those of now, and only what is slow every time is slow.
        for times, arm in ((before, arms.without), (after, arms.with_change)):
            for name, record in run_checks(suite, checks, arm, without.speaker).items():
                times[name] = _timed(record) if times is before else min(times[name], _timed(record))
    return p95(before.values()), p95(after.values())


def _timed(record: Record) -> float:
    return record.milliseconds or 0.0


def _rounded(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds, 2)


def p95(values: Iterable[float]) -> float:
    """Return the 95th percentile (nearest rank), 0 of nothing."""
    ordered = sorted(values)
    return ordered[math.ceil(0.95 * len(ordered)) - 1] if ordered else 0.0
