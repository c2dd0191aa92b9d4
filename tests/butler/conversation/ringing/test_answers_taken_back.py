"""An answer to what rang is taken back by "undo", and a length right after a ring puts it off."""

from __future__ import annotations

import pytest

from store import rings, tasks
from tests.acceptance.family import RIA, Family
from tests.butler.conversation.ringing.scene import buttons_of, put_down, rung

MINUTE = 60


def waiting(family: Family) -> list[float]:
    return [(ring.due_at - family.clock.now()).total_seconds() for ring in rings.of_user(family.app.store, RIA)]


@pytest.mark.parametrize(
    "said",
    ["5 more minutes", "give me 5 more minutes", "another 5 minutes", "snooze 5 minutes", "just 5 minutes more please"],
)
def test_more_minutes_right_after_an_alarm_put_it_off(family: Family, said: str) -> None:
    put_down(family, MINUTE, kind="alarm", title="")
    family.app.advance(2 * MINUTE)
    assert family.say(said).startswith("I'll wake you again at 10:07")
    assert [ring.kind for ring in rings.of_user(family.app.store, RIA)] == ["alarm"]
    assert waiting(family) == [5 * MINUTE]


def test_more_minutes_long_after_a_ring_are_no_answer_to_it(family: Family) -> None:
    put_down(family, MINUTE, kind="alarm", title="")
    family.app.advance(30 * MINUTE)
    family.say("5 more minutes")
    assert "alarm" not in [ring.kind for ring in rings.of_user(family.app.store, RIA)]


def test_a_snooze_is_undone_and_can_be_said_again(family: Family) -> None:
    put_down(family, MINUTE, kind="alarm", title="")
    family.app.advance(2 * MINUTE)
    family.press_id(buttons_of(family)["Snooze 10 min"])
    assert family.say("undo") == "All right, not at 10:12 again: your alarm. You can still say “done” or “snooze”."
    assert waiting(family) == []
    family.say("snooze 3 minutes")
    assert waiting(family) == [3 * MINUTE]
    family.app.advance(5 * MINUTE)
    assert len(rung(family)) == 2


def test_a_snooze_that_rang_meanwhile_is_left(family: Family) -> None:
    put_down(family, MINUTE)
    family.app.advance(2 * MINUTE)
    family.say("snooze 1 minute")
    family.app.advance(2 * MINUTE)
    assert family.say("undo") == "That has rung again or was called off since, so I left it."
    assert len(rung(family)) == 2


def test_done_is_undone_with_its_task(family: Family) -> None:
    family.say("remind me to call mum in 5 minutes")
    family.app.advance(6 * MINUTE)
    family.press_id(buttons_of(family)["Done"])
    assert tasks.open_of(family.app.store, RIA) == []
    assert family.say("undo") == "Not done yet, then: call mum."
    assert [task.title for task in tasks.open_of(family.app.store, RIA)] == ["call mum"]
    assert family.say("done") == "Done: call mum."


def test_a_snooze_is_one_also_while_something_is_asked(family: Family) -> None:
    put_down(family, MINUTE, kind="alarm", title="")
    family.app.advance(2 * MINUTE)
    assert family.say("remind me to buy stamps").endswith("When shall I remind you?")
    assert family.say("snooze") == "I'll wake you again at 10:12."
    assert [task.title for task in tasks.open_of(family.app.store, RIA)] == ["buy stamps"]


def test_stop_reminding_me_calls_off_what_is_named(family: Family) -> None:
    family.say("remind me to give leo his antibiotics every 8 hours")
    family.say("remind me tomorrow at 5pm to call mum")
    assert family.say("stop reminding me about the antibiotics").startswith("I've called off your reminder:")
    assert [ring.title for ring in rings.of_user(family.app.store, RIA)] == ["call mum"]


def test_snooze_the_alarm_puts_it_off(family: Family) -> None:
    put_down(family, MINUTE, kind="alarm", title="")
    family.app.advance(2 * MINUTE)
    assert family.say("snooze the alarm") == "I'll wake you again at 10:12."


def test_undo_is_of_the_last_thing_once_a_question_is_over(family: Family) -> None:
    family.say("remind me to buy stamps")
    family.say("remind me every day at 9am to take pills")
    family.app.advance(25 * 60 * MINUTE)
    family.say("done with the pills")
    assert family.say("undo").startswith("Open again: take pills")
