"""Slips of the finger in words of command."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.understanding.spelling import correct_words


def nothing(_: str) -> bool:
    """Know no word."""
    return False


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("trun on the lihgt", "turn on the light"),
        ("swich off teh lamp", "switch off the lamp"),
        ("opne the curtians", "open the curtains"),
        ("unlcok it", "unlock it"),
        ("volme up", "volume up"),
        ("paly some music", "play some music"),
    ],
)
def test_misspelt_command_words_are_mended(said: str, meant: str) -> None:
    """A letter too few, too many, or two exchanged still gives the word."""
    assert correct_words(said, nothing) == meant


@pytest.mark.parametrize("said", ["turn on the light", "close it", "switches", "lamps", "dim it to 40%", "", "zzzz"])
def test_what_is_right_or_far_from_everything_stays(said: str) -> None:
    """Right words, plurals, short words, digits and strange words are not touched."""
    assert correct_words(said, nothing) == said


@pytest.mark.parametrize("word", ["closet", "swich", "paly", "lisght"])
def test_a_known_word_is_never_touched(word: str) -> None:
    """A word of the home is right, whatever it resembles."""
    assert correct_words(f"{word} on", lambda known: known == word) == f"{word} on"


@pytest.mark.parametrize("word", ["form", "might", "flight", "tight", "closet", "plate", "clear", "score", "lease"])
def test_an_ordinary_word_is_no_slip(word: str) -> None:
    """A word of everyday language is not made a word of command."""
    assert correct_words(word, nothing) == word


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abcdehilmnoprstuw", min_size=1, max_size=9), max_size=8))
def test_correcting_keeps_the_number_of_words_and_settles(said: list[str]) -> None:
    """Each word becomes one word, and what was corrected is right."""
    once = correct_words(" ".join(said), nothing)
    assert len(once.split()) == len(said)
    assert correct_words(once, nothing) == once
