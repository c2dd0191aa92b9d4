"""What was taken back because it misled other words is learned again, the next night, for its very words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.api import Engine
from engine.embedding import HashedEncoder
from engine.learning.changes import ExemplarChange
from engine.learning.narrowing import narrowed
from engine.learning.pausing import pause
from engine.learning.signals import KEPT
from engine.understanding.snapshot import Snapshot
from store import Status, Store, improvements, observations, turns
from store.observations import Observation
from store.turns import NewTurn
from tests.engine.learning.household import Household

COSY = ExemplarChange("let us all be cosy", "media_control")
VERY = ExemplarChange(COSY.text, COSY.intent, verbatim=True)


@pytest.fixture
def household(engine: Engine, store: Store, encoder: HashedEncoder, house: Snapshot) -> Household:
    return Household(engine, store, encoder, house)


def taken_back(
    household: Household, said: str, change: ExemplarChange = COSY, *, actor: str = "system", outcome: str = "R"
) -> int:
    """Have an example spoil a turn of these words, and take it back for that."""
    number = household.deploy(change)
    turn = turns.append(household.store, NewTurn("ben", "ben", household.now, text=said))
    seen = Observation(number, turn, household.now, outcome, without={})  # type: ignore[arg-type]  # by name
    observations.add(household.store, [seen])
    household.workshop.deployer.take_out([number], actor=actor, reason="it misled", at=household.now)
    return number


def found(household: Household) -> list[tuple[int, ExemplarChange]]:
    return [(one.was.number, one.change) for one in narrowed(household.store, household.now)]


def test_the_next_night_its_very_words_go_live(household: Household) -> None:
    number = taken_back(household, "let us be off")
    assert found(household) == [(number, VERY)]
    night = household.engine.nightly(household.house, household.now)
    assert len(night.live) == 1
    known = improvements.get(household.store, night.live[0])
    assert known is not None
    assert (known.status, known.proposed_value["verbatim"]) == (Status.APPLIED, True)
    assert known.rationale is not None
    assert known.rationale.startswith(f"#{number} was taken back because it misled other words")
    assert household.meaning(COSY.text).intent == COSY.intent
    assert found(household) == []
    assert household.engine.nightly(household.house, household.now).live == ()


def test_once_its_very_words_were_tried_they_are_not_tried_again(household: Household) -> None:
    taken_back(household, "let us be off")
    very = household.engine.nightly(household.house, household.now).live[0]
    household.workshop.deployer.take_out([very], actor="system", reason="wrong as well", at=household.now)
    assert found(household) == []


@pytest.mark.parametrize(
    ("said", "change", "actor", "outcome"),
    [
        ("Let us all be cosy!", COSY, "system", "R"),
        ("let us be off", COSY, "ana", "R"),
        ("let us be off", VERY, "system", "R"),
        ("let us be off", COSY, "system", "A"),
    ],
    ids=["its own words", "by a person", "very words only", "nothing against it"],
)
def test_what_is_wrong_of_itself_stays_out(
    household: Household, said: str, change: ExemplarChange, actor: str, outcome: str
) -> None:
    taken_back(household, said, change, actor=actor, outcome=outcome)
    assert found(household) == []


def test_what_was_taken_back_long_ago_stays_out(household: Household) -> None:
    taken_back(household, "let us be off")
    household.now += KEPT + timedelta(days=1)
    assert found(household) == []


def test_a_pause_holds_it_up_as_well(household: Household) -> None:
    taken_back(household, "let us be off")
    pause(household.store, "ana", household.now)
    assert household.engine.nightly(household.house, household.now).live == ()
    assert len(found(household)) == 1
