"""Insights about language models: which one is worth asking for which job."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.learning.changes import ChangeError, ModelChoiceChange
from engine.llm.jobs import JOBS
from engine.review.confidence import is_likelier, lower_bound
from engine.review.detectors.models import CALLS, TYPE, USE, WRONG, duration_of
from engine.review.drafts import LEAST_CONFIDENCE, LEAST_COUNT, Draft
from engine.review.priority import QUESTION, WAITING, Weight
from engine.review.rules import ReviewRules
from store.detected_patterns import DetectedPattern

_LEAST_CALLS = 10
_BETTER_BY = 0.1
_AS_GOOD_WITHIN = 0.1
_FASTER = 2.0
# Several pairs are compared at each review, and none of them may come out better by chance.
_SURE_BETTER, _SURE_AS_GOOD = 0.9995, 0.9


@dataclass
class Standing:
    """What is known of a model for a job: answers of use among all, and the durations of its calls by class."""

    job: str
    model: str
    useful: int = 0
    asked: int = 0
    classes: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    patterns: list[DetectedPattern] = field(default_factory=list)

    @property
    def share(self) -> tuple[int, int]:
        """How many answers were of use, and of how many."""
        return (min(max(self.useful, 0), self.asked), self.asked)

    @property
    def rate(self) -> float:
        """The share of answers that were of use."""
        return self.share[0] / self.asked if self.asked else 0.0

    @property
    def median_ms(self) -> float | None:
        """The median duration in milliseconds, None where none is known."""
        left = sum(self.classes.values()) / 2
        for place in sorted(self.classes):
            left -= self.classes[place]
            if left <= 0:
                return duration_of(place)
        return None


def model_drafts(patterns: Sequence[DetectedPattern], rules: ReviewRules) -> Iterator[Draft]:
    """Give for each job the model that is better than the one in use, or as good and much faster."""
    for job, found in standings(patterns).items():
        now = found.get(rules.models.get(job, "")) or _most_asked(found)
        others = [one for one in found.values() if one is not now and one.asked >= _LEAST_CALLS]
        if now is None or now.asked < _LEAST_CALLS:
            continue
        drafts = [draft for one in others if (draft := _compared(now, one, rules)) is not None]
        yield from sorted(drafts, key=lambda draft: -draft.weight.priority)[:1]


def standings(patterns: Sequence[DetectedPattern]) -> dict[str, dict[str, Standing]]:
    """Return what is known of each model, by job."""
    found: dict[str, dict[str, Standing]] = defaultdict(dict)
    for one in patterns:
        if one.pattern_type != TYPE or "what" not in one.context:
            continue
        job, model = one.context["job"], one.context["model"]
        standing = found[job].setdefault(model, Standing(job, model))
        _add(standing, one)
    return found


def _add(standing: Standing, one: DetectedPattern) -> None:
    what = one.context["what"]
    if what == USE:
        standing.useful += one.occurrence_count
        standing.asked += one.opportunities
        standing.patterns.append(one)
    elif what == WRONG:
        standing.useful -= one.occurrence_count
    elif what == CALLS:
        standing.classes[int(one.context["class"])] += one.occurrence_count


def _most_asked(found: dict[str, Standing]) -> Standing | None:
    return max(found.values(), key=lambda one: (one.asked, one.model), default=None)


def _compared(now: Standing, other: Standing, rules: ReviewRules) -> Draft | None:
    try:
        change = ModelChoiceChange(other.job, other.model)
    except ChangeError:
        return None
    if rules.in_force(change) or other.share[0] < LEAST_COUNT:
        return None
    better = is_likelier(other.share, now.share)
    if better >= _SURE_BETTER and other.rate >= now.rate + _BETTER_BY:
        return _better(now, other, change, better)
    as_good = is_likelier(other.share, now.share, _AS_GOOD_WITHIN)
    slow, fast = now.median_ms, other.median_ms
    if slow is None or fast is None or fast * _FASTER > slow or as_good < _SURE_AS_GOOD:
        return None
    good_enough = lower_bound(*other.share) >= LEAST_CONFIDENCE - _BETTER_BY
    return _faster(now, other, change, as_good) if good_enough else None


def _better(now: Standing, other: Standing, change: ModelChoiceChange, sure: float) -> Draft:
    gained = max(round((other.rate - now.rate) * now.asked), 1)
    return Draft(
        change,
        f"{other.model} is better at {JOBS[other.job].about}",
        f"What it said was of use {_of(other)}, what {now.model} said {_of(now)}{_pace(now, other)}.",
        f"I would ask {other.model} for that.",
        (*other.patterns, *now.patterns),
        Weight(gained, now.asked, min(sure, 1.0), WAITING, 0.8),
        _measure(change),
    )


def _faster(now: Standing, other: Standing, change: ModelChoiceChange, sure: float) -> Draft:
    return Draft(
        change,
        f"{other.model} is good enough for {JOBS[other.job].about}",
        f"What it said was of use {_of(other)}, what {now.model} said {_of(now)}{_pace(now, other)}.",
        f"I would ask {other.model} for that.",
        (*other.patterns, *now.patterns),
        Weight(other.share[0], other.asked, sure, QUESTION, 0.8),
        _measure(change),
    )


def _measure(change: ModelChoiceChange) -> dict[str, str]:
    return {"what": "model", "job": change.job, "model": change.model}


def _of(one: Standing) -> str:
    return f"{one.share[0]} out of {one.asked} times"


def _pace(now: Standing, other: Standing) -> str:
    slow, fast = now.median_ms, other.median_ms
    if slow is None or fast is None:
        return ""
    return f"; it took {fast / 1000:.1f} s instead of {slow / 1000:.1f} s"
