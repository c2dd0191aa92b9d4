"""Days that follow the moon or the stars: Diwali, Holi, the Chinese new year (after Meeus, to about a quarter hour)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import floor, radians, sin

_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_INDIA = timedelta(hours=5, minutes=30)
_CHINA = timedelta(hours=8)
_MOON_TERMS = (
    # degrees; multiples of elongation, sun's anomaly, moon's anomaly, latitude argument
    (6.289, 0, 0, 1, 0), (1.274, 2, 0, -1, 0), (0.658, 2, 0, 0, 0), (0.214, 0, 0, 2, 0), (-0.185, 0, 1, 0, 0),
    (-0.114, 0, 0, 0, 2), (0.059, 2, 0, -2, 0), (0.057, 2, -1, -1, 0), (0.053, 2, 0, 1, 0), (0.046, 2, -1, 0, 0),
    (-0.041, 0, 1, -1, 0), (-0.035, 1, 0, 0, 0), (-0.030, 0, 1, 1, 0), (0.015, 2, 0, 0, -2), (0.011, 4, 0, -1, 0),
)  # fmt: skip


def _days(at: datetime) -> float:
    return (at - _J2000).total_seconds() / 86_400


def sun(at: datetime) -> float:
    """Return the sun's longitude in degrees."""
    days = _days(at)
    anomaly = radians(357.529 + 0.98560028 * days)
    return (280.466 + 0.98564736 * days + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly) - 0.0057) % 360


def _moon(at: datetime) -> float:
    days = _days(at)
    sun_anomaly = 357.529 + 0.98560028 * days
    moon_anomaly = 134.963 + 13.06499295 * days
    elongation = 297.850 + 12.19074912 * days
    latitude = 93.272 + 13.22935024 * days
    longitude = 218.316 + 13.17639648 * days
    for size, a, b, c, d in _MOON_TERMS:
        longitude += size * sin(radians(a * elongation + b * sun_anomaly + c * moon_anomaly + d * latitude))
    return longitude % 360


def _elongation(at: datetime) -> float:
    return (_moon(at) - sun(at)) % 360


def _sidereal(at: datetime) -> float:
    return (sun(at) - 23.853 - _days(at) / 365.25 * 0.01397) % 360


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _new_moon_before(at: datetime) -> datetime:
    """Return the last new moon up to an instant."""
    found = at - timedelta(days=_elongation(at) / 12.19)
    for _ in range(6):
        off = (_elongation(found) + 180) % 360 - 180
        found -= timedelta(days=off / 12.19)
    return found


def _when_sun_is(degrees: float, around: datetime, *, stars: bool = False) -> datetime:
    found = around
    for _ in range(8):
        off = (degrees - (_sidereal(found) if stars else sun(found)) + 180) % 360 - 180
        found += timedelta(days=off / 0.9856)
    return found


@cache
def chinese(year: int, month: int, day: int) -> date:
    """Return a date of the Chinese year that begins in a year, for the months 1 to 10."""
    if month == 1:
        solstice = _when_sun_is(270, _noon(date(year - 1, 12, 21)))
        eleventh = _new_moon_before(_end_of_day(solstice))
        return (_new_moon_before(eleventh + timedelta(days=64)) + _CHINA).date() + timedelta(days=day - 1)
    degrees = (330 + 30 * (month - 1)) % 360
    middle = _when_sun_is(degrees, _noon(date(year, 2, 19) + timedelta(days=round(30.44 * (month - 1)))))
    return (_new_moon_before(_end_of_day(middle)) + _CHINA).date() + timedelta(days=day - 1)


def _end_of_day(at: datetime) -> datetime:
    return datetime.combine((at + _CHINA).date() + timedelta(days=1), datetime.min.time(), UTC) - _CHINA


@cache
def hindu(year: int, month: int, tithi: int, hour: int) -> date:
    """Return the day whose given hour (India) falls in a lunar day; months count from Chaitra 0, from new moon."""
    enters = _when_sun_is(30.0 * month, _noon(date(year, 4, 14) + timedelta(days=round(30.44 * month))), stars=True)
    moon = _new_moon_before(enters)
    start = (moon + _INDIA).date()
    for ahead in range(33):
        day = start + timedelta(days=ahead)
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour) - _INDIA
        if at >= moon and floor(_elongation(at) / 12) + 1 >= tithi:
            return day
    return start + timedelta(days=tithi - 1)


@cache
def enters_sign(year: int, sign: int) -> date:
    """Return the day (India) the sun enters a sign of the stars, from Aries 0; after sunset it is the next."""
    about = date(year, 4, 14) + timedelta(days=round(30.44 * sign))
    if about.year > year:
        about = about.replace(year=year)
    return (_when_sun_is(30.0 * sign, _noon(about), stars=True) + _INDIA + timedelta(hours=6)).date()
