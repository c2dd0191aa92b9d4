"""What was offered about tasks and projects, and how much of it was ignored; projects that nothing moves."""

from __future__ import annotations

from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from store.detected_patterns import Sighting

TYPE = "suggestion"
STAGE = "proposal"
_IGNORED = frozenset({"skipped", "expired"})
_ENDS = _IGNORED | {"taken", "changed"}


def detect(page: Page, _: ReviewRules) -> tuple[Sighting, ...]:
    """Return, of each sort of offer and each project, how many offers were over and how many of them ignored."""
    tallies = Tallies(TYPE)
    for trace in page.stream(stages=(STAGE,)):
        if trace.decision not in _ENDS:
            continue
        ignored = trace.decision in _IGNORED
        sort = trace.metadata.get("of") or trace.component
        tallies.judge(f"ignored:{sort}", trace, seen=ignored)
        if trace.project is not None:
            tallies.judge(f"stale:project:{trace.project}", trace, seen=ignored, context={"project": trace.project})
    return tallies.sightings()
