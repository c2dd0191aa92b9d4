"""What a guest may do: use the home, ask, and have words of their own."""

from __future__ import annotations

import pytest

from store import people
from tests.acceptance.family import GUS, RIA, Family


def test_a_guest_uses_the_home_and_undoes_it(family: Family) -> None:
    family.say("turn on the desk lamp", GUS)
    assert family.state("light.desk_lamp") == "on"
    family.say("/undo", GUS)
    assert family.state("light.desk_lamp") == "off"


def test_a_shared_lesson_is_refused_with_the_way_out(family: Family) -> None:
    told = family.say("when I say bertha I mean the desk lamp", GUS)
    assert "people who live here" in told
    assert "“for me”" in told


@pytest.mark.parametrize("lesson", ["my reader is the desk lamp", "for me, reader means the desk lamp"])
def test_a_word_of_ones_own_is_the_guests_alone(family: Family, lesson: str) -> None:
    before = family.app.engine.digest()
    assert "when you say it" in family.say(lesson, GUS)
    phrase = "my reader" if lesson.startswith("my") else "reader"
    family.say(f"turn on {phrase}", GUS)
    assert family.state("light.desk_lamp") == "on"
    assert "reader" not in family.say("/aliases", RIA)
    family.say("/undo", GUS)
    family.say("/undo", GUS)
    assert family.app.engine.digest() == before


def test_a_word_of_ones_own_for_a_door_is_never_in_use_without_an_admin(family: Family) -> None:
    before = family.app.engine.digest()
    family.say("my gate is the front door", GUS)
    assert family.app.engine.digest() == before
    family.say("unlock the front door", GUS)
    assert family.state("lock.front_door") == "locked"


def test_a_guest_does_not_forget_what_all_share(family: Family) -> None:
    family.say("when I say bertha I mean the desk lamp", RIA)
    before = family.app.engine.digest()
    assert "shared" in family.say("forget bertha", GUS)
    assert family.replies[-1].messages[0].buttons == ()
    assert family.app.engine.digest() == before


@pytest.mark.parametrize(
    ("asked", "label"),
    [("unlock the front door", "Yes"), ("forget bertha", "Yes")],
)
def test_who_became_a_guest_presses_as_one(family: Family, asked: str, label: str) -> None:
    """What counts is who one is at the press, not when the question was shown."""
    family.say("when I say bertha I mean the desk lamp", RIA)
    before = family.app.engine.digest()
    family.say(asked, RIA)
    people.set_role(family.app.store, RIA, "guest")
    family.press(label, RIA)
    assert family.state("lock.front_door") == "locked"
    assert family.app.engine.digest() == before


def test_help_shows_a_guest_what_a_guest_can_do(family: Family) -> None:
    told = family.say("/help", GUS)
    assert "for me" in told
    assert "/rollback" not in told
    assert "/forgetme" in told
