"""What each language model is worth for each job: how often what it said was of use, and how long it took.

Keys are "JOB:MODEL:use" (an answer that was gone by, or an offer that was taken, of all that were made),
"JOB:MODEL:wrong" (of use at first, and put right later), and "JOB:MODEL:calls:CLASS" for durations.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from engine.llm.jobs import JOBS, TASKS, UNDERSTAND
from engine.review.detectors.suggestions import STAGE as PROPOSAL
from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from engine.review.traces import Trace
from store.detected_patterns import Sighting

TYPE = "model_perf"
CALLS, USE, WRONG = "calls", "use", "wrong"
_TAKEN = frozenset({"taken", "changed"})
_ENDS = frozenset({"skipped", "expired"}) | _TAKEN
_FAILED = "failed"
_OF_USE = _TAKEN | {"used", "answered"}
_STAGES: Mapping[str, str | None] = MappingProxyType({"llm": UNDERSTAND, PROPOSAL: TASKS, "model": None})
_STEP = math.log(1.2)


def detect(page: Page, _: ReviewRules) -> tuple[Sighting, ...]:
    """Return, by job and model, how many answers were of use, and how many calls took how long."""
    tallies = Tallies(TYPE)
    for trace in page.traces:
        job = job_of(trace)
        if job is None:
            continue
        if is_trial(trace):
            tallies.judge(_key(job, trace, USE), trace, seen=is_of_use(trace), context=_context(job, trace, USE))
        if trace.duration_ms is not None and trace.stage != PROPOSAL:
            place = class_of(trace.duration_ms)
            context = {**_context(job, trace, CALLS), "class": place}
            tallies.see(_key(job, trace, f"{CALLS}:{place}"), trace, context=context)
    _put_right(page, tallies)
    return tallies.sightings()


def is_trial(trace: Trace) -> bool:
    """Tell whether a trace with a model says if what it said was of use; of an offer the person's answer says so."""
    if trace.stage == PROPOSAL:
        return trace.decision in _ENDS
    return trace.stage == "llm" or trace.decision == _FAILED or job_of(trace) != TASKS


def is_of_use(trace: Trace) -> bool:
    """Tell whether what a model said was gone by, or taken; at night, whether there was an answer that fits."""
    return trace.decision in _OF_USE


def class_of(milliseconds: float) -> int:
    """Return the class of a duration; each is a fifth longer than the one before."""
    return math.floor(math.log(max(milliseconds, 1.0)) / _STEP)


def duration_of(place: int) -> float:
    """Return the milliseconds in the middle of a class."""
    return math.exp((place + 0.5) * _STEP)


def _put_right(page: Page, tallies: Tallies) -> None:
    known = set()
    for one in page.corrections:
        asked = one.trace_of("llm")
        if asked is None or asked.model is None or asked.decision != "used" or one.turn in known:
            continue
        known.add(one.turn)
        tallies.find(_key(UNDERSTAND, asked, WRONG), one.trace, context=_context(UNDERSTAND, asked, WRONG))


def job_of(trace: Trace) -> str | None:
    """Return the job that a model was asked for in a trace, None where none was."""
    if trace.model is None or trace.stage not in _STAGES:
        return None
    job = trace.metadata.get("job") if trace.stage == "model" else _STAGES[trace.stage]
    return job if job in JOBS else None


def _key(job: str, trace: Trace, what: str) -> str:
    return f"{job}:{trace.model}:{what}"


def _context(job: str, trace: Trace, what: str) -> dict[str, str | int | None]:
    return {"job": job, "model": trace.model, "what": what}
