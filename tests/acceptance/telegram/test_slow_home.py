"""What takes long is seen to be under way, and is not begun again when the process ends in the middle of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.people import Somebody
from tests.acceptance.telegram.process import until
from tests.acceptance.telegram.slow_devices import noted, slow_devices

ATTIC_S, CELLAR_S = 1.6, 4.0


@pytest.fixture(scope="module")
def slow(opened: Opening) -> Iterator[Household]:
    """Return a household of three lamps, of which two are slow."""
    house = opened()
    house.with_home({"light.desk": "Desk Lamp", "light.attic": "Attic Lamp", "light.cellar": "Cellar Lamp"})
    house.inject(slow_devices(calls_of(house), attic=ATTIC_S, cellar=CELLAR_S))
    house.start()
    yield house
    house.close()


@pytest.fixture
def shared(slow: Household) -> Household:
    """Return that household as the one whose people come and go."""
    return slow


def calls_of(house: Household) -> Path:
    """Return the file in which calls of the home are noted."""
    return house.folder / "calls"


def quick(somebody: Somebody, text: str) -> bool:
    """Have something dealt with, and return whether that took clearly less than a second."""
    began = time.monotonic()
    assert "Desk lamp is" in somebody.says(text).text
    return time.monotonic() - began < 0.8


def test_butler_is_shown_typing_while_a_device_is_slow_and_not_before_a_quick_answer(
    house: Household, ada: Somebody, ben: Somebody
) -> None:
    assert any(quick(ben, f"turn {state} the desk lamp") for state in ("on", "off", "on", "off"))
    assert "Attic lamp is on" in ada.says("turn on the attic lamp").text
    assert [action for _, action in house.server.actions(ada.chat)] == ["typing"]
    assert house.server.actions(ben.chat) == []


def test_a_call_that_a_kill_cut_off_is_not_made_again_and_its_person_is_told(house: Household, ben: Somebody) -> None:
    calls = calls_of(house)
    before = noted(calls)
    ben.sends("turn on the cellar lamp")
    until(lambda: len(noted(calls)) > len(before), "the call of the slow lamp")
    house.service.kill()
    assert house.messages(ben.chat) == []
    house.start()
    house.settle()
    (told,) = house.messages(ben.chat)
    assert "interrupted in the middle of “turn on the cellar lamp”" in told.text
    assert "cellar lamp is off now" in told.text.lower()
    assert "Desk lamp is" in ben.says("turn on the desk lamp").text
    assert noted(calls)[len(before) :] == ["light.turn_on light.cellar", "light.turn_on light.desk"]
    assert "cellar lamp is off" in ben.says("is the cellar lamp on?").text.lower()
