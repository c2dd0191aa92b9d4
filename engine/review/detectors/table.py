"""All detectors: each a pure function from a stretch of traces to what was seen of its patterns in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine.review.detectors import (
    ambiguity,
    amended,
    by_priority,
    by_time,
    classification,
    habits,
    models,
    names,
    suggestions,
    thresholds,
    unanswered,
)
from engine.review.page import Page
from engine.review.rules import ReviewRules
from store.detected_patterns import Sighting

Detector = Callable[[Page, ReviewRules], tuple[Sighting, ...]]

DETECTORS: Mapping[str, Detector] = MappingProxyType(
    {
        "classification": classification.detect,
        "ambiguity": ambiguity.detect,
        "by_time": by_time.detect,
        "by_priority": by_priority.detect,
        "amended": amended.detect,
        "unanswered": unanswered.detect,
        "suggestions": suggestions.detect,
        "habits": habits.detect,
        "models": models.detect,
        "names": names.detect,
        "thresholds": thresholds.detect,
    }
)
OF_PHRASES = frozenset({ambiguity.TYPE, by_time.TYPE, by_priority.TYPE})
"""The types of patterns about phrases, of which there may be many."""
OTHERS = frozenset(
    one.TYPE for one in (amended, classification, habits, models, names, suggestions, thresholds, unanswered)
)
"""The types of all other patterns."""


def detect(page: Page, rules: ReviewRules) -> tuple[Sighting, ...]:
    """Return what all detectors see in a stretch of traces."""
    return tuple(sighting for detector in DETECTORS.values() for sighting in detector(page, rules))
