"""The computable dates: Easter of both churches, and the Hebrew and the tabular Islamic calendar."""

from __future__ import annotations

from datetime import date, timedelta

_HEBREW_EPOCH = -1373427  # 1 Tishri of year 1 as a day number of Python's calendar
_ISLAMIC_EPOCH = 227015


def easter(year: int) -> date:
    """Return Easter Sunday (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the eastern churches, in our calendar (Meeus)."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def hebrew(year: int, month: int, day: int) -> date:
    """Return a date of the Hebrew year, months counted from Nisan 1 (Reingold and Dershowitz)."""
    if month == 12 and _leap(year):
        month = 13
    days = _new_year(year) + day - 1
    months = range(7, month) if month >= 7 else [*range(7, _months(year) + 1), *range(1, month)]
    return date.fromordinal(days + sum(_month_length(year, each) for each in months))


def islamic(year: int, month: int, day: int) -> date:
    """Return a date of the tabular Islamic calendar."""
    days = day + 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(_ISLAMIC_EPOCH + days - 1)


def _leap(year: int) -> bool:
    return (7 * year + 1) % 19 < 7


def _months(year: int) -> int:
    return 13 if _leap(year) else 12


def _elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + 1 if (3 * (day + 1)) % 7 < 3 else day


def _new_year(year: int) -> int:
    last, this, following = (_elapsed(each) for each in (year - 1, year, year + 1))
    delay = 2 if following - this == 356 else 1 if this - last == 382 else 0
    return _HEBREW_EPOCH + this + delay


def _month_length(year: int, month: int) -> int:
    length = _new_year(year + 1) - _new_year(year)
    short = {2, 4, 6, 10, 13}
    if month in short or (month == 12 and not _leap(year)):
        return 29
    if month == 8 and length not in {355, 385}:
        return 29
    if month == 9 and length in {353, 383}:
        return 29
    return 30
