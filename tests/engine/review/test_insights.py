"""What becomes of a pattern: when it is an insight, whose it is, and that what was dismissed stays away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.review import RULES
from bench.review_logs import Log, amend, write_down
from engine.learning.changes import KeywordRuleChange, from_payload
from engine.review.log_review import ReviewResult, review
from store import Store, detected_patterns, insights, open_store
from store.insights import Insight


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    with open_store(tmp_path / "butler.db") as opened:
        yield opened


def dentist(log: Log, count: int, user: str = "ana", value: str = "high") -> None:
    """Have somebody set the priority of things about the dentist by hand so many times."""
    for number in range(count):
        thought = write_down(log, user, f"{('call', 'pay', 'visit')[number % 3]} the dentist", asks=False)
        log.wait(minutes=2)
        amend(log, thought, priority=value)
        log.wait(hours=3)


def about_dentists(store: Store) -> list[Insight]:
    return [one for one in insights.listing(store) if one.change.get("phrase") == "dentist"]


def test_five_times_is_enough_and_four_are_not(store: Store) -> None:
    log = Log.of(1)
    dentist(log, 4)
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()
    dentist(log, 1)
    log.into(store)
    (insight,) = review(store, log.now, rules=RULES).insights
    assert from_payload(insight.change) == KeywordRuleChange("dentist", "high", "personal", "ana")
    assert insight.sentence == "Thoughts of yours with “dentist” were set to high priority by hand 5 times out of 5."
    (pattern,) = [one for one in detected_patterns.listing(store) if one.pattern_key == "priority=high:dentist@ana"]
    assert (pattern.status, pattern.id) == ("promoted_to_insight", insight.pattern)


def test_opportunities_that_were_let_pass_count_also_those_before_it_was_first_seen(store: Store) -> None:
    """Six of nine are no habit, in whatever order they come."""
    log = Log.of(1)
    for _ in range(3):
        write_down(log, "ana", "call the dentist", asks=False)
    log.into(store)
    review(store, log.now, rules=RULES)
    dentist(log, 6)
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()
    (pattern,) = [one for one in detected_patterns.listing(store) if one.pattern_key == "priority=high:dentist@ana"]
    assert (pattern.occurrence_count, pattern.opportunities) == (6, 9)


def test_who_sets_everything_by_hand_has_no_habit_about_a_word(store: Store) -> None:
    """It is no news of “dentist” where all else comes out so too."""
    log = Log.of(1)
    dentist(log, 6)
    for said in (
        "mend fences",
        "descale kettle",
        "oil ladder",
        "hang mirror",
        "tune radio",
        "beat carpet",
        "wash tent",
    ):
        amend(log, write_down(log, "ana", said, asks=False), priority="high")
    log.into(store)
    assert about_dentists_of(review(store, log.now, rules=RULES)) == []


def about_dentists_of(result: ReviewResult) -> list[Insight]:
    return [one for one in result.insights if one.change.get("phrase") == "dentist"]


def test_what_several_people_do_is_the_households(store: Store) -> None:
    log = Log.of(1)
    dentist(log, 4, "ana")
    dentist(log, 4, "ben")
    log.into(store)
    (insight,) = review(store, log.now, rules=RULES).insights
    assert (insight.owner, insight.evidence["people"]) == (None, 2)
    dentist(log, 5, "ben")
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()


def test_guests_are_told_nothing_and_have_no_part_in_what_others_do(store: Store) -> None:
    log = Log.of(1)
    dentist(log, 6, "ben")
    log.into(store)
    assert review(store, log.now, rules=replace(RULES, guests={"ben"})).insights == ()


def test_what_is_in_force_already_is_not_recommended(store: Store) -> None:
    log = Log.of(1)
    dentist(log, 6)
    log.into(store)
    assert review(store, log.now, rules=replace(RULES, in_force=lambda _: True)).insights == ()


@pytest.mark.parametrize("private", ["ben", "ana@example.org", "0170 1234567"])
def test_private_words_are_no_rule(store: Store, private: str) -> None:
    """Names of people, addresses and numbers stand in no title, sentence or change."""
    log = Log.of(1)
    for number in range(6):
        thought = write_down(log, "ana", f"{('phone', 'mail', 'text')[number % 3]} {private}", asks=False)
        amend(log, thought, priority="high")
    log.into(store)
    result = review(store, log.now, rules=RULES)
    assert not any(private in str((one.title, one.sentence, one.proposed, one.change)) for one in result.insights)


def test_what_was_dismissed_stays_away(store: Store) -> None:
    log = Log.of(1)
    dentist(log, 5)
    log.into(store)
    (insight,) = review(store, log.now, rules=RULES).insights
    insights.decide(store, insight.id, "dismissed", by="ana", at=log.now)
    dentist(log, 9)
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()
    pattern = detected_patterns.get(store, insight.pattern or 0)
    assert pattern is not None
    assert pattern.status == "dismissed"


def test_a_far_stronger_case_comes_back_once_and_says_so(store: Store) -> None:
    """Three times as often as it was when it was dismissed, and ten times more; after that never again."""
    log = Log.of(1)
    dentist(log, 5)
    log.into(store)
    (insight,) = review(store, log.now, rules=RULES).insights
    insights.decide(store, insight.id, "dismissed", by="ana", at=log.now)
    dentist(log, 10)
    log.into(store)
    (again,) = review(store, log.now, rules=RULES).insights
    assert again.came_back
    assert again.change == insight.change
    assert "You dismissed this once; it was seen 15 times by now." in again.sentence
    insights.decide(store, again.id, "dismissed", by="ana", at=log.now)
    dentist(log, 60)
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()
    assert len(about_dentists(store)) == 2


@pytest.mark.parametrize("status", ["applied", "failed", None])
def test_what_was_applied_or_failed_or_is_open_is_not_said_again(store: Store, status: str | None) -> None:
    log = Log.of(1)
    dentist(log, 5)
    log.into(store)
    (insight,) = review(store, log.now, rules=RULES).insights
    if status == "applied":
        insights.decide(store, insight.id, "applied", by="ana", at=log.now)
    elif status == "failed":
        insights.decide(store, insight.id, "failed", by="ana", at=log.now)
    dentist(log, 40)
    log.into(store)
    assert review(store, log.now, rules=RULES).insights == ()
