"""Timers in talk."""

from __future__ import annotations

import pytest

from engine.tasks.timers import LONGEST_S, TimerOp, TimerRequest, parse_timer, parse_timers

SET, CANCEL, QUERY = "timer_set", "timer_cancel", "timer_query"


@pytest.mark.parametrize(
    ("text", "name", "seconds"),
    [
        ("set a pasta timer for 8 minutes", "pasta", 480),
        ("10 minute timer", None, 600),
        ("timer for an hour and a half called bread", "bread", 5400),
        ("set a timer for half an hour", None, 1800),
        ("start a 90 second timer", None, 90),
        ("timer 1 hour 20 minutes", None, 4800),
        ("please set a timer for three quarters of an hour", None, 2700),
        ("set a timer named dough for 2 hours", "dough", 7200),
        ("set a timer for 12 minutes for the potatoes", "potatoes", 720),
        ("put a timer on for the roast, 75 minutes", "roast", 4500),
        ("could you start an egg timer for 6 minutes", "egg", 360),
        ("slow cooker timer 4 hours", "slow cooker", 14400),
        ("timer 5", None, 300),
        ("set a timer for 20", None, 1200),
        ("count down from 45 seconds", None, 45),
        ("set another timer for 3 minutes", None, 180),
        ("set a second timer for 3 minutes", None, 180),
        ("set tiemr 9 minutes", None, 540),
        ("1h30 timer", None, 5400),
        ("set a timer", None, None),
        ("set a pizza timer", "pizza", None),
        ("set a timer for 5000 hours", None, LONGEST_S),
    ],
)
def test_a_timer_has_a_length_and_perhaps_a_name(text: str, name: str | None, seconds: float | None) -> None:
    assert parse_timer(text, SET) == TimerRequest(TimerOp.SET, name, seconds)


@pytest.mark.parametrize(
    ("text", "name", "seconds", "every"),
    [
        ("cancel the timer", None, None, False),
        ("stop the pasta timer", "pasta", None, False),
        ("cancel the 10 minute timer", None, 600, False),
        ("delete my bread timer please", "bread", None, False),
        ("cancel all timers", None, None, True),
        ("stop every timer", None, None, True),
        ("stop the timers", None, None, True),
        ("rice timer, stop", "rice", None, False),
        ("cancel bread", "bread", None, False),
        ("i don't need the timer any more", None, None, False),
        ("timer off", None, None, False),
    ],
)
def test_a_timer_is_cancelled_by_its_name_its_length_or_with_all(
    text: str, name: str | None, seconds: float | None, every: bool
) -> None:
    assert parse_timer(text, CANCEL) == TimerRequest(TimerOp.CANCEL, name, seconds, every)


@pytest.mark.parametrize(
    ("text", "name", "seconds", "every"),
    [
        ("how long left on the pasta", "pasta", None, False),
        ("how long is left on the timer", None, None, False),
        ("how much time on the bread timer", "bread", None, False),
        ("time left on the 5 minute timer", None, 300, False),
        ("which timers are running?", None, None, True),
        ("list my timers", None, None, True),
        ("is the rice done", "rice", None, False),
    ],
)
def test_a_timer_is_asked_about_by_its_name_its_length_or_with_all(
    text: str, name: str | None, seconds: float | None, every: bool
) -> None:
    assert parse_timer(text, QUERY) == TimerRequest(TimerOp.QUERY, name, seconds, every)


@pytest.mark.parametrize(
    ("text", "name", "seconds", "of"),
    [
        ("add 5 minutes to the pasta timer", "pasta", 300, None),
        ("take 2 minutes off the egg timer", "egg", -120, None),
        ("put another 10 minutes on the timer", None, 600, None),
        ("increase the 10 minute timer by 1 minute", None, 60, 600),
    ],
)
def test_a_running_timer_is_moved(text: str, name: str | None, seconds: float, of: float | None) -> None:
    assert parse_timer(text, SET) == TimerRequest(TimerOp.CHANGE, name, seconds, of_seconds=of)


@pytest.mark.parametrize(("text", "intent"), [("set an alarm", "alarm_set"), ("", SET), ("   ", CANCEL)])
def test_what_is_about_no_timer_is_none(text: str, intent: str) -> None:
    assert parse_timer(text, intent) is None


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("set two timers, one for 5 minutes and one for 8 minutes", [(None, 300), (None, 480)]),
        ("set a 4 minute egg timer and a 10 minute pasta timer", [("egg", 240), ("pasta", 600)]),
        ("set a timer for an hour and a half", [(None, 5400)]),
        ("timer for the bread and butter pudding, 40 minutes", [("bread", 2400)]),
        ("set timers for 5 and 10 minutes", [(None, 300), (None, 600)]),
        ("set timers for 5, 10 and 15 minutes", [(None, 300), (None, 600), (None, 900)]),
        ("set timers for five minutes and ten minutes", [(None, 300), (None, 600)]),
        ("set a timer", [(None, None)]),
    ],
)
def test_several_timers_in_one_sentence_are_set_each_by_itself(
    text: str, lengths: list[tuple[str | None, float | None]]
) -> None:
    assert [(timer.name, timer.seconds) for timer in parse_timers(text, SET)] == lengths


def test_what_is_to_be_stopped_is_never_set() -> None:
    for said in ("stop the timers for 5 and 10 minutes", "cancel timers for 3 and 4 minutes"):
        assert {timer.op for timer in parse_timers(said, SET)} == {TimerOp.CANCEL}


def test_only_what_is_to_be_set_is_read_as_several() -> None:
    assert parse_timers("cancel the egg timer and the pasta timer", CANCEL) == (
        parse_timer("cancel the egg timer and the pasta timer", CANCEL),
    )
    assert parse_timers("good morning", "greeting") == ()
