"""What comes between a watch and its end: a kill, a pause, a person who was quicker, a change that was redone."""

from __future__ import annotations

import pytest

from engine.api import Engine
from engine.embedding import HashedEncoder
from engine.learning import pausing
from engine.learning.experience import Saying
from engine.learning.fold import ActiveChange, in_order
from engine.learning.watch import Watch
from engine.understanding.snapshot import Snapshot
from store import Status, Store, facts
from tests.engine.learning.household import Household
from tests.engine.learning.watched import ASK, HIJACK, RIGHT, audited, hijacked, status


@pytest.fixture
def household(engine: Engine, store: Store, encoder: HashedEncoder, house: Snapshot) -> Household:
    return Household(engine, store, encoder, house)


def test_what_was_redone_is_watched_afresh(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    redo_untested(household, number)
    household.watch.hourly(household.now)
    assert status(household, number) is Status.APPLIED
    again = household.say(ASK, "bob")
    household.about(again, Saying.CORRECTION, RIGHT, "bob")
    assert status(household, number) is Status.ROLLED_BACK
    assert [taken.numbers for taken in household.told] == [(number,), (number,)]


def redo_untested(household: Household, number: int) -> None:
    workshop, change = household.workshop, HIJACK
    now = workshop.in_force.refresh()
    active = in_order((*now.active, ActiveChange(number, change)))
    digest = now.folded(active, 0).digest(household.encoder.id)
    expected = now.head.digest
    head = workshop.writer.redo(number, expected_head_digest=expected, new_digest=digest, actor="ana", at=household.now)
    workshop.in_force.adopt(head, active)


class Killed(BaseException):
    """The process ends here."""


def test_a_rollback_that_a_kill_cut_off_is_finished_by_the_next_look(household: Household) -> None:
    number, turn = hijacked(household)
    writer = household.workshop.writer

    def kill(step: str) -> None:
        if step == "before_commit":
            raise Killed

    writer._on_step = kill
    with pytest.raises(Killed):
        household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    writer._on_step = lambda _: None
    assert status(household, number) is Status.APPLIED
    household.watch = Watch(household.workshop, household.encoder)
    assert [taken.numbers for taken in household.look()] == [(number,)]
    assert status(household, number) is Status.ROLLED_BACK
    assert household.look() == ()


def test_a_notice_that_a_kill_cut_off_is_returned_again_and_a_told_one_is_not(household: Household) -> None:
    number, turn = hijacked(household)
    household.watch.told = lambda _: None  # type: ignore[method-assign]  # the process ends before it tells anybody
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    again = Watch(household.workshop, household.encoder)
    untold = again.look(household.now)
    assert [taken.numbers for taken in untold] == [(number,)]
    again.told(untold)
    assert facts.get(household.store, "watch_told") == str(untold[0].audit)
    assert Watch(household.workshop, household.encoder).look(household.now) == ()


def test_what_nobody_was_told_of_is_returned_again_by_a_later_hour(household: Household) -> None:
    number, turn = hijacked(household)
    told, household.watch.told = household.watch.told, lambda _: None  # type: ignore[method-assign]  # it failed
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    assert household.watch.hourly(household.now) == ()
    household.wait(hours=1)
    untold = household.watch.hourly(household.now)
    assert [taken.numbers for taken in untold] == [(number,)]
    told(untold)
    household.wait(hours=1)
    assert household.watch.hourly(household.now) == ()


def test_while_learning_is_paused_nothing_is_taken_back_and_afterwards_it_is(household: Household) -> None:
    number, turn = hijacked(household)
    pausing.pause(household.store, "ana", household.now)
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    assert status(household, number) is Status.APPLIED
    pausing.resume(household.store, "ana", household.now)
    household.look()
    assert status(household, number) is Status.ROLLED_BACK


def test_what_a_person_took_back_meanwhile_is_left_alone(household: Household) -> None:
    number, turn = hijacked(household)
    household.engine.roll_back(number, actor="ana", at=household.now, reason="no")
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    assert household.told == []
    assert audited(household, number)[-1] == "rolled_back ana"
