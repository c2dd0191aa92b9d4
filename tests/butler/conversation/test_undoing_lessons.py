"""Undo takes back the speaker's own last effect, and never what others have come to share."""

from __future__ import annotations

import pytest

from tests.butler.conversation.conftest import Chat

BERTHA = "when I say bertha I mean the floor lamp"


@pytest.mark.parametrize("shared_by", [BERTHA, "turn off bertha"])
def test_a_word_that_somebody_else_taught_or_used_meanwhile_is_asked_about(chat: Chat, shared_by: str) -> None:
    """It stays until the press, and the press takes it back."""
    chat.say(BERTHA)
    chat.say(shared_by, who="ben")
    chat.say("what time is it")
    assert "ben has counted on “bertha”" in chat.say("undo")
    assert "bertha" in chat.say("/aliases", who="ben")
    chat.press("Yes, forget it")
    assert "Nobody" in chat.say("/aliases", who="ben")


def test_who_put_the_word_right_does_not_count_on_it(chat: Chat) -> None:
    """Nothing is asked about for their sake."""
    chat.say("/pause", who="adm")
    chat.say(BERTHA)
    chat.say("turn off bertha", who="ben")
    chat.say("that was wrong", who="ben")
    assert "Rolled back #1" in chat.say("undo")


def test_a_lesson_of_somebody_else_that_came_after_it_stays(chat: Chat) -> None:
    """What the phrase means by now is said."""
    chat.say(BERTHA)
    chat.say("when I say bertha I mean the desk lamp", who="adm")
    chat.press("Replace", who="adm")
    assert "“bertha” means the desk lamp (#2) by now" in chat.say("undo")
    assert "Desk lamp is on" in chat.say("turn on bertha")
    assert "Desk lamp back off" in chat.say("undo")


def test_what_an_admin_put_back_in_use_is_not_undone_by_a_word(chat: Chat) -> None:
    """It is theirs as well by then."""
    chat.say(BERTHA)
    chat.say("/rollback 1", who="adm")
    chat.press("Redo", who="adm")
    chat.say("undo")
    assert "bertha" in chat.say("/aliases", who="ben")


@pytest.mark.parametrize("undo", ["undo", "/undo", "undo that"])
def test_undo_of_a_lesson_that_was_only_asked_about_drops_the_question(chat: Chat, undo: str) -> None:
    """The lesson before it stays, and a second undo takes that back."""
    chat.say(BERTHA)
    chat.say("when I say bertha I mean the desk lamp")
    assert chat.say(undo) == "I've dropped my question about what “bertha” means."
    assert "Floor lamp" in chat.say("turn off bertha", who="ben")
    chat.say("no, I meant the desk lamp", who="ben")
    assert "Rolled back #1" in chat.say(undo)


def test_a_word_that_a_correction_takes_back_is_no_conflict_any_more(chat: Chat) -> None:
    """What it meant goes by the correction alone; the new meaning is only offered, and learned by its press."""
    chat.say("when I say bedroom lamp I mean the floor lamp")
    chat.say("turn on the bedroom lamp", who="ben")
    text = chat.say("no, I meant the bedside lamp", who="ben")
    assert "already means" not in text
    assert "I take back that “bedroom lamp” means the floor lamp (#1)" in text
    assert "Nobody" in chat.say("/aliases", who="ben")
    assert "(#2)" in chat.press("Remember it", who="ben")
    assert "Bedside lamp is off" in chat.say("turn off the bedroom lamp")


def test_a_correction_that_takes_nothing_back_asks_about_the_conflict(chat: Chat) -> None:
    """So it is while learning is paused, too: nothing goes by itself then."""
    chat.say("/pause", who="adm")
    chat.say("when I say bedroom lamp I mean the floor lamp")
    chat.say("turn on the bedroom lamp", who="ben")
    assert "“bedroom lamp” already means the floor lamp" in chat.say("no, I meant the bedside lamp", who="ben")
    assert "bedroom lamp" in chat.say("/aliases", who="ben")


def test_undo_of_forgetting_puts_the_word_in_use_again(chat: Chat) -> None:
    """What was taught since stays as it is, and so does what was taught before."""
    chat.say(BERTHA)
    chat.say("when I say otto I mean the desk lamp")
    chat.say("forget bertha")
    chat.press("Yes, forget it")
    assert "#1 is in use again" in chat.say("undo")
    words = chat.say("/aliases", who="ben")
    assert "bertha" in words
    assert "otto" in words


def test_undo_speaks_of_what_an_admin_decided_last(chat: Chat) -> None:
    """Approving, taking back and putting back are deeds like any other; an older lesson of their own stays."""
    chat.say("when I say otto I mean the desk lamp", who="adm")
    chat.say("remember that sesame means the front door")
    chat.say("/approve 2", who="adm")
    assert "Rolled back #2" in chat.say("undo", who="adm")
    chat.say("/redo 2", who="adm")
    assert "Rolled back #2" in chat.say("undo", who="adm")
    chat.say("/redo 2", who="adm")
    chat.say("/rollback 2", who="adm")
    assert "#2 is in use again" in chat.say("undo", who="adm")
    assert "otto" in chat.say("/aliases", who="adm")
