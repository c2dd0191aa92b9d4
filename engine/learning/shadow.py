"""The shadow test: the whole suite with a change against the whole suite without it, case by case."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.learning.baseline import Baseline, run_checks, touched
from engine.learning.evidence import shortfall
from engine.learning.fold import ActiveChange
from engine.learning.grounds import Grounds
from engine.learning.outcomes import FailedCase
from engine.learning.record import Binding, Record
from engine.learning.suite import Arm, Check, Suite

LEAST_ACCURACY = 0.95
MOST_SLOWER_MS = 10.0
_TIMED_AGAIN = 25
_ROUNDS = 3


@dataclass(frozen=True)
class Arms:
    """The two sides of a test."""

    without: Arm
    with_change: Arm


@dataclass(frozen=True)
class ShadowResult:
    """The verdict on a change, and what it is bound to; `records` are the suite's with the change.

    The 95th percentiles are milliseconds an utterance; the one before is None where it could not matter.
    """

    binding: Binding
    reasons: tuple[str, ...]
    cases: tuple[FailedCase, ...]
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

    def to_json(self) -> dict[str, Any]:
        """Return the result as JSON values, for the improvement's row and its audit."""
        return {
            "passed": self.passed,
            "reasons": list(self.reasons),
            "cases": [{"id": case.id, "text": case.text, "why": case.why} for case in self.cases[:20]],
            "accuracy": {"before": round(self.accuracy_before, 4), "after": round(self.accuracy_after, 4)},
            "p95_ms": {"before": _rounded(self.p95_before), "after": round(self.p95_after, 2)},
            "checks": self.checks,
            "run": self.run,
            "bound_to": {
                "knowledge": self.binding.knowledge,
                "golden": self.binding.golden,
                "names": self.binding.names,
            },
        }


def shadow_test(
    suite: Suite, without: Baseline, arms: Arms, added: ActiveChange, grounds: Grounds, *, shown: bool = True
) -> ShadowResult:
    """Return the verdict on a change, running only the checks it can affect.

    `without` is the baseline of the knowledge in force for whoever the change is for, and `grounds` is the household's
    home as understood with the change. `shown` asks that the change do what it is for.
    """
    checks = touched(suite, added.change, without.records)
    short = shortfall(added.change, grounds) if shown else None
    return _judged(suite, without, run_checks(suite, checks, arms.with_change, without.speaker), arms, short)


def full_shadow_test(
    suite: Suite, without: Baseline, arms: Arms, added: ActiveChange, grounds: Grounds
) -> ShadowResult:
    """Return the verdict on a change, running every check: what `shadow_test` must agree with."""
    records = run_checks(suite, suite.checks, arms.with_change, without.speaker)
    return _judged(suite, without, records, arms, shortfall(added.change, grounds))


def _judged(
    suite: Suite, without: Baseline, fresh: Mapping[str, Record], arms: Arms, short: str | None
) -> ShadowResult:
    after = Baseline(without.binding, without.speaker, without.active, {**without.records, **fresh})
    cases = tuple(_worse(suite.checks, without.records, fresh))
    before_ms, after_ms = _latency(suite, without, fresh, arms)
    slower_ms = 0.0 if before_ms is None else after_ms - before_ms
    accuracy = after.accuracy(suite)
    acting = [case.id for case in cases if case.id in _silent_ids(suite)]
    reasons = (
        f"{len(cases)} {'case' if len(cases) == 1 else 'cases'} that passed would fail" if cases else "",
        f"{len(acting)} that must not act would act" if acting else "",
        f"accuracy would be {accuracy:.1%}, under {LEAST_ACCURACY:.0%}" if accuracy < LEAST_ACCURACY else "",
        f"it would be {slower_ms:.0f} ms slower" if slower_ms > MOST_SLOWER_MS else "",
        short or "",
    )
    return ShadowResult(
        without.binding,
        tuple(filter(None, reasons)),
        cases,
        without.accuracy(suite),
        accuracy,
        before_ms,
        after_ms,
        len(suite.checks),
        len(fresh),
        after.records,
    )


def _worse(checks: Iterable[Check], before: Mapping[str, Record], fresh: Mapping[str, Record]) -> Iterable[FailedCase]:
    for check in checks:
        now = fresh.get(check.id)
        if now is not None and before[check.id].passed and not now.passed:
            yield FailedCase(check.id, check.case.utterance, now.why)


def _silent_ids(suite: Suite) -> frozenset[str]:
    return frozenset(case.id for case in suite.golden.must_not_act)


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
