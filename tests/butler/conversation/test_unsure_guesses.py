"""A guess that is more likely wrong than right asks whether it was meant, and offers what else the words may be."""

from __future__ import annotations

from datetime import timedelta

from engine.learning.documents import plain_json, to_document
from engine.understanding.interpretation import Disposition, Interpretation
from store import buttons, turns
from tests.butler.conversation.conftest import Chat

DENTIST = "have me think of the dentist"
"""Taken for a task, and unsure: a reminder is nearly as likely."""

LEFT = "show me what is left"
PILING = "anything piling up for me"
SLEEP = "i am off to sleep in the bedroom"
REMINDER = "I meant a reminder to set"
TASKS = "I meant a question about tasks"


def verdict(chat: Chat, turn: int | None) -> str | None:
    row = turns.get(chat.store, turn or 0)
    assert row is not None
    return row.verdict


def test_what_was_kept_is_taken_back_and_the_other_done(chat: Chat) -> None:
    assert chat.say(DENTIST).startswith("Noted: ")
    turn = chat.last.turn
    assert chat.labels[:4] == ["Undo", "✅", "❌", REMINDER]
    told = chat.press(REMINDER)
    assert told.startswith(f"Taken back: {DENTIST}.")
    assert "When shall I remind you?" in told
    assert verdict(chat, turn) == "corrected"
    assert "tomorrow at 09:00" in chat.say("tomorrow at 9")
    assert chat.say("what are my tasks").startswith("You have 1 open task:")


def test_the_press_is_one_lesson_that_the_night_learns(chat: Chat) -> None:
    chat.say(DENTIST)
    chat.press(REMINDER)
    night = chat.engine.nightly(chat.home.snapshot(), chat.clock["now"] + timedelta(days=1))
    assert len(night.live) == 1
    chat.wait(2 * 86_400)
    assert "remind" in chat.say(DENTIST).lower()
    learned = chat.engine.improvement(night.live[0])
    assert learned is not None
    assert learned.improvement_type == "exemplar"


def test_a_second_press_does_nothing_more(chat: Chat) -> None:
    chat.say(DENTIST)
    button = chat.button(REMINDER)
    chat.press_id(button)
    assert "already answered" in chat.press_id(button)
    assert chat.say("what are my tasks").startswith("You have 1 open task:")


def test_a_press_that_comes_too_late_changes_nothing(chat: Chat) -> None:
    chat.say(DENTIST)
    chat.wait(601)
    assert "too late" in chat.press(REMINDER)
    assert chat.say("what are my tasks").startswith("You have 1 open task:")


def test_right_ends_the_questions(chat: Chat) -> None:
    chat.say(DENTIST)
    chat.press("✅")
    chat.wait(600)
    chat.say(DENTIST)
    assert chat.labels == ["Undo"]


def test_who_answers_nothing_is_asked_three_times(chat: Chat) -> None:
    asked = []
    for _ in range(5):
        chat.say(DENTIST)
        asked.append("✅" in chat.labels)
        chat.wait(3600)
    assert asked == [True, True, True, False, False]


def test_a_question_offers_other_readings_and_what_was_meant_comes_first(chat: Chat) -> None:
    chat.say(LEFT)
    assert chat.last.outcome == "asked"
    assert TASKS in chat.labels
    assert "nothing on your list" in chat.press(TASKS)
    chat.wait(600)
    chat.say(LEFT)
    assert chat.labels[0] == TASKS


def test_what_was_not_understood_offers_what_it_may_be(chat: Chat) -> None:
    chat.say(PILING)
    assert chat.last.outcome == "not_understood"
    assert chat.labels[0] == "I meant a question about the calendar"
    assert "no calendar in this home" in chat.press("I meant a question about the calendar")
    assert "I took it for a question about the calendar, as you told me." in chat.say("/why")


def test_talk_that_was_answered_as_talk_is_left_alone(chat: Chat) -> None:
    assert chat.say(SLEEP) == "Goodbye!"
    assert chat.labels == []


def test_what_is_sure_is_not_asked_about(chat: Chat) -> None:
    chat.say("remind me to ring the dentist tomorrow at 9")
    assert chat.labels == ["Undo"]


def test_a_guest_is_offered_nothing(chat: Chat) -> None:
    chat.say(LEFT, who="gus")
    assert not any(label.startswith("I meant") for label in chat.labels)


def test_nobody_presses_for_another(chat: Chat) -> None:
    chat.say(DENTIST)
    assert "✅" in chat.labels
    refused = chat.press(REMINDER, who="ben")
    assert "Taken back" not in refused
    assert chat.say("what are my tasks").startswith("You have 1 open task:")


