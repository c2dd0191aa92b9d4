"""How pressing a thought is, as its words and marks say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engine.tasks.kinds import Priority
from engine.tasks.rules import KeywordRule, TaskRules

_NAMED = re.compile(r"(?<!\S)!(low|normal|high|urgent)(?![\w'])\s*", re.IGNORECASE)
_MARKS = re.compile(r"(?<!\S)!{1,9}(?=\s)\s*|\s*(?<![!?])!{1,9}$")
_AT_START = (
    r"^(?:(?:very|really|super) )?(?:{0})(?![\w'])(?:\s*[:,;.!–—-]+\s*|\s+(?=(?:and |please |remind|to |i |"
    r"we |call |task|note|todo)))"
)
_AT_END = (
    r"(?:\s*[,;.(–—-]+\s*|\s+)(?:and |but |it'?s |its |this is |that'?s |as |is )?(?:(?:very|really|"
    r"super) )?(?:{0})[\s).!]*$"
)
_INSIDE = r"(?<![\w'])(?:{0})(?![\w'])"


@dataclass(frozen=True)
class FoundPriority:
    """How pressing a text says it is, and the text without the words that say nothing else."""

    priority: Priority
    rest: str
    said: str | None = None


def read_priority(text: str, rules: TaskRules, *, marks: bool = True) -> FoundPriority:
    """Return the priority of a text; `marks` says that an exclamation mark is one.

    Named ones ("!high") win, then words by the rules, the longest first, then marks ("!" high, "!!" urgent).
    """
    named = _NAMED.search(text)
    if named:
        rest = (text[: named.start()] + text[named.end() :]).strip()
        return FoundPriority(Priority(named[1].lower()), rest, named[0].strip())
    marked, rest = _mark(text) if marks else (None, text)
    worded = _words(rest, rules)
    if worded is not None:
        return worded
    if marked is None:
        return FoundPriority(Priority.NORMAL, text)
    return FoundPriority(Priority.HIGH if len(marked) == 1 else Priority.URGENT, rest, marked)


def _mark(text: str) -> tuple[str | None, str]:
    match = _MARKS.search(text)
    if match is None:
        return None, text
    return match[0].strip(), f"{text[: match.start()]} {text[match.end() :]}".strip()


def _words(text: str, rules: TaskRules) -> FoundPriority | None:
    folded = text.casefold()
    for rule in rules.by_length:
        if rule.phrase.split(" ", 1)[0] not in folded:
            continue
        match = _first(rule, text)
        if match is not None:
            rest = text if not rule.filler else f"{text[: match.start()]} {text[match.end() :]}".strip()
            return FoundPriority(rule.priority, rest, rule.phrase) if rest else None
    return None


def _first(rule: KeywordRule, text: str) -> re.Match[str] | None:
    shapes = (_AT_END, _AT_START) if rule.filler else (_INSIDE,)
    for shape in shapes:
        match = _expression(shape, rule.phrase).search(text)
        if match is not None:
            return match
    return None


@lru_cache(maxsize=512)
def _expression(shape: str, phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word).replace("'", "['’]?") for word in phrase.split())
    return re.compile(shape.format(words), re.IGNORECASE)
