"""Joins what comes again with its time, its day, its first and its last day, and the days it leaves out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from engine.tasks.recurrence import Every, Recurrence
from engine.tasks.times.holidays import Feast
from engine.tasks.times.moment import Calendar, Clock, Moment, Scene, days_of

GLUE = re.compile(
    r"[ ,]*(?:(?:on|at|@|in|by|the|of|for|around|about|from|starting|sometime|early|any ?time|before|after|time"
    r"|due|during|-|\()[ ,]*)*"
)
_AND = re.compile(r" ?(?:,|and|&|, and)(?: at)? ?")
_UNTIL = re.compile(r"[ ,]*(?:until|till|til|up to|ending|ends?)(?: on)?(?: the)? ?")
_STARTING = re.compile(r"[ ,]*(?:starting|beginning|from|as of|start)(?: on| from)?(?: the)? ?")
_EXCEPT = re.compile(r",? ?(?:except|but not|but|apart from|excluding|other than)(?: for| on)? ")


def spoken(clock: Clock | None) -> Clock | None:
    """Return a time of day that was meant as one."""
    return replace(clock, latent=False) if clock else None


def again(a: Moment, b: Moment, gap: str, scene: Scene) -> Moment | None:
    """Join what comes again with the piece beside it, or return None where they do not belong together."""
    repeated, other = (a, b) if a.again else (b, a)
    rule = repeated.again
    if rule is not None and b is other and _EXCEPT.fullmatch(gap):
        return _without(repeated, rule, other)
    if rule is None or (a.again and b.again):
        return None
    bounded = _bounded(repeated, other, gap, scene) if b is other and other.whole else None
    if bounded:
        return bounded
    if other.clock and repeated.clock and b is other and _AND.fullmatch(gap):
        return repeated.having(more=(*repeated.more, replace(other.clock, latent=False)))
    if not GLUE.fullmatch(gap):
        return None
    return _at_its_time(repeated, other) or _on_its_day(repeated, rule, other)


def _bounded(again: Moment, other: Moment, gap: str, scene: Scene) -> Moment | None:
    days = days_of(other, scene)
    if days is None or again.again is None:
        return None
    if _UNTIL.fullmatch(gap):
        return again.having(again=replace(again.again, until=days.end - timedelta(days=1)))
    return again.having(again=replace(again.again, start=days.start)) if _STARTING.fullmatch(gap) else None


def _without(again: Moment, rule: Recurrence, other: Moment) -> Moment | None:
    """Leave weekdays out: every day except sunday."""
    left_out = other.again.weekdays if other.again else ()
    if isinstance(other.pick, Calendar) and other.pick.weekday is not None:
        left_out = (other.pick.weekday,)
    if not left_out or rule.every not in {Every.DAY, Every.WEEK} or rule.interval != 1:
        return None
    kept = tuple(day for day in rule.weekdays or range(7) if day not in left_out)
    return again.having(again=replace(rule, every=Every.WEEK, weekdays=kept)) if kept else None


def _at_its_time(again: Moment, other: Moment) -> Moment | None:
    if other.whole:
        return None
    if other.clock and not again.clock:
        return again.having(clock=spoken(other.clock), until=other.until, part=again.part or other.part)
    return again.having(part=other.part) if other.part and not again.part else None


def _on_its_day(again: Moment, rule: Recurrence, other: Moment) -> Moment | None:
    refined = _refined(rule, other)
    return again.having(again=refined, clock=again.clock or other.clock) if refined else None


def _refined(rule: Recurrence, other: Moment) -> Recurrence | None:
    pick = other.pick
    if isinstance(pick, Calendar):
        if pick.weekday is not None and pick.day is None and rule.every is Every.WEEK and not rule.weekdays:
            return replace(rule, weekdays=(pick.weekday,))
        if pick.day is not None and pick.month is None and rule.every is Every.MONTH:
            return replace(rule, day_of_month=pick.day)
        if pick.day is not None and pick.month is not None and rule.every is Every.YEAR:
            return replace(rule, day_of_month=pick.day, month=pick.month)
    if isinstance(pick, Feast) and rule.every is Every.YEAR and pick.month_and_day:
        return replace(rule, month=pick.month_and_day[0], day_of_month=pick.month_and_day[1])
    return None
