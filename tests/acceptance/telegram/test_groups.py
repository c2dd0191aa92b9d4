"""In groups Butler answers when it is addressed, each person as themselves, and otherwise keeps silent."""

from __future__ import annotations

import pytest

from tests.acceptance.telegram.household import Household
from tests.acceptance.telegram.people import Somebody
from tests.telegram_server import Group

BOT = "butler_bot"


@pytest.fixture
def group(house: Household) -> Group:
    """Return a group of the household and Eve, a stranger, in which the bot sees all messages."""
    return house.group("Family", [*house.people.values(), house.somebody("Eve")], privacy=False)


def test_a_message_that_is_not_addressed_is_not_answered(house: Household, group: Group, ben: Somebody) -> None:
    turns = house.ledger.count("SELECT count(*) FROM turns")
    for text in ("turn on the garage light", "who wants pizza?", "the butler did it", "@somebody_else_bot hello"):
        assert ben.says(text, group).silent, text
    assert house.ledger.count("SELECT count(*) FROM turns") == turns


def test_a_mention_the_name_a_reply_and_a_command_are_answered(house: Household, group: Group, ben: Somebody) -> None:
    told = ben.says(f"@{BOT} turn on the garage light", group)
    assert "Garage light is on" in told.text
    assert "Garage light is off" in ben.says("Butler, turn off the garage light", group).text
    assert not ben.says("is the garage light on?", group, reply_to=told.messages[-1]).silent
    assert "/undo" in ben.says(f"/help@{BOT}", group).text
    assert ben.says("/help@other_bot", group).silent


def test_everyone_in_a_group_has_a_context_of_their_own(house: Household, group: Group, ben: Somebody) -> None:
    """What Ben was asked, Ada does not answer by saying yes."""
    asked = ben.says("Butler, unlock the front door", group)
    house.people["Ada"].says("Butler, yes", group)
    assert "locked" in ben.says("is the front door locked?").text
    assert "someone else" in house.people["Ada"].presses("Yes", asked).said
    ben.presses("Yes", asked)
    assert "unlocked" in ben.says("is the front door locked?").text
    told = ben.says("lock the front door")
    ben.presses("Yes", told)


def test_a_stranger_in_a_group_changes_nothing(house: Household, group: Group, ben: Somebody) -> None:
    eve = house.people["Eve"]
    eve.says("Butler, turn on the garage light", group)
    assert eve.says("Butler, turn on the garage light", group).silent
    assert "off" in ben.says("is the garage light on?").text


def test_a_group_with_privacy_mode_shows_only_what_is_meant_for_the_bot(house: Household, ben: Somebody) -> None:
    quiet = house.group("Quiet", [ben], privacy=True)
    assert ben.says("turn on the garage light", quiet).silent
    assert "/undo" in ben.says(f"/help@{BOT}", quiet).text


def test_a_group_that_becomes_a_supergroup_is_followed(house: Household, ben: Somebody) -> None:
    """What waits for the old number is sent to the new one, and the talk goes on there."""
    old = house.group("Growing", [ben], privacy=False)
    assert not ben.says("Butler, turn on the hall light", old).silent
    new = old.migrates(-1_000_000_000_777)
    house.settle()
    assert not ben.says("Butler, turn off the hall light", new).silent


def test_a_person_who_blocked_the_bot_hinders_nobody(house: Household, ben: Somebody) -> None:
    ada = house.people["Ada"]
    ben.sends("turn on the hall light")
    ben.on_telegram.blocks_bot()
    assert "Kitchen light is" in ada.says("turn on the kitchen light").text
    house.settle()
    ben.on_telegram.unblocks_bot()
    assert not ben.says("turn off the hall light").silent
    house.check(but="bot was blocked")
