"""The plain form of texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.understanding.plain import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turn ON the light!", "turn on the light"),
        ("  set it to 21.5,   please…", "set it to 21.5 please"),
        ("don\u2019t \u201copen\u201d the 'liv room'", "don't open the liv room"),
        ("at 7:30 a.m.", "at 7:30 am"),
        ("the T.V. is off.", "the tv is off"),
        ("-5 degrees, 20-30", "-5 degrees 20 30"),
        ("dim to 20%", "dim to 20%"),
        ("wi-fi plug", "wi fi plug"),
        ("liv\u200broom \u202elamp", "livroom lamp"),
        ("\ufb01nd \uff2c\uff29\uff36", "find liv"),
        ("the kids' room", "the kids room"),
        ("?!…", ""),
        ("", ""),
    ],
)
def test_case_quotes_and_punctuation_do_not_matter(text: str, expected: str) -> None:
    """Case, quotes, invisible characters and punctuation go; numbers, apostrophes and percent stay."""
    assert plain(text) == expected


@given(st.text())
def test_the_plain_form_is_a_fixed_point(text: str) -> None:
    """Making a plain text plain again changes nothing."""
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet="aB1 .-'%,:/_!?\u2019\u00b0\u200d()", max_size=30))
def test_the_plain_form_is_a_fixed_point_among_marks(text: str) -> None:
    """The same holds where almost everything is a mark."""
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_case_never_matters(text: str) -> None:
    """A text and its case-folded form are the same plain text."""
    assert plain(text.casefold()) == plain(text)
