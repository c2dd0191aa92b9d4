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
