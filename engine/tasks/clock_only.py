"""A new time that says nothing but an hour: it is on the day, and in the half of it, that the old one was."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from engine.tasks.due import Due, DueKind
from engine.tasks.wall import instant_of, local

_HALF = timedelta(hours=12)
_DAY = timedelta(days=1)
_NUMBER = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|quarter|half|a quarter|five|"
    r"twenty(?:-five)?)"
)
_CLOCK = re.compile(
    rf"(?:(?:to|at|for|by|until|till|til|around|about)\s+)*{_NUMBER}(?:[:.]\d\d|\s*(?:past|to|after)\s+{_NUMBER}|"
    rf"\s+{_NUMBER})?\s*(?:o'?clock|oclock|sharp)?\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_TWO_DIGITS = re.compile(r"(?<![\d:.])(?:0\d|1[3-9]|2[0-4])(?!\d)")


_FIRST_WAKING, _LAST_WAKING = 5, 10  # hours


def in_the_morning(due: Due, zone: tzinfo, now: datetime) -> Due:
    """Return a time as an alarm clock means it: a bare hour at which people get up is of the next morning.

    "6:30" said at ten is half past six tomorrow; "6:30 pm", "18:30", "tonight" and hours of no morning stay.
    """
    said = _CLOCK.fullmatch(due.wording.strip())
    if said is None or said["half"] is not None or due.kind is not DueKind.POINT or due.at is None:
        return due
    early = local(due.at, zone) - _HALF
    if _TWO_DIGITS.search(due.wording) or not _FIRST_WAKING <= early.hour < _LAST_WAKING or due.at <= now:
        return due
    at = instant_of(early.date(), early.time(), zone)
    return replace(due, at=at if at > now else instant_of(early.date() + _DAY, early.time(), zone))


def like_before(due: Due, old: Due, zone: tzinfo, now: datetime) -> Due:
    """Return a new time as it is meant for something that was due at `old`.

    "Make it 8" of an alarm for seven tomorrow morning is eight tomorrow morning, and of one for every weekday at seven
    it is every weekday at eight. A time with a day of its own, or none of an hour, stays as it was read.
    """
    said = _CLOCK.fullmatch(due.wording.strip())
    if said is None or due.kind is not DueKind.POINT or due.at is None:
        return due
    known = said["half"] is not None or _TWO_DIGITS.search(due.wording) is not None
    clock = local(due.at, zone).time()
    if old.kind is DueKind.RECURRENCE and old.recurrence is not None and len(old.recurrence.times) == 1:
        new = clock if known else _nearest(clock, old.recurrence.times[0])
        return replace(old, recurrence=replace(old.recurrence, times=(new,)), by=due.by or old.by)
    if old.kind is DueKind.DAY and old.day is not None:
        at = instant_of(old.day, clock, zone)
    elif old.kind is DueKind.POINT and old.at is not None:
        was = local(old.at, zone)
        at = instant_of(was.date(), clock if known else _nearest(clock, was.time()), zone)
    elif old.kind is DueKind.RANGE and isinstance(old.start, datetime) and isinstance(old.end, datetime):
        if old.end - old.start >= _DAY:
            return due
        was = local(old.start + (old.end - old.start) / 2, zone)
        at = instant_of(was.date(), clock if known else _nearest(clock, was.time()), zone)
    else:
        return due
    if at <= now and not known:
        at = at + _HALF if at + _HALF > now and local(at + _HALF, zone).date() == local(at, zone).date() else at
    while at <= now:
        at = instant_of(local(at, zone).date() + _DAY, local(at, zone).time(), zone)
    return replace(due, at=at)


def _nearest(clock: time, old: time) -> time:
    """Return the hour in that half of the day in which it is nearer to the old one."""
    other = clock.replace(hour=(clock.hour + 12) % 24)
    return min((clock, other), key=lambda each: abs(_minutes(each) - _minutes(old)))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
