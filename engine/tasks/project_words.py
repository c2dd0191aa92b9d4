"""Which project a thought belongs to, as its words or a hashtag say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.understanding.plain import plain

_HASHTAG = re.compile(r"(?<![\w#&])#([^\W\d_][\w-]{0,40})")
_NAME = r"(?P<name>[\w'&-]+(?: [\w'&-]+){0,3}?)"
_HEAD = re.compile(
    rf"^(?:(?:new |add )?(?:a )?(?:task|todo|to do|thing) )?(?:for|in|on) (?:the|my|our) {_NAME} project\s*[:,-]+\s*",
    re.IGNORECASE,
)
_HEAD_PLAIN = re.compile(rf"^(?:(?:the|my|our) )?{_NAME} project\s*:\s*", re.IGNORECASE)
_TIE = r"(?:\s*[,(]\s*|\s+)(?:to|in|into|for|under|on|onto|as part of|belongs to)"
_TAIL = re.compile(
    rf"{_TIE} (?:(?:the|my|our) )+{_NAME} project\)?(?![\w'])"
    rf"|{_TIE} (?:the )?project (?P<behind>[\w'&-]+(?: [\w'&-]+){{0,3}}?)\)?(?=$|[.,;!?])",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[_-]+")
_LONGEST_TAIL = 90


@dataclass(frozen=True)
class FoundProject:
    """The project a text names, as the household spells it where it knows it, and the text without it."""

    name: str | None
    rest: str


def read_project(text: str, projects: Sequence[str]) -> FoundProject:
    """Return the project that a hashtag, "for the hall project" or a known name before a colon names."""
    tag = _HASHTAG.search(text)
    if tag:
        rest = _HASHTAG.sub("", text[tag.start() :])
        name = _SEPARATORS.sub(" ", tag[1]).strip()
        return FoundProject(known_name(name, projects), " ".join((text[: tag.start()] + rest).split()))
    head = _HEAD.match(text) or _HEAD_PLAIN.match(text)
    if head:
        return FoundProject(known_name(head["name"], projects), text[head.end() :].strip())
    before, colon, after = text.partition(":")
    if colon and len(before) < 60 and _spelt(before, projects):
        return FoundProject(_spelt(before, projects), after.strip())
    return _at_the_end(text, projects)


def _at_the_end(text: str, projects: Sequence[str]) -> FoundProject:
    folded = text[-_LONGEST_TAIL:].casefold()
    if "project" not in folded:
        return FoundProject(None, text)
    start = max(0, len(text) - _LONGEST_TAIL)
    match = _TAIL.search(text, start)
    if match is None:
        return FoundProject(None, text)
    rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
    return FoundProject(known_name(match["name"] or match["behind"], projects), rest)


def known_name(name: str, projects: Sequence[str]) -> str:
    """Return a project's name as the household spells it, or as it was said where there is none like it."""
    return _spelt(name, projects) or name


def _spelt(name: str, projects: Sequence[str]) -> str | None:
    wanted = plain(name).removeprefix("the ").removesuffix(" project")
    for project in projects:
        if plain(project).removeprefix("the ").removesuffix(" project") == wanted and wanted:
            return project
    return None
