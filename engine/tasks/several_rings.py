"""Several alarms or reminders in one sentence: "wake me at 6 and again at 7", "remind me at 8 and at 9 to …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from engine.tasks.rules import TaskRules
from engine.tasks.times import read_time

MOST_AT_ONCE = 5
_HEAD = re.compile(
    r"(?P<head>.{0,30}?\b(?:alarms?(?: clocks?)?|wake (?:me|us)(?: up)?|get (?:me|us) up)) (?:for|at) "
    r"(?P<times>.{3,120})",
    re.IGNORECASE,
)
_REMINDED = re.compile(
    r"(?P<lead>(?:please\s+)?(?:can you\s+|could you\s+)?remind (?:me|us))\s+"
    r"(?:(?P<before>.{1,60}?)\s+(?P<what>(?:to|about|that)\s+.+)|(?P<first>(?:to|about|that)\s+.+?)\s+"
    r"(?P<after>(?:at|on|in|tomorrow|today|tonight|every|each)\b.{1,60}))",
    re.IGNORECASE,
)
_HALF = re.compile(r"\s*(?:am|pm|a\.m\.?|p\.m\.?)$", re.IGNORECASE)
_BARE = re.compile(r"(?:at\s+)?\d{1,2}(?:[:.]\d{2})?", re.IGNORECASE)
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
    if any(read_time(one, now, zone, rules.times) is None for one in times):
        return ()
    return tuple(f"{match['lead']} {one} {what}" for one in times)


def _completed(parts: Sequence[str]) -> list[str]:
    """Return times with what only the first or the last of them says: a day, half of a day, a clock time."""
    day, at, _ = parts[0].rpartition("at ")
    half, clock = _HALF.search(parts[-1]), _CLOCK.search(parts[-1])
    times = [f"{part}{half[0]}" if half and _BARE.fullmatch(part.removeprefix(day)) else part for part in parts]
    times[1:] = [f"{day}at {part}" if at and _CLOCK_ALONE.match(part) else part for part in times[1:]]
    return [f"{one}{clock[0]}" if clock and _DAY_ALONE.fullmatch(one) else one for one in times]
