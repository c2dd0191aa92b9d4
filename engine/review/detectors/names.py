"""Names that fail again and again: words for a thing or a place that nothing here is called by."""

from __future__ import annotations

from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from engine.understanding.plain import plain
from store.detected_patterns import Sighting

TYPE = "name"
_UNKNOWN = frozenset({"unknown_name", "unknown_place"})
_ASKED = _UNKNOWN | {"ambiguous_name"}


def detect(page: Page, _: ReviewRules) -> tuple[Sighting, ...]:
    """Return the names that were not found, of all the times Butler asked what they mean.

    Learning from use teaches such names by itself; what stays here is what it cannot find a thing for.
    """
    tallies = Tallies(TYPE)
    for trace in page.stream(stages=("ask",)):
        said = plain(str(trace.metadata.get("mention") or ""))
        if trace.decision in _ASKED and said:
            tallies.judge(f"name:{said}", trace, seen=trace.decision in _UNKNOWN, context={"name": said})
    return tallies.sightings()
