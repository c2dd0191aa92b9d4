"""A due in plain words: "tomorrow at 17:00", "this weekend", "every Monday at 07:00", "by Friday"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from engine.tasks.due import Due, DueKind
from engine.tasks.recurrence import Every, Recurrence
from engine.tasks.wall import local

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WORKDAYS = (0, 1, 2, 3, 4)


def wording_of(due: Due, now: datetime, zone: tzinfo) -> str:
    """Return when something is due, in words a person reads, seen from now."""
    if due.kind is DueKind.OPEN or not due.by:
        return _said(due, now, zone)
    return f"by {_last(due, now, zone)}"


def _last(due: Due, now: datetime, zone: tzinfo) -> str:
    """Return the deadline itself: of a range its last day, of one within a day its end."""
    if due.kind is not DueKind.RANGE or due.end is None:
        return _said(due, now, zone)
    today = local(now, zone).date()
    if not isinstance(due.end, datetime):
        return _day(due.end - timedelta(days=1), today)
    end = local(due.end, zone)
    if end.time() == time():
        return f"the end of {_day(end.date() - timedelta(days=1), today)}"
    return f"{_day(end.date(), today)} at {_clock(end.time())}"


def _said(due: Due, now: datetime, zone: tzinfo) -> str:
    today = local(now, zone).date()
    if due.kind is DueKind.POINT and due.at is not None:
        at = local(due.at, zone)
        return f"{_day(at.date(), today)} at {_clock(at.time())}"
    if due.kind is DueKind.DAY and due.day is not None:
        return _day(due.day, today)
    if due.kind is DueKind.RANGE and due.start is not None and due.end is not None:
        return _range(due.start, due.end, today, zone)
    if due.kind is DueKind.RECURRENCE and due.recurrence is not None:
        return _recurrence(due.recurrence, today)
    return due.wording


def _clock(at: time) -> str:
    return at.strftime("%H:%M:%S" if at.second else "%H:%M")


def _day(day: date, today: date) -> str:
    ahead = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(ahead)
    if near:
        return near
    if 1 < ahead < 7:
        return _DAYS[day.weekday()]
    year = f" {day.year}" if day.year != today.year else ""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{year}"


def _range(start: date | datetime, end: date | datetime, today: date, zone: tzinfo) -> str:
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return _days(_date(start), _date(end), today)
    first, last = local(start, zone), local(end, zone)
    if last - first > timedelta(days=1):
        return _weekend(first, last, today) or _days(first.date(), last.date(), today)
    part = _part(first, last)
    if part:
        named = {(0, "evening"): "this evening", (0, "night"): "tonight"}
        ahead = (first.date() - today).days
        return named.get((ahead, part)) or f"{'this' if ahead == 0 else _day(first.date(), today)} {part}"
    return f"{_day(first.date(), today)} from {_clock(first.time())} to {_clock(last.time())}"


def _date(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _weekend(first: datetime, last: datetime, today: date) -> str | None:
    if first.weekday() != 4 or last.time() != time() or last.date() - first.date() != timedelta(days=3):
        return None
    weeks = (first.date() - (today - timedelta(days=today.weekday()))).days // 7
    named = {0: "this weekend", 1: "next weekend", -1: "last weekend"}.get(weeks)
    return named or f"the weekend of {_day(first.date() + timedelta(days=1), today)}"


def _part(first: datetime, last: datetime) -> str | None:
    hours = (first.hour, last.hour or 24)
    if first.minute or last.minute:
        return None
    parts = {(6, 12): "morning", (12, 18): "afternoon", (18, 22): "evening", (18, 24): "night", (20, 24): "night"}
    return parts.get(hours)


def _days(start: date, end: date, today: date) -> str:
    last = end - timedelta(days=1)
    if last <= start:
        return _day(start, today)
    monday = today - timedelta(days=today.weekday())
    if start.weekday() == 0 and (end - start).days == 7:
        named = {0: "this week", 7: "next week", -7: "last week"}.get((start - monday).days)
        return named or f"the week of {_day(start, today)}"
    if start.day == 1 and end.day == 1 and (end - start).days <= 31:
        return f"in {_MONTHS[start.month - 1]}{f' {start.year}' if start.year != today.year else ''}"
    if (start.month, start.day, end.month, end.day, end.year - start.year) == (1, 1, 1, 1, 1):
        return f"in {start.year}"
    return f"from {_day(start, today)} to {_day(last, today)}"


def _recurrence(again: Recurrence, today: date) -> str:
    words = _rule(again)
    if again.times:
        words += " at " + " and ".join(_clock(at) for at in again.times)
    if again.start is not None and again.start > today and again.interval == 1 and again.every is Every.DAY:
        words += f" from {_day(again.start, today)}"
    if again.until is not None:
        words += f" until {_day(again.until, today)}"
    return words


def _rule(again: Recurrence) -> str:
    if again.every is Every.WEEK and again.weekdays:
        return _weekdays(again)
    every = _each(again.interval, again.every.value)
    if again.every is Every.MONTH and again.nth is not None:
        which = "last" if again.nth < 0 else _ordinal(again.nth)
        return f"the {which} {_listed([_DAYS[weekday] for weekday in again.weekdays])} of {every}"
    if again.every is Every.MONTH and again.day_of_month is not None:
        which = "last day" if again.day_of_month < 0 else _ordinal(again.day_of_month)
        return f"the {which} of {every}"
    if again.every is Every.YEAR and again.month is not None and again.day_of_month is not None:
        return f"{every} on {again.day_of_month} {_MONTHS[again.month - 1]}"
    return every


def _weekdays(again: Recurrence) -> str:
    if again.weekdays == _WORKDAYS and again.interval == 1:
        return "every weekday"
    left_out = [day for day in range(7) if day not in again.weekdays]
    if len(left_out) == 1 and again.interval == 1:
        return f"every day except {_DAYS[left_out[0]]}"
    named = _listed([_DAYS[weekday] for weekday in again.weekdays])
    return f"every {_nth_word(again.interval)}{named}"


def _each(interval: int, unit: str) -> str:
    if interval == 1:
        return f"every {unit}"
    return f"every other {unit}" if interval == 2 else f"every {interval} {unit}s"


def _nth_word(interval: int) -> str:
    return "" if interval == 1 else "other " if interval == 2 else f"{_ordinal(interval)} "


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
