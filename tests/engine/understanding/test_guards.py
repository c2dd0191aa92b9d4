"""Words that speak of an action without asking for it now."""

from __future__ import annotations

import pytest

from engine.understanding.guards import guard
from engine.understanding.interpretation import Reason
from engine.understanding.slots import prepare
from engine.understanding.text import without_politeness


def reason(said: str) -> Reason | None:
    """Return the guard over a text as the interpreter gives it to the guards."""
    return guard(without_politeness(prepare(said)))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("don't turn on the lamp", Reason.NEGATION),
        ("please never open the gate", Reason.NEGATION),
        ("no need to switch it off", Reason.NEGATION),
        ("leave the lamp on", Reason.NEGATION),
        ("avoid opening the shutter", Reason.NEGATION),
        ("turn not off the lamp", Reason.NEGATION),
        ("if it rains close the awning", Reason.CONDITION),
        ("close the awning unless it is sunny", Reason.CONDITION),
        ("turn the lamp on when i get home", Reason.CONDITION),
        ("lamp off as soon as everyone has left", Reason.CONDITION),
        ("turn off the lamp at 10 pm", Reason.DEFERRED),
        ("close the blinds in ten minutes", Reason.DEFERRED),
        ("heater on tomorrow", Reason.DEFERRED),
        ("open the curtains every morning", Reason.DEFERRED),
        ("should i close the blinds", Reason.HYPOTHETICAL),
        ("how do i open the awning", Reason.HYPOTHETICAL),
        ("imagine the lamp off", Reason.HYPOTHETICAL),
        ("i turned off the lamp", Reason.STATEMENT),
        ("the lamp is on", Reason.STATEMENT),
        ("my dad opened the gate", Reason.STATEMENT),
        ("i will switch it off", Reason.STATEMENT),
        ("tell john to close the door", Reason.STATEMENT),
        ("she said turn on the lamp", Reason.QUOTED),
        ("the sign says open the gate", Reason.QUOTED),
        ("translate turn on the light", Reason.QUOTED),
    ],
)
def test_what_is_not_asked_for_now_has_a_reason(said: str, why: Reason) -> None:
    """Negation, condition, later, asking, telling and quoting are told apart."""
    assert reason(said) is why


@pytest.mark.parametrize(
    "said",
    [
        "turn on the lamp",
        "could you turn on the lamp please",
        "would you mind closing the blinds",
        "dim the lights to twenty",
        "turn the lamp on for 10 minutes",
        "turn on the night light",
        "turn on the second lamp",
        "activate good morning",
        "start dinner time",
        "run the bedtime routine",
        "lock the front door",
        "play the news",
        "turn off everything but the lamp",
        "raise the blinds halfway",
        "movie night",
    ],
)
def test_a_plain_request_has_no_reason(said: str) -> None:
    """Requests pass, whatever words of time or talk the names in them hold."""
    assert reason(said) is None


@pytest.mark.parametrize("verb", ["turn on", "switch off", "open", "close", "lock", "unlock", "dim", "start", "play"])
@pytest.mark.parametrize("negation", ["don't", "do not", "never", "please don't", "you must not"])
def test_a_negated_verb_is_a_negation(negation: str, verb: str) -> None:
    """Every negation holds before every verb."""
    assert reason(f"{negation} {verb} the hall thing") is Reason.NEGATION


@pytest.mark.parametrize(
    "said",
    [
        "turn on the lamp at half six",
        "turn on the lamp at 6.30",
        "at 6 for an hour, lamp on",
        "between six and seven",
        "in a quarter of an hour",
        "in two and a half hours",
        "ten minutes from now",
        "every other day",
        "twice a day",
        "on christmas eve",
        "on 5 may",
        "at the end of the month",
        "at 0700",
        "lamp on around seven",
        "lamp off by nine",
        "8ish",
        "when the sun goes down close the blinds",
        "once it gets dark lamp on",
        "when it's seven o'clock lamp on",
        "lamp on until eleven",
        "give it ten minutes and then lamp off",
        "lamp on for an hour, then off",
    ],
)
def test_a_later_time_is_no_order_for_now(said: str) -> None:
    assert reason(said) is Reason.DEFERRED


@pytest.mark.parametrize(
    "said",
    [
        "set the lamp to 8",
        "turn the volume up by 5",
        "set the heating to around 20",
        "play music from 2004",
        "lamp off now",
        "lamp on for the night",
        "set it to half",
        "wait a minute, lamp off",
    ],
)
def test_a_number_that_sets_something_is_no_time(said: str) -> None:
    assert reason(said) is None


def test_a_condition_comes_before_what_it_denies() -> None:
    """Who says "if I'm not home" waits for something; nothing is forbidden."""
    assert reason("if i'm not home by six, turn on the lamp") is Reason.CONDITION
    assert reason("while we're away, turn on the lamp") is Reason.CONDITION
