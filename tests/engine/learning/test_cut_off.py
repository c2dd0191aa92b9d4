"""Proposals that a crash cut off: the next night goes on with each from where it stood, and no other way."""

from __future__ import annotations

from engine.api import Engine
from engine.learning.changes import AliasChange, to_payload
from engine.learning.cycle import AUTOMATIC
from engine.learning.outcomes import Live
from engine.understanding.snapshot import Snapshot
from store import LearningWriter, Proposal, Status, Store, improvements
from tests.engine.learning.conftest import AT, Teacher

BERTHA = AliasChange("big bertha", "entity", "light.floor_lamp")
OTHER = AliasChange("big bertha", "entity", "light.porch")


def cut_off(store: Store, change: AliasChange, tier: int, *, approved: bool = False) -> None:
    """Leave a proposal of a night as a kill leaves it: not tested yet, or tested and approved but not in force."""
    writer = LearningWriter(store)
    proposal = Proposal("alias", tier, change.phrase, to_payload(change), None, "three corrections", source=AUTOMATIC)
    number = writer.propose(proposal, actor="system", at=AT)
    if approved:
        writer.record_test(number, passed=True, results={}, at=AT)
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
