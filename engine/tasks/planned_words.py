"""How people speak of what is planned: which of it, and whether it is to rest, go on or be deleted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from engine.understanding.plain import plain

Verb = Literal["pause", "resume", "delete"]

_PAUSE = re.compile(r"\b(?:pause|suspend|hold|put on hold|disable|skip|deactivate)\b")
_RESUME = re.compile(
    r"\b(?:resume|unpause|continue|reactivate|re enable|enable|go on with|start again|restart|activate)\b"
)
_KIND = r"(?:schedules?|planned (?:actions?|things?)|plans?|timers? for the home|automations?|notices?|alerts?|rules?)"
_NUMBER = re.compile(rf"\b(?:{_KIND}|number|no|#) ?(?:number |no |#)?(\d{{1,9}})\b|^(?:\w+ )(\d{{1,9}})$")
_NOTICES = re.compile(r"\b(?:notices?|alerts?|(?:un)?mute)\b")
_ALL = re.compile(r"\b(?:all|every|everything|both)\b")
_NUMBERED = re.compile(
    r"(?:please )?(?:pause|suspend|resume|continue|reactivate|delete|cancel|remove|stop|drop|mute|unmute) (?:the )?"
    rf"{_KIND} (?:number |no |#)?\d{{1,9}}(?: please)?"
)
_SAYING_NOTHING = frozenset(
    (
        "that's thats cancel stop delete remove clear end drop pause suspend hold resume unpause continue reactivate"
        " what's enable disable skip deactivate activate don't dont do not never any more anymore no longer the a an"
        " my our your of for that this it in on to what is was planned plan plans planned schedule schedules"
        " scheduled action actions thing things automation automations please i you can could would want need"
        " all every everything both later again and which one get rid call off put home doing turning being"
        " number rule rules from running tell telling told me us about when whenever if notice notices notify"
        " notifying notification notifications alert alerts warn warning let letting know mute unmute silence"
        " quit message messages no"
    ).split()
)


@dataclass(frozen=True)
class PlannedChange:
    """What is to be done with what is planned: by number, by the words that name it, or with all of it."""

    verb: Verb
    number: int | None = None
    words: str = ""
    all: bool = False


def read_change(text: str) -> PlannedChange:
    """Return what a sentence wants changed of what is planned."""
    said = plain(text)
    verb: Verb = "pause" if _PAUSE.search(said) else "resume" if _RESUME.search(said) else "delete"
    number = _NUMBER.search(said)
    if number is not None:
        return PlannedChange(verb, number=int(number[1] or number[2]))
    words = " ".join(word for word in said.split() if word not in _SAYING_NOTHING)
    return PlannedChange(verb, words=words, all=bool(_ALL.search(said)))


def names_number(text: str) -> bool:
    """Tell whether a text is nothing but a change of one that it names by its number: "resume schedule 3"."""
    return _NUMBERED.fullmatch(plain(text)) is not None


def speaks_of_notices(text: str) -> bool:
    """Tell whether a text speaks of notices and not of planned actions."""
    return _NOTICES.search(plain(text)) is not None
