"""Log review: reads the traces written since the last time, adds up what is seen, and keeps what to recommend.

It goes page by page. Each page's patterns and the note of how far was read are one transaction, so that whatever ends
it, nothing is counted twice and nothing is left out: the next review goes on behind the last page.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from engine.review.confidence import lower_bound
from engine.review.detectors.table import OF_PHRASES, OTHERS, detect
from engine.review.drafts import LEAST_COUNT, Draft
from engine.review.insights import drafts, fresh, to_insight
from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.traces import ExportedTraces, StoredTraces, Trace, TraceSource
from engine.review.vocabulary import TYPE as VOCABULARY
from engine.review.vocabulary import Vocabulary
from store import detected_patterns, insights, open_store, review_runs
from store.database import Store
from store.detected_patterns import DetectedPattern, Sighting
from store.insights import Insight
from store.review_runs import NewReviewRun

PAGE = 2_000
"""How many traces are read at once; a page's transaction is held for some tens of milliseconds."""
OWN = "store"
_AGAIN = 2  # what one person did once is no evidence of anything; there are many such
DEFAULT_RULES = ReviewRules()


@dataclass(frozen=True)
class ReviewResult:
    """What a review read and found: `insights` are the new ones, `patterns` all that were seen often enough.

    `began_after` and `ended_at` are ids of traces; `traces` is how many were read this time.
    """

    began_after: int
    ended_at: int
    traces: int
    sightings: int
    insights: tuple[Insight, ...] = ()
    patterns: tuple[DetectedPattern, ...] = ()


def review(
    store: Store,
    at: datetime,
    *,
    source: TraceSource | None = None,
    full: bool = False,
    rules: ReviewRules = DEFAULT_RULES,
    page: int = PAGE,
) -> ReviewResult:
    """Read what is new, and keep the patterns and insights that follow.

    `full` counts everything again from the first trace on; `page` is how many traces are taken down at a time. It may
    be ended at any time, and be run by two at once.
    """
    traces = source or StoredTraces(store)
    reader = _Reader(store, traces, _name_of(traces), at, rules, page)
    if full:
        reader.start_over()
    began = reader.read_until()
    read = seen = 0
    while (found := reader.next_page()) is not None:
        counted = reader.take(*found)
        if counted is not None:
            read, seen = read + len(found[1].traces), seen + counted
    if not read:
        reader.note_nothing()
    kept = promote(store, at, rules)
    last = review_runs.last(store, reader.name)
    if last is not None and kept:
        review_runs.found(store, last.id, len(kept))
    return ReviewResult(began, reader.read_until(), read, seen, kept, tuple(seen_often(store)))


