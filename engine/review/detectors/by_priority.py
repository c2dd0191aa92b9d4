"""Priorities that were set by hand within a day: a word in such thoughts may say how pressing they are."""

from __future__ import annotations

from datetime import timedelta

from engine.review.detectors.by_phrase import find_phrases
from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from engine.tasks.kinds import Priority
from store.detected_patterns import Sighting

TYPE = "extraction_failure"
WHAT = "priority"
LATEST = timedelta(days=1).total_seconds()
"""How late (seconds) a change still says something of the words; later on, things simply become pressing."""


def detect(page: Page, _: ReviewRules) -> tuple[Sighting, ...]:
    """Return the phrases of thoughts whose priority was set by hand."""
    tallies, known = Tallies(TYPE), set()
    for one in page.amendments:
        value, thought = one.after.get("priority"), one.captured.turn
        if value not in set(Priority) or one.after_s > LATEST or (thought, value) in known:
            continue
        known.add((thought, value))
        find_phrases(tallies, f"{WHAT}={value}", one, value=str(value))
    return tallies.sightings()
