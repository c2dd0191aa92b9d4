"""Insights about when to ask: thresholds that are too low, too high, or ask what nobody answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.learning.changes import ChangeError, ThresholdChange
from engine.learning.thresholds import bounds_of, value_of
from engine.review.confidence import by_chance
from engine.review.detectors import thresholds, unanswered
from engine.review.drafts import CHANCE, LEAST_CONFIDENCE, LEAST_COUNT, Draft, share_examples, times
from engine.review.priority import CORRECTION, QUESTION, Weight
from engine.review.rules import ReviewRules
from engine.tasks.rules import OF_CAPTURES, WITH_DEADLINE
from engine.understanding.knowledge import OF_INTENTS
from store.detected_patterns import DetectedPattern

_STEP = 0.1
# What may be usual without a threshold being wrong: so many guesses put right, confirmed, questions left unanswered.
_USUAL_WRONG, _USUAL_RIGHT, _USUAL_UNANSWERED = 0.25, 0.5, 0.4


def threshold_drafts(patterns: Sequence[DetectedPattern], rules: ReviewRules) -> Iterator[Draft]:
    """Give what patterns about guesses and questions recommend."""
    for one in _apart(one for one in patterns if one.pattern_type == thresholds.TYPE and _is_held(one)):
        yield from (_raised if one.context["way"] == "low" else _lowered)(one, rules)
    for one in patterns:
        if one.pattern_type == unanswered.TYPE and one.context.get("asks") == "kind" and _holds(one, _USUAL_UNANSWERED):
            yield from _left_alone(one, rules)


def _is_held(one: DetectedPattern) -> bool:
    way = one.context.get("way")
    return way is not None and _holds(one, _USUAL_WRONG if way == "low" else _USUAL_RIGHT)


def _apart(held: Iterable[DetectedPattern]) -> list[DetectedPattern]:
    """Return of the patterns that rest on the same traces the one with the most, and the most special of equals."""
    found: list[DetectedPattern] = []
    for one in sorted(held, key=lambda one: (-one.occurrence_count, one.context["name"] != WITH_DEADLINE, one.id)):
        if not any(share_examples(_examples(one), _examples(other)) for other in found):
            found.append(one)
    return found


def _examples(one: DetectedPattern) -> frozenset[int]:
    return frozenset(one.context.get("examples", []))


def _holds(one: DetectedPattern, usual: float) -> bool:
    often = one.occurrence_count >= LEAST_COUNT and one.confidence >= LEAST_CONFIDENCE
    return often and by_chance(one.occurrence_count, one.opportunities, usual) <= CHANCE


def _raised(one: DetectedPattern, rules: ReviewRules) -> Iterator[Draft]:
    name, band = one.context["name"], one.context["band"]
    least = thresholds.UNSURE if band == "unsure" else round(float(band) + _STEP, 2)
    change = _change(name, least, rules)
    if change is None or change.value <= _now(name, rules):
        return
    sort = sort_of(name)
    yield Draft(
        change,
        f"I should ask more often about {sort}",
        f"Of {sort} that I was less than {change.value:.0%} sure of, {_seen(one)} were put right afterwards.",
        f"I would ask first when I am less than {change.value:.0%} sure.",
        (one,),
        Weight(one.occurrence_count, one.opportunities, one.confidence, CORRECTION, 0.8),
        {"what": "threshold", "name": name, "below": change.value},
    )


def _lowered(one: DetectedPattern, rules: ReviewRules) -> Iterator[Draft]:
    name, band = one.context["name"], float(one.context["band"])
    change = _change(name, band, rules)
    if change is None or change.value >= _now(name, rules):
        return
    sort = sort_of(name)
    yield Draft(
        change,
        f"I need not ask so often about {sort}",
        f"When I asked what you meant though I was {band:.0%} sure of {sort}, my guess was right {_seen(one)}.",
        f"I would go by my guess from {change.value:.0%} on.",
        (one,),
        Weight(one.occurrence_count, one.opportunities, one.confidence, QUESTION),
        {"what": "threshold", "name": name, "below": round(band + _STEP, 2)},
    )


def _left_alone(one: DetectedPattern, rules: ReviewRules) -> Iterator[Draft]:
    name, band = one.context["name"], float(one.context["band"])
    change = _change(name, band, rules)
    if change is None or change.value >= _now(name, rules):
        return
    sort = sort_of(name)
    yield Draft(
        change,
        f"Nobody answers what I ask about {sort}",
        f"My question whether something is to do stayed without an answer {_seen(one)}.",
        f"I would no longer ask it when I am at least {change.value:.0%} sure.",
        (one,),
        Weight(one.occurrence_count, one.opportunities, one.confidence, QUESTION),
        {"what": "threshold", "name": name, "below": round(band + _STEP, 2)},
    )


def sort_of(name: str) -> str:
    """Return what a threshold is about, in words."""
    if name == WITH_DEADLINE:
        return "what has a time"
    if name.startswith(OF_CAPTURES):
        return f"{name.removeprefix(OF_CAPTURES)}s"
    return f"what sounds like “{name.removeprefix(OF_INTENTS).replace('_', ' ')}”"


def _seen(one: DetectedPattern) -> str:
    return f"{times(one.occurrence_count)} out of {one.opportunities}"


def _change(name: str, value: float, rules: ReviewRules) -> ThresholdChange | None:
    bounds = bounds_of(name)
    if bounds is None:
        return None
    try:
        change = ThresholdChange(name, min(max(value, bounds[0]), bounds[1]))
    except ChangeError:
        return None
    return None if rules.in_force(change) else change


def _now(name: str, rules: ReviewRules) -> float:
    told = rules.threshold(name)
    return value_of(name, {}) if told is None else told
