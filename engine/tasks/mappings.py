"""Whether a phrase can be taught to mean a time: the meaning must be one, and the phrase none that is certain."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.tasks.due import Due, DueKind
from engine.tasks.times import find_time, read_time
from engine.tasks.times.plain import plain

LONGEST_MEANING = 60
_CERTAIN = frozenset({DueKind.POINT, DueKind.DAY, DueKind.RECURRENCE})
# What is over on both days says so by itself ("yesterday"); a date is to come on the first of them.
_DAYS = (datetime(2000, 1, 5, 12, 0, tzinfo=UTC), datetime(2026, 11, 18, 12, 0, tzinfo=UTC))


def mapping_fault(phrase: str, meaning: str) -> str | None:
    """Return why a phrase cannot be taught to mean a time, or None."""
    if len(meaning) > LONGEST_MEANING:
        return f"a time is said in at most {LONGEST_MEANING} characters"
    read = [read_time(meaning, day, UTC) for day in _DAYS]
    if not is_time(meaning):
        return f"“{meaning}” is no time that I can read"
    if all(
        find_time(f"x {meaning}", day, UTC) is None and _is_over(due, day) for due, day in zip(read, _DAYS, strict=True)
    ):
        return f"“{meaning}” is over"
    said = read_time(phrase, _DAYS[1], UTC)
    if said is not None and said.kind in _CERTAIN:
        return f"“{phrase}” is a time already"
    return None


def is_time(text: str) -> bool:
    """Tell whether a text says a time and nothing else."""
    read = (read_time(text, day, UTC) for day in _DAYS)
    return any(due is not None and due.kind is not DueKind.OPEN for due in read)


def mapped(phrase: str) -> str:
    """Return a phrase as it is looked for in a text that is searched for times."""
    return plain(phrase).text.strip(" .,;:!?")


def _is_over(due: Due | None, now: datetime) -> bool:
    if due is None:
        return True
    ends = [each for each in (due.at, due.day, due.end) if each is not None]
    return any(each <= now if isinstance(each, datetime) else each <= now.date() for each in ends)
