"""Words that leave open what is meant: thoughts that say them are corrected right away, or asked about and changed."""

from __future__ import annotations

from engine.review.detectors.by_phrase import find_phrases
from engine.review.page import Amended, Page
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from store.detected_patterns import Sighting

TYPE = "ambiguity"
UNASKED = "unasked"
ASKS = {"kind": "kind", "title": "what", "due": "when"}
"""What is to be asked about, by the field that was changed."""


def detect(page: Page, _: ReviewRules) -> tuple[Sighting, ...]:
    """Return the phrases of thoughts that were changed soon after, by what was changed.

    Those that Butler had not asked about are counted once more by themselves: it is for them that asking is worth it.
    """
    tallies, known = Tallies(TYPE), set()
    for one in page.amendments:
        if not one.soon or one.captured.turn in known:
            continue
        known.add(one.captured.turn)
        for asks in _asks(one):
            find_phrases(tallies, asks, one, asks=asks)
            if not one.captured.metadata.get("asks"):
                find_phrases(tallies, f"{UNASKED}-{asks}", one, asks=asks)
    return tallies.sightings()


def _asks(one: Amended) -> tuple[str, ...]:
    """Return what would have been worth asking; another kind brings another title and time with it."""
    changed = [field for field in ASKS if field in one.after]
    return tuple(ASKS[field] for field in changed[:1])