def test_forwarded_words_teach_nothing_and_offer_nothing(chat: Chat) -> None:
    chat.say(DENTIST, forwarded=True)
    assert not any(label.startswith("I meant") for label in chat.labels)


def test_one_press_settles_all_that_was_offered(chat: Chat) -> None:
    chat.say(LEFT)
    right, other = chat.button(TASKS), chat.button("I meant a question about timers")
    chat.press_id(right)
    assert "already answered" in chat.press_id(other)


def test_right_and_wrong_are_settled_by_it_too(chat: Chat) -> None:
    chat.say(DENTIST)
    right, wrong = chat.button("✅"), chat.button("❌")
    turn = chat.last.turn
    chat.press(REMINDER)
    assert "already answered" in chat.press_id(right)
    assert "already answered" in chat.press_id(wrong)
    assert verdict(chat, turn) == "corrected"


def test_what_was_done_since_is_left_alone(chat: Chat) -> None:
    chat.say(DENTIST)
    chat.say("add eggs to the shopping list")
    told = chat.press(REMINDER)
    assert "stays, because more was done since" in told
    assert "Taken back" not in told
    assert chat.say("what is on the shopping list").count("eggs") == 1
    assert chat.say("what are my tasks").startswith("You have 2 open tasks:")


def test_what_somebody_else_changed_since_is_left_alone(chat: Chat) -> None:
    words = "study blind shut up"
    chat.say(words)
    chat.say("no, i meant close the living room blinds")
    chat.wait(3600)
    chat.say("open the study blind")
    chat.say("open the living room blinds")
    chat.say(words)
    offer = chat.button("I meant “close the living room blinds”")
    chat.say("set the study blind to 50%", who="ben")
    chat.say("turn on the hall light")
    chat.press_id(offer)
    snapshot = chat.home.snapshot()
    assert snapshot.by_id["cover.study_blind"].attributes["current_position"] == 50
    assert snapshot.by_id["cover.living_room_blinds"].state == "closed"


def test_what_is_denied_is_not_offered(chat: Chat) -> None:
    for words in ("i do not need the bananas any more", "rice doesn't take twenty minutes", "haven't called the bank"):
        chat.say(words)
        assert not any(label.startswith("I meant") for label in chat.labels)


def test_what_failed_for_another_reason_is_not_offered_again(chat: Chat) -> None:
    chat.say("the plants thing at ten instead")
    assert "I meant something to do in the home later" not in chat.labels


def test_an_open_question_is_dropped_by_what_is_done_instead(chat: Chat) -> None:
    chat.say(DENTIST)
    offer = chat.button(REMINDER)
    chat.say("unlock the front door")
    assert "dropped my question" in chat.press_id(offer)
    chat.say("yes")
    assert chat.state("lock.front_door") == "locked"


def test_what_was_written_as_something_else_is_not_asked_about(chat: Chat) -> None:
    assert chat.say("i must not forget my keys").startswith("Noted as important: my keys.")
    assert chat.labels == ["Undo"]


def test_a_guarded_thing_still_waits_for_its_own_press(chat: Chat) -> None:
    """Also where a button says that it may be done at once."""
    chat.say(DENTIST)
    turn = chat.last.turn
    meant = Interpretation(
        DENTIST, "lock_control", 1.0, None, {"action": "unlock"}, ("lock.front_door",), Disposition.ACT
    )
    effect = {"kind": "instead", "turn": turn, "meant": to_document(meant)}
    payload = {"effect": plain_json(effect), "siblings": ["made-up"], "kind": None}
    buttons.add(chat.store, [buttons.Button("made-up", "ana", "home", payload, chat.clock["now"], None)])
    assert "Shall I" in chat.press_id("made-up")
    assert chat.state("lock.front_door") == "locked"
    assert chat.last.calls == ()


def test_what_is_gone_from_the_home_is_not_done(chat: Chat) -> None:
    chat.say(DENTIST)
    meant = Interpretation(DENTIST, "light_control", 1.0, None, {"action": "on"}, ("light.sold",), Disposition.ACT)
    effect = {"kind": "instead", "turn": chat.last.turn, "meant": to_document(meant)}
    payload = {"effect": plain_json(effect), "siblings": ["made-up"], "kind": None}
    buttons.add(chat.store, [buttons.Button("made-up", "ana", "home", payload, chat.clock["now"], None)])
    assert "no longer in the home" in chat.press_id("made-up")
    assert chat.say("what are my tasks").startswith("You have 1 open task:")
