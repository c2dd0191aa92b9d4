"""What the words measure, and which kinds of things have that: degrees are the thermostat's, brightness a lamp's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.understanding.intents import INTENTS
from engine.understanding.nouns import INTENT_OF_DOMAIN
from engine.understanding.patterns import PatternMatch
from engine.understanding.slots import extract

_PROPERTY = r"(?:brightness|volume|volme|speed|temperature|temp|colou?r|position|level)"
_OF_A_THING = re.compile(rf"^(?:the )?{_PROPERTY} (?:of|on|for|in) | {_PROPERTY}$")
_HINTS = (
    (re.compile(r"\bdegrees?\b|\bcelsius\b|\bfahrenheit\b|\btemp(?:erature)?\b|\bwarm up\b|\bheat\b"), ("climate",)),
    (re.compile(r"\bvolu?me\b|\bloud\b"), ("media_player",)),
    (re.compile(r"\bbrightness\b|\bcolou?r\b|\bkelvin\b|\bdim\b|\bbrighten\b"), ("light",)),
    (re.compile(r"^(?!.*\b(?:lights?|lamps?|white)\b).*\b(?:colder|cooler|warmer|hotter)\b"), ("climate",)),
    (re.compile(r"\bspeed\b"), ("fan",)),
    (re.compile(r"\bposition\b"), ("cover", "valve")),
)
# Words that may stand around a value without saying more.
_GLUE = frozenset(
    """
    to at on in by the a an of for it its mode x about around please degrees
    brightness volume speed position temperature colour color level
    """.split()
)


def can_have(intent: str, prepared: str) -> bool:
    """Tell whether what the words measure, where they say it, is something the intent's things have."""
    hinted = [domains for words, domains in _HINTS if words.search(prepared)]
    return not hinted or any(not set(domains).isdisjoint(INTENTS[intent].domains) for domains in hinted)


_AS_WARM_AS_A_ROOM = re.compile(r"(?:.*[^\d:.,])?(?:1[5-9]|2[0-8])(?:[.,]\d)?")


def is_room_warmth(value: str | None, prepared: str) -> bool:
    """Tell whether a value ends in a bare number that is a usual temperature of a room in °C: "bedroom 21"."""
    if value is None or not _AS_WARM_AS_A_ROOM.fullmatch(value):
        return False
    return can_have("climate_control", prepared)


def without_property(mention: str) -> str:
    """Take the name of a property off the name of a thing: "the bedroom speaker volume" is the speaker's."""
    return _OF_A_THING.sub("", mention) or mention


def narrowed(domains: tuple[str, ...], match: PatternMatch, prepared: str) -> tuple[str, ...]:
    """Return those of the domains that have what the words measure; all where they measure nothing."""
    pattern = match.pattern
    value = match.captures.get("value")
    measured = value is not None or pattern.needs_value or pattern.action in {"increase", "decrease"}
    if pattern.intent is not None or not measured:
        return domains
    for words, hinted in _HINTS:
        if words.search(prepared) and not set(hinted).isdisjoint(domains):
            return tuple(domain for domain in domains if domain in hinted)
    if value is None or whole_value(value, "light_control", "to"):
        return domains
    others = (domain for domain in domains if domain != "light")
    return tuple(domain for domain in others if whole_value(value, INTENT_OF_DOMAIN[domain], "to")) or domains


def whole_value(text: str, intent: str, lead: str) -> Mapping[str, Any] | None:
    """Return the slots that a captured value is as a whole, read behind `lead` or "to"; None when more was said."""
    for before in dict.fromkeys((lead, "to")):
        slots = extract(f"x {before} {text}", intent)
        if slots.values and _GLUE.issuperset(slots.rest.split()):
            return slots.values
    return None
