"""Corrections that follow one another, that name "the other one", and that cannot be done."""

from __future__ import annotations

import pytest

from tests.butler.conversation.conftest import Chat


def test_a_second_correction_leaves_the_first_mistake_undone(chat: Chat) -> None:
    """Only what the first correction did is taken back; the light that was wrong at first stays off."""
    chat.say("turn on the bedroom light")
    chat.say("no, I meant the kitchen light")
    assert chat.say("no, I meant the garage light") == "Kitchen light back off, garage light on."
    assert [chat.state(f"light.{name}") for name in ("bedroom", "kitchen", "garage")] == ["off", "off", "on"]


@pytest.mark.parametrize("text", ["not that one, the other one", "no, the other one", "no, the other fan"])
def test_the_other_one_is_the_other_of_its_kind(chat: Chat, text: str) -> None:
    """With two fans there is only one other."""
    chat.say("turn on the bedroom fan")
    chat.say(text)
    assert chat.state("fan.bedroom") == "off"
    assert "fan.bathroom" in chat.last.calls[-1].entity_ids


def test_the_other_one_of_several_is_asked_about(chat: Chat) -> None:
    """There are two other lamps; the choice is put right."""
    chat.say("turn on the desk lamp")
    assert "Which other one" in chat.say("no, the other one")
    assert chat.labels == ["Floor Lamp", "Bedside Lamp", "None of these"]
    chat.say("the bedside one")
    assert (chat.state("light.desk_lamp"), chat.state("light.bedside_lamp")) == ("off", "on")


def test_a_room_said_after_wrong_room_is_what_was_meant(chat: Chat) -> None:
    """The bare name of a place is taken for it."""
    chat.say("turn on the bedroom light")
    chat.say("wrong room")
    chat.say("the bathroom")
    assert (chat.state("light.bedroom"), chat.state("light.bathroom")) == ("off", "on")


def test_a_correction_to_a_thing_that_cannot_do_it_says_so(chat: Chat) -> None:
    """The thing is known, so nothing is offered under its own name, and nothing is done."""
    chat.say("turn on the bedroom light")
    text = chat.say("no, the front door")
    assert text.startswith("I don't know how to turn on the front door")
    assert chat.last.calls == ()


def test_a_correction_of_a_choice_teaches_the_word_that_was_unknown(chat: Chat) -> None:
    """The word was nobody's before the choice."""
    chat.say("turn on the thinking corner lamp")
    chat.say("1")
    assert "“thinking corner lamp” is the kitchen light" in chat.say("no, I meant the kitchen light")


def test_an_undo_that_failed_can_be_tried_again(chat: Chat) -> None:
    """What could not be taken back stays to be taken back."""
    chat.say("turn on the bedroom light")
    chat.home.fault("light.bedroom", "no_effect")
    assert "did not react" in chat.say("undo")
    chat.home.fault("light.bedroom", "ok")
    assert chat.say("undo") == "Bedroom light back off."


def test_a_call_that_took_too_long_can_be_undone_later(chat: Chat) -> None:
    """It may have come to pass after all."""
    chat.home.fault("light.porch", "slow:60")
    assert "in time" in chat.say("turn on the porch light")
    chat.home.fault("light.porch", "ok")
    chat.home.set("light.porch", "on", {})
    assert chat.say("undo") == "Porch light back off."


def test_lessons_are_shown_as_what_they_were_taken_for(chat: Chat) -> None:
    """Each kind has its intent; a slash command has none."""
    shown = {}
    for text in (
        "when I say bertha I mean the floor lamp",
        "turn on the desk lamp",
        "no, I meant the bedside lamp",
        "perfect",
        "that was wrong",
        "undo that",
        "forget bertha",
    ):
        chat.say(text)
        assert chat.last.interpretation is not None
        shown[text] = chat.last.interpretation
    intents = [found.intent for found in shown.values()]
    assert intents == [
        "teach",
        "light_control",
        "correction",
        "feedback_positive",
        "feedback_negative",
        "undo",
        "forget",
    ]
    assert dict(shown["when I say bertha I mean the floor lamp"].slots) == {
        "phrase": "bertha",
        "meaning": "floor lamp",
    }
    corrected = shown["no, I meant the bedside lamp"]
    assert [clause.targets for clause in corrected.clauses] == [("light.bedside_lamp",)]
    chat.say("/undo")
    assert chat.last.interpretation is None


@pytest.mark.parametrize("text", ["yes but not now", "wait, no", "stop"])
def test_a_no_in_other_words_closes_the_question(chat: Chat, text: str) -> None:
    """A later ok is no answer to it any more."""
    chat.say("unlock the front door")
    chat.say(text)
    chat.say("ok")
    assert chat.state("lock.front_door") == "locked"
    assert "already answered" in chat.press("Yes")


