"""Several requests of lists in one sentence: "add milk to the shopping list and take bread off it" is two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.tasks.list_names import find_list

_ADD = r"add|put|stick|pop|write"
_REMOVE = r"remove|delete|take|cross|strike|scratch|tick"
_POLITE = r"(?:please |also |then )*"
_BETWEEN = re.compile(
    rf"(?:\s*[,;.]\s*(?:(?:and|then|also|but)\s+)*|\s+(?:(?:and|then|also|but)\s+)+)(?={_POLITE}(?:{_ADD}|{_REMOVE})\b)",
    re.IGNORECASE,
)
_VERB = re.compile(rf"(?<![\w'])(?:(?P<add>{_ADD})|(?P<remove>{_REMOVE}))(?![\w'])", re.IGNORECASE)
_SAME = re.compile(
    r"(?<![\w'])(?P<tie>to|on|onto|off|from|of) (?:it|there|that list|the same (?:list|one))[\s.!]*$", re.IGNORECASE
)


@dataclass(frozen=True)
class ListPart:
    """One request of a list: its words, and the intent they have by their verb."""

    text: str
    intent: str


def list_parts(text: str, intent: str, known: Sequence[str] = ()) -> tuple[ListPart, ...]:
    """Return the requests of a text understood as `intent`: several only where each names a list and has a verb.

    `known` are the plain keys of the lists there are. "It" is the list that was named before.
    """
    parts: list[str] = []
    begin = 0
    for cut in _BETWEEN.finditer(text):
        done = _whole(text[begin : cut.start()], parts, known)
        if done is not None and _whole(text[cut.end() :], [*parts, done], known) is not None:
            parts.append(done)
            begin = cut.end()
    if not parts:
        return (ListPart(text, intent),)
    last = _whole(text[begin:], parts, known) or text[begin:]
    return tuple(ListPart(part, _intent(part, intent)) for part in (*parts, last))


def _whole(text: str, before: Sequence[str], known: Sequence[str]) -> str | None:
    """Return a part that names its list, also where it only means the one before; None where it names none."""
    if before and (same := _SAME.search(text)):
        name = find_list(before[-1], known).name
        return f"{text[: same.start()]}{same['tie']} the {name} list"
    found = find_list(text, known)
    return text if found.said and found.tied and _VERB.search(text) else None


def _intent(part: str, intent: str) -> str:
    verb = _VERB.search(part)
    return intent if verb is None else "list_add" if verb["add"] else "list_remove"