def scan(traces: Sequence[Trace], at: datetime, rules: ReviewRules = DEFAULT_RULES) -> ReviewResult:
    """Return what a review of these traces alone finds, as of an export; nothing of it is kept."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "scan.db") as store:
        return review(store, at, source=ExportedTraces(tuple(traces)), rules=rules)


def promote(store: Store, at: datetime, rules: ReviewRules = DEFAULT_RULES) -> tuple[Insight, ...]:
    """Keep an insight for each pattern that was seen five times, is held surely, and that nobody decided about.

    Patterns whose insight was dismissed are noted as such.
    """
    vocabulary = _vocabulary(store)
    kept = detected_patterns.of_types(store, OTHERS) + detected_patterns.of_types(store, OF_PHRASES, least=_AGAIN)
    patterns = tuple(_weighed(one, vocabulary) for one in kept)
    made = drafts(patterns, vocabulary, rules)
    with store.atomic():
        for before, now in zip(kept, patterns, strict=True):
            if before is not now:
                detected_patterns.weigh(store, now.id, now.opportunities, now.confidence)
        known = insights.listing(store, limit=100_000)
        _note_dismissed(store, known)
        return tuple(_keep(store, draft, at, rules, came_back=back) for draft, back in tuple(fresh(made, known)))


def seen_often(store: Store) -> list[DetectedPattern]:
    """Return the patterns that were seen five times or more, the surest first."""
    found = detected_patterns.of_types(store, OTHERS | OF_PHRASES, least=LEAST_COUNT)
    return sorted(found, key=lambda one: (-one.confidence, -one.occurrence_count, one.pattern_key))


@dataclass(frozen=True)
class _Reader:
    """Reads a source page by page, and takes down each page once."""

    store: Store
    source: TraceSource
    name: str
    at: datetime
    rules: ReviewRules
    page: int

    def read_until(self) -> int:
        """Return the highest id that was read."""
        last = review_runs.last(self.store, self.name)
        return last.to_trace if last is not None else 0

    def start_over(self) -> None:
        """Have everything counted again from the first trace on."""
        with self.store.atomic():
            detected_patterns.start_over(self.store)
            review_runs.add(self.store, NewReviewRun(0, 0, 0, 0, 0, self.at, self.at, self.name))

    def next_page(self) -> tuple[int, Page] | None:
        """Return the next traces nobody has read yet, and behind which one they begin, or None."""
        since = self.read_until()
        found = tuple(islice(self.source.stream(since, self.source.highest()), self.page))
        return (since, Page(found, self.source)) if found else None

    def take(self, since: int, page: Page) -> int | None:
        """Add what a page shows to what is known, and return how many patterns that was.

        None where somebody else has read on meanwhile, or begun anew: then it is not the next one any more.
        """
        sightings = detect(page, self.rules)
        with self.store.atomic():
            if self.read_until() != since:
                return None
            vocabulary = _vocabulary(self.store)
            for owner in vocabulary.learn(page.traces):
                known = dict(vocabulary.of(owner))
                detected_patterns.keep(self.store, VOCABULARY, owner, known, owner=owner, at=page.traces[-1].at)
            counted = [_with_opportunities(one, vocabulary) for one in sightings]
            seen = detected_patterns.merge(self.store, counted, lower_bound)
            review_runs.add(self.store, self._run(since, page, seen))
        return seen

    def note_nothing(self) -> None:
        """Note that there was nothing new to read."""
        since = self.read_until()
        review_runs.add(self.store, NewReviewRun(since, since, 0, 0, 0, self.at, self.at, self.name, self._thoughts()))

    def _run(self, since: int, page: Page, seen: int) -> NewReviewRun:
        end = page.traces[-1].id
        return NewReviewRun(since, end, len(page.traces), seen, 0, self.at, self.at, self.name, self._thoughts())

    def _thoughts(self) -> int:
        return int(self.store.database.fetch("SELECT coalesce(max(id), 0) FROM thoughts")[0][0])


def _name_of(source: TraceSource) -> str:
    """Return what a source is known by: an export by the traces in it, so that none is counted twice."""
    if not isinstance(source, ExportedTraces):
        return OWN
    marks = hashlib.sha256()
    for trace in source.traces:
        marks.update(f"{trace.id}:{trace.trace_id}:{trace.at.isoformat()}\n".encode())
    return f"export:{marks.hexdigest()[:16]}"


def _vocabulary(store: Store) -> Vocabulary:
    kept = detected_patterns.of_types(store, (VOCABULARY,))
    return Vocabulary({one.pattern_key: one.context for one in kept})


def _with_opportunities(one: Sighting, vocabulary: Vocabulary) -> Sighting:
    """Return a sighting of a phrase with all its opportunities: in how many thoughts it was said at all."""
    if "phrase" not in one.context:
        return one
    return replace(one, opportunities=vocabulary.said(one.context["phrase"], one.owner), in_all=True)


def _weighed(one: DetectedPattern, vocabulary: Vocabulary) -> DetectedPattern:
    """Return a pattern with the opportunities it had until now."""
    if "phrase" not in one.context or one.occurrence_count < LEAST_COUNT:
        return one
    chances = max(vocabulary.said(one.context["phrase"], one.owner), one.occurrence_count)
    if chances == one.opportunities:
        return one
    return replace(one, opportunities=chances, confidence=lower_bound(one.occurrence_count, chances))


def _note_dismissed(store: Store, known: Sequence[Insight]) -> None:
    for one in known:
        if one.status == "dismissed" and one.pattern is not None:
            detected_patterns.settle(store, one.pattern, "dismissed", was="promoted_to_insight")


def _keep(store: Store, draft: Draft, at: datetime, rules: ReviewRules, *, came_back: bool) -> Insight:
    number = insights.add(store, to_insight(draft, at, rules, came_back=came_back))
    for one in draft.patterns:
        detected_patterns.settle(store, one.id, "promoted_to_insight", was=one.status)
    kept = insights.get(store, number)
    assert kept is not None
    return kept
