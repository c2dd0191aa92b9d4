"""A text of plain letters takes a short way to its plain form, which comes to the same as the long one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.understanding.plain import plain

LETTERS = st.text(st.sampled_from([*map(chr, range(32, 127)), *"   ab12.'-`:%"]), max_size=16)


@settings(max_examples=300, deadline=None)
@given(LETTERS)
def test_a_text_is_as_plain_alone_as_beside_a_letter_that_is_not_ascii(text: str) -> None:
    """The letter makes it go the long way."""
    assert plain(f"{text} é") == f"{plain(text)} é".strip()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Don`t, PLEASE!", "don't please"),
        ("set it to 21.5 at 7:30", "set it to 21.5 at 7:30"),
        ("(the A.C. is at -3_degrees)\x07", "the ac is at -3 degrees"),
        ("50% + 3$ <ok>", "50% + 3$ <ok>"),
    ],
)
def test_marks_go_and_what_carries_meaning_stays(text: str, form: str) -> None:
    assert plain(text) == form
