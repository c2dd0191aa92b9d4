"""Teaching, correcting, feedback, undoing, forgetting and asking why, in talk."""

from __future__ import annotations

import pytest

from store import turns
from tests.butler.conversation.conftest import Chat


def test_a_taught_name_works_in_the_next_message(chat: Chat) -> None:
    """The answer names the improvement."""
    assert "(#1)" in chat.say("when I say bertha I mean the floor lamp")
    assert "loor lamp is off" in chat.say("turn off bertha")


def test_a_taught_command_runs_all_of_it(chat: Chat) -> None:
    """A phrase may stand for several things to do."""
    chat.say("movie time means dim the living room light to 20% and close the living room blinds")
    chat.say("movie time")
    assert chat.state("cover.living_room_blinds") == "closed"
    assert chat.state("light.living_room") == "on"


def test_my_lamp_is_mine_alone(chat: Chat) -> None:
    """Another person's "my lamp" is not it."""
    assert "when you say it" in chat.say("my lamp is the desk lamp")
    assert "my lamp" in chat.say("/aliases")
    assert "Nobody" in chat.say("/aliases", who="ben")


def test_a_meaning_that_is_not_found_teaches_nothing_and_offers_names(chat: Chat) -> None:
    """The nearest names are buttons, and one of them can be chosen."""
    assert "haven't learned" in chat.say("when I say bertha I mean the frobnitz lamp")
    assert "Nobody" in chat.say("/aliases")


def test_a_conflict_is_a_question(chat: Chat) -> None:
    """Keep leaves the word; Only for me makes it personal."""
    chat.say("when I say bertha I mean the floor lamp")
    assert "already means" in chat.say("when I say bertha I mean the desk lamp", who="ben")
    assert chat.labels == ["Replace", "Keep", "Only for me"]
    chat.press("Only for me", who="ben")
    assert "Desk lamp" in chat.say("turn off bertha", who="ben")
    assert "Floor lamp" in chat.say("turn off bertha")


def test_a_word_for_a_lock_is_held_until_an_admin_approves(chat: Chat) -> None:
    """It has a number, and only admins may approve."""
    assert "#1" in chat.say("remember that sesame means the front door")
    assert "admins only" in chat.say("/approve 1")
    assert "#1" in chat.say("/pending", who="adm")
    assert "Approved: #1" in chat.say("/approve 1", who="adm")
    assert "Shall I unlock the front door?" in chat.say("unlock sesame")


@pytest.mark.parametrize("lesson", ["remember that sesame means the front door", "/suggest alias sesame = front door"])
def test_what_waits_already_is_not_written_down_twice(chat: Chat, lesson: str) -> None:
    """The same number is named again; another meaning is another matter."""
    assert "#1" in chat.say(lesson)
    assert "#1" in chat.say(lesson, who="ben")
    assert "#2" in chat.say("remember that sesame means the back door")
    assert chat.say("/pending", who="adm").count("“sesame”") == 2


def test_a_guest_teaches_nothing(chat: Chat) -> None:
    """The refusal is polite."""
    assert "people who live here" in chat.say("when I say bertha I mean the floor lamp", who="gus")
    assert "Nobody" in chat.say("/aliases")


def test_a_correction_undoes_does_and_learns_in_one_turn(chat: Chat) -> None:
    """The wrong light is as before, the right one on, and the word is known."""
    chat.say("turn on the kitchen light")
    text = chat.say("no, I meant the bedroom light")
    assert text == "Kitchen light back off, bedroom light on."
    assert (chat.state("light.kitchen"), chat.state("light.bedroom")) == ("off", "on")
    assert chat.labels == ["Undo"]


def test_a_correction_of_an_unknown_word_teaches_it(chat: Chat) -> None:
    """It can be taken back with Don't remember."""
    chat.say("turn on the thinking corner lamp")
    assert "From now on “thinking corner lamp” is the desk lamp (#1)." in chat.say("no, I meant the desk lamp")
    assert chat.labels[-1] == "Don't remember"
    assert "Desk lamp is off." in chat.say("turn off the thinking corner lamp")
    assert "#1" in chat.press("Don't remember")
    assert "Nobody" in chat.say("/aliases")


def test_a_correction_never_touches_a_lock_without_its_press(chat: Chat) -> None:
    """Undoing an unlock is asked about first."""
    chat.say("unlock the front door")
    chat.press("Yes")
    chat.say("no, I meant the back door")
    assert chat.last.calls == ()
    assert (chat.state("lock.front_door"), chat.state("lock.back_door")) == ("unlocked", "locked")


def test_a_correction_with_nothing_before_says_so(chat: Chat) -> None:
    """It asks what to do and does nothing."""
    assert "nothing before this" in chat.say("no, I meant the bedroom light")
    assert chat.last.calls == ()


