"""Being woken and something of the home at the same time: "wake me at 7 and turn on the lamp" asks for both then."""

from __future__ import annotations

import re

from engine.understanding.wordings import any_of

_CLOCK = any_of(
    r"(?:at|by|around|about|for) (?:about |around )?(?:\d{1,2}(?:[:.]\d{2})?|half|quarter|noon|midday|midnight|[a-z]+)"
    r"(?: ?(?:past|to) (?:\d{1,2}|[a-z]+))?(?: thirty| fifteen| forty[- ]five)?"
    r"(?: ?(?:am|pm|a\.m\.?|p\.m\.?|o'clock))?",
    r"in (?:half an hour|an hour|(?:\d+(?:\.\d+)?|[a-z]+) (?:minutes?|mins?|hours?|hrs?)(?: and a half)?)",
)
_DAYS = "mon|tues|wednes|thurs|fri|satur|sun"
_DAY = any_of(
    rf"tomorrow(?: morning| evening| night)?|today|tonight|(?:on |next |this |every )?(?:{_DAYS})days?",
    "every (?:day|weekday|morning|evening|night)|(?:on )?(?:weekdays|weekends)|in the (?:morning|evening|afternoon)",
    "this (?:evening|afternoon|morning)",
)
_TIME = rf"(?:(?:{_CLOCK}|{_DAY})(?=[ ,]|$),? ?)+"
_VERBS = (
    "turn|switch|put|open|close|shut|dim|brighten|play|start|stop|set|raise|lower|activate|run|pause|mute|roll|boil"
    "|make|lock|unlock|warm|heat"
)
_WOKEN = re.compile(
    rf"^(?P<wake>(?:please )?(?:(?:can|could|would|will) you )?(?:please )?(?:wake|get) (?:me|us)(?: up)?)"
    rf"(?: (?P<first>{_TIME}))?,? (?:and|and then|then|and also|plus) (?:also |then |please )?"
    rf"(?P<command>(?:{_VERBS})\b.+?)(?: (?P<then>{_TIME}))?(?: please)?[.!?]*$",
    re.IGNORECASE,
)
_CLOCK_IN = re.compile(rf"\b{_CLOCK}(?=[ ,]|$)", re.IGNORECASE)
_DAY_IN = re.compile(rf"\b{_DAY}(?=[ ,]|$)", re.IGNORECASE)
_UNTIMED = re.compile(r"\b(?:when|if|until|till|after|before|while|once|as soon as|later|earlier)\b", re.IGNORECASE)


def waking_beside(text: str) -> tuple[str, str] | None:
    """Return the waking and the command that a text asks for, each with the time; None for any other text.

    A day or a clock time that is said of one is that of both.
    """
    found = _WOKEN.match(text.strip())
    if found is None or not (found["first"] or found["then"]) or _UNTIMED.search(found["command"]):
        return None
    first, then = ((found[group] or "").strip(" ,") for group in ("first", "then"))
    return f"{found['wake']} {_whole(first, then)}", f"{found['command'].strip(' ,')} {_whole(then, first)}"


def _whole(own: str, other: str) -> str:
    """Return a time with the day or the clock time that only the other says."""
    clock = "" if _CLOCK_IN.search(own) else _matched(_CLOCK_IN, other)
    day = "" if _DAY_IN.search(own) or own.startswith("in ") else _matched(_DAY_IN, other)
    return " ".join(part for part in (own, clock, day) if part)


def _matched(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found is not None else ""
