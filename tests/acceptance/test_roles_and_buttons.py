"""Who may do what, and what becomes of buttons pressed by others, twice, late, or after a restart."""

from __future__ import annotations

import pytest

from tests.acceptance.household import ADMIN, GUEST, Household

RESIDENT = "ana"
OPEN_TO_ALL = ("/help", "/undo", "/why", "/aliases", "/mydata")
FOR_ADMINS = (
    *("/history", "/pending", "/improvement 1", "/approve 2", "/reject 2", "/rollback 1"),
    *("/invite", "/users", "/remove ana"),
)
LESSONS = (
    "when I say bertha I mean the floor lamp",
    "supper means turn on the pendant",
    "when I say fire up I mean turn on",
    "the den is what we call the study",
)


@pytest.fixture
def taught(home: Household) -> Household:
    """Return a household with #1 in use and #2 waiting."""
    assert "(#1)" in home.say(LESSONS[0])
    assert "#2" in home.say("remember that sesame means the front door")
    return home


@pytest.mark.parametrize("who", [GUEST, RESIDENT])
def test_steering_is_refused_politely_to_all_but_admins(taught: Household, who: str) -> None:
    """Nothing moves, and the answer says who may."""
    before = taught.knowledge
    for command in FOR_ADMINS:
        told = taught.say(command, who)
        assert "for admins only" in told
        assert "bertha" not in told
    assert taught.knowledge == before
    assert "#2" in taught.say("/pending", ADMIN)


@pytest.mark.parametrize("who", [GUEST, RESIDENT, ADMIN])
def test_everyone_may_look_and_undo_their_own(taught: Household, who: str) -> None:
    """Help shows each what they may use."""
    for command in OPEN_TO_ALL:
        assert "admins only" not in taught.say(command, who)
    assert ("/rollback" in taught.say("/help", who)) == (who == ADMIN)


def test_a_guest_cannot_undo_a_lesson_of_somebody_else(taught: Household) -> None:
    """Undo is of one's own deeds."""
    before = taught.digest
    assert "nothing of yours" in taught.say("/undo", GUEST)
    assert taught.digest == before


def test_an_admin_sees_and_steers(taught: Household) -> None:
    """Each command does what its line of help says."""
    assert "bertha" in taught.say("/history", ADMIN)
    assert "applied" in taught.say("/improvement #1", ADMIN)
    assert "Rejected #2" in taught.say("/reject 2 not here", ADMIN)
    assert "isn't waiting" in taught.say("/approve 2", ADMIN)
    assert "Rolled back #1" in taught.say("/rollback 1", ADMIN)
    assert "nothing to take back" in taught.say("/rollback 1", ADMIN)
    assert "no improvement #77" in taught.say("/rollback 77", ADMIN)
    assert "Which one?" in taught.say("/rollback", ADMIN)
    assert taught.knowledge["aliases"] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_guest_teaches_nothing_and_residents_and_admins_do(shared: Household, lesson: str) -> None:
    shared.ask({"op": "reset"})
    before = shared.digest
    assert "people who live here" in shared.say(lesson, GUEST)
    assert shared.digest == before
    for who in (RESIDENT, ADMIN):
        told = shared.say(lesson, who)
        assert shared.digest != before
        shared.say(f"/rollback {told.rpartition('(#')[2].partition(')')[0]}", ADMIN)
        assert shared.digest == before


def test_a_guest_teaches_words_of_their_own(shared: Household) -> None:
    """They are used and taken back by the guest, and nobody else has them."""
    shared.ask({"op": "reset"})
    before = shared.digest
    assert "when you say it" in shared.say("my reader is the floor lamp", GUEST)
    shared.say("turn on my reader", GUEST)
    assert shared.called == ["light.floor_lamp"]
    shared.say("turn on my reader")
    assert shared.called == []
    assert "reader" not in shared.say("/aliases")
    shared.say("forget my reader", GUEST)
    assert "Rolled back" in shared.press("Yes", GUEST)
    assert shared.digest == before


def test_a_guest_cannot_forget_or_correct_into_a_lesson(taught: Household) -> None:
    """Neither "forget bertha" nor a correction changes what others use."""
    before = taught.digest
    taught.say("forget bertha", GUEST)
    for label in list(taught.buttons):
        if label.startswith("Yes"):
            taught.press(label, GUEST)
    taught.say("turn on the gizmo corner lamp", GUEST)
    taught.say("no, I meant the desk lamp", GUEST)
    for button in {taught.buttons[label] for label in taught.buttons}:
        taught.press_id(button, GUEST)
    assert taught.digest == before


