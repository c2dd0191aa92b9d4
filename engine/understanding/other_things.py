"""Things that are named after a device and are none: the heating oil, the TV licence, the garage door project."""

from __future__ import annotations

import re

from engine.understanding.wordings import any_of

_NAMED_AFTER = any_of(
    "heating|heater|boiler|thermostat|lights?|lamp|tv|telly|television|speaker|radio|fan|blinds?|curtains?|shutters?",
    "garage|gate|door|lock|window|vacuum|hoover|sprinkler|kettle|coffee(?: machine)?|oven|water|gas|alarm|carpet",
    "kitchen|bathroom|bedroom|garden|hall|house|pool|washing machine|fridge",
)
_THINGS = any_of(
    "oil|delivery|bills?|engineer|service|man|company|subscription|licen[cs]e|remote|batteries|cleaners?|project|tasks?",
    "lists?|reminders?|notes?|meeting|appointment|party|sale|insurance|contract|quotes?|articles?|email|letter|manual",
    "warranty|repairs?|repairman|electrician|plumber|installation|prices?|catalogue|brochure|instructions|membership",
    "paint|order|invoice|rental|inspection|survey|filters?|bags|handle|rail|tickets?|refund|supplier|tariff|advert",
)
_NAMED = re.compile(rf"\b{_NAMED_AFTER} (?:[a-z]+ )?(?P<thing>{_THINGS})\b")


def something_else(plain_text: str) -> str | None:
    """Return the word that makes a device's name that of something else ("the heating oil": "oil"), if there is one."""
    found = _NAMED.search(plain_text)
    return found["thing"] if found else None
