"""A word that is taught is live in the very next message, outlives a restart, and is gone when taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.conftest import Opening
from tests.acceptance.household import ADMIN, Household
from tests.acceptance.random_homes import Naming, write_home

HOMES, DEVICES = 10, 10


def moves(household: Household, naming: Naming) -> bool:
    """Tell whether the command with the nickname calls the thing it was given to, and nothing else."""
    household.say(naming.command)
    return household.called == [naming.entity_id]


@pytest.mark.parametrize("seed", range(HOMES))
def test_every_made_up_name_is_live_at_once_survives_a_restart_and_can_be_taken_back(
    seed: int, opened: Opening, tmp_path: Path
) -> None:
    """Ten homes of ten devices with ten nicknames: a hundred lessons, each put in its own way."""
    house = tmp_path / "house.json"
    names = write_home(seed, DEVICES, house)
    household = opened(house=house)
    before: list[str] = []
    for naming in names:
        household.ask({"op": "reset"})
        household.say(naming.command)
        assert household.called != [naming.entity_id], f"known untaught: {naming}"
        before.append(household.digest)
        told = household.say(naming.lesson)
        assert moves(household, naming), f"{naming}: {told} / {household.last}"
    learned = household.digest

    household.restart()
    assert household.digest == learned
    assert [naming for naming in names if not moves(household, naming)] == []

    for number, (naming, digest) in reversed(list(enumerate(zip(names, before, strict=True), 1))):
        assert f"Rolled back #{number}" in household.say(f"/rollback {number}", ADMIN)
        assert household.digest == digest
        assert not moves(household, naming), f"still known: {naming}"
    assert household.knowledge["aliases"] == []


def test_there_are_a_hundred_lessons_in_many_wordings(tmp_path: Path) -> None:
    """The made-up names are as varied as they are meant to be."""
    names = [naming for seed in range(HOMES) for naming in write_home(seed, DEVICES, tmp_path / "house.json")]
    assert len(names) == 100
    assert len({naming.lesson for naming in names}) == 100
    assert len({naming.word for naming in names}) > 60
    assert any(not naming.word.isascii() for naming in names)
    assert any(letter.isdigit() for naming in names for letter in naming.word)
    assert any("'" in naming.word for naming in names)
