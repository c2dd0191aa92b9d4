"""Households on an emulated Telegram, each with the real process; those that scenarios can share are shared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.people import Somebody
from tests.butler.process import run


@pytest.fixture(scope="session")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what the suite says of knowledge nobody added to, found once."""
    data = tmp_path_factory.mktemp("warm")
    lesson = json.dumps({"user": "ana", "text": "when I say bertha I mean the floor lamp"})
    assert run("stdio", "--data", str(data), given=lesson + "\n").returncode == 0
    return data / "verdicts.json"


@pytest.fixture(scope="session")
def opened(verdicts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opening]:
    """Open households; those a failed test left running are ended at the end."""
    households: list[Household] = []

    def open_one(**more: object) -> Household:
        folder = tmp_path_factory.mktemp("household")
        households.append(Household(folder, verdicts=verdicts, **more))  # type: ignore[arg-type]  # its own keywords
        return households[-1]

    yield open_one
    for household in households:
        household.close()


@pytest.fixture(scope="session")
def shared(opened: Opening) -> Iterator[Household]:
    """Return a household that is running, in which nobody may talk yet."""
    house = opened()
    house.start()
    yield house
    house.close()


@pytest.fixture
def house(shared: Household) -> Iterator[Household]:
    """Return the shared household with new people; what Telegram refused unprovoked fails the test."""
    with shared.members(Ada="admin", Ben="resident", Gil="guest"):
        yield shared


@pytest.fixture
def ada(house: Household) -> Somebody:
    """Return the admin."""
    return house.people["Ada"]


@pytest.fixture
def ben(house: Household) -> Somebody:
    """Return the resident."""
    return house.people["Ben"]


@pytest.fixture
def gil(house: Household) -> Somebody:
    """Return the guest."""
    return house.people["Gil"]
