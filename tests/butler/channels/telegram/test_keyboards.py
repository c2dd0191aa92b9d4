"""Inline keyboards."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from butler.channels.telegram.keyboards import keyboard, label, rows

_BUTTONS = st.lists(st.tuples(st.from_regex(r"t[1-9]\d{0,5}m0b\d", fullmatch=True), st.text(max_size=80)), max_size=12)


@given(_BUTTONS)
def test_all_buttons_are_there_in_order(buttons: list[tuple[str, str]]) -> None:
    """Rows hold every button once, none without a label, none with data that is too long."""
    placed = rows(buttons)
    assert [name for row in placed for name, _ in row] == [name for name, _ in buttons]
    assert all(text.strip() and len(name.encode()) <= 64 for row in placed for name, text in row)


@given(_BUTTONS)
def test_rows_are_narrow(buttons: list[tuple[str, str]]) -> None:
    """At most three stand beside each other, and only if their labels fit."""
    assert all(len(row) == 1 or (len(row) <= 3 and sum(len(text) for _, text in row) <= 32) for row in rows(buttons))


def test_short_answers_share_a_row() -> None:
    """Yes and no stand beside each other, long names beneath."""
    assert [len(row) for row in rows([("a", "Yes"), ("b", "No"), ("c", "The lamp beside the big window")])] == [2, 1]


def test_long_labels_are_cut() -> None:
    """A label fits on a phone."""
    assert len(label("kitchen " * 30)) <= 60
    assert label("kitchen " * 30).endswith("…")
    assert label(" ") == "…"


def test_no_buttons_make_no_keyboard() -> None:
    """An edit without one takes the keyboard away."""
    assert keyboard(()) is None
    assert keyboard([("x" * 65, "too long to be sent")]) is None
