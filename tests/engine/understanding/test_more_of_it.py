"""What was just adjusted is gone on with in a few words, in the direction that is meant."""

from __future__ import annotations

import pytest

from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.interpreter import Interpreter
from engine.understanding.more_of_it import going_on
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot


def done(text: str, intent: str = "light_control", action: str = "increase") -> Interpretation:
    slots = {"action": action}
    return Interpretation(text, intent, 0.99, slots=slots, targets=("light.desk",), disposition=Disposition.ACT)


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("a bit more", "brighter"),
        ("more please", "brighter"),
        ("even more", "brighter"),
        ("that's not enough", "brighter"),
        ("a little less", "dimmer"),
        ("that's too much", "dimmer"),
        ("hmm, still too dark", "brighter"),
        ("too bright!", "dimmer"),
        ("a tad lower", "dimmer"),
    ],
)
def test_after_brightening(text: str, then: str) -> None:
    assert going_on(text, done("make the desk lamp brighter")) == then


@pytest.mark.parametrize(
    ("text", "then"), [("a bit more", "dimmer"), ("that's too much", "brighter"), ("less", "dimmer")]
)
def test_after_dimming(text: str, then: str) -> None:
    assert going_on(text, done("dim the desk lamp", action="decrease")) == then
    assert going_on(text, done("dim the desk lamp to 40%", action="set")) == then


def test_each_kind_of_thing_has_words_of_its_own() -> None:
    assert going_on("too loud", done("play the radio", "media_control", "play")) == "quieter"
    assert going_on("it's too cold", done("set it to 18", "climate_control", "set")) == "warmer"
    assert going_on("too loud", done("set it to 18", "climate_control", "set")) is None
    assert going_on("faster", done("fan up", "fan_control")) is None, "a sentence pattern reads that"


@pytest.mark.parametrize("text", ["more milk", "too much to do today", "less is more", "more or less", "too good"])
def test_other_talk_goes_on_with_nothing(text: str) -> None:
    assert going_on(text, done("make the desk lamp brighter")) is None


def test_nothing_is_gone_on_with_where_nothing_was_adjusted() -> None:
    assert going_on("a bit more", None) is None
    assert going_on("a bit more", done("turn on the desk lamp", action="on")) is None
    assert going_on("a bit more", done("unlock the door", "lock_control", "unlock")) is None


def test_the_order_is_for_what_was_adjusted(interpreter: Interpreter, house: Snapshot) -> None:
    before = interpreter.understand("dim the desk lamp to 30%", Situation(house))
    found = interpreter.understand("a bit more", Situation(house, previous=before))
    assert (found.intent, found.targets, found.slots["action"]) == ("light_control", ("light.desk",), "decrease")
    assert (found.disposition, found.text) == (Disposition.ACT, "a bit more")
    again = interpreter.understand("that's too much", Situation(house, previous=found))
    assert (again.targets, again.slots["action"]) == (("light.desk",), "increase")
