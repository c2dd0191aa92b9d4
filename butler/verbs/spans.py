"""Instants and spans of time as a command line gives them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from butler.failures import UsageError

_SPAN = re.compile(r"([0-9]{1,6})([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def span(text: str, option: str) -> timedelta:
    """Return a span such as "180d" (h hours, d days, w weeks); raises UsageError, which names the option."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise UsageError(f"{option} must be a number of hours, days or weeks such as 12h, 180d or 4w, not {text!r}")
    return int(found[1]) * _UNITS[found[2]]


def before(now: datetime, text: str, option: str) -> datetime:
    """Return the instant a span before now; raises UsageError."""
    try:
        return now - span(text, option)
    except OverflowError as error:
        raise UsageError(f"{option} {text} is longer than there have been days") from error


def instant(text: str, now: datetime, zone: tzinfo, option: str) -> datetime:
    """Return an instant in UTC: a span before now, or an ISO date or time, of `zone` where it names none.

    Raises UsageError.
    """
    if _SPAN.fullmatch(text):
        return before(now, text, option)
    try:
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        example = "2026-11-01, 2026-11-01T08:00 or 30d"
        raise UsageError(f"{option} must be a date, a time or a span such as {example}, not {text!r}") from error
