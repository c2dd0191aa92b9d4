"""What is planned in the home is moved by the number it is shown with, and back again."""

from __future__ import annotations

import pytest

from store import schedules
from tests.acceptance.family import BEN, RIA, Family
from tests.butler.conversation.later.scene import DAY, planned


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("move schedule 1 to 19:00", "21 19:00"),
        ("move schedule 1 to 7", "21 19:00"),
        ("please reschedule schedule #1 for tomorrow at 8 am", "22 08:00"),
        ("make schedule 1 half an hour earlier", "21 17:30"),
        ("postpone schedule 1 by two hours", "21 20:00"),
        ("move schedule 1 to tomorrow", "22 18:00"),
    ],
)
def test_what_is_done_once_is_moved(family: Family, words: str, due: str) -> None:
    family.say("turn on the desk lamp at 18:00")
    assert family.say(words).startswith("Moved: turn on the desk lamp")
    assert planned(family) == [("active", due)]


def test_it_is_done_at_its_new_time_and_not_at_its_old(family: Family) -> None:
    family.say("turn on the desk lamp at 12:00")
    family.say("move schedule 1 to 14:00")
    family.app.advance(3 * 3_600)
    assert family.state("light.desk_lamp") == "off"
    family.app.advance(DAY)
    assert family.state("light.desk_lamp") == "on"


def test_undo_takes_a_move_back(family: Family) -> None:
    family.say("turn on the desk lamp at 18:00")
    family.say("move schedule 1 to 19:00")
    assert family.say("undo").startswith("Back to when it was")
    assert planned(family) == [("active", "21 18:00")]


def test_what_comes_again_keeps_its_days(family: Family) -> None:
    family.say("every weekday at 7 turn on the kitchen light")
    family.say("move schedule 1 to 8")
    assert planned(family) == [("active", "23 08:00")]
    assert "can't move single times" in family.say("move schedule 1 to tomorrow at 9")
    assert planned(family) == [("active", "23 08:00")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("move schedule 1 to yesterday", "That time is over already"),
        ("move schedule 1 to next to nothing", "I couldn't tell when"),
        ("move schedule 1 to 3 june 2040 at 8", "That is too far away"),
        ("move schedule 7 to 8", "Nothing is planned under the number 7"),
    ],
)
def test_what_cannot_be_moved_is_said_and_stays(family: Family, words: str, told: str) -> None:
    family.say("turn on the desk lamp at 18:00")
    assert family.say(words).startswith(told)
    assert planned(family) == [("active", "21 18:00")]


def test_only_who_planned_it_or_an_admin_moves_it(family: Family) -> None:
    family.say("turn on the desk lamp at 18:00")
    family.admit(BEN, "resident", "Ben")
    assert family.say("move schedule 1 to 19:00", BEN).startswith("That was planned by somebody else")
    assert [one.user for one in schedules.everyones(family.app.store)] == [RIA]
    assert planned(family) == [("active", "21 18:00")]
