"""Text as Telegram takes it: escaped, bold where a wording says so, and in pieces that are not too long."""

from __future__ import annotations

import html
import re
import unicodedata

LONGEST = 4096
"""Characters a message may have, as UTF-16 counts them (core.telegram.org/bots/api#sendmessage)."""
LONGEST_CAPTION = 1024
ROOM_FOR_CHOICE = 96
"""What a message with buttons leaves free, so that what was chosen can be written beneath it."""

_BOLD = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")
_UNSENDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_ZERO_WIDTH_JOINER = "\u200d"
_EARLIEST_CUT = 4  # a line end in the first quarter of a piece is too early to cut at
_LONGEST_CLUSTER = 64


def to_html(text: str) -> str:
    """Return plain text as Telegram's HTML; **words** become bold."""
    return _BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False))


def clean(text: str) -> str:
    """Return the text without what cannot be sent: control characters but line ends and tabs, lone surrogates."""
    return _UNSENDABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""))


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing, so that Telegram would refuse it."""
    return all(unicodedata.category(char)[0] in "ZC" and not _is_private_use(char) for char in text)


def length(text: str) -> int:
    """Return the length as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def split(text: str, longest: int = LONGEST) -> list[str]:
    """Return the text in pieces of at most `longest` UTF-16 units, none blank, cut at line ends, else at spaces."""
    pieces = []
    rest = text.strip("\n ")
    while length(rest) > longest:
        cut = _cut(rest, longest)
        pieces.append(rest[:cut].rstrip("\n "))
        rest = rest[cut:].lstrip("\n ")
    pieces.append(rest)
    return [piece for piece in pieces if not is_blank(piece)]


def shortened(text: str, longest: int) -> str:
    """Return the text in one line of at most `longest` UTF-16 units, with … where it was cut."""
    line = " ".join(text.split())
    if length(line) <= longest:
        return line
    return line[: _whole_characters(line, longest - 1)].rstrip() + "…"


def with_choice(text: str, chosen: str, longest: int = LONGEST) -> str:
    """Return a message's text with what was chosen beneath it, cut where both do not fit."""
    ending = f"\n\n{chosen}"
    if length(text) + length(ending) > longest:
        text = text[: _whole_characters(text, longest - length(ending) - 1)].rstrip() + "…"
    return text + ending


def _cut(text: str, longest: int) -> int:
    """Return where the next piece ends: after at least one character and at most `longest` units."""
    end = _fitting(text, longest)
    earliest = max(1, end // _EARLIEST_CUT)
    for mark in ("\n", " "):
        # The mark itself may stand just behind what fits: it is left out anyway.
        found = text.rfind(mark, earliest, end + 1)
        if found > 0:
            return found
    return _whole_characters(text, longest)


def _fitting(text: str, longest: int) -> int:
    """Return how many code points fit into `longest` UTF-16 units."""
    units = 0
    for at, char in enumerate(text):
        units += 2 if ord(char) > 0xFFFF else 1
        if units > longest:
            return at
    return len(text)


def _whole_characters(text: str, longest: int) -> int:
    """Return the last place that fits and lies between two characters as people see them, if there is one near."""
    end = max(1, _fitting(text, longest))
    for at in range(end, max(0, end - _LONGEST_CLUSTER), -1):
        if at == len(text) or not _belongs(text, at):
            return at
    return end


def _belongs(text: str, at: int) -> bool:
    """Tell whether the code point at a place is shown as one with the one before it."""
    before, char = text[at - 1], text[at]
    if _ZERO_WIDTH_JOINER in (before, char) or unicodedata.category(char)[0] == "M":
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":  # skin tones, flags' tags
        return True
    if _is_regional(char) and _is_regional(before):
        return _regionals_before(text, at) % 2 == 1
    return "\u1160" <= char <= "\u11ff"  # vowels and finals of Hangul


def _regionals_before(text: str, at: int) -> int:
    start = at
    while start > 0 and _is_regional(text[start - 1]):
        start -= 1
    return at - start


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_private_use(char: str) -> bool:
    return unicodedata.category(char) == "Co"
