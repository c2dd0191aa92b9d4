from __future__ import annotations

import pytest

from engine.api import Engine
from engine.embedding import HashedEncoder
from engine.learning.changes import AliasChange, ExemplarChange, SynonymChange
from engine.learning.experience import Happened
from engine.learning.watch import Watch
from engine.understanding.snapshot import Snapshot
from store import Store
from tests.engine.learning.household import Household

GROCERIES = "the groceries need writing down somewhere"


@pytest.fixture
def household(engine: Engine, store: Store, encoder: HashedEncoder, house: Snapshot) -> Household:
    return Household(engine, store, encoder, house)


def test_a_taught_name_is_what_changed_the_turn_that_used_it(household: Household) -> None:
    number = household.deploy(AliasChange("big bertha", "entity", "light.floor_lamp"))
    found = household.attribution("turn on big bertha")
    assert found.changed_by == (number,)
    assert found.without is not None
    assert found.without.targets == ()


def test_a_turn_that_would_have_been_the_same_is_changed_by_nothing(household: Household) -> None:
    household.deploy(SynonymChange("switch on", "turn on"))
    assert household.meaning("switch on the floor lamp").used
    assert household.attribution("switch on the floor lamp").changed_by == ()


def test_what_nobody_said_a_word_of_changes_nothing(household: Household) -> None:
    household.deploy(AliasChange("big bertha", "entity", "light.floor_lamp"))
    household.deploy(ExemplarChange(GROCERIES, "list_add"))
    assert household.attribution("turn on the floor lamp").changed_by == ()


def test_an_example_is_charged_though_no_interpretation_names_it(household: Household) -> None:
    number = household.deploy(ExemplarChange(GROCERIES, "list_add"))
    found = household.attribution(GROCERIES)
    assert household.meaning(GROCERIES).used == ()
    assert found.changed_by == (number,)
    assert found.without is not None
    assert found.without.intent != "list_add"


def test_only_the_example_that_matters_is_charged(household: Household) -> None:
    household.deploy(ExemplarChange("what a lovely day for the garden party", "smalltalk"))
    number = household.deploy(ExemplarChange(GROCERIES, "list_add"))
    assert household.attribution(GROCERIES).changed_by == (number,)


def test_two_examples_that_each_alone_keep_the_outcome_are_charged_together(household: Household) -> None:
    first = household.deploy(ExemplarChange(GROCERIES, "list_add"))
    second = household.deploy(ExemplarChange(f"{GROCERIES} now", "list_add"))
    charges = household.attribution(GROCERIES).charges
    assert [charge.numbers for charge in charges] == [(first, second)]


def test_the_same_word_taught_twice_is_charged_together(household: Household) -> None:
    first = household.deploy(AliasChange("big bertha", "entity", "light.floor_lamp"))
    second = household.deploy(AliasChange("big bertha", "entity", "light.floor_lamp"))
    charges = household.attribution("turn on big bertha").charges
    assert [charge.numbers for charge in charges] == [(first, second)]


def test_without_a_word_that_replaced_another_the_other_counts_again(household: Household) -> None:
    household.deploy(AliasChange("big bertha", "entity", "light.kitchen_main"))
    second = household.deploy(AliasChange("big bertha", "entity", "light.floor_lamp"))
    found = household.attribution("turn on big bertha")
    assert found.changed_by == (second,)
    assert found.without is not None
    assert found.without.targets == ("light.kitchen_main",)


def test_two_that_are_both_needed_answer_each_for_its_own_part(household: Household) -> None:
    word = household.deploy(SynonymChange("zap", "turn on"))
    name = household.deploy(AliasChange("big bertha", "entity", "light.floor_lamp"))
    charges = household.attribution("zap big bertha").charges
    assert {charge.numbers for charge in charges} == {(word,), (name,)}


def test_a_word_of_another_person_changes_nobody_elses_turn(household: Household) -> None:
    mine = AliasChange("big bertha", "entity", "light.floor_lamp", "personal", "bob")
    number = household.deploy(mine)
    assert household.attribution("turn on big bertha", "ana").changed_by == ()
    assert household.attribution("turn on big bertha", "bob").changed_by == (number,)


def test_the_first_three_changed_turns_are_asked_about(household: Household) -> None:
    household.deploy(AliasChange("big bertha", "entity", "light.floor_lamp"))
    asked = []
    for _ in range(5):
        asked.append(household.attribution("turn on big bertha").confirm)
        household.say("turn on big bertha")
        household.wait(minutes=5)
    assert asked == [True, True, True, False, False]


def test_who_taught_a_word_is_not_asked_about_it_and_others_are(household: Household) -> None:
    word = AliasChange("big bertha", "entity", "light.floor_lamp")
    household.deploy(word, source="voice_command", submitted_by="ana")
    assert not household.attribution("turn on big bertha", "ana").confirm
    assert household.attribution("turn on big bertha", "bob").confirm


def test_nobody_is_asked_about_a_question(household: Household) -> None:
    household.deploy(SynonymChange("zap", "turn on"))
    found = household.attribution("zap the thingamajig")
    assert found.changed_by
    assert not found.confirm


def test_what_is_no_longer_in_force_or_completed_is_not_charged(household: Household) -> None:
    gone = household.deploy(AliasChange("big bertha", "entity", "light.floor_lamp"))
    household.engine.roll_back(gone, actor="ana", at=household.now, reason="no")
    assert household.attribution("turn on big bertha").changed_by == ()
    done = household.deploy(AliasChange("sparky", "entity", "light.floor_lamp"))
    for _ in range(5):
        household.say("turn on sparky")
        household.wait(minutes=5)
    household.wait(hours=24)
    assert household.watch.complete(household.now) == (done,)
    assert household.attribution("turn on sparky").changed_by == ()


def test_a_turn_with_nothing_under_watch_is_not_read_again(household: Household) -> None:
    before = len(household.encoder.calls)
    found = household.meaning(GROCERIES)
    asked = len(household.encoder.calls) - before
    assert household.watch.attribute(found, household.situation(), GROCERIES).changed_by == ()
    assert len(household.encoder.calls) - before == asked


def test_a_process_that_starts_knows_what_is_under_watch(household: Household) -> None:
    number = household.deploy(AliasChange("big bertha", "entity", "light.floor_lamp"))
    again = Watch(household.workshop, household.encoder)
    text = "turn on big bertha"
    assert again.attribute(household.meaning(text), household.situation(), text).changed_by == (number,)


def test_a_turn_that_failed_is_no_observation(household: Household, store: Store) -> None:
    household.deploy(AliasChange("big bertha", "entity", "light.floor_lamp"))
    household.say("turn on big bertha", happened=Happened.FAILED)
    household.say("turn on big bertha", learnable=False)
    assert store.database.fetch("SELECT count(*) FROM watch_observations") == [(0,)]
