"""Role by command by button: nobody can do anything above their role, and the menu shows what is theirs."""

from __future__ import annotations

import pytest

from butler.conversation.command_table import COMMANDS, SlashCommand
from butler.conversation.messages import Role
from butler.conversation.ranks import may
from tests.acceptance.telegram.household import Household
from tests.acceptance.telegram.process import until

ROLES = {"Gil": Role.GUEST, "Ben": Role.RESIDENT, "Ada": Role.ADMIN}
REFUSED = ("for admins only", "people who live here")


def allowed(command: SlashCommand, role: Role) -> bool:
    return may(role, command.least)


@pytest.mark.parametrize("name", ROLES)
def test_a_command_is_run_for_whom_it_is_for_and_refused_to_others(house: Household, name: str) -> None:
    """Every command of the table, by each role."""
    before = house.digest()
    for command in COMMANDS:
        told = house.people[name].says(f"/{command.name} {'9999' if command.numbered else ''}".strip())
        assert not told.silent, command.name
        refused = any(words in told.text for words in REFUSED)
        assert refused != allowed(command, ROLES[name]), (command.name, told.text)
    assert house.digest() == before


def test_no_command_of_a_stranger_is_answered_but_once(house: Household) -> None:
    eve = house.somebody("Eve")
    eve.says("hello")
    for command in COMMANDS:
        if command.name == "start":  # with a code, that is how to come in
            continue
        assert eve.says(f"/{command.name} 1").silent, command.name


@pytest.mark.parametrize("name", ROLES)
def test_the_menu_and_the_help_show_what_a_role_may_use(house: Household, name: str) -> None:
    told = house.people[name].says("/help").text
    wanted = {command.name for command in COMMANDS if allowed(command, ROLES[name])}
    until(lambda: house.menu(house.people[name]) == wanted, f"the menu {wanted}", patience=10)
    for command in COMMANDS:
        assert (f"/{command.name}" in told) == allowed(command, ROLES[name]), command.name


def test_a_guest_neither_teaches_nor_opens_doors(house: Household) -> None:
    gil, digest = house.people["Gil"], house.digest()
    assert "people who live here" in gil.says("when I say bertha I mean the floor lamp").text
    told = gil.says("unlock the front door")
    assert "people who live here" in told.text
    assert told.buttons == {}
    assert house.digest() == digest


@pytest.mark.parametrize("name", ["Gil", "Ben", "Ada"])
def test_nobody_presses_the_button_that_asks_another(house: Household, name: str) -> None:
    """In a group all see it; only who was asked may press."""
    everyone = [house.people[one] for one in ROLES]
    asked_person = house.people["Ben" if name != "Ben" else "Ada"]
    asked = asked_person.says("Butler, unlock the back door", house.group("Two", everyone, privacy=False))
    told = house.people[name].presses("Yes", asked)
    assert "someone else" in told.said
    assert "locked" in asked_person.says("is the back door locked?").text
    asked_person.presses("No", asked)


def test_approving_is_for_admins_by_command_and_by_button(house: Household) -> None:
    ben, ada, gil = house.people["Ben"], house.people["Ada"], house.people["Gil"]
    told = ben.says("remember that sesame means the front door").text
    number = told.partition("#")[2].partition(" ")[0].strip(".,)")
    assert number.isdigit(), told
    for somebody in (ben, gil):
        for verb in ("approve", "reject", "rollback", "improvement"):
            assert "for admins only" in somebody.says(f"/{verb} {number}").text
    assert f"#{number}" in ada.says("/pending").text
    assert f"#{number}" in ada.says(f"/reject {number}").text


def test_a_made_up_or_foreign_button_does_nothing(house: Household) -> None:
    """Nobody can press what was not offered: data that is no button of ours is answered and does nothing."""
    ben = house.people["Ben"]
    told = ben.says("turn on the lamp")
    for data in ("t999999m0b0", "", "x" * 64, "'; DROP TABLE buttons; --", "n1b0", "🔥" * 16):
        ben.presses_data(told, data)
    assert "Desk lamp is" in ben.presses("Desk Lamp", told).text


def test_what_is_held_about_a_person_is_handed_to_that_person_alone(house: Household) -> None:
    told = house.people["Ben"].says("/mydata")
    assert any(message.document for message in told.messages), told


def test_who_asks_to_be_forgotten_is_asked_first(house: Household) -> None:
    """A slip of the finger erases nobody."""
    gil = house.people["Gil"]
    told = gil.says("/forgetme")
    assert told.buttons
    gil.presses("Keep everything", told)
    assert not gil.says("/help").silent


def test_who_is_forgotten_is_a_stranger_whose_words_are_in_no_file(house: Household) -> None:
    ben = house.people["Ben"]
    ben.says("my secret hideaway is nobody's business")
    assert house.written("secret hideaway")
    ben.presses("Forget me", ben.says("/forgetme"))
    ben.says("hello")
    assert ben.says("turn on the kitchen light").silent
    assert house.written("secret hideaway") == []
