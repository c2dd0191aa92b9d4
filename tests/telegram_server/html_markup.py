"""parse_mode HTML as the official server reads it: byte offsets in errors, UTF-16 offsets in entities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .errors import bad_request

TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
ATTRIBUTE = re.compile(rb"""\s*([^\s=>/"']+)\s*(?:=\s*("[^"]*"|'[^']*'|[\w.-]+))?""")
SPACE = b" \t\r\n\0\v"


def utf16(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def cannot_parse(problem: str) -> Exception:
    """Return the refusal of a text whose markup is wrong."""
    return bad_request(f"can't parse entities: {problem}")


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


class HtmlReader:
    """Reads one text once."""

    def __init__(self, text: str) -> None:
        self._source = text.encode()
        self._at = 0
        self._plain: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        """Return the plain text and its entities."""
        while self._at < len(self._source):
            self._step()
        if self._open:
            raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return "".join(self._plain), sorted(self._entities, key=lambda e: (e["offset"], -e["length"]))

    def _step(self) -> None:
        source, at = self._source, self._at
        if source[at : at + 1] == b"<":
            if source[at + 1 : at + 2] == b"/":
                self._end()
            else:
                self._start()
            return
        reference = REFERENCE.match(source, at)
        if reference:
            self._put(_character(reference))
            self._at = reference.end()
            return
        stop = min((found for found in (source.find(b"<", at + 1), source.find(b"&", at + 1)) if found > 0), default=-1)
        piece = source[at : stop if stop > 0 else len(source)]
        self._put(piece.decode())
        self._at += len(piece)

    def _put(self, text: str) -> None:
        self._plain.append(text)
        self._units += utf16(text)

    def _start(self) -> None:
        begin = self._at
        name_end = begin + 1
        while name_end < len(self._source) and self._source[name_end] not in SPACE + b">":
            name_end += 1
        if name_end == len(self._source):
            raise cannot_parse(f"Unclosed start tag at byte offset {begin}")
        tag = self._source[begin + 1 : name_end].decode("utf-8", "replace").lower()
        if tag not in TAGS:
            raise cannot_parse(f'Unsupported start tag "{tag}" at byte offset {begin}')
        self._at = name_end
        attributes = self._attributes(tag, begin)
        argument = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id"}.get(tag, "")
        value = attributes.get(argument, "")
        if tag == "span" and value != "tg-spoiler":
            raise cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        if tag == "blockquote" and "expandable" in attributes:
            value = "expandable"
        self._open.append(_Open(tag, value, self._units, len(self._plain)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            while self._at < len(self._source) and self._source[self._at] in SPACE:
                self._at += 1
            if self._at >= len(self._source):
                raise cannot_parse(f"Unclosed start tag at byte offset {begin}")
            if self._source[self._at : self._at + 1] == b">":
                self._at += 1
                return found
            match = ATTRIBUTE.match(self._source, self._at)
            if match is None:
                raise cannot_parse(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            value = (match[2] or b"").strip(b"\"'")
            found[match[1].decode()] = REFERENCE.sub(lambda m: _character(m).encode(), value).decode()
            self._at = match.end()

    def _end(self) -> None:
        begin = self._at
        if not self._open:
            raise cannot_parse(f"Unexpected end tag at byte offset {begin}")
        close = self._source.find(b">", begin)
        name = self._source[begin + 2 : close].strip().decode("utf-8", "replace") if close > 0 else ""
        if close < 0 or " " in name:
            raise cannot_parse(f"Unclosed end tag at byte offset {begin}")
        started = self._open.pop()
        if name and name != started.tag:
            expected = f'expected "</{started.tag}>", found "</{name}>"'
            raise cannot_parse(f"Unmatched end tag at byte offset {begin}, {expected}")
        self._at = close + 1
        if self._units > started.offset:
            self._close(started)

    def _close(self, started: _Open) -> None:
        kind = TAGS[started.tag]
        entity: dict[str, Any] = {
            "type": kind,
            "offset": started.offset,
            "length": self._units - started.offset,
        }
        if kind == "text_link":
            entity["url"] = started.argument or "".join(self._plain[started.start :])
            if "." not in entity["url"] and "://" not in entity["url"]:
                return
        elif kind == "blockquote" and started.argument:
            entity["type"] = "expandable_blockquote"
        elif kind == "custom_emoji":
            entity["custom_emoji_id"] = started.argument
        elif kind == "code" and started.argument.startswith("language-"):
            entity["language"] = started.argument.removeprefix("language-")
        elif kind == "pre":
            self._language(entity)
        self._entities.append(entity)

    def _language(self, entity: dict[str, Any]) -> None:
        last = self._entities[-1] if self._entities else {}
        if (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"]) and last["type"] == "code":
            self._entities.pop()
            if "language" in last:
                entity["language"] = last["language"]


def _character(match: re.Match[bytes]) -> str:
    if match[3]:
        return NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0].decode()
