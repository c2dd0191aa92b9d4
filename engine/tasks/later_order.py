"""The order of words that a time is read best in: the command first, then the days, then the hours."""

from __future__ import annotations

import re

_VERBS = (
    "turn|switch|put|open|close|shut|set|dim|brighten|play|start|stop|run|raise|lower|activate|lock|unlock|pause|mute"
)
_TIME_FIRST = re.compile(
    r"(?P<time>(?:every|each|at|on|from|tomorrow|weekdays|daily)\b[^?]*?\d[^?]*?),? "
    rf"(?P<command>(?:please )?(?:{_VERBS})\b.+)",
    re.IGNORECASE,
)
_HOUR_FIRST = re.compile(
    r"(?P<before>.+?) (?P<hour>at \d{1,2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?(?: and \d{1,2}(?:[:.]\d{2})?)?),? "
    r"(?P<days>(?:every|each|on) (?:(?:other|second|work|week|mon|tues|wednes|thurs|fri|satur|sun)?[a-z]*day)s?"
    r"(?: (?:morning|evening|night|afternoon)s?)?)",
    re.IGNORECASE,
)
_PART = re.compile(r" (?P<part>morning|evening|night|afternoon)s?$", re.IGNORECASE)
_HALF_SAID = re.compile(r"[ap]\.?m|1[3-9]|2[0-3]", re.IGNORECASE)


def in_order(text: str) -> str:
    """Return a text with its time behind its command, and the hour behind the days it is said before.

    "At 6 every weekday morning" is "every weekday at 6 in the morning"; any other text comes back as it is.
    """
    said = " ".join(text.split())
    first = _TIME_FIRST.fullmatch(said)
    if first is not None and " and " in first["time"]:
        said = f"{first['command']} {first['time']}"
    hour = _HOUR_FIRST.fullmatch(said)
    return f"{hour['before']} {_days_at(hour['days'], hour['hour'])}" if hour is not None else said


def _days_at(days: str, hour: str) -> str:
    part = _PART.search(days)
    if part is None:
        return f"{days} {hour}"
    half = "" if _HALF_SAID.search(hour) or " and " in hour else "pm" if part["part"].lower() != "morning" else "am"
    return f"{days[: part.start()]} {hour}{half}"
