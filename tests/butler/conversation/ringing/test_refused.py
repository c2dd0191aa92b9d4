"""What cannot ring as it was said: why not, what is kept, and what comes of the answer."""

from __future__ import annotations

from datetime import datetime

import pytest

from store import rings, tasks
from tests.acceptance.family import RIA, Family
from tests.butler.conversation.conftest import Chat


def waiting(chat: Chat) -> list[tuple[str, str]]:
    return [(f"{ring.due_at:%d %H:%M}", ring.title) for ring in rings.of_user(chat.store, "ana")]


def open_titles(chat: Chat) -> list[str]:
    return [task.title for task in tasks.open_of(chat.store, "ana")]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("remind me yesterday to call mum", "Noted: call mum. Yesterday is over already. When shall I remind you?"),
        ("remind me on 30 february to call mum", "Noted: call mum. There is no 30 February. When shall I remind you?"),
        ("remind me in 0 minutes to call mum", "Noted: call mum. That is right now. When shall I remind you?"),
        ("remind me to call mum", "Noted: call mum. When shall I remind you?"),
    ],
)
def test_it_is_kept_and_asked_about(chat: Chat, said: str, answer: str) -> None:
    assert chat.say(said) == answer
    assert open_titles(chat) == ["call mum"]
    assert chat.say("tomorrow at 5") == "I'll remind you tomorrow at 17:00: call mum. (task 1)"


def test_too_often_is_offered_as_often_as_it_may_be(chat: Chat) -> None:
    assert "That is too often: every 5 minutes is the most I ring." in chat.say("remind me every minute to drink")
    assert waiting(chat) == []
    assert chat.press("Every 5 minutes") == "I'll remind you every 5 minutes, first at 10:05: drink. (task 1)"


def test_no_other_way_makes_it_ring_more_often(chat: Chat) -> None:
    chat.say("remind me every 10 minutes to drink")
    chat.say("make it every 2 minutes")
    chat.say("remind me every minute to stretch")
    chat.say("every 2 minutes")
    assert [ring.recurrence["interval"] for ring in rings.of_user(chat.store, "ana") if ring.recurrence] == [5, 5]


def test_there_is_no_such_time_and_the_answer_is_of_the_morning(chat: Chat) -> None:
    assert chat.say("wake me at 25:00") == "Noted: wake up. There is no such time as 25:00. When shall I wake you?"
    chat.say("at 7")
    assert [ring.due_at for ring in rings.of_user(chat.store, "ana")] == [datetime.fromisoformat("2026-11-22T07:00Z")]


def test_an_alarm_for_half_past_six_said_at_ten_is_of_tomorrow(chat: Chat) -> None:
    assert chat.say("set an alarm for 6:30") == "Your alarm is set: tomorrow at 06:30."


@pytest.mark.parametrize(
    "length", ["0 minutes", "for a year", f"{'9' * 23} minutes", f"{'9' * 90} minutes", "-5 minutes", "for 8 days"]
)
def test_a_snooze_of_no_time_or_far_too_long_is_answered_with_what_goes(family: Family, length: str) -> None:
    family.say("wake me in 20 minutes")
    family.app.advance(1_200)
    before = tasks.open_of(family.app.store, RIA)
    said = family.say(f"snooze {length}")
    assert said == "I can put that off for a second at the least and a week at the most. Try: snooze 10 minutes."
    assert rings.of_user(family.app.store, RIA) == []
    assert tasks.open_of(family.app.store, RIA) == before
    assert family.say("snooze") == "I'll wake you again at 10:30."
