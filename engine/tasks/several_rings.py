"""Several alarms or reminders in one sentence: "wake me at 6 and again at 7", "remind me at 8 and at 9 to …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from engine.tasks.due import Due
from engine.tasks.rules import TaskRules
from engine.tasks.times import read_time

MOST_AT_ONCE = 5
_HEAD = re.compile(
    r"(?P<head>.{0,30}?\b(?:alarms?(?: clocks?)?|wake (?:me|us)(?: up)?|get (?:me|us) up)) (?:for|at) "
    r"(?P<times>.{3,120})",
    re.IGNORECASE,
)
_FIGURE = r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight)\b)"
_WHAT = rf"(?:to|about|that)\s+(?!{_FIGURE})"
_REMINDED = re.compile(
    r"(?P<lead>(?:please\s+)?(?:can you\s+|could you\s+)?remind (?:me|us))\s+"
    rf"(?:(?P<before>.{{1,60}}?)\s+(?<!quarter )(?P<what>{_WHAT}.+)"
    rf"|(?P<first>{_WHAT}.+?)\s+(?P<after>(?:at|on|in|tomorrow|today|tonight|every|each)\b.{{1,60}}))",
    re.IGNORECASE,
)
_HALF = re.compile(r"\s*(?:am|pm|a\.m\.?|p\.m\.?)$", re.IGNORECASE)
_BARE = re.compile(r"(?:at\s+)?\d{1,2}(?:[:.]\d{2})?", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})(?:[:.]\d{2})?(?:\s*[ap]\.?m\.?)?$", re.IGNORECASE)
_NAMES_DAY = re.compile(r"day|today|tonight|tomorrow|week|month|year|\b(?:in|every|each) ", re.IGNORECASE)
_CLOCK = re.compile(r"\s+at\s+\S.*$", re.IGNORECASE)
_CLOCK_ALONE = re.compile(r"\d|noon\b|midnight\b|half\b|quarter\b", re.IGNORECASE)
_DAY_ALONE = re.compile(r"(?:on\s+)?(?:today|tomorrow|\w+days?)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:(?:then\s+)?(?:another|again|one(?: more)?|a second|a third)(?:\s+"
    r"(?:alarm|one))?\s+)?(?:(?:for|at)\s+)?",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\s+(?:(?:on\s+)?(?:tomorrow|today|tonight|weekdays|weekends|(?:every|each|next|on)\s+[\w ]+?|\w+days?)"
    r"(?:\s+(?:morning|evening|night|afternoon))?|in the (?:morning|evening|afternoon))$",
    re.IGNORECASE,
)


def several_alarms(text: str, *, now: datetime, zone: tzinfo, rules: TaskRules) -> tuple[str, ...]:
    """Return what a text asks for as a text for each alarm; nothing where it asks for one or for something else.

    A day behind the last time is that of all ("at 6 and 7 tomorrow").
    """
    match = _HEAD.fullmatch(" ".join(text.split()).rstrip(" .!?"))
    if match is None:
        return ()
    day = _DAY.search(match["times"])
    said = match["times"][: day.start()] if day is not None else match["times"]
    parts = _BETWEEN.sub("\n", said).split("\n")
    if not 1 < len(parts) <= MOST_AT_ONCE:
        return ()
    if any(read_time(part.strip(), now, zone, rules.times) is None for part in parts):
        return ()
    wakes = "alarm" not in match["head"].casefold()
    lead = "wake me at" if wakes else "set an alarm for"
    return tuple(f"{lead} {part.strip()}{day[0] if day is not None else ''}" for part in parts)


def several_reminders(text: str, *, now: datetime, zone: tzinfo, rules: TaskRules) -> tuple[str, ...]:
    """Return what a text asks for as a text for each reminder; nothing where it asks for one or for something else.

    A day before the first time is that of all ("tomorrow at 8 and at 9"), and so are the half of the day or the clock
    time behind the last ("at 8 and 9 pm", "on monday and tuesday at 7"). What is repeated is one reminder already.
    """
    match = _REMINDED.fullmatch(" ".join(text.split()).rstrip(" .!?"))
    if match is None:
        return ()
    said, what = match["before"] or match["after"], match["what"] or match["first"]
    parts = [part.strip() for part in _BETWEEN.sub("\n", said).split("\n")]
    whole = read_time(said, now, zone, rules.times)
    if not 1 < len(parts) <= MOST_AT_ONCE or (whole is not None and not whole.asks):
        return ()
    times = _completed(parts)
    times = _in_one_half(times, read_time(times[0], now, zone, rules.times))
    read = [read_time(one, now, zone, rules.times) for one in times]
    if any(due is None or due.asks or (due.at is not None and due.at < now) for due in read):
        return ()
    return tuple(f"{match['lead']} {one} {what}" for one in dict.fromkeys(times))


def _completed(parts: Sequence[str]) -> list[str]:
    """Return times with what only the first or the last of them says: a day, half of a day, a clock time.

    Half of a day is that of all where the hours rise to the last: of 10 and 3 pm, 10 is in the morning.
    """
    day, at, _ = parts[0].rpartition("at ")
    behind = _DAY.search(parts[-1]) if not day.strip() else None
    bare = [part[: behind.start()] if behind and part is parts[-1] else part for part in parts]
    half, clock, last = _HALF.search(bare[-1]), _CLOCK.search(bare[-1]), _hour(bare[-1])
    times = [f"{part}{half[0]}" if half and _is_before(part.removeprefix(day), last) else part for part in bare]
    times[1:] = [f"{day}at {part}" if at and _CLOCK_ALONE.match(part) else part for part in times[1:]]
    times = [f"{one}{clock[0]}" if clock and _DAY_ALONE.fullmatch(one) else one for one in times]
    return [one if _NAMES_DAY.search(one) or behind is None else f"{one}{behind[0]}" for one in times]


def _hour(part: str) -> int:
    found = _HOUR.search(part)
    return int(found[1]) % 12 if found else 0


def _is_before(part: str, last: int) -> bool:
    return _BARE.fullmatch(part) is not None and _hour(part) < last


def _in_one_half(times: Sequence[str], first: Due | None) -> list[str]:
    """Return clock times without am or pm in the half of the day of the first, as far as they rise."""
    if first is None or first.at is None or not all(_BARE.fullmatch(one) for one in times):
        return list(times)
    half, begun = " pm" if first.at.hour >= 12 else " am", _hour(times[0])
    return [times[0], *(f"{one}{half}" if begun < _hour(one) else one for one in times[1:])]
