"""Who had something switched is told as far as it is known."""

from __future__ import annotations

from tests.acceptance.family import ADA, RIA, Family


def test_who_told_butler_to_switch_it_is_told_and_else_that_nobody_knows(family: Family) -> None:
    assert family.say("who turned on the desk lamp", RIA).startswith("I don't know who did that with the desk lamp")
    family.say("turn on the desk lamp", ADA)
    assert family.say("who turned the desk lamp on?", RIA).startswith("Ada told me to, at ")
    assert family.say("who turned on the desk lamp", ADA).startswith("You told me to, at ")
    assert family.say("who turned off the desk lamp", RIA).startswith("I don't know who did that")


def test_who_switched_several_at_once_is_told_for_each_of_them(family: Family) -> None:
    family.say("turn on all the lights", ADA)
    assert family.say("who turned on the desk lamp", RIA).startswith("Ada told me to, at ")
