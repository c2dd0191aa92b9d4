"""New times for something written down: "to monday", "I meant friday", "back a week"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from engine.tasks.due import Due, DueKind
from engine.tasks.rules import TaskRules
from engine.tasks.times import find_duration, find_time, read_time

_SEPARATOR = re.compile(
    r"\s+(?:forward |back |up |out |on )?(?:to|until|till|til|for|from|by|on|at|in|into)\s+(?=\S)", re.IGNORECASE
)
_SHIFT = re.compile(
    r"\s*(?P<way>back|forward|forwards|on|out|up|earlier|later)?\s*(?:by |for )?(?:another |a further )?$",
    re.IGNORECASE,
)
_AROUND = re.compile(r"\s*(?:(?:earlier|sooner|later|forward|back|please|instead|then|from then)\s*)*$", re.IGNORECASE)
_TIE = re.compile(r"(?:to|until|till|til|for|on|by|at|it to)\s+", re.IGNORECASE)
_SAME = re.compile(r"[\s,]+(?:at )?(?:the )?same time$|[\s,]+instead$|[\s,]+please$", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(?:(?:at|to|by|for)\s+)?\d{1,4}[.!?]*", re.IGNORECASE)
_NUMBER_WORD = re.compile(
    r"(?:that |the |a |single )*(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve)",
    re.IGNORECASE,
)
_NO_TIME = re.compile(
    r"(?:right |just |even )?(?:now|again|once|morning|evening|afternoon|night|always|never|"
    r"today's)|for \d+",
    re.IGNORECASE,
)
_MOST_SEPARATORS = 8
_LONGEST_TIME = 80  # characters


@dataclass(frozen=True)
class Moment:
    """What reading a time depends on besides the text."""

    now: datetime
    zone: tzinfo
    rules: TaskRules


@dataclass(frozen=True)
class Moved:
    """What is moved (its words), and to when or by how much."""

    target: str
    due: Due | None = None
    shift: timedelta | None = None


def time_of(text: str, moment: Moment, *, numbers: bool = True) -> Due | None:
    """Return the time that a text is and nothing else; `numbers` says that "11" is one."""
    said = _SAME.sub("", _SAME.sub("", text.strip(" ,.!?"))).strip(" ,")
    if not said or len(said) > _LONGEST_TIME or (not numbers and _BARE_NUMBER.fullmatch(said)):
        return None
    due = read_time(said, moment.now, moment.zone, moment.rules.times)
    if due is None and (tie := _TIE.match(said)):
        due = read_time(said[tie.end() :], moment.now, moment.zone, moment.rules.times)
    return due or _only_time(said, moment)


def coming(text: str, moment: Moment, *, numbers: bool) -> Due | None:
    """Return the time to come that a text is, where nothing but the text says that one is meant."""
    said = text.strip(" ,.!?")
    if _NUMBER_WORD.fullmatch(said) or _NO_TIME.fullmatch(said) or text.rstrip().endswith("?"):
        return None
    due = time_of(text, moment, numbers=numbers)
    return None if due is None or _is_past(due, moment) else due


def _is_past(due: Due, moment: Moment) -> bool:
    today = moment.now.astimezone(moment.zone).date()
    last = due.at or due.day or due.end or due.start
    if isinstance(last, datetime):
        return last < moment.now
    return last is not None and last < today


def _only_time(said: str, moment: Moment) -> Due | None:
    found = find_time(said, moment.now, moment.zone, moment.rules.times)
    return found.due if found is not None and not found.rest_of(said).strip(" .,") else None


def is_open(due: Due) -> bool:
    """Whether a time says nothing by itself ("later", "soon")."""
    return due.kind is DueKind.OPEN


def moved(rest: str, moment: Moment) -> Moved | None:
    """Return what "the dentist to monday", "the mot back a week" or "it by two days" moves, and where."""
    shifted = _shifted(rest)
    if shifted is not None:
        return shifted
    for separator in list(_SEPARATOR.finditer(f" {rest}"))[:_MOST_SEPARATORS]:
        start, end = max(0, separator.start() - 1), separator.end() - 1
        due = time_of(rest[end:], moment)
        if due is not None:
            return Moved(rest[:start].strip(), due)
    found = find_time(rest, moment.now, moment.zone, moment.rules.times)
    if found is not None and _SAME.sub("", rest[found.end :]).strip(" .,!") == "" and len(found.spans) <= 1:
        return Moved(rest[: found.start].strip(), found.due)
    return None


def _shifted(rest: str) -> Moved | None:
    found = find_duration(rest)
    if found is None:
        return None
    seconds, (start, end) = found
    before, after = rest[:start], rest[end:]
    way = _SHIFT.search(before[-30:])
    if _AROUND.match(after) is None or way is None:
        return None
    words = f"{way['way'] or ''} {after}".casefold()
    sooner = re.search(r"\b(?:forwards?|earlier|sooner)\b", words) is not None or way["way"] == "up"
    target = before[: max(0, len(before) - 30) + way.start()].strip()
    return Moved(target, shift=timedelta(seconds=-seconds if sooner else seconds))
