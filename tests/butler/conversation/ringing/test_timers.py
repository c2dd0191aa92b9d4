"""Timers in talk: set, named, asked about, stopped, made longer, and answered when they ring."""

from __future__ import annotations

import pytest

from store import rings
from tests.acceptance.family import ADA, GUS, RIA, Family
from tests.butler.conversation.ringing.scene import buttons_of, rung


def waiting(family: Family, who: str = RIA) -> list[tuple[str, float | None]]:
    return [(ring.title, ring.duration_s) for ring in rings.of_user(family.app.store, who, kinds=["timer"])]


def test_a_named_timer_rings_when_its_time_is_over(family: Family) -> None:
    assert family.say("set a pasta timer for 8 minutes").startswith("Your pasta timer is set for 8 minutes, until ")
    family.app.advance(479)
    assert rung(family) == []
    family.app.advance(1)
    assert rung(family) == [(480, "⏰ The pasta timer is done: 8 minutes are over.")]
    assert list(buttons_of(family)) == ["Done", "1 min more", "5 min more", "10 min more"]


def test_a_timer_of_ten_seconds_is_not_late(family: Family) -> None:
    family.say("set a timer for 10 seconds")
    assert family.app.seconds_left() == 10


@pytest.mark.parametrize("text", ["set a timer for -5 minutes", "set a timer for minus five minutes"])
def test_a_timer_for_less_than_no_time_is_refused(family: Family, text: str) -> None:
    assert family.say(text).startswith("A timer can't run for less than no time.")
    assert waiting(family) == []


def test_several_run_side_by_side_and_are_told(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes")
    family.say("set a timer for an hour")
    family.app.advance(60)
    told = family.say("show my timers")
    assert told == "You have 2 timers:\n· the pasta timer, 7 minutes left\n· the timer for 1 hour, 59 minutes left"
    assert "7 minutes left" in family.say("how long is left on the pasta timer")


def test_one_is_stopped_by_its_name(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes")
    family.say("set an egg timer for 5 minutes")
    assert family.say("cancel the pasta timer") == "I've stopped the pasta timer."
    family.app.advance(3_600)
    assert [text for _, text in rung(family)] == ["⏰ The egg timer is done: 5 minutes are over."]


def test_where_several_could_be_meant_the_person_chooses(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes")
    family.say("set a rice timer for 12 minutes")
    assert family.say("cancel the timer") == "Which timer shall I call off?"
    assert family.say("the rice one") == "I've stopped the rice timer."
    assert waiting(family) == [("pasta", 480.0)]


def test_all_are_stopped_at_once(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes")
    family.say("set a rice timer for 12 minutes")
    assert family.say("cancel all timers") == "I've called off 2 timers."
    assert waiting(family) == []


def test_without_a_length_it_asks_and_takes_a_press_or_words(family: Family) -> None:
    assert family.say("set a timer") == "How long shall the timer run?"
    assert family.press("10 minutes").startswith("Your timer is set for 10 minutes")
    assert family.say("set a pasta timer") == "How long shall the pasta timer run?"
    assert family.say("9 minutes").startswith("Your pasta timer is set for 9 minutes")
    assert waiting(family) == [("pasta", 540.0), ("", 600.0)]


@pytest.mark.parametrize("undo", ["undo", None])
def test_a_timer_is_taken_back(family: Family, undo: str | None) -> None:
    family.say("set a pasta timer for 8 minutes")
    assert (family.say(undo) if undo else family.press("Undo")) == "I've stopped the pasta timer."
    assert waiting(family) == []


def test_what_was_stopped_by_mistake_runs_on(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes")
    family.say("cancel the pasta timer")
    assert family.say("undo") == "Back again: the pasta timer."
    family.app.advance(480)
    assert len(rung(family)) == 1


def test_a_timer_is_made_longer(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes")
    assert family.say("add 2 minutes to the pasta timer") == "The pasta timer has 10 minutes left now."
    family.app.advance(599)
    assert rung(family) == []
    family.app.advance(1)
    assert rung(family) == [(600, "⏰ The pasta timer is done: 10 minutes are over.")]


def test_a_few_minutes_more_after_it_rang(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes")
    family.app.advance(480)
    assert family.press_id(buttons_of(family)["1 min more"]) == "I'll ring the pasta timer again at 10:09."
    family.app.advance(60)
    assert [at for at, _ in rung(family)] == [480, 540]
    assert family.press_id(buttons_of(family)["Done"]) == "All right."


def test_stopping_the_timer_that_rings_answers_it(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes")
    family.app.advance(480)
    assert family.say("stop the timer") == "All right."
    assert rings.of_user(family.app.store, RIA, states=["rung"]) == []


def test_everybodys_timers_are_their_own_also_a_guests(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes")
    family.say("set a tea timer for 3 minutes", GUS)
    assert "tea" not in family.say("show my timers")
    assert family.say("cancel the pasta timer", ADA) == "There is no timer to call off."
    family.app.advance(480)
    assert [len(rung(family, who)) for who in (RIA, GUS, ADA)] == [1, 1, 0]


def test_a_timer_set_in_a_group_rings_there_and_names_who_set_it(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes", chat="telegram:-77")
    family.app.advance(480)
    assert [(row.chat, row.payload["text"][:12]) for row in family.told(RIA)] == [("telegram:-77", "⏰ @ria: the ")]


def test_a_group_does_not_hear_of_timers_set_elsewhere(family: Family) -> None:
    family.say("set a surprise timer for 8 minutes")
    assert family.say("show my timers", chat="telegram:-77").startswith("You have no timers here.")


@pytest.mark.parametrize("text", ["set a timer for 0 minutes", "set a timer for 99999999999999 years"])
def test_what_no_timer_can_do_is_no_trouble(family: Family, text: str) -> None:
    family.say(text)
    assert [length for _, length in waiting(family) if length is None or length > 7 * 86_400] == []


def test_several_are_set_in_one_sentence(family: Family) -> None:
    family.say("set a timer for 5 minutes and one for 8 minutes")
    assert waiting(family) == [("", 300.0), ("", 480.0)]


def test_a_minute_more_is_for_the_timer_that_runs(family: Family) -> None:
    family.say("set a pasta timer for 8 minutes")
    assert family.say("add a minute") == "The pasta timer has 9 minutes left now."
    assert waiting(family) == [("pasta", 540.0)]
