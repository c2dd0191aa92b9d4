"""Taking words off the end of a text in time that does not grow with it."""

from __future__ import annotations

import re

_WITHIN = 80


def without_tail(expression: re.Pattern[str], text: str) -> str:
    """Return the text without what the expression finds at its end, where only the last 80 characters are looked at.

    An expression that begins with spaces and ends with `$` is tried at every place, which in a long text of spaces and
    commas costs the square of its length.
    """
    start = max(0, len(text) - _WITHIN)
    return text[:start] + expression.sub("", text[start:])
