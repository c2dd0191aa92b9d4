"""A watch ends: what was used and did no harm is complete, what nobody used is on probation for longer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.api import Engine
from engine.embedding import HashedEncoder
from engine.learning.changes import AliasChange
from engine.learning.experience import Saying
from engine.understanding.snapshot import Snapshot
from store import Status, Store, improvements
from tests.engine.learning.household import Household
from tests.engine.learning.watched import ASK, BERTHA, HIJACK, RIGHT, audited, status


@pytest.fixture
def household(engine: Engine, store: Store, encoder: HashedEncoder, house: Snapshot) -> Household:
    return Household(engine, store, encoder, house)


def test_five_good_turns_in_a_day_complete_a_change_with_its_figures(household: Household) -> None:
    number = household.deploy(BERTHA)
    for _ in range(5):
        household.say("turn on big bertha", "bob")
        household.wait(minutes=5)
    household.wait(hours=23)
    assert household.watch.complete(household.now) == ()
    household.wait(hours=1)
    assert household.watch.complete(household.now, accuracy=0.99) == (number,)
    assert household.watch.complete(household.now) == ()
    found = improvements.get(household.store, number)
    assert found is not None
    results = found.monitoring_results
    assert (found.status, results["changed_turns"], results["outcomes"]) == (
        Status.COMPLETED,
        5,
        {"R": 0, "C": 0, "A": 5},
    )
    assert "unused" not in results
    assert results["figures"]["accuracy"] == {"before": 1.0, "during": 0.99, "level": "ok"}
    assert results["figures"]["turns"]["during"] == 5
    assert audited(household, number)[-1] == "monitoring_complete system"


def test_a_change_whose_last_turn_is_undecided_is_not_completed_yet(household: Household) -> None:
    household.deploy(BERTHA)
    for _ in range(5):
        household.say("turn on big bertha", "bob")
        household.wait(minutes=5)
    household.wait(hours=24)
    household.say("turn on big bertha", "bob")
    assert household.watch.complete(household.now) == ()


def test_a_change_that_is_hardly_used_is_on_probation_for_thirty_days(household: Household) -> None:
    number = household.deploy(BERTHA)
    household.say("turn on big bertha", "bob")
    household.wait(days=29)
    assert household.watch.complete(household.now) == ()
    assert status(household, number) is Status.APPLIED
    household.wait(days=1)
    assert household.watch.complete(household.now) == (number,)
    found = improvements.get(household.store, number)
    assert found is not None
    assert (found.monitoring_results["unused"], found.monitoring_results["changed_turns"]) == (True, 1)


def test_a_harmful_a_harmless_and_an_unused_change_each_find_their_end(household: Household) -> None:
    """The clock is moved by hand, a look every hour and a completion every day, evidence only from turns."""
    harmful, harmless = household.deploy(HIJACK), household.deploy(BERTHA)
    unused = household.deploy(AliasChange("sparky", "entity", "light.desk"))
    evidence_at, back_at = None, None
    for hour in range(31 * 24):
        household.wait(hours=1)
        household.told += household.watch.hourly(household.now)
        back_at = back_at or (household.now if status(household, harmful) is Status.ROLLED_BACK else None)
        if hour % 4 == 0 and hour < 24:
            household.say("turn on big bertha", "ana")
        if hour == 5:
            household.about(household.say(ASK, "bob"), Saying.UNDO, user="bob")
        if hour == 5:
            household.wait(minutes=1)
            household.say(RIGHT, "bob")
            evidence_at = household.now
        if hour % 24 == 23:
            household.watch.complete(household.now)
    assert evidence_at is not None
    assert back_at is not None
    assert back_at - evidence_at <= timedelta(hours=1)
    assert audited(household, harmful)[-1] == "rolled_back system"
    assert audited(household, harmless)[-1] == "monitoring_complete system"
    assert audited(household, unused)[-1] == "monitoring_complete system"
    ends = {number: improvements.get(household.store, number) for number in (harmless, unused)}
    assert ends[harmless] is not None
    assert ends[unused] is not None
    assert "unused" not in ends[harmless].monitoring_results
    assert ends[unused].monitoring_results["unused"] is True
    assert ends[unused].monitoring_end - ends[unused].monitoring_start >= timedelta(days=30)
    assert [taken.numbers for taken in household.told] == [(harmful,)]
