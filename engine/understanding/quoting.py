"""Quotation marks in an utterance: every quoted part becomes one token, so that no rule reads inside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SINGLE = str.maketrans(dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032`\u00b4\u2039\u203a", "'"))
_DOUBLE = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\u300c\u300d\u300e\u300f", '"')
)
_FIRST_TOKEN = 0xE000
_MOST_TOKENS = 64
_OWN_MARKS = re.compile("[\ue000-\uf8ff]")
_MAY_QUOTE = re.compile(r"[\"'`*]")
_SYMBOLS = re.compile(r" ?(?:={1,3}>?|:=|-{1,3}>|[→⇒➡])\ufe0f? ?")
# Between the marks of one quotation stands no word that divides a lesson: 'the kids' means ... is not "kids' lamp".
_DIVIDES = re.compile(r"\b(?:means?|is|are|for|as|say|call|mean)\b|=", re.IGNORECASE)


@dataclass(frozen=True)
class Unquoted:
    """A text whose quoted parts are tokens of one character each, with single spaces and unified marks."""

    text: str
    parts: tuple[str, ...]

    def is_quote(self, piece: str) -> bool:
        """Tell whether `piece` is one quoted part and nothing else."""
        return len(piece) == 1 and bool(_OWN_MARKS.match(piece))

    def restore(self, piece: str) -> str:
        """Return `piece` with what its tokens stand for, without the quotation marks."""
        return " ".join(_OWN_MARKS.sub(self._part, piece).split())

    def _part(self, token: re.Match[str]) -> str:
        return self.parts[ord(token.group()) - _FIRST_TOKEN]


def unquote(text: str) -> Unquoted:
    """Return `text` in Unicode NFKC with its quotations taken out; marks without a partner are dropped."""
    if text.isascii() and text.isprintable() and not _MAY_QUOTE.search(text):
        return Unquoted(" ".join(_SYMBOLS.sub(" = ", " ".join(text.split())).split()), ())
    text = _OWN_MARKS.sub(" ", unicodedata.normalize("NFKC", text)).replace("**", '"').replace("''", '"')
    text = " ".join("".join(map(_visible, text.translate(_SINGLE).translate(_DOUBLE))).split())
    parts: list[str] = []
    pieces: list[str] = []
    at = 0
    while at < len(text):
        end = _closing(text, at) if len(parts) < _MOST_TOKENS else None
        if end is not None:
            pieces.append(f" {chr(_FIRST_TOKEN + len(parts))} ")
            parts.append(text[at + 1 : end].strip(" ,.;:!?"))
            at = end + 1
            continue
        pieces.append(" " if text[at] == '"' else text[at])
        at += 1
    return Unquoted(" ".join(_SYMBOLS.sub(" = ", "".join(pieces)).split()), tuple(parts))


def _visible(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cc":
        return " "
    return "" if category == "Cf" and letter != "\u200d" else letter


def _closing(text: str, at: int) -> int | None:
    """Return where the quotation that opens at `at` closes, or None if none opens there."""
    mark = text[at]
    if mark == '"':
        end = text.find('"', at + 1)
        return end if end > 0 else None
    if mark != "'" or (at and text[at - 1].isalnum()):
        return None
    return _closing_single(text, at)


def _closing_single(text: str, at: int) -> int | None:
    ends = _single_ends(text, at)
    if not ends:
        return None
    first = ends[0]
    # 'the kids' lamp' holds a possessive: its first mark after an s is not the last one.
    if len(ends) > 1 and text[first - 1] in "sS" and not _DIVIDES.search(text, first, ends[1]):
        return ends[1]
    return first


def _single_ends(text: str, at: int) -> list[int]:
    ends: list[int] = []
    end = text.find("'", at + 1)
    while end > 0 and len(ends) < 2:
        opens = text[end - 1] == " " and end + 1 < len(text) and text[end + 1].isalnum()
        if opens:
            break
        if not (end + 1 < len(text) and text[end + 1].isalnum()):
            ends.append(end)
        end = text.find("'", end + 1)
    return ends
