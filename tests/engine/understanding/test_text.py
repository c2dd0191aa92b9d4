"""What is done to every message first: one shape, a bounded length, no name in front, no courtesy around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.understanding.text import MAX_CHARACTERS, normalise, without_politeness

PHRASES = st.lists(
    st.sampled_from("please could you turn the lamp on now thanks i would like to maybe for me again just hey".split()),
    min_size=1,
    max_size=12,
).map(" ".join)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("turn  on\tthe\nlamp ", "turn on the lamp"),
        ("\u2018lamp\u2019 \u201con\u201d", "'lamp' \"on\""),
        ("desk\u200b lamp\u202e on\ufeff", "desk lamp on"),
        ("\uff2c\uff21\uff2d\uff30 on", "LAMP on"),
        ("wait\u2026", "wait..."),
        ("lamp\x07 on", "lamp on"),
        ("", ""),
    ],
)
def test_a_message_gets_one_shape(raw: str, text: str) -> None:
    """Spaces are single, quotes plain, wide letters narrow, and what cannot be seen is gone."""
    assert normalise(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Butler, lamp on", "lamp on"),
        ("hey butler lamp on", "lamp on"),
        ("Good evening Butler: lamp on", "lamp on"),
        ("@butler lamp on", "lamp on"),
        ("lamp on, Butler!", "lamp on"),
    ],
)
def test_the_name_in_front_or_behind_is_taken_off(raw: str, text: str) -> None:
    """Being called by name is not a part of the request, but it is noticed."""
    assert normalise(raw) == type(normalise(raw))(text, addressed=True)


@pytest.mark.parametrize("raw", ["butler's pantry lamp on", "the butler did it", "ask butler about it", "Butler"])
def test_a_name_that_belongs_to_the_sentence_stays(raw: str) -> None:
    """A pantry of the butler's, a butler spoken about, and the bare name are left whole."""
    assert normalise(raw).text == raw
    assert not normalise(raw).addressed


def test_the_name_is_a_setting() -> None:
    """Only the names given are taken off."""
    assert normalise("Jeeves, lamp on", ("Jeeves",)).text == "lamp on"
    assert normalise("Jeeves, lamp on").text == "Jeeves, lamp on"


def test_a_message_is_too_long_from_one_character_beyond_the_limit() -> None:
    """The limit itself is fine, one more is cut and said to be too long, and spaces do not count."""
    assert not normalise("a" * MAX_CHARACTERS).too_long
    longer = normalise("a" * (MAX_CHARACTERS + 1))
    assert longer.too_long
    assert len(longer.text) == MAX_CHARACTERS
    assert not normalise("a" + " " * MAX_CHARACTERS + "b").too_long


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("could you please dim the lamp", "dim the lamp"),
        ("dim the lamp please", "dim the lamp"),
        ("can you turn the lamp off for me please", "turn the lamp off"),
        ("i would like you to open the blinds", "open the blinds"),
        ("i was wondering if you could close the curtains", "close the curtains"),
        ("please please please open the awning", "open the awning"),
        ("be a dear and lower the blinds", "lower the blinds"),
        ("turn it off right now", "turn it off"),
        ("dim the lamp", "dim the lamp"),
        ("play please please me", "play please please me"),
    ],
)
def test_courtesy_around_a_request_is_taken_off(said: str, wanted: str) -> None:
    """What is asked remains, words of courtesy within it included."""
    assert without_politeness(said) == wanted


@pytest.mark.parametrize("said", ["please", "thanks", "maybe", "now"])
def test_courtesy_alone_stays(said: str) -> None:
    """A message of nothing but courtesy is not emptied."""
    assert without_politeness(said) == said


@settings(deadline=None)
@given(PHRASES)
def test_taking_courtesy_off_only_cuts_at_the_ends(said: str) -> None:
    """What remains is one stretch of what was said, and never nothing."""
    rest = without_politeness(said)
    assert rest
    assert rest in said


@settings(deadline=None)
@given(st.text(max_size=MAX_CHARACTERS + 200))
def test_normalising_holds_for_any_text(raw: str) -> None:
    """Any text gets at most the allowed length, no double spaces and no character that cannot be seen."""
    text = normalise(raw).text
    assert len(text) <= MAX_CHARACTERS
    assert "  " not in text
    assert not {"\u200b", "\u202e", "\ufeff", "\n", "\t", "\x00"} & set(text)