def test_a_correction_that_names_nothing_changes_nothing(chat: Chat) -> None:
    """It offers real names, and one that is chosen is put right."""
    chat.say("turn on the desk lamp")
    assert "changed nothing" in chat.say("no, I meant the frobnitz")
    assert chat.last.calls == ()
    chat.say("undo")
    assert chat.state("light.desk_lamp") == "off"


def test_negative_feedback_asks_and_undoes_nothing(chat: Chat) -> None:
    """The next name is taken for what was meant."""
    chat.say("turn on the desk lamp")
    assert "What did you mean?" in chat.say("that was wrong")
    assert chat.state("light.desk_lamp") == "on"
    chat.say("the bedside lamp")
    assert (chat.state("light.desk_lamp"), chat.state("light.bedside_lamp")) == ("off", "on")


def test_praise_confirms_the_turn_before(chat: Chat) -> None:
    """It is kept with that turn."""
    chat.say("turn on the desk lamp")
    chat.say("perfect")
    found = turns.get(chat.store, 1)
    assert found is not None
    assert found.verdict == "confirmed"


def test_yes_and_no_with_nothing_open_are_talk(chat: Chat) -> None:
    """They call and teach nothing."""
    for word in ("yes", "no", "that means a lot", "perfect"):
        chat.say(word)
        assert chat.last.calls == ()
    assert "Nobody" in chat.say("/aliases")


def test_undo_restores_brightness_and_position_exactly(chat: Chat) -> None:
    """The state after is the state before, attributes and all."""
    before = chat.home.states()
    chat.say("set the floor lamp to 10%")
    chat.say("set the living room blinds to 30%")
    chat.say("undo that")
    chat.say("/undo")
    assert chat.home.states() == before
    assert "nothing of yours" in chat.say("/undo")


def test_undoing_a_lock_waits_for_a_press(chat: Chat) -> None:
    """The guarded part of an undo is asked about."""
    chat.say("unlock the front door")
    chat.press("Yes")
    assert "Shall I?" in chat.say("/undo")
    assert chat.state("lock.front_door") == "unlocked"
    chat.press("Yes, lock")
    assert chat.state("lock.front_door") == "locked"


def test_undo_right_after_a_lesson_takes_the_lesson_back(chat: Chat) -> None:
    """What was done last is undone first."""
    chat.say("when I say bertha I mean the floor lamp")
    assert "#1" in chat.say("undo that")
    assert "Nobody" in chat.say("/aliases")


def test_forgetting_quotes_and_waits(chat: Chat) -> None:
    """Nothing is forgotten before the press."""
    chat.say("when I say bertha I mean the floor lamp")
    assert "“bertha” means the floor lamp (#1)" in chat.say("forget bertha")
    assert "bertha" in chat.say("/aliases")
    chat.say("forget bertha")
    chat.press("Yes, forget it")
    assert "Nobody" in chat.say("/aliases")


def test_why_tells_stage_and_who_taught_the_word(chat: Chat) -> None:
    """The explanation is of the last message that was no command."""
    chat.say("when I say bertha I mean the floor lamp", who="ben")
    chat.say("turn off bertha")
    text = chat.say("/why")
    assert "stage: pattern" in text
    assert "taught by ben on 21 November 2026" in text
    assert "#1" in text
    assert "light.turn_off" in text


def test_only_admins_steer(chat: Chat) -> None:
    """Residents and guests are refused politely; help shows what each may use."""
    chat.say("when I say bertha I mean the floor lamp")
    for command in ("/rollback 1", "/approve 1", "/reject 1", "/pending", "/history", "/improvement 1"):
        assert "admins only" in chat.say(command)
        assert "admins only" in chat.say(command, who="gus")
    assert "/rollback" not in chat.say("/help")
    assert "/rollback" in chat.say("/help", who="adm")
    assert "#1" in chat.say("/history", who="adm")
    assert "#1" in chat.say("/improvement #1", who="adm")
    assert "Rolled back #1" in chat.say("/rollback 1 not wanted", who="adm")
    assert "bertha" not in chat.say("/aliases")


def test_open_questions_outlive_a_restart(chat: Chat) -> None:
    """Dialogue state is in the store, not in the conversation."""
    chat.say("unlock the front door")
    fresh = type(chat.conversation)(chat.engine, chat.home, chat.store, chat.conversation._ports.settings)  # type: ignore[arg-type]
    chat.conversation = fresh
    assert chat.press("Yes") == "Front door is unlocked."


def test_reset_forgets_questions_and_the_last_turn(chat: Chat) -> None:
    """What was learned stays."""
    chat.say("when I say bertha I mean the floor lamp")
    chat.say("unlock the front door")
    chat.conversation.reset()
    assert "don't know that button" in chat.press("Yes")
    assert "nothing of yours" in chat.say("/undo")
    assert "bertha" in chat.say("/aliases")
