"""Insights about when a person likes to be told things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from engine.learning.changes import ReportHourChange
from engine.review.confidence import by_chance
from engine.review.detectors.habits import TYPE
from engine.review.drafts import CHANCE, LEAST_CONFIDENCE, LEAST_COUNT, Draft
from engine.review.priority import WAITING, Weight
from engine.review.rules import ReviewRules
from store.detected_patterns import DetectedPattern

_HOURS = 16  # those that are not quiet
# What share is answered promptly at any hour, as if it had been seen four times.
_USUAL, _PRIOR = 0.3, 4


def hour_drafts(patterns: Sequence[DetectedPattern], rules: ReviewRules) -> Iterator[Draft]:
    """Give for each person the hour at which they answer far more promptly than at others, if it is another one."""
    by_person: dict[str, list[DetectedPattern]] = defaultdict(list)
    for one in patterns:
        if one.pattern_type == TYPE and one.owner is not None and one.owner not in rules.guests:
            by_person[one.owner].append(one)
    for owner, known in by_person.items():
        best = _best(known)
        if best is None or best.context["hour"] == rules.report_hour(owner):
            continue
        yield _draft(owner, best)


def _best(known: Sequence[DetectedPattern]) -> DetectedPattern | None:
    everything = next((one for one in known if one.context.get("hour") is None), None)
    hours = [one for one in known if one.context.get("hour") is not None and _stands_out(one, everything)]
    return max(hours, key=lambda one: (one.confidence, one.occurrence_count, -one.context["hour"]), default=None)


def _stands_out(one: DetectedPattern, everything: DetectedPattern | None) -> bool:
    if one.occurrence_count < LEAST_COUNT or one.confidence < LEAST_CONFIDENCE or everything is None:
        return False
    others = max(everything.occurrence_count - one.occurrence_count, 0)
    chances = max(everything.opportunities - one.opportunities, others)
    usual = (others + _USUAL * _PRIOR) / (chances + _PRIOR)
    return by_chance(one.occurrence_count, one.opportunities, usual) * _HOURS <= CHANCE


def _draft(owner: str, best: DetectedPattern) -> Draft:
    hour = best.context["hour"]
    seen = f"{best.occurrence_count} out of {best.opportunities} times"
    return Draft(
        ReportHourChange(owner, hour),
        f"You answer best around {hour}:00",
        f"What I told you then you answered within a quarter of an hour {seen}, more than at any other hour.",
        f"I would send you reports at {hour}:00.",
        (best,),
        Weight(best.occurrence_count, best.opportunities, best.confidence, WAITING),
        {"what": "prompt", "owner": owner},
    )
