"""A reply speaks of the message it is a reply to: it answers that question, or means that turn."""

from __future__ import annotations

import pytest

from store import buttons, notices, turns
from tests.butler.conversation.conftest import Chat

FRONT = "lock.front_door"
KITCHEN = "light.kitchen"
DESK = "light.desk_lamp"


def two_questions(chat: Chat) -> tuple[str, str]:
    """Have a correction's offer and then a question open, and return the ids of both messages."""
    chat.say("turn on the thinking corner lamp")
    chat.say("no, I meant the desk lamp")
    offer = chat.last.messages[-1].id
    chat.say("unlock the front door")
    return offer, chat.last.messages[-1].id


def notice(chat: Chat, *labels: str, who: str = "ana") -> str:
    """Plan a notice with buttons that leave all as it is, and return its message id."""
    at = chat.clock["now"]
    shown = [{"label": label, "effect": {"kind": "leave"}} for label in labels]
    number = notices.plan(chat.store, kind="report", user=who, text="An insight.", at=at, buttons=shown)
    ids = [f"n{number}b{place}" for place in range(len(labels))]
    kept = [
        buttons.Button(button, who, "home", {"effect": one["effect"], "siblings": ids}, at)
        for button, one in zip(ids, shown, strict=True)
    ]
    buttons.add(chat.store, kept)
    return f"n{number}"


def test_a_typed_label_as_a_reply_presses_that_button(chat: Chat) -> None:
    """Also when another question is open, which stays open."""
    offer, _ = two_questions(chat)
    assert "Rolled back" in chat.say("don't remember", reply_to=offer)
    assert chat.state(FRONT) == "locked"
    chat.say("yes")
    assert chat.state(FRONT) == "unlocked"


def test_yes_as_a_reply_to_the_question_answers_it(chat: Chat) -> None:
    """A confirmation is as good typed below its question."""
    _, question = two_questions(chat)
    chat.say("yes", reply_to=question)
    assert chat.state(FRONT) == "unlocked"


def test_yes_as_a_reply_to_something_else_does_not_answer_the_open_question(chat: Chat) -> None:
    """A door is not unlocked by a yes that was said to another message."""
    chat.say("turn on the kitchen light")
    other = chat.last.messages[0].id
    chat.say("unlock the front door")
    chat.say("yes", reply_to=other)
    assert chat.state(FRONT) == "locked"


def test_an_older_choice_is_answered_by_its_own_reply(chat: Chat) -> None:
    """Two questions of which the newer is about a door: the reply picks from the older."""
    chat.say("turn on the lamp")
    first = chat.last.messages[-1]
    assert first.buttons, "the house has several lamps"
    chat.say("what time is it?")
    chat.say(first.buttons[0].label, reply_to=first.id)
    assert "on" in [e.state for e in chat.home.snapshot().entities if "lamp" in e.entity_id]


@pytest.mark.parametrize(
    ("typed", "labels", "button"),
    [
        ("apply", ("Apply", "Dismiss", "Why"), 0),
        ("Dismiss.", ("Apply", "Dismiss", "Why"), 1),
        ("done", ("Done", "Snooze"), 0),
        ("snooze", ("Done", "Snooze 10 minutes"), 1),
        ("yes", ("✅", "❌"), 0),
        ("no", ("✅ Right", "❌ Wrong"), 1),
        ("yes", ("Yes, do that", "No"), 0),
        ("2", ("Apply", "Dismiss"), 1),
    ],
)
def test_a_notice_is_answered_by_a_typed_reply(chat: Chat, typed: str, labels: tuple[str, ...], button: int) -> None:
    """The label, the beginning of one, its number or a plain yes or no presses the notice's button."""
    message = notice(chat, *labels)
    chat.say(typed, reply_to=message)
    used = buttons.get(chat.store, f"{message}b{button}")
    assert used is not None
    assert used.used_turn == chat.last.turn
    assert chat.last.outcome == "declined"


def test_a_reply_to_a_notice_that_is_a_command_is_one(chat: Chat) -> None:
    """What names none of its buttons is said to Butler as ever, and the buttons stay."""
    message = notice(chat, "Apply", "Dismiss")
    chat.say("turn on the kitchen light", reply_to=message)
    assert chat.state(KITCHEN) == "on"
    assert buttons.remaining(chat.store, [f"{message}b0", f"{message}b1"], chat.clock["now"])


