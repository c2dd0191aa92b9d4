"""Whether an applied insight helped: what it was about to end, before it was applied and since.

Every measure is a share of what went badly, so that less is better: thoughts that were put right by hand, guesses put
right or asked about (a question costs a third of a correction), answers of a model that were of no use, reports that
were not answered promptly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.review.confidence import is_likelier
from engine.review.detectors import by_priority
from engine.review.detectors.habits import PROMPT
from engine.review.detectors.models import is_of_use, is_trial, job_of
from engine.review.page import SOON
from engine.review.phrases import phrases_of
from engine.review.traces import Trace, TraceSource, corrections
from engine.review.vocabulary import said_in
from engine.tasks.rules import OF_CAPTURES, WITH_DEADLINE
from store.insights import Insight

_LEAST = 3
_SURE = 0.9
_QUESTION = 1 / 3
_AGAINST = frozenset({"correction", "rephrase", "undo", "complaint"})
_REPORTS = ("report", "insight")

Cost = Callable[[TraceSource, Insight], Iterator[tuple[datetime, float]]]


@dataclass(frozen=True)
class Share:
    """How much went badly of how many."""

    count: float = 0.0
    chances: int = 0

    @property
    def pair(self) -> tuple[int, int]:
        """Both as whole numbers."""
        return (min(round(self.count), self.chances), self.chances)

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON values."""
        rate = round(self.count / self.chances, 3) if self.chances else None
        return {"count": round(self.count, 2), "chances": self.chances, "rate": rate}


def measure(insight: Insight, source: TraceSource) -> dict[str, Any]:
    """Return an insight's own measure "before" and "after" it was applied, and the "verdict".

    The verdict is "better", "worse", "same", or "unknown" where there is too little to tell. What is not applied has
    no after.
    """
    what = str((insight.measure or {}).get("what"))
    applied = _applied_at(insight)
    before, after = Share(), Share()
    for at, cost in _COSTS[what](source, insight) if what in _COSTS else ():
        if applied is not None and at >= applied:
            after = Share(after.count + cost, after.chances + 1)
        else:
            before = Share(before.count + cost, before.chances + 1)
    said = {"what": what, "before": before.to_document(), "after": after.to_document()}
    return {**said, "verdict": _verdict(before, after)}


def _verdict(before: Share, after: Share) -> str:
    if min(before.chances, after.chances) < _LEAST:
        return "unknown"
    if is_likelier(before.pair, after.pair) >= _SURE:
        return "better"
    return "worse" if is_likelier(after.pair, before.pair) >= _SURE else "same"


def _applied_at(insight: Insight) -> datetime | None:
    return insight.answered_at if insight.status == "applied" else None


def _amended(source: TraceSource, insight: Insight) -> Iterator[tuple[datetime, float]]:
    """Give the thoughts with a phrase, and whether what is measured of them was put right by hand."""
    told = insight.measure or {}
    field, latest = told["field"], SOON if told.get("unasked") else by_priority.LATEST
    changed = {
        trace.metadata.get("of_turn")
        for trace in source.stream(stages=("amend",))
        if field in (trace.metadata.get("after") or {}) and float(trace.metadata.get("after_s") or 0.0) <= latest
    }
    for trace in source.stream(stages=("capture",)):
        if told["owner"] not in {None, trace.user} or told["phrase"] not in phrases_of(said_in(trace) or ""):
            continue
        asked = bool(told.get("unasked") and trace.metadata.get("asks"))
        cost = _QUESTION if asked else 1.0 if trace.turn in changed else 0.0
        yield trace.at, cost


def _threshold(source: TraceSource, insight: Insight) -> Iterator[tuple[datetime, float]]:
    """Give the guesses that a threshold decides about, and what each cost."""
    told = insight.measure or {}
    name, below = str(told["name"]), float(told["below"])
    captures = name.startswith(OF_CAPTURES)
    wrong = _kinds_put_right(source) if captures else _put_right(source)
    for trace in source.stream(stages=("capture" if captures else "understand",)):
        if trace.confidence is None or trace.confidence >= below or not _is_about(name, trace):
            continue
        asked = trace.metadata.get("asks") if captures else trace.outcome == "ask"
        yield trace.at, 1.0 if trace.turn in wrong else _QUESTION if asked else 0.0


def _kinds_put_right(source: TraceSource) -> frozenset[Any]:
    amended = source.stream(stages=("amend",))
    soon = (one for one in amended if one.outcome == "correction" and one.metadata.get("by") != "press")
    return frozenset(one.metadata.get("of_turn") for one in soon if "kind" in (one.metadata.get("after") or {}))


def _put_right(source: TraceSource) -> frozenset[Any]:
    return frozenset(one.turn for one in corrections(source) if one.how in _AGAINST)


def _is_about(name: str, trace: Trace) -> bool:
    if name == WITH_DEADLINE:
        return bool(trace.metadata.get("due"))
    return trace.decision == name.partition(":")[2]


def _model(source: TraceSource, insight: Insight) -> Iterator[tuple[datetime, float]]:
    """Give the answers for a job, and whether each was of no use; since it was applied those of the new model."""
    told = insight.measure or {}
    applied, wrong = _applied_at(insight), _put_right(source)
    for trace in source.stream():
        if job_of(trace) != told["job"] or not is_trial(trace):
            continue
        if applied is None or trace.at < applied or trace.model == told["model"]:
            yield trace.at, 0.0 if is_of_use(trace) and trace.turn not in wrong else 1.0


def _prompt(source: TraceSource, insight: Insight) -> Iterator[tuple[datetime, float]]:
    """Give the reports to a person, and whether they were not answered promptly."""
    owner = (insight.measure or {})["owner"]
    prompt = {
        trace.metadata.get("notice")
        for trace in source.stream(stages=("press",))
        if float(trace.metadata.get("after_s") or PROMPT + 1) <= PROMPT
    }
    for trace in source.stream(stages=("notice",)):
        sent = trace.decision in {"send", "send_later"} and trace.component.startswith(_REPORTS)
        if trace.user == owner and sent:
            yield trace.at, 0.0 if trace.metadata.get("notice") in prompt else 1.0


_COSTS: dict[str, Cost] = {"amended": _amended, "threshold": _threshold, "model": _model, "prompt": _prompt}
