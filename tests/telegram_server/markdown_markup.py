"""parse_mode MarkdownV2 and the older Markdown, as far as the errors of the official server need it."""

from __future__ import annotations

import re
from typing import Any

from .html_markup import cannot_parse, utf16

RESERVED = "_*[]()~`>#+-=|{}.!"
# Longer marks first: two underscores are an underline and never two italics.
MARKS = {
    "```": ("Pre", "pre"),
    "__": ("Underline", "underline"),
    "||": ("Spoiler", "spoiler"),
    "*": ("Bold", "bold"),
    "_": ("Italic", "italic"),
    "~": ("Strikethrough", "strikethrough"),
    "`": ("Code", "code"),
    "[": ("TextUrl", "text_link"),
}
LEGACY = {"*": ("*", "bold"), "_": ("_", "italic"), "`": ("`", "code"), "[": ("]", "text_link"), "```": ("```", "pre")}


class MarkdownV2Reader:
    """Reads one text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._plain = ""
        self._open: list[tuple[str, int, int]] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        """Return the plain text and its entities."""
        while self._at < len(self._text):
            self._step()
        if self._open:
            mark, byte, _ = self._open[-1]
            raise cannot_parse(f"Can't find end of {MARKS[mark][0]} entity at byte offset {byte}")
        return self._plain, sorted(self._entities, key=lambda e: (e["offset"], -e["length"]))

    def _step(self) -> None:
        character = self._text[self._at]
        follower = self._text[self._at + 1 : self._at + 2]
        if character == "\\" and follower and ord(follower) <= 126:
            self._plain += follower
            self._at += 2
            return
        inside = self._open[-1][0] if self._open else ""
        if character not in ("`" if inside in {"`", "```"} else RESERVED):
            self._plain += character
            self._at += 1
            return
        if inside and self._text.startswith("]" if inside == "[" else inside, self._at) and not self._doubled(inside):
            self._end(inside)
        else:
            self._start(character)

    def _doubled(self, inside: str) -> bool:
        return inside == "_" and self._text.startswith("__", self._at)

    def _start(self, character: str) -> None:
        if character == ">" and (self._at == 0 or self._text[self._at - 1] == "\n"):
            self._at += 1
            return
        mark = next((mark for mark in MARKS if self._text.startswith(mark, self._at)), None)
        if mark is None:
            problem = f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
            raise cannot_parse(problem)
        self._open.append((mark, self._bytes(self._at), len(self._plain)))
        self._at += len(mark)
        if mark == "```" and (language := re.match(r"\S*\n", self._text[self._at :])):
            self._at += language.end()

    def _end(self, mark: str) -> None:
        _, _, start = self._open.pop()
        self._at += 1 if mark == "[" else len(mark)
        entity: dict[str, Any] = {
            "type": MARKS[mark][1],
            "offset": utf16(self._plain[:start]),
            "length": utf16(self._plain[start:]),
        }
        if mark == "[":
            entity["url"] = self._url() or self._plain[start:]
        if entity["length"]:
            self._entities.append(entity)

    def _url(self) -> str:
        if not self._text.startswith("(", self._at):
            return ""
        found = re.compile(r"\(((?:\\.|[^)\\])*)\)").match(self._text, self._at)
        if found is None:
            raise cannot_parse(f"Can't find end of a URL at byte offset {self._bytes(self._at + 1)}")
        self._at = found.end()
        return re.sub(r"\\(.)", r"\1", found[1])

    def _bytes(self, position: int) -> int:
        return len(self._text[:position].encode())


def read_markdown(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and the entities of the older Markdown, which cannot nest."""
    plain, at = "", 0
    entities: list[dict[str, Any]] = []
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in {"_", "*", "`", "["}:
            plain, at = plain + text[at + 1], at + 2
            continue
        if text[at] not in "_*`[":
            plain, at = plain + text[at], at + 1
            continue
        mark = "```" if text.startswith("```", at) else text[at]
        close, kind = LEGACY[mark]
        stop = text.find(close, at + len(mark))
        if stop < 0:
            problem = f"Can't find end of the entity starting at byte offset {len(text[:at].encode())}"
            raise cannot_parse(problem)
        inner = text[at + len(mark) : stop]
        entity = {"type": kind, "offset": utf16(plain), "length": utf16(inner)}
        at = stop + len(close)
        if kind == "text_link":
            link = re.compile(r"\(([^)]*)\)").match(text, at)
            entity["url"] = link[1] if link else inner
            at = link.end() if link else at
        plain += inner
        entities += [entity] if inner else []
    return plain, entities
