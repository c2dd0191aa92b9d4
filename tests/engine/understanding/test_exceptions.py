"""What a command leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.understanding.exceptions import Excepted, split_exception


@pytest.mark.parametrize(
    ("said", "base", "left_out"),
    [
        ("turn off everything except the hall light", "turn off everything", "the hall light"),
        ("turn off all lights but the desk lamp", "turn off all lights", "the desk lamp"),
        ("turn off the lights apart from the kitchen", "turn off the lights", "the kitchen"),
        ("close all blinds besides the office blind", "close all blinds", "the office blind"),
        ("all lights off, leave the porch light on", "all lights off", "the porch light"),
        ("Switch everything off, just not the TV!", "switch everything off", "the tv"),
        ("lights out, the porch light can stay on", "lights out", "the porch light"),
        ("turn off all the lamps other than the one in the hall", "turn off all the lamps", "the hall"),
        ("every light off but keep the night light on", "every light off", "the night light"),
        ("lights off save for the office and the hall", "lights off", "the office and the hall"),
    ],
)
def test_the_exception_is_parted_from_the_command(said: str, base: str, left_out: str) -> None:
    """What is left alone comes apart from what is commanded, however it is put."""
    assert split_exception(said) == Excepted(base, left_out)


@pytest.mark.parametrize(
    "said",
    [
        "turn on the lamp",
        "don't turn on the lamp",
        "leave the lamp on",
        "not the kitchen",
        "except the hall",
        "turn on the bar light",
        "",
    ],
)
def test_without_a_command_and_an_exception_there_is_none(said: str) -> None:
    """A whole command, a bare negation, a bare exception and a name are no exceptions."""
    assert split_exception(said) is None


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from("turn off all the lights but not except hall leave , . on the minus my".split())))
def test_an_exception_adds_no_words(said: list[str]) -> None:
    """Command and exception are stretches of what was said, and neither is empty."""
    text = " ".join(said)
    found = split_exception(text)
    if found is not None:
        assert found.base
        assert found.left_out
        assert set(f"{found.base} {found.left_out}".replace(",", " ").split()) <= set(text.replace(",", " ").split())
