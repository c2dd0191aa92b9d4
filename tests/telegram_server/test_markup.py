"""Marked up texts are read and refused as the official server does it."""

from __future__ import annotations

from typing import Any

import pytest

from . import User
from .conftest import Http

STYLES = [(kind, 2 * place, 1) for place, kind in enumerate("bold italic underline strikethrough spoiler".split())] + [
    ("code", 10, 2)
]
WRONG = [
    ("HTML", "a <x>b</x>", 'Unsupported start tag "x" at byte offset 2'),
    ("HTML", "é <x", "Unclosed start tag at byte offset 3"),
    ("HTML", "1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("HTML", "a</b>", "Unexpected end tag at byte offset 1"),
    ("HTML", "<a href='http://x.org'>x</b>", 'Unmatched end tag at byte offset 24, expected "</a>", found "</b>"'),
    ("HTML", "<i>x</i><b>y", 'Can\'t find end tag corresponding to start tag "b"'),
    ("MarkdownV2", "Done.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
    ("MarkdownV2", "é *x", "Can't find end of Bold entity at byte offset 3"),
    ("MarkdownV2", "_x", "Can't find end of Italic entity at byte offset 0"),
    ("MarkdownV2", "`x", "Can't find end of Code entity at byte offset 0"),
    ("MarkdownV2", "```x", "Can't find end of Pre entity at byte offset 0"),
    ("MarkdownV2", "[x", "Can't find end of TextUrl entity at byte offset 0"),
    ("MarkdownV2", "[x](http", "Can't find end of a URL at byte offset 4"),
    ("Markdown", "a *b", "Can't find end of the entity starting at byte offset 2"),
]
RIGHT = [
    ("HTML", "<b>😀 x</b> &lt;&amp;&#39;", "😀 x <&'", [("bold", 0, 4)]),
    ("HTML", "<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("HTML", '<a href="https://x.org/?a&amp;b">é</a>', "é", [("text_link", 0, 1)]),
    ("HTML", '<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
    ("HTML", "\n  a &copy; <b>b</b>  \n", "a &copy; b", [("bold", 9, 1)]),
    ("MarkdownV2", "*a* _b_ __c__ ~d~ ||e|| `f.`", "a b c d e f.", STYLES),
    ("MarkdownV2", "1\\.5 [x](http://x.org)", "1.5 x", [("text_link", 4, 1)]),
    ("Markdown", "*a* _b_ [c](http://x.org) d.", "a b c d.", [("bold", 0, 1), ("italic", 2, 1), ("text_link", 4, 1)]),
]


@pytest.mark.parametrize(("mode", "text", "problem"), WRONG, ids=range(len(WRONG)))
def test_wrong_markup_is_refused_with_its_place(http: Http, ana: User, mode: str, text: str, problem: str) -> None:
    """The place of a mistake is counted in bytes."""
    said = http.refused("sendMessage", chat_id=ana.id, text=text, parse_mode=mode)
    assert said == f"Bad Request: can't parse entities: {problem}"


@pytest.mark.parametrize("right", RIGHT, ids=range(len(RIGHT)))
def test_markup_becomes_entities(http: Http, ana: User, right: tuple[str, str, str, list[Any]]) -> None:
    """Entities are counted in UTF-16 units."""
    mode, text, plain, entities = right
    shown = http.done("sendMessage", chat_id=ana.id, text=text, parse_mode=mode)
    found = [(e["type"], e["offset"], e["length"]) for e in shown["entities"]]
    assert shown["text"] == plain
    assert found == entities
    assert http.server.violations == []
