"""Thoughts that Butler was not sure of (below 0.8), and how many of them were changed within ten minutes, by field."""

from __future__ import annotations

from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from engine.review.traces import Trace
from store.detected_patterns import Sighting

TYPE = "correction"
UNSURE = 0.8


def detect(page: Page, _: ReviewRules) -> tuple[Sighting, ...]:
    """Return, of each kind of thought, how many were unsure, and how many of those were changed soon after."""
    tallies, known = Tallies(TYPE), set()
    for trace in page.stream(stages=("capture",)):
        if _is_unsure(trace):
            tallies.miss(f"unsure:{trace.decision}", trace)
    for one in page.amendments:
        if one.soon and _is_unsure(one.captured) and one.captured.turn not in known:
            known.add(one.captured.turn)
            tallies.find(f"unsure:{one.captured.decision}", one.trace, context={"changed": sorted(one.after)})
    return tallies.sightings()


def _is_unsure(trace: Trace) -> bool:
    return trace.confidence is not None and trace.confidence < UNSURE
