"""A lock waits for the press of who was asked: double, late, foreign and stale presses, also after a restart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.people import Somebody


@pytest.fixture
def ada(house: Household) -> Iterator[Somebody]:
    person = house.people["Ada"]
    yield person
    person.says("no")


def test_a_lock_opens_by_the_press_of_who_was_asked(house: Household, ada: Somebody) -> None:
    asked = ada.says("unlock the front door")
    told = ada.presses("Yes", asked)
    assert "unlocked" in told.text.lower()
    shown = house.message(asked.messages[-1])
    assert shown.buttons == {}
    assert "Yes, unlock the front door" in shown.text
    ada.presses("Yes", ada.says("lock the front door"))
    assert "locked" in ada.says("is the front door locked?").text


def test_a_second_press_does_nothing_more(house: Household, ada: Somebody) -> None:
    asked = ada.says("unlock the front door")
    ada.presses("Yes", asked)
    ada.presses("Yes", ada.says("lock the front door"))
    assert "already answered" in ada.presses("Yes", asked).said
    assert "Yes" in ada.says("is the front door locked?").text


def test_a_double_press_before_any_answer_opens_once(house: Household, ada: Somebody) -> None:
    """Two presses within milliseconds: one acts, both are answered."""
    asked = ada.says("unlock the back door")
    first, second = (ada.taps("Yes", asked) for _ in range(2))
    house.settle()
    assert ada.on_telegram.answered(first)
    assert ada.on_telegram.answered(second)
    calls = house.ledger.rows("SELECT calls FROM turns WHERE calls LIKE '%lock.back_door%' AND press IS NOT NULL")
    assert len(calls) == 1
    ada.presses("Yes", ada.says("lock the back door"))


def test_no_and_then_yes_is_too_late(house: Household, ada: Somebody) -> None:
    asked = ada.says("unlock the front door")
    ada.presses("No", asked)
    assert "already answered" in ada.presses("Yes", asked).said
    assert "locked" in ada.says("is the front door locked?").text


def test_a_question_that_was_dropped_is_stale(house: Household, ada: Somebody) -> None:
    """A newer command drops the question; its old keyboard does nothing."""
    asked = ada.says("unlock the front door")
    ada.says("turn on the kitchen light")
    assert not ada.presses("Yes", asked).silent
    assert "Yes" in ada.says("is the front door locked?").text


def test_a_press_is_answered_at_once(house: Household, ada: Somebody) -> None:
    asked = ada.says("turn on the lamp")
    press = ada.taps("Floor Lamp", asked)
    ada.on_telegram.answer_to(press, timeout=2.0)
    house.settle()


def test_a_press_after_a_restart_counts_within_its_minute_and_a_used_one_stays_used(opened: Opening) -> None:
    house = opened()
    house.seed(Ada="admin")
    house.start()
    ada = house.people["Ada"]
    used = ada.says("unlock the back door")
    ada.presses("Yes", used)
    asked = ada.says("unlock the front door")
    house.service.kill()
    house.start()
    assert "unlocked" in ada.presses("Yes", asked).text.lower()
    assert "already answered" in ada.presses("Yes", used).said
    late = ada.says("unlock the back door")
    house.seeds.let_expire(next(iter(late.buttons.values())).partition("b")[0])
    assert "too late" in ada.presses("Yes", late).said
    house.check()
    house.close()
