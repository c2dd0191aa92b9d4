"""Questions about the home, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.understanding.home_index import words_of
from engine.understanding.state_queries import STATES, StateQuery, asks_for_value, parse_query

WORDS = "is are the lamp which what how many any on off open locked in kitchen temperature battery did i leave it of or"


@pytest.mark.parametrize(
    ("said", "query", "about", "state"),
    [
        ("is the front door locked", "state", "front door", "locked"),
        ("are the lights on", "state", "lights", "on"),
        ("is the tv playing", "state", "tv", "playing"),
        ("did i leave the iron on", "state", "iron", "on"),
        ("tell me if the garage door is open", "state", "garage door", "open"),
        ("is the gate open or closed", "state", "gate", None),
        ("what is the vacuum doing", "state", "vacuum", None),
        ("status of the washing machine", "state", "washing machine", None),
        ("which lights are on", "which", "lights", "on"),
        ("what lights are off", "which", "lights", "off"),
        ("how many windows are open", "count", "windows", "open"),
        ("how many lights did i leave on", "count", "lights", "on"),
        ("is anything on", "any", "everything", "on"),
        ("are any windows open upstairs", "any", "windows upstairs", "open"),
    ],
)
def test_a_question_about_states_is_taken_apart(said: str, query: str, about: str, state: str | None) -> None:
    """What is asked, about what, and which state was said are told."""
    found = parse_query(said)
    assert found is not None
    assert (found.query, " ".join(words_of(found.mention)), found.state) == (query, about, state)


@pytest.mark.parametrize(
    ("said", "attribute", "holds"),
    [
        ("what's the temperature in the kitchen", "temperature", "kitchen"),
        ("how warm is it in the bedroom", "temperature", "bedroom"),
        ("how humid is the bathroom", "humidity", "bathroom"),
        ("how bright is the lamp", "brightness", "lamp"),
        ("volume of the speaker", "volume", "speaker"),
        ("how much power is the house using", "power", "house"),
        ("what mode is the thermostat in", "mode", "thermostat"),
        ("what's playing on the tv", "media", "tv"),
    ],
)
def test_a_question_about_a_value_names_the_property(said: str, attribute: str, holds: str) -> None:
    """What is measured is told, and what it is about remains in the mention."""
    found = parse_query(said)
    assert found is not None
    assert (found.query, found.attribute) == ("value", attribute)
    assert holds in found.mention.split()


@pytest.mark.parametrize(
    "said", ["battery of the hall sensor", "is the battery of the lock low", "how charged is the robot"]
)
def test_a_question_about_a_battery_is_its_own(said: str) -> None:
    """Charge is asked for by itself."""
    found = parse_query(said)
    assert found is not None
    assert found.query == "battery"


@pytest.mark.parametrize("said", ["turn on the lamp", "who are you", "is the dog asleep", "hello", ""])
def test_what_asks_nothing_about_a_home_is_no_question(said: str) -> None:
    """Commands and other talk are not taken apart."""
    assert parse_query(said) is None


def test_a_fragment_asks_only_with_a_question_mark() -> None:
    """With "kitchen light on" one commands, with "kitchen light on?" one asks."""
    assert parse_query("kitchen light on") is None
    assert parse_query("kitchen light on", question_mark=True) == StateQuery("state", "kitchen light", "on")


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("living room temperature", True),
        ("office humidity", True),
        ("set the temperature to 20", False),
        ("lamp", False),
    ],
)
def test_a_bare_property_asks_for_its_value(said: str, asks: bool) -> None:
    """A measured property without a verb of command is asked for."""
    assert asks_for_value(said) is asks


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=10).map(" ".join), st.booleans())
def test_whatever_is_asked_is_within_the_vocabulary(said: str, question_mark: bool) -> None:
    """The kinds of question and the states are those of the vocabulary, for any words."""
    found = parse_query(said, question_mark=question_mark)
    if found is not None:
        assert found.query in {"state", "which", "count", "any", "value", "battery"}
        assert found.state is None or found.state in STATES.values()
