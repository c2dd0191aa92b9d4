"""Text as Telegram takes it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.channels.telegram.rendering import (
    LONGEST,
    clean,
    is_blank,
    length,
    shortened,
    split,
    to_html,
    with_choice,
)

_TEXT = st.text(st.sampled_from("ab \n\té😀👍🏽\u200d👩🇩🇪\u0301漢<&>*"), max_size=300)
_FAMILY = "👩\u200d👩\u200d👧"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(_TEXT, st.integers(4, 60))
def test_splitting_keeps_every_character_but_the_blanks_at_the_cuts(text: str, longest: int) -> None:
    """What is sent in pieces says all that was said, in pieces that fit and that show something."""
    pieces = split(text, longest)
    assert all(_units(piece) <= longest and not is_blank(piece) for piece in pieces)
    seen = re.sub(r"\s", "", "".join(pieces))
    assert [char for char in seen if not is_blank(char)] == [
        char for char in re.sub(r"\s", "", text) if not is_blank(char)
    ]


@given(_TEXT)
def test_a_text_that_fits_is_one_piece(text: str) -> None:
    """Nothing is cut that need not be."""
    assert len(split(text)) == (0 if is_blank(text) else 1)


@given(st.lists(st.sampled_from(["a", "é", _FAMILY, "👍🏽", "🇩🇪", "e\u0301"]), max_size=60), st.integers(12, 40))
def test_no_character_is_torn_apart(shown: list[str], longest: int) -> None:
    """A piece ends between two characters as people see them: no half family, flag or accent."""
    whole = set(shown)
    for piece in split("".join(shown), longest):
        rest = piece
        while rest:
            head = next((one for one in sorted(whole, key=len, reverse=True) if rest.startswith(one)), None)
            assert head is not None, f"{piece!r} holds a torn character"
            rest = rest[len(head) :]


@given(st.text(max_size=200))
def test_length_is_counted_as_telegram_counts(text: str) -> None:
    """Characters outside the basic plane count twice."""
    assert length(clean(text)) == _units(clean(text))


def test_long_texts_are_cut_at_line_ends() -> None:
    """Lines stay whole where they can."""
    lines = [f"line {number} " + "x" * 60 for number in range(200)]
    pieces = split("\n".join(lines))
    assert len(pieces) > 1
    assert [line for piece in pieces for line in piece.split("\n")] == lines


def test_exactly_what_fits_is_not_cut() -> None:
    """4096 characters are one message, one more makes two."""
    assert [len(piece) for piece in split("x" * LONGEST)] == [LONGEST]
    assert [len(piece) for piece in split("x" * (LONGEST + 1))] == [LONGEST, 1]
    assert [len(piece) for piece in split("😀" * LONGEST)] == [LONGEST // 2, LONGEST // 2]


def test_a_character_of_endless_accents_is_cut_all_the_same() -> None:
    """Nothing is too odd to be sent."""
    assert "".join(split("e" + "\u0301" * 9000)) == "e" + "\u0301" * 9000


@given(st.text(max_size=200))
def test_html_shows_what_was_said(text: str) -> None:
    """Whatever a person wrote is shown as it is, and no tag but bold comes out."""
    rendered = to_html(text)
    assert set(re.findall(r"<[^>]*>", rendered)) <= {"<b>", "</b>"}
    assert html.unescape(re.sub(r"</?b>", "", rendered)).replace("*", "") == html.unescape(
        html.escape(text, quote=False)
    ).replace("*", "")


def test_hostile_markup_is_only_text() -> None:
    """Tags and entities are escaped."""
    assert to_html('<b>hi</b> <a href="x">&amp;') == '&lt;b&gt;hi&lt;/b&gt; &lt;a href="x"&gt;&amp;amp;'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**Insight** here", "<b>Insight</b> here"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
        ("**never\nclosed**", "**never\nclosed**"),
        ("****", "****"),
    ],
)
def test_two_stars_around_words_make_them_bold(text: str, shown: str) -> None:
    """Only within a line, and only around words."""
    assert to_html(text) == shown


@given(_TEXT, st.sampled_from(["✔ Yes", "(no longer open)"]), st.integers(30, 80))
def test_what_was_chosen_always_stands_at_the_end(text: str, chosen: str, longest: int) -> None:
    """A long text makes room for it."""
    shown = with_choice(text, chosen, longest)
    assert shown.endswith(f"\n\n{chosen}")
    assert _units(shown) <= longest


@given(_TEXT, st.integers(3, 50))
def test_shortened_text_is_one_line_that_fits(text: str, longest: int) -> None:
    """However short it has to be."""
    line = shortened(text, longest)
    assert "\n" not in line
    assert _units(line) <= longest


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "\u00a0\u2003", "\x00"])
def test_what_shows_nothing_is_blank(text: str) -> None:
    """Telegram refuses such a text, so nothing is sent for it."""
    assert split(clean(text)) == []


def test_what_cannot_be_sent_is_replaced() -> None:
    """Lone surrogates and control characters never reach the wire."""
    assert clean("a\ud800b\x07c\r\nd") == "a\ufffdb\ufffdc\nd"
