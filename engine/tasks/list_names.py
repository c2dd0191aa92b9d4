"""Which list a sentence speaks of, and what it says besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.understanding.plain import plain
from engine.understanding.wordings import any_of

DEFAULT_LIST = "shopping"
_SHOPPING = frozenset(
    "shopping shop grocery groceries food supermarket store market shops weekly current new same whole".split()
) | {"weekly shopping", "grocery shopping", "food shopping", "weekly shop", "big shop", "grocery store", "my shopping"}
_TASKS = frozenset(
    ("to do", "todo", "to dos", "todos", "task", "tasks", "job", "jobs", "chore", "chores", "to do s", "things to do")
)
_OWNER = r"(?:the|my|our|a|an|this|that|your|his|her|their|another|one|all|whole|entire|new|dad's|mum's|mom's)"
_LIST = r"(?:lists?|lsit|lits)"
_STOP = (
    r"(?!(?:on|onto|to|in|into|off|of|from|out|at|the|my|our|a|an|this|that|and|or|is|are|it|them|go|list|lists|me|"
    r"us|him|her|"
    r"please|now|later|today|tomorrow|read|show|clear|empty|tell)\b(?!-))"
)
_WORD = rf"{_STOP}[\w'&/-]+"
_NAME = (
    rf"(?P<{{0}}>{_WORD}(?: {_WORD}){{{{0,2}}}}?(?: (?:to (?:watch|read|buy|do|see|try|visit|pack|call|get|cook|"
    rf"bring|take|make)|of \w+))?)"
)
_TO_DO_NAME = r"(?P<todo>to[ -]?dos?)"
_NAMED_AFTER = rf"(?: (?:called|named|titled|of|for) (?:the |my |our |all )?{_NAME.format('called')}(?=$|[,.:;?!]))?"
_TIES = any_of(
    "down on", "on to", "onto", "on", "to", "into", "in", "off of", "off", "from", "out of", "of", "for", "at"
)
_TIED = re.compile(
    rf"(?P<comma>[,;]?)\s*(?<![\w'])(?P<tie>{_TIES}) (?:{_OWNER} ){{1,3}}(?:{_TO_DO_NAME} |"
    rf"{_NAME.format('name')} )?{_LIST}(?!\w){_NAMED_AFTER}"
    rf"|\s*(?<![\w'])(?!to[ -]dos?\b)(?P<bare>{_TIES}) (?:{_NAME.format('plain')} )?list(?!\w)"
    r"|\s*(?<![\w'])(?:on|to|onto|from|off|of|out of) (?:the |my |our )?(?P<shop>groceries|shopping)(?![\w]| (?:bag|"
    r"cart|trolley|basket))",
    re.IGNORECASE,
)
_FREE = re.compile(
    rf"(?<![\w'])(?:{_OWNER} ){{0,3}}(?:{_TO_DO_NAME} |{_NAME.format('name')} )?{_LIST}(?!\w){_NAMED_AFTER}",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:.* )?(?:the|my|our|a|an|this|that|your|on|to|from|off|of|in|read|show|clear|empty|wipe|reset|me|us|see|"
    r"check|create|make|start|is|are|does|what'?s|and|out|blank|scrap|whole|"
    r"clean|erase|delete|remove|new|tell|got|has|have|into|onto|open|please|at|begin|up|add|for|with|entire|give|"
    r"send|hear|get|it|still)(?: |$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundList:
    """A list a text speaks of (its plain key), and the words before and after it.

    `said` tells whether it was named at all, `tied` whether by "off", "to" or the like; `is_tasks` that it is the
    to-do list, which is no list but the person's tasks.
    """

    name: str
    before: str
    after: str = ""
    said: bool = True
    tied: bool = False
    is_tasks: bool = False


def list_key(name: str, known: Sequence[str] = ()) -> str:
    """Return a list's plain key: "Groceries" is the shopping list unless the household has a list of that name."""
    key = plain(name).replace("-", " ").removesuffix("'s").strip()
    key = re.sub(r"^(?:(?:the|my|our|a|an|new|fresh|whole|entire|same|old|current) )+", "", key)
    if key in known:
        return key
    if key.endswith(" list"):
        key = key.removesuffix(" list")
    return DEFAULT_LIST if not key or key in _SHOPPING else key


def find_list(text: str, known: Sequence[str] = ()) -> FoundList:
    """Return the list that a text speaks of; the shopping list where it speaks of none."""
    return _known(text, known) or _tied(text, known) or _free(text, known) or FoundList(DEFAULT_LIST, text, said=False)


def _known(text: str, known: Sequence[str]) -> FoundList | None:
    folded = text.casefold()
    for name in sorted(known, key=len, reverse=True):
        if not name or name not in folded:
            continue
        match = re.search(
            rf"(?:(?P<tie>{_TIES})\s+)?(?:(?:the|my|our|a|"
            rf"that)\s+)*(?<![\w']){re.escape(name)}(?!\w)(?P<list>\s+list(?!\w))?",
            text,
            re.IGNORECASE,
        )
        if match and (match["tie"] or match["list"]) and not _reads_on(text, match, known):
            return FoundList(name, text[: match.start()].strip(), _after(text[match.end() :]), tied=bool(match["tie"]))
    return None


def _reads_on(text: str, match: re.Match[str], known: Sequence[str]) -> bool:
    """Tell whether the name is only the tail of a longer list name ("present" in "the christmas present list")."""
    if match["list"] is None or match["tie"]:
        return False
    longer = _tied(text, ())
    return (
        longer is not None
        and longer.name not in known
        and longer.name.endswith(match[0].casefold().removesuffix(" list"))
    )


def _tied(text: str, known: Sequence[str]) -> FoundList | None:
    found = None
    for match in _TIED.finditer(text):
        found = match
    if found is None:
        return None
    name = found["called"] or found["todo"] or found["name"] or found["plain"] or found["shop"] or ""
    return _found(text, found, name, known, tied=True)


def _free(text: str, known: Sequence[str]) -> FoundList | None:
    match = _FREE.search(text)
    if match is None:
        return None
    name = match["called"] or match["todo"] or match["name"] or ""
    start = match.start()
    cut = _NO_NAME.match(name) if not (match["called"] or match["todo"]) else None
    if cut:
        start = match.start("name") + cut.end()
        name = name[cut.end() :]
        if name == "":
            start = match.start("name")
    return _found(text, match, name, known, tied=False, start=start)


def _found(
    text: str, match: re.Match[str], name: str, known: Sequence[str], *, tied: bool, start: int | None = None
) -> FoundList:
    is_tasks = plain(name).replace("-", " ") in _TASKS
    before = text[: match.start() if start is None else start].strip()
    return FoundList(list_key(name, known), before, _after(text[match.end() :]), tied=tied, is_tasks=is_tasks)


def _after(rest: str) -> str:
    return re.sub(r"^[\s,:;.!?-]+", "", rest).strip()
