"""✅ and ❌ under the same answer: the last press counts, for the verdict, for the watch and for what is for review."""

from __future__ import annotations

import pytest

from engine.learning.evidence_votes import instances_of
from store import Status, improvements, observations, signals, turns
from tests.butler.conversation.conftest import Chat


def changed(chat: Chat, lesson: str = "when I say bertha I mean the floor lamp", said: str = "turn off bertha") -> int:
    """Have Ben say what Ana taught, and return the turn."""
    chat.say(lesson)
    chat.say(said, who="ben")
    assert chat.last.turn is not None
    return chat.last.turn


def told_of(chat: Chat, turn: int) -> tuple[str | None, list[str | None], int]:
    """Return the verdict on a turn, what the watch makes of it, and how many of its signals count as evidence."""
    row = turns.get(chat.store, turn)
    assert row is not None
    given = [one for number in range(1, 12) for one in signals.of_turn(chat.store, number)]
    votes = instances_of(given, {turn: row.verdict}, chat.conversation.ports.settings.time_zone)
    return row.verdict, [one.outcome for one in observations.of_turn(chat.store, turn)], len(votes)


def test_right_and_then_wrong_is_wrong(chat: Chat) -> None:
    """What the word did is taken back, as it would have been at once."""
    turn = changed(chat)
    chat.press("✅", who="ben")
    assert told_of(chat, turn) == ("confirmed", ["A"], 0)
    assert "What did you mean?" in chat.press("❌", who="ben")
    assert told_of(chat, turn) == ("disputed", ["R"], 1)
    assert "Nobody" in chat.say("/aliases")


def test_wrong_and_then_right_is_right(chat: Chat) -> None:
    """What was taken back meanwhile is named, and how it comes back."""
    turn = changed(chat)
    chat.press("❌", who="ben")
    assert told_of(chat, turn) == ("disputed", ["R"], 1)
    assert "/redo 1" in chat.press("✅", who="ben")
    assert told_of(chat, turn) == ("confirmed", ["A"], 0)


def test_wrong_and_then_right_before_anything_was_taken_back(chat: Chat) -> None:
    """The change stays, for nothing speaks against it any more."""
    chat.say("/pause", who="adm")
    turn = changed(chat)
    chat.press("❌", who="ben")
    chat.press("✅", who="ben")
    chat.say("/resume", who="adm")
    assert told_of(chat, turn) == ("confirmed", ["A"], 0)
    known = improvements.get(chat.store, 1)
    assert known is not None
    assert known.status is Status.APPLIED


def test_an_answer_can_be_judged_again_but_not_twice_the_same(chat: Chat) -> None:
    """A doubled press does nothing; a third thought counts."""
    chat.say("/pause", who="adm")
    turn = changed(chat)
    right, wrong = chat.button("✅"), chat.button("❌")
    for press in (right, wrong):
        chat.press_id(press, who="ben")
    assert "already answered" in chat.press_id(wrong, who="ben")
    chat.press_id(right, who="ben")
    assert told_of(chat, turn)[0] == "confirmed"
    assert "already answered" in chat.press_id(right, who="ben")
    assert "Sorry" in chat.press_id(wrong, who="ben")
    assert told_of(chat, turn)[:2] == ("disputed", ["R"])


@pytest.mark.parametrize(("last", "left"), [("perfect", 0), ("that was wrong", 1)])
def test_what_was_called_right_after_all_is_not_for_review(chat: Chat, last: str, left: int) -> None:
    """The last word counts there as well."""
    chat.say("turn on the desk lamp")
    for said in ("perfect", "that was wrong", last):
        chat.say(said)
    found = chat.engine.review(chat.home.snapshot(), chat.clock["now"]).for_review
    assert min(len(found), 1) == left
