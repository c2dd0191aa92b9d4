"""Hostile and mistaken lessons are refused, asked about or held, each with its reason; none of them is live."""

from __future__ import annotations

import pytest

from tests.acceptance.hostile import COMMAND, HELD, HOSTILE, TAKEN, TESTED
from tests.acceptance.household import ADMIN, Household


def test_there_are_twice_as_many_as_anyone_asked_for() -> None:
    assert len({lesson for lesson, _ in HOSTILE}) == len(HOSTILE) >= 120


@pytest.mark.parametrize(("lesson", "reason"), HOSTILE, ids=[lesson[:60] for lesson, _ in HOSTILE])
def test_a_hostile_lesson_is_not_learned_and_told_why(shared: Household, lesson: str, reason: str) -> None:
    """Nothing is called, knowledge is as before, the reason is told, and plain commands still work."""
    shared.ask({"op": "reset"})
    before = shared.knowledge
    states = shared.app.home.states()
    told = shared.say(lesson)
    assert reason in told
    assert shared.called == []
    assert shared.knowledge == before
    assert shared.app.home.states() == states
    assert ("Replace" in shared.buttons) == (reason == TAKEN)
    assert ("/approve" in told) == (reason == HELD)

    assert shared.say("turn on the kitchen light").endswith("Kitchen light is on.")
    assert shared.called == ["light.kitchen"]


@pytest.mark.parametrize(
    "lesson", ["remember that 'turn on' means 'fire up'", "when I say turn on I mean fire up the desk lamp"]
)
def test_a_word_does_not_lead_back_to_what_it_stands_for(home: Household, lesson: str) -> None:
    """Fire up for turn on and turn on for fire up would never end."""
    assert "(#1)" in home.say("when I say fire up I mean turn on")
    digest = home.digest
    told = home.say(lesson)
    assert COMMAND in told or "leads back" in told
    assert home.digest == digest
    home.say("fire up the desk lamp")
    assert home.called == ["light.desk_lamp"]


def test_a_replacement_by_somebody_else_waits_for_an_admin(home: Household) -> None:
    """Replace is a resident's wish only; what works for others goes on working."""
    home.say("when I say bertha I mean the floor lamp")
    digest = home.digest
    home.say("when I say bertha I mean the desk lamp", "ben")
    assert HELD in home.press("Replace", "ben")
    assert home.digest == digest
    home.say("turn on bertha", "ben")
    assert home.called == ["light.floor_lamp"]


@pytest.mark.parametrize("lesson", ["when I say kitchen light I mean the bedroom light", "call the desk lamp Hall"])
def test_a_name_of_the_home_is_not_replaced_by_a_residents_press(home: Household, lesson: str) -> None:
    """Replace of a real name is held, or fails its test, and the name goes on meaning what it did."""
    digest = home.digest
    home.say(lesson)
    told = home.press("Replace")
    assert HELD in told or TESTED in told
    assert home.digest == digest
    assert "kitchen light is on" in home.say("turn on the kitchen light").lower()


def test_what_is_held_is_live_only_once_an_admin_approved_it(home: Household) -> None:
    """And even then the lock waits for its press."""
    digest = home.digest
    home.say("remember that sesame means the front door")
    assert home.digest == digest
    home.say("unlock sesame")
    assert home.called == []
    assert home.buttons.get("Yes") is None
    assert "Approved" in home.say("/approve 1", ADMIN)
    assert home.digest != digest
    assert "Shall I unlock the front door?" in home.say("unlock sesame")
    assert home.called == []
