"""What log review keeps: patterns that accumulate, insights that are decided once, and how far was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store import Store, detected_patterns, erasing, insights, open_store, review_runs
from store.detected_patterns import Sighting
from store.insights import NewInsight
from store.review_runs import NewReviewRun

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SEEN = Sighting(
    "ambiguity", "phrase:work on", 2, 3, AT, AT + timedelta(hours=1), context={"phrase": "work on"}, examples=(7, 9)
)
CHANGE = {"type": "ambiguity_rule", "phrase": "work on", "asks": "what"}
INSIGHT = NewInsight(
    "ambiguity_rule", "Ask about “work on”", "It was unclear six times.", "Ask first.", CHANGE, 4.0, AT
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "butler.db") as opened:
        yield opened


def share(count: int, chances: int) -> float:
    return count / chances


def test_a_pattern_adds_up_whatever_was_seen_when(store: Store) -> None:
    """Counts add up, the first and the last time widen, examples are the latest hundred."""
    later = replace(SEEN, first_at=AT + timedelta(days=7), last_at=AT + timedelta(days=8), examples=(*range(11, 110),))
    assert detected_patterns.merge(store, [SEEN, later], share) == 2
    (found,) = detected_patterns.listing(store)
    assert (found.occurrence_count, found.opportunities, found.confidence) == (4, 6, 4 / 6)
    assert (found.first_seen, found.last_seen) == (AT, AT + timedelta(days=8))
    assert found.context == {"phrase": "work on", "examples": [9, *range(11, 110)]}


def test_mere_opportunities_lower_what_was_seen_and_are_no_pattern(store: Store) -> None:
    """They are kept for the day on which it is seen, and do not move the time it was last seen."""
    chances = replace(SEEN, count=0, opportunities=10, last_at=AT + timedelta(days=9), examples=())
    detected_patterns.merge(store, [chances], share)
    assert detected_patterns.listing(store) == []
    detected_patterns.merge(store, [SEEN, chances], share)
    (found,) = detected_patterns.listing(store)
    assert (found.occurrence_count, found.opportunities, found.last_seen) == (2, 23, SEEN.last_at)


def test_opportunities_in_all_stand_in_place_of_those_before(store: Store) -> None:
    detected_patterns.merge(store, [SEEN, replace(SEEN, opportunities=7, in_all=True)], share)
    (found,) = detected_patterns.listing(store)
    assert (found.occurrence_count, found.opportunities) == (4, 7)
    detected_patterns.weigh(store, found.id, 9, 0.4)
    (found,) = detected_patterns.listing(store)
    assert (found.opportunities, found.confidence) == (9, 0.4)


def test_starting_over_counts_from_nothing_and_keeps_what_was_decided(store: Store) -> None:
    detected_patterns.merge(store, [SEEN], share)
    (found,) = detected_patterns.listing(store)
    detected_patterns.settle(store, found.id, "dismissed")
    detected_patterns.start_over(store)
    assert detected_patterns.listing(store) == []
    detected_patterns.merge(store, [SEEN], share)
    (again,) = detected_patterns.listing(store)
    assert (again.id, again.occurrence_count, again.status) == (found.id, 2, "dismissed")


def test_a_types_record_is_no_pattern(store: Store) -> None:
    detected_patterns.keep(store, "vocabulary", "ana", {"milk": 1}, owner="ana", at=AT)
    detected_patterns.keep(store, "vocabulary", "ana", {"milk": 2}, owner="ana", at=AT)
    assert detected_patterns.listing(store) == []
    (found,) = detected_patterns.of_types(store, ["vocabulary"])
    assert (found.context, found.owner) == ({"milk": 2}, "ana")


def test_frequent_patterns_are_those_seen_often_and_held_surely_that_nobody_decided_about(store: Store) -> None:
    detected_patterns.merge(store, [replace(SEEN, count=5, opportunities=6), replace(SEEN, key="rare")], share)
    (found,) = detected_patterns.frequent(store, least=5, confidence=0.7)
    assert found.pattern_key == "phrase:work on"
    assert detected_patterns.frequent(store, least=5, confidence=0.9) == []
    assert detected_patterns.settle(store, found.id, "dismissed")
    assert not detected_patterns.settle(store, found.id, "promoted_to_insight")
    assert detected_patterns.frequent(store, least=5, confidence=0.7) == []


def test_an_insight_is_shown_once_to_each_and_decided_once(store: Store) -> None:
    """A doubled press decides nothing anew."""
    number = insights.add(store, INSIGHT)
    assert insights.deliver(store, number, "ada", at=AT)
    assert not insights.deliver(store, number, "ada", at=AT)
    assert insights.deliver(store, number, "bob", at=AT + timedelta(days=1))
    assert insights.decide(store, number, "applied", by="ada", at=AT, improvement=3)
    assert not insights.decide(store, number, "dismissed", by="bob", at=AT)
    found = insights.get(store, number)
    assert found is not None
    assert (found.status, found.answered_by, found.improvement) == ("applied", "ada", 3)
    assert (found.delivered_to, found.delivered_at) == (["ada", "bob"], AT)
    assert insights.of_improvement(store, 3) == found
    assert not insights.deliver(store, number, "eve", at=AT)


def test_people_see_their_own_and_admins_the_households_too(store: Store) -> None:
    """The weightiest first."""
    insights.add(store, INSIGHT)
    insights.add(store, replace(INSIGHT, owner="ana", priority=9.0))
    insights.add(store, replace(INSIGHT, owner="ben"))
    assert [one.owner for one in insights.open_of(store, "ana", admin=False)] == ["ana"]
    assert [one.owner for one in insights.open_of(store, "ana", admin=True)] == ["ana", None]


def test_what_was_applied_is_measured_once(store: Store) -> None:
    number = insights.add(store, INSIGHT)
    insights.decide(store, number, "applied", by="ada", at=AT, improvement=1)
    assert insights.unmeasured(store, AT - timedelta(days=1)) == []
    assert [one.id for one in insights.unmeasured(store, AT)] == [number]
    assert insights.measured(store, number, {"rate": 0.1}, at=AT)
    assert not insights.measured(store, number, {"rate": 0.2}, at=AT)
    assert insights.unmeasured(store, AT) == []


def test_each_source_knows_how_far_it_was_read(store: Store) -> None:
    run = NewReviewRun(0, 500, 480, 3, 1, AT, AT)
    review_runs.add(store, run)
    again = review_runs.add(store, replace(run, from_trace=500, to_trace=900))
    review_runs.found(store, again, 2)
    review_runs.add(store, replace(run, source="export:abc", to_trace=4))
    last = review_runs.last(store)
    assert last is not None
    assert (last.from_trace, last.to_trace, last.insights) == (500, 900, 2)
    assert review_runs.last(store, "export:xyz") is None


def test_who_is_forgotten_takes_their_insights_along(store: Store) -> None:
    """What is the household's stays, without their name."""
    detected_patterns.merge(store, [SEEN, replace(SEEN, key="hour:telegram:12345", owner="telegram:12345")], share)
    theirs = detected_patterns.by_key(store, "ambiguity", "hour:telegram:12345")
    assert theirs is not None
    insights.add(store, replace(INSIGHT, owner="telegram:12345", pattern=theirs.id))
    shared = insights.add(store, replace(INSIGHT, evidence={"people": ["telegram:12345"]}))
    insights.deliver(store, shared, "telegram:12345", at=AT)
    insights.decide(store, shared, "dismissed", by="telegram:12345", at=AT)
    name = erasing.begin(store, "telegram:12345", at=AT)
    erasing.erase(store, "telegram:12345", name)
    (left,) = insights.listing(store)
    assert (left.id, left.answered_by, left.delivered_to) == (shared, name, [name])
    assert left.evidence == {"people": [name]}
    assert [one.pattern_key for one in detected_patterns.listing(store)] == ["phrase:work on"]