def test_one_question_is_enough_where_the_correction_covers_the_undo(chat: Chat) -> None:
    """Locking both doors leaves nothing to undo."""
    chat.say("unlock the front door")
    chat.press("Yes")
    text = chat.say("no, lock both doors")
    assert "Shall I lock" in text
    assert "To undo that" not in text
    chat.press("Yes")
    assert (chat.state("lock.front_door"), chat.state("lock.back_door")) == ("locked", "locked")


def test_an_answer_to_one_part_leaves_the_other_part_done(chat: Chat) -> None:
    """Only the unknown part was open."""
    chat.say("turn on the porch light and turn on the unicorn light")
    assert "left that part" in chat.last.messages[-1].text
    chat.say("the desk lamp")
    assert (chat.state("light.porch"), chat.state("light.desk_lamp")) == ("on", "on")


def test_a_farewell_is_no_name_for_what_was_asked(chat: Chat) -> None:
    """Nothing is done and nothing learned, though a script is called so."""
    chat.say("turn on the wibble")
    chat.say("good night")
    assert chat.last.calls == ()
    assert "Nobody" in chat.say("/aliases")


def test_a_correction_of_the_action_is_for_all_that_was_acted_on(chat: Chat) -> None:
    """The room's lights are meant, not the first of them, and no word is learned."""
    chat.say("turn off the lights in the kitchen")
    chat.say("no, I meant on")
    assert [chat.state(f"light.{name}") for name in ("kitchen", "worktop", "dining_table")] == ["on", "on", "on"]
    assert "Nobody" in chat.say("/aliases")


def test_why_in_plain_words_is_explained(chat: Chat) -> None:
    """It is not taken for a complaint."""
    chat.say("turn on the desk lamp")
    assert "stage: pattern" in chat.say("why did you do that?")


def test_a_taught_word_that_is_corrected_is_asked_about(chat: Chat) -> None:
    """What someone taught is never silently overwritten."""
    chat.say("when I say bertha I mean the desk lamp")
    chat.say("turn on bertha")
    assert "already means the desk lamp" in chat.say("no, I meant the bedside lamp")
    assert chat.labels[-3:] == ["Replace", "Keep", "Only for me"]


def test_a_whole_sentence_that_was_misread_is_remembered_by_a_press(chat: Chat) -> None:
    """No word of it is to blame, so what it means as a whole is on offer."""
    chat.say("give me some more brightness in the lounge")
    chat.say("no, I meant set the desk lamp to 80%")
    assert chat.labels == ["Undo", "Remember it"]
    assert "From now on" in chat.press("Remember it")
    chat.say("turn off the desk lamp")
    chat.say("give me some more brightness in the lounge")
    assert chat.state("light.desk_lamp") == "on"


def test_a_slip_of_the_tongue_is_nothing_to_remember(chat: Chat) -> None:
    """What was said meant what was done."""
    chat.say("turn on the kitchen light")
    chat.say("no, I meant turn on the bedroom light")
    assert chat.labels == ["Undo"]


def test_who_presses_keep_after_a_correction_is_not_taken_at_the_first_word(chat: Chat) -> None:
    """However often the word was said for another thing, nothing is proposed of what was declined each time."""
    chat.say("when I say bertha I mean the floor lamp")
    for _ in range(3):
        chat.say("turn on bertha", who="ben")
        chat.say("no, I meant the desk lamp", who="ben")
        assert "bertha" in chat.press("Keep", who="ben")
        chat.say("turn on bertha")
        chat.wait(86_400)
    assert chat.engine.nightly(chat.home.snapshot(), chat.clock["now"]).proposed == ()


def test_a_word_that_two_people_say_differently_is_proposed_where_nobody_declined(chat: Chat) -> None:
    """The question was left open each time."""
    chat.say("when I say bertha I mean the floor lamp")
    for _ in range(3):
        chat.say("turn on bertha", who="ben")
        chat.say("no, I meant the desk lamp", who="ben")
        chat.say("turn on bertha")
        chat.wait(86_400)
    assert len(chat.engine.nightly(chat.home.snapshot(), chat.clock["now"]).proposed) == 1


def test_undo_after_a_command_that_changed_nothing_leaves_an_older_lesson_alone(chat: Chat) -> None:
    """The lamp was off already: what was taught before is not what "undo" means."""
    chat.say("when I say glim I mean the desk lamp")
    chat.say("turn off the desk lamp")
    assert "Nothing changed since you taught me #1" in chat.say("undo")
    chat.say("turn on the glim")
    assert chat.state("light.desk_lamp") == "on"
