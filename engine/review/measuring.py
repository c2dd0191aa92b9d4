"""Did it help? What an insight is measured by, over the same time before it was applied and since."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from engine.learning.words import contains_phrase
from engine.review.confidence import is_likelier
from engine.review.detectors.habits import PROMPT
from engine.review.page import Page
from engine.review.traces import CORRECTED, Trace, TraceSource
from engine.tasks.rules import OF_CAPTURES, WITH_DEADLINE
from engine.understanding.knowledge import OF_INTENTS

SPAN = timedelta(days=14)
"""How long before and after an insight was applied it is measured."""
LEAST = 5
"""Fewer cases than these say nothing."""
_SURE = 0.9
_STAGES = ("capture", "amend", "understand", "clarify", "llm", "slow", "proposal", "notice", "press", "turn", "undo")


@dataclass(frozen=True)
class Figures:
    """How often something went wrong, of how many times; the milliseconds a model took, where one is measured."""

    bad: int
    of: int
    median_ms: float | None = None

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return vars(self)


@dataclass(frozen=True)
class Worked:
    """The figures of an insight before it was applied and since."""

    before: Figures
    after: Figures

    @property
    def worse(self) -> bool:
        """Whether it surely goes wrong more often than before."""
        if self.after.of < LEAST or self.before.of == 0 or _share(self.after) <= _share(self.before):
            return False
        return is_likelier((self.after.bad, self.after.of), (self.before.bad, self.before.of)) >= _SURE

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"before": self.before.to_document(), "after": self.after.to_document(), "worse": self.worse}


def measured(source: TraceSource, measure: Mapping[str, Any], applied_at: datetime) -> Worked | None:
    """Return how what an insight is measured by went two weeks before it was applied and two after.

    None where nobody knows how to measure it.
    """
    count = _MEASURES.get(str(measure.get("what")))
    if count is None:
        return None
    traces = tuple(
        trace for trace in source.stream(stages=_STAGES) if applied_at - SPAN <= trace.at < applied_at + SPAN
    )
    before = Page(tuple(trace for trace in traces if trace.at < applied_at), source)
    after = Page(tuple(trace for trace in traces if trace.at >= applied_at), source)
    return Worked(count(before, measure), count(after, measure))


def _amended(page: Page, measure: Mapping[str, Any]) -> Figures:
    """Count the thoughts with a phrase, and those of them that were set otherwise by hand."""
    phrase, field, owner = str(measure.get("phrase") or ""), measure.get("field"), measure.get("owner")
    said = {
        trace.turn
        for trace in page.stream(stages=("capture",))
        if trace.turn is not None and owner in {None, trace.user} and contains_phrase(trace.text or "", phrase)
    }
    changed = {one.captured.turn for one in page.amendments if field in one.after}
    return Figures(len(said & changed), len(said))


def _threshold(page: Page, measure: Mapping[str, Any]) -> Figures:
    """Count the guesses that a threshold decides about, and those that were put right."""
    name, below = str(measure.get("name") or ""), float(measure.get("below") or 1.0)
    stage = "understand" if name.startswith(OF_INTENTS) else "capture"
    guesses = {
        trace.turn: trace
        for trace in page.stream(stages=(stage,))
        if trace.turn is not None and (trace.confidence or 0.0) < below and _is_of(name, trace)
    }
    wrong = {one.captured.turn for one in page.amendments if "kind" in one.after and one.soon}
    wrong |= {turn for turn, trace in guesses.items() if stage == "understand" and trace.verdict in CORRECTED}
    return Figures(len(guesses.keys() & wrong), len(guesses))


def _is_of(name: str, trace: Trace) -> bool:
    if name == WITH_DEADLINE:
        return bool(trace.metadata.get("due"))
    return trace.decision == name.removeprefix(OF_INTENTS).removeprefix(OF_CAPTURES)


def _model(page: Page, measure: Mapping[str, Any]) -> Figures:
    """Count what models said on a job, and what of it was of no use; how long it took."""
    job = measure.get("job")
    asked = [
        trace
        for trace in page.traces
        if trace.model is not None and job == ("understand" if trace.stage == "llm" else trace.metadata.get("job"))
    ]
    use = [trace for trace in asked if trace.decision in {"used", "taken", "changed"} or trace.outcome == "used"]
    took = [trace.duration_ms for trace in asked if trace.duration_ms is not None]
    return Figures(len(asked) - len(use), len(asked), statistics.median(took) if took else None)


def _prompt(page: Page, measure: Mapping[str, Any]) -> Figures:
    """Count what somebody was told unasked, and what of it they did not answer soon."""
    mine = [trace for trace in page.stream(stages=("notice", "press")) if trace.user == measure.get("owner")]
    told = _notices(trace for trace in mine if trace.stage == "notice" and str(trace.decision).startswith("send"))
    soon = [trace for trace in mine if trace.stage == "press" and float(trace.metadata.get("after_s") or 0) <= PROMPT]
    answered = _notices(soon)
    return Figures(len(told - answered), len(told))


def _notices(traces: Iterable[Trace]) -> set[int]:
    found: Sequence[Any] = [trace.metadata.get("notice") for trace in traces]
    return {number for number in found if isinstance(number, int)}


def _share(figures: Figures) -> float:
    return figures.bad / figures.of if figures.of else 0.0


_MEASURES: Mapping[str, Callable[[Page, Mapping[str, Any]], Figures]] = MappingProxyType(
    {"amended": _amended, "threshold": _threshold, "model": _model, "prompt": _prompt}
)