@pytest.mark.parametrize("who", [RESIDENT, ADMIN])
def test_a_lock_waits_for_its_press_whoever_asks(shared: Household, who: str) -> None:
    """Admins are asked too, and buttons to confirm begin with Yes."""
    shared.ask({"op": "reset"})
    assert "Shall I unlock the front door?" in shared.say("unlock the front door", who)
    assert shared.called == []
    shared.press("Yes", who)
    assert shared.called == ["lock.front_door"]
    assert shared.state("lock.front_door") == "unlocked"


def test_a_guest_does_not_open_the_door(shared: Household) -> None:
    shared.ask({"op": "reset"})
    assert "people who live here" in shared.say("unlock the front door", GUEST)
    assert shared.buttons == {}
    shared.say("yes", GUEST)
    assert shared.state("lock.front_door") == "locked"


@pytest.mark.parametrize("presser", ["ben", ADMIN, GUEST])
def test_a_press_by_somebody_else_does_nothing_and_spoils_nothing(shared: Household, presser: str) -> None:
    """Not even an admin presses for another; who was asked may still press."""
    shared.ask({"op": "reset"})
    shared.say("unlock the front door")
    button = shared.buttons["Yes"]
    assert "someone else" in shared.press_id(button, presser)
    assert shared.called == []
    shared.say("yes", presser)
    assert shared.state("lock.front_door") == "locked"
    shared.press_id(button)
    assert shared.state("lock.front_door") == "unlocked"


def test_a_second_press_does_nothing_more(shared: Household) -> None:
    shared.ask({"op": "reset"})
    shared.say("unlock the front door")
    button = shared.buttons["Yes"]
    shared.press_id(button)
    shared.say("lock the front door")
    shared.press("Yes")
    assert "already answered" in shared.press_id(button)
    assert shared.called == []
    assert shared.state("lock.front_door") == "locked"


def test_no_after_yes_and_yes_after_no_are_too_late(shared: Household) -> None:
    """One answer is the answer: its siblings are used up with it."""
    shared.ask({"op": "reset"})
    shared.say("unlock the front door")
    buttons = dict(shared.buttons)
    shared.press_id(buttons["No"])
    assert "already answered" in shared.press_id(buttons["Yes"])
    assert shared.state("lock.front_door") == "locked"


@pytest.mark.parametrize(("seconds", "state"), [(60, "unlocked"), (61, "locked")])
@pytest.mark.parametrize("restarted", [False, True], ids=["at once", "after a restart"])
def test_a_confirm_lasts_sixty_seconds_also_across_a_restart(
    home: Household, seconds: float, state: str, restarted: bool
) -> None:
    """What was asked before a restart can be answered after it, within its time."""
    home.say("unlock the front door")
    button = home.buttons["Yes"]
    if restarted:
        home.restart()
    home.advance(seconds)
    told = home.press_id(button)
    assert home.state("lock.front_door") == state
    assert ("too late" in told) == (state == "locked")


def test_a_pressed_button_is_still_used_up_after_a_restart(home: Household) -> None:
    """The press is not done again; another's is not either."""
    home.say("unlock the front door")
    button = home.buttons["Yes"]
    home.press_id(button)
    home.restart()
    assert "already answered" in home.press_id(button)
    assert home.called == []
    assert home.state("lock.front_door") == "locked"


def test_a_conflict_answered_after_a_restart_is_learned_by_who_was_asked(home: Household) -> None:
    """Only for me, pressed later, makes the word personal."""
    home.say(LESSONS[0])
    home.say("when I say bertha I mean the desk lamp", "ben")
    button = home.buttons["Only for me"]
    home.restart()
    assert "someone else" in home.press_id(button, RESIDENT)
    home.press_id(button, "ben")
    home.say("turn on bertha", "ben")
    assert home.called == ["light.desk_lamp"]
    home.say("turn on bertha")
    assert home.called == ["light.floor_lamp"]


def test_a_button_of_nowhere_is_answered(shared: Household) -> None:
    assert "don't know that button" in shared.press_id("t999999m0b0")
    assert shared.called == []
