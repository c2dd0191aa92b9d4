"""Numbers written as words become digits, and words that only look like numbers stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.understanding.numbers import number, tidy, with_digits

WORDS = (
    "zero one two five nine ten eleven nineteen twenty thirty fourty ninety hundred a and half point the set it to "
    "minutes percent 7 12.5 other at -"
)
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
ONES += "seventeen eighteen nineteen".split()
TENS = dict(zip(range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True))


def spelt(value: int) -> str:
    """Return a number below a thousand in words."""
    if value >= 100:
        rest = f" and {spelt(value % 100)}" if value % 100 else ""
        return f"{ONES[value // 100]} hundred{rest}"
    if value < 20:
        return ONES[value]
    return TENS[value - value % 10] + (f" {ONES[value % 10]}" if value % 10 else "")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("set it to twenty one", "set it to 21"),
        ("thirty-five percent", "35 percent"),
        ("a hundred percent", "100 percent"),
        ("twenty one point five degrees", "21.5 degrees"),
        ("five and a half hours", "5.5 hours"),
        ("fourty", "40"),
        ("one minute", "1 minute"),
        ("up by one", "up by 1"),
        ("ten to seven", "10 to 7"),
        ("dim it to 40", "dim it to 40"),
    ],
)
def test_number_words_become_digits(said: str, written: str) -> None:
    """Ones, tens, hundreds, halves and points are written as digits, the rest of the text stays."""
    assert with_digits(said) == written


@pytest.mark.parametrize("said", ["the other one", "turn on one of them", "someone", "the tent", "weight", "often"])
def test_words_that_are_no_numbers_stay(said: str) -> None:
    """The word for a thing ("one"), and words that only hold a number, are left alone."""
    assert with_digits(said) == said


@pytest.mark.parametrize("low", [0, 100, 500])
def test_every_number_is_read(low: int) -> None:
    """Each whole number in words, after "to", reads as itself."""
    read = {value: with_digits(f"to {spelt(value)}") for value in range(low, low + 100)}
    assert {spelt(value): got for value, got in read.items() if got != f"to {value}"} == {}


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join))
def test_writing_digits_twice_changes_nothing_more(said: str) -> None:
    """A text whose numbers are digits is a fixed point."""
    assert with_digits(with_digits(said)) == with_digits(said)


@settings(deadline=None)
@given(st.text(alphabet="abcdefghijklm nopqrstuvwxyz0123456789.%-'", max_size=60))
def test_digits_that_were_there_stay(said: str) -> None:
    """No digit that was written is lost, and their order is kept."""
    written = iter(with_digits(said))
    assert all(digit in written for digit in said if digit.isdigit())


@pytest.mark.parametrize(("text", "value"), [("21", 21.0), ("21.5", 21.5), ("21,5", 21.5), ("-3", -3.0)])
def test_digits_have_a_value(text: str, value: float) -> None:
    """Points and commas both part the fraction."""
    assert number(text) == value


def test_whole_values_are_written_without_a_point() -> None:
    """A slot reads 20, not 20.0, and 20.5 stays."""
    assert repr(tidy(20.0)) == "20"
    assert tidy(20.5) == 20.5
