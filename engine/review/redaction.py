"""Taking out of a text what nobody should read in a report: numbers to call, addresses, secrets, people's names."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

INSTEAD = "…"
_SECRETS = re.compile(
    r"""
    \b[a-z][a-z0-9+.-]*://[^\s“”"]+                             # addresses of the web
    | \bwww\.[^\s“”"]+
    | \b(?=[\w:-]*\d)(?=[\w:-]*[a-z])[\w:-]{16,}\b              # keys
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                              # of mail
    | (?<!\w)@\w{3,}                                            # and of accounts
    | (?<!\w)(?!\d{4}-\d\d-\d\d\b)(?:\+|\()?\d(?:[\s().\/-]{0,2}\d){6,}(?!\w)   # numbers to call, of cards
    | \b[a-z]{2}\d{2}(?:\s?[a-z0-9]{4}){3,}(?:\s?[a-z0-9]{1,4})?\b    # accounts of banks
    | \b(?:\d{1,3}\.){3}\d{1,3}\b                               # machines
    | \b(?:pin|password|passcode|code|token|key)\b(?:\s+(?:is|for|to|:|=))*\s*:?\s*[^\s“”"]*\d[^\s“”"]*
    | \b\d{1,5}[a-z]?\s+(?:\w+\s){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|close|court|square|place)\b
    | \b\w+(?:stra(?:ss|ß)e|weg|gasse|platz)\s+\d+\w?\b         # houses
    """,
    re.IGNORECASE | re.VERBOSE,
)


def redacted(text: str, names: Collection[str] = ()) -> str:
    """Return a text in which an ellipsis stands for every number to call, address, secret and one of the names."""
    hidden = _SECRETS.sub(INSTEAD, text)
    known = _names(frozenset(name.strip().casefold() for name in names if len(name.strip()) > 1))
    return known.sub(INSTEAD, hidden) if known else hidden


def is_private(text: str, names: Collection[str] = ()) -> bool:
    """Tell whether a text holds what should not be read in a report."""
    return redacted(text, names) != text


@lru_cache(16)
def _names(names: frozenset[str]) -> re.Pattern[str] | None:
    # Each part of a name is one: who is called "Ana Silva" is spoken of as "ana".
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 1}
    if not parts:
        return None
    said = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{said})(?:['’]s)?(?!\w)", re.IGNORECASE)