def test_someone_elses_notice_cannot_be_answered(chat: Chat) -> None:
    """A reply has no more rights than a press."""
    message = notice(chat, "Apply", "Dismiss", who="adm")
    assert "someone else" in chat.say("apply", reply_to=message)


def test_undo_as_a_reply_takes_back_that_turn(chat: Chat) -> None:
    """Not the latest one."""
    chat.say("turn on the kitchen light")
    first = chat.last.messages[0].id
    chat.say("turn on the desk lamp")
    chat.say("undo", reply_to=first)
    assert (chat.state(KITCHEN), chat.state(DESK)) == ("off", "on")
    assert "nothing of that message" in chat.say("undo", reply_to=first)


@pytest.mark.parametrize("words", ["undo", "/undo"])
def test_undo_as_a_reply_to_ones_own_message_means_its_turn(chat: Chat, words: str) -> None:
    """A person may point at what they said as well as at what was answered."""
    chat.say("turn on the kitchen light")
    chat.say("turn on the desk lamp")
    chat.say(words, reply_to="turn:1")
    assert (chat.state(KITCHEN), chat.state(DESK)) == ("off", "on")


@pytest.mark.parametrize("words", ["why", "/why", "why?"])
def test_why_as_a_reply_explains_that_turn(chat: Chat, words: str) -> None:
    """The turn pointed at, and afterwards the last one again."""
    chat.say("turn on the kitchen light")
    first = chat.last.messages[0].id
    chat.say("turn on the desk lamp")
    assert "“turn on the kitchen light”" in chat.say(words, reply_to=first)
    assert "“turn on the desk lamp”" in chat.say("/why") or words != "/why"


def test_a_correction_as_a_reply_corrects_that_turn(chat: Chat) -> None:
    """What it did is taken back, what was meant is done, and the turns since are left alone."""
    chat.say("turn on the kitchen light")
    first = chat.last.messages[0].id
    chat.say("turn on the bedroom light")
    bedroom = [e.entity_id for e in chat.home.snapshot().entities if e.domain == "light" and e.state == "on"]
    chat.say("no, I meant the desk lamp", reply_to=first)
    assert (chat.state(KITCHEN), chat.state(DESK)) == ("off", "on")
    still = {e.entity_id for e in chat.home.snapshot().entities if e.state == "on"}
    assert set(bedroom) - {KITCHEN} <= still


def test_a_correction_as_a_reply_may_come_long_after(chat: Chat) -> None:
    """Pointing at the message says what is spoken of, however old it is."""
    chat.say("turn on the kitchen light")
    first = chat.last.messages[0].id
    chat.wait(7200)
    chat.say("no, I meant the desk lamp", reply_to=first)
    assert (chat.state(KITCHEN), chat.state(DESK)) == ("off", "on")


def test_that_was_wrong_as_a_reply_disputes_that_turn(chat: Chat) -> None:
    """The record of the turn pointed at is marked, no other."""
    chat.say("turn on the kitchen light")
    first = chat.last.messages[0].id
    chat.say("turn on the desk lamp")
    chat.say("that was wrong", reply_to=first)
    assert [turn.verdict for turn in turns.recent(chat.store, 10)][:2] == ["disputed", None]


def test_a_turn_of_another_person_is_not_ones_own_by_a_reply(chat: Chat) -> None:
    """Ben's undo below an answer to Ana takes back nothing of hers."""
    chat.say("turn on the kitchen light")
    first = chat.last.messages[0].id
    chat.say("undo", "ben", reply_to=first)
    assert chat.state(KITCHEN) == "on"


@pytest.mark.parametrize("unknown", ["t999m0", "n999", "turn:999", "turn:x", "whatever", "t1m9", ""])
def test_a_reply_to_nothing_known_is_an_ordinary_message(chat: Chat, unknown: str) -> None:
    """Nothing is made of an id that no message has."""
    chat.say("turn on the kitchen light", reply_to=unknown)
    assert chat.state(KITCHEN) == "on"
