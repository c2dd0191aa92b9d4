"""Nobody may talk until paired; what strangers are told; how others are invited and removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.people import Somebody

LINK_OR_CODE = re.compile(r"start=([A-Za-z0-9_-]{6,64})|/start ([A-Za-z0-9_-]{6,64})")


def code_in(text: str) -> str:
    """Return the code that an invitation shows."""
    found = LINK_OR_CODE.search(text)
    assert found, text
    return found[1] or found[2]


@pytest.fixture(scope="module")
def shared(opened: Opening) -> Iterator[Household]:
    house = opened()
    house.start()
    yield house
    house.close()


@pytest.fixture
def house(shared: Household) -> Iterator[Household]:
    with shared.members(Ada="admin"):
        yield shared


def test_the_code_printed_at_the_first_start_makes_its_sender_admin_once_and_is_not_printed_again(
    opened: Opening,
) -> None:
    house = opened()
    house.start()
    ada, eve = house.somebody("Ada"), house.somebody("Eve")
    eve.says("hello")
    code = house.service.pairing_code()
    ada.says(f"/start {code}")
    assert "/invite" in ada.says("/help").text
    assert "/invite" not in eve.says(f"/start {code}").text
    house.settle()
    assert eve.says("turn on the kitchen light").silent
    before = house.service.out
    assert house.service.end() == 0
    house.start()
    assert "on" in ada.says("turn on the kitchen light").text
    assert "/start" not in house.service.out[len(before) :]
    house.close()


def test_a_stranger_hears_one_sentence_and_then_nothing(house: Household) -> None:
    eve = house.somebody("Eve")
    assert len(eve.says("hello").messages) == 1
    for text in ("hello?", "turn on the kitchen light", "/help", "/users", "/start"):
        assert eve.says(text).silent, text
    assert house.ledger.count("SELECT count(*) FROM turns WHERE user = ?", eve.user) == 0


def test_a_stranger_cannot_guess_codes_for_long(house: Household, ada: Somebody) -> None:
    """After six wrong codes even a right one no longer helps, for an hour."""
    eve = house.somebody("Eve")
    eve.says("hello")
    code = code_in(ada.says("/invite resident").text)
    for number in range(7):
        eve.says(f"/start WRONG{number}CODE")
    eve.says(f"/start {code}")
    assert eve.says("turn on the kitchen light").silent
    ben = house.somebody("Ben")
    ben.says(f"/start {code}")
    assert "Kitchen light" in ben.says("turn on the kitchen light").text


@pytest.mark.parametrize(("role", "teaches"), [("guest", False), ("resident", True)])
def test_an_invitation_admits_one_person_with_its_role(
    house: Household, ada: Somebody, role: str, teaches: bool
) -> None:
    code = code_in(ada.says(f"/invite {role}").text)
    new, late = house.somebody("Ida"), house.somebody("Zoe")
    new.says(f"/start {code}")
    late.says("hello")
    late.says(f"/start {code}")
    told = new.says(f"when I say {role}word I mean the floor lamp").text
    assert ("Got it" in told) == teaches, told
    assert late.says("turn on the kitchen light").silent


def test_who_is_removed_is_a_stranger_again(house: Household, ada: Somebody) -> None:
    code = code_in(ada.says("/invite resident").text)
    new = house.somebody("Quentin")
    new.says(f"/start {code}")
    assert "Quentin" in ada.says("/users").text
    told = ada.says("/remove Quentin")
    if told.buttons:
        ada.presses("Yes", told)
    assert "Quentin" not in ada.says("/users").text
    new.says("turn on the hall light")
    assert new.says("turn on the hall light").silent


def test_the_last_admin_cannot_be_removed(house: Household, ada: Somebody) -> None:
    """Else nobody could let anybody in again."""
    told = ada.says("/remove Ada")
    if told.buttons:
        ada.presses("Yes", told)
    assert "Ada" in ada.says("/users").text
