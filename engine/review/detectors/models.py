"""What each language model is worth for each job: how often what it said was of use, and how long it took.

Keys are "JOB:MODEL:use" (an answer that was gone by, or an offer that was taken, of all that were made),
"JOB:MODEL:wrong" (of use at first, and put right later), and "JOB:MODEL:calls:CLASS" for durations.
"""

from __future__ import annotations

import math

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
_SLOW = "slow"
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
        if trace.duration_ms is not None and trace.model is not None and trace.stage != PROPOSAL:
            place = class_of(trace.duration_ms)
            context = {**_context(job, trace, CALLS), "class": place}
            tallies.see(_key(job, trace, f"{CALLS}:{place}"), trace, context=context)
    _put_right(page, tallies)
    return tallies.sightings()


def model_of(trace: Trace) -> str | None:
    """Return the model that was asked, also where it gave no answer and something else stood in for it."""
    failed = trace.metadata.get("problem") if trace.model is None and trace.stage == _SLOW else None
    return failed.rpartition(": ")[0] or None if isinstance(failed, str) else trace.model


def is_trial(trace: Trace) -> bool:
    """Tell whether a trace with a model says if what it said was of use."""
    if trace.stage == PROPOSAL:
        return trace.decision in _ENDS
    return trace.stage == "llm" or trace.model is None or job_of(trace) != TASKS


def is_of_use(trace: Trace) -> bool:
    """Tell whether what a model said was gone by, or taken."""
    return trace.model is not None and _is_used(trace)


def _is_used(trace: Trace) -> bool:
    return trace.decision == "used" or trace.decision in _TAKEN or trace.outcome == "used"


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
    if model_of(trace) is None:
        return None
    if trace.stage in {"llm", PROPOSAL}:
        return UNDERSTAND if trace.stage == "llm" else TASKS
    job = trace.metadata.get("job")
    return job if job in JOBS else None


def _key(job: str, trace: Trace, what: str) -> str:
    return f"{job}:{model_of(trace)}:{what}"


def _context(job: str, trace: Trace, what: str) -> dict[str, str | int | None]:
    return {"job": job, "model": model_of(trace), "what": what}
