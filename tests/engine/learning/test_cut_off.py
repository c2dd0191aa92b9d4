"""Proposals that a crash cut off: the next night goes on with each from where it stood, and no other way."""

from __future__ import annotations

import pytest

from engine.api import Engine
from engine.learning.changes import AliasChange, to_payload
from engine.learning.cycle import AUTOMATIC
from engine.learning.outcomes import Live
from engine.understanding.snapshot import Snapshot
from store import Action, LearningWriter, Proposal, Status, Store, improvements
from tests.engine.learning.conftest import AT, Teacher

BERTHA = AliasChange("big bertha", "entity", "light.floor_lamp")
OTHER = AliasChange("big bertha", "entity", "light.porch")


def cut_off(
    store: Store, change: AliasChange, tier: int, *, approved: bool = False, passed: bool | None = None
) -> None:
    """Leave a proposal of a night as a kill leaves it: not tested yet, tested, or approved but not in force."""
    writer = LearningWriter(store)
    proposal = Proposal("alias", tier, change.phrase, to_payload(change), None, "three corrections", source=AUTOMATIC)
    number = writer.propose(proposal, actor="system", at=AT)
    if approved or passed is not None:
        writer.record_test(number, passed=passed is not False, results={}, at=AT)
    if approved:
        writer.approve(number, actor="system", at=AT)
    writer.close()


def test_what_was_approved_but_not_in_force_goes_live_the_next_night(
    engine: Engine, store: Store, house: Snapshot
) -> None:
    cut_off(store, BERTHA, 1, approved=True)
    assert engine.nightly(house, AT).live == (1,)
    assert [word.change for word in engine.aliases(None)] == [BERTHA]


def test_another_meaning_of_a_word_is_still_held_after_a_crash(
    engine: Engine, store: Store, house: Snapshot, by: Teacher
) -> None:
    assert isinstance(engine.lesson(BERTHA, by()), Live)
    cut_off(store, OTHER, 2)
    assert [(held.number, "already" in held.reason) for held in engine.nightly(house, AT).held] == [(2, True)]
    assert [word.change for word in engine.aliases(None)] == [BERTHA]
    assert engine.nightly(house, AT).proposed == ()


def test_what_was_to_be_held_is_held_also_when_nothing_speaks_against_it_any_more(
    engine: Engine, store: Store, house: Snapshot
) -> None:
    cut_off(store, BERTHA, 2)
    assert [held.number for held in engine.nightly(house, AT).held] == [1]
    assert [one.status for one in improvements.listing(store)] == [Status.PENDING]


@pytest.mark.parametrize("tier", [1, 2])
def test_what_failed_its_test_but_was_not_rejected_yet_does_not_wait_for_ever(
    engine: Engine, store: Store, house: Snapshot, tier: int
) -> None:
    cut_off(store, AliasChange("big bertha", "entity", "light.nowhere"), tier, passed=False)
    assert engine.nightly(house, AT).failed == (1,)
    assert engine.pending() == []


def test_what_must_wait_since_knowledge_moved_is_tested_and_asked_about_no_second_time(
    engine: Engine, store: Store, house: Snapshot, by: Teacher
) -> None:
    assert isinstance(engine.lesson(BERTHA, by()), Live)
    cut_off(store, OTHER, 1, passed=True)
    for _ in range(2):
        assert [(held.number, held.known) for held in engine.nightly(house, AT).held] == [(2, True)]
    assert [entry.action for entry in improvements.audit(store, 2)] == [Action.CREATED, Action.TESTED]
