"""Several alarms in one sentence: "set an alarm for 6:30 and another for 7", "wake me at 6 and again at 7"."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from engine.tasks.rules import TaskRules
from engine.tasks.times import read_time

MOST_AT_ONCE = 5
_HEAD = re.compile(
    r"(?P<head>.{0,30}?\b(?:alarms?(?: clocks?)?|wake (?:me|us)(?: up)?|get (?:me|us) up)) (?:for|at) "
    r"(?P<times>.{3,120})",
    re.IGNORECASE,
)
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
