"""From patterns to insights: recommendations that carry a typed change of knowledge, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from engine.learning.changes import ModelChoiceChange, to_payload
from engine.review.drafts import Draft, times
from engine.review.hour_insights import hour_drafts
from engine.review.model_insights import model_drafts
from engine.review.phrase_insights import phrase_drafts
from engine.review.redaction import redacted
from engine.review.rules import ReviewRules
from engine.review.threshold_insights import threshold_drafts
from engine.review.vocabulary import Vocabulary
from store.detected_patterns import DetectedPattern
from store.insights import Insight, NewInsight

STRONGER = 3
"""A dismissed case comes back once when it was seen that many times as often as when it was dismissed."""
_MORE = 10


def drafts(patterns: Sequence[DetectedPattern], vocabulary: Vocabulary, rules: ReviewRules) -> tuple[Draft, ...]:
    """Return what patterns recommend, the weightiest first, one for each thing that could be changed."""
    found = [
        *phrase_drafts(patterns, vocabulary, rules),
        *threshold_drafts(patterns, rules),
        *model_drafts(patterns, rules),
        *hour_drafts(patterns, rules),
    ]
    weightiest = sorted(found, key=lambda one: (-one.weight.priority, one.subject))
    of_each = {one.subject: one for one in reversed(weightiest)}
    return tuple(one for one in weightiest if of_each[one.subject] is one)


def fresh(found: Iterable[Draft], known: Iterable[Insight]) -> Iterator[tuple[Draft, bool]]:
    """Give the drafts that nobody decided about before, and whether each is one that comes back.

    What was dismissed never returns, except once: where it was seen three times as often as then, and ten times more.
    What everybody says is nobody's own, and what was one person's own before is not made everybody's.
    What failed its test or is still open is not said again, and what was applied only with another value.
    """
    before: dict[tuple[Any, ...], list[Insight]] = {}
    for insight in known:
        before.setdefault(_subject_of(insight), []).append(insight)
    shared = {subject[:2] for subject in before if subject[2] is None}
    owned = {subject[:2] for subject in before if subject[2] is not None}
    for draft in sorted(found, key=lambda one: one.owner is not None):
        *about, owner = draft.subject
        if tuple(about) in (owned if owner is None else shared):
            continue
        if owner is None:
            shared.add(tuple(about))
        earlier = before.get(draft.subject, [])
        if not earlier:
            yield draft, False
        elif _is_far_stronger(draft, earlier):
            yield draft, True
        elif _goes_on(draft, earlier):
            yield draft, False


def to_insight(draft: Draft, at: datetime, rules: ReviewRules, *, came_back: bool) -> NewInsight:
    """Return a draft as it is kept: without numbers to call, addresses, secrets and the names of people."""

    def clean(text: str) -> str:
        # The names of models are nobody's words, though some look like secrets.
        return text if isinstance(draft.change, ModelChoiceChange) else redacted(text, rules.names)

    again = f" You dismissed this once; it was seen {times(draft.weight.count)} by now." if came_back else ""
    people = sorted({one.owner for one in draft.patterns if one.owner is not None})
    return NewInsight(
        insight_type=draft.change.type,
        title=clean(draft.title),
        sentence=clean(draft.sentence) + again,
        proposed=clean(draft.proposed),
        change=to_payload(draft.change),
        priority=draft.weight.priority,
        created_at=at,
        pattern=draft.patterns[0].id,
        owner=draft.owner,
        evidence={**draft.weight.to_document(), "traces": list(draft.examples), "people": len(people)},
        measure={**draft.measure, "before": {"count": draft.weight.count, "chances": draft.weight.chances}},
        came_back=came_back,
    )


def _subject_of(insight: Insight) -> tuple[Any, ...]:
    change = insight.change
    about = {"threshold": "name", "model_choice": "job"}.get(insight.insight_type, "phrase")
    said = "reports" if insight.insight_type == "report_hour" else change.get(about)
    return (insight.insight_type, said, insight.owner)


def _goes_on(draft: Draft, earlier: Sequence[Insight]) -> bool:
    new = to_payload(draft.change)
    return all(one.status == "applied" and one.change != new for one in earlier)


def _is_far_stronger(draft: Draft, earlier: Sequence[Insight]) -> bool:
    if any(one.came_back or one.status != "dismissed" for one in earlier):
        return False
    then = max(int(one.evidence.get("count", 0)) for one in earlier)
    return draft.weight.count >= max(then * STRONGER, then + _MORE)
