"""The beginning, the middle, the end and the rest of a stretch of days."""

from __future__ import annotations

import re
from datetime import timedelta

from engine.tasks.times.days import MONTH
from engine.tasks.times.durations import Grain
from engine.tasks.times.moment import Days, Moment, Scene
from engine.tasks.times.periods import moved_on, period
from engine.tasks.times.rule import Rule, rule

_FREE = r"(?<![\w./:-])"


def _edge(found: re.Match[str], _: Scene) -> Moment | None:
    words = found["edge"]
    if words in {"end", "close", "late"}:
        return Moment(edge="end")
    if words in {"rest", "remainder", "later"}:
        return Moment(edge="rest")
    return Moment(edge="middle" if words.startswith("mid") else "start")


def _short_edge(found: re.Match[str], scene: Scene) -> Moment | None:
    edge, unit = found["edge"], found["unit"]
    grain = {"w": Grain.WEEK, "m": Grain.MONTH, "y": Grain.YEAR}[unit]
    return edge_of(period(scene.today, grain), "end" if edge == "e" else "start", scene)


def edge_of(days: Days, edge: str, scene: Scene) -> Moment | None:
    """Return the beginning, middle, end or rest of a stretch of days."""
    habits, start, end = scene.conventions, days.start, days.end
    length = (end - start).days
    if edge == "rest":
        return Moment(days=Days(max(start, scene.today), end, days.grain))
    if days.grain is Grain.YEAR:
        return _edge_of_year(days, edge, scene)
    count = habits.end_of_week_days if length <= 7 else habits.end_of_month_days
    if edge == "middle":
        return Moment(days=Days(start + timedelta(days=count), start + timedelta(days=2 * count)))
    if edge == "end" and length > 1:
        return Moment(days=Days(end - timedelta(days=count if length <= 7 else length - 2 * count), end))
    return Moment(days=Days(start, start + timedelta(days=count))) if length > 1 else None


def _edge_of_year(days: Days, edge: str, scene: Scene) -> Moment:
    habits = scene.conventions
    if edge == "end":
        return Moment(days=Days(moved_on(days.end, Grain.MONTH, -habits.end_of_year_months), days.end))
    return Moment(days=Days(days.start, moved_on(days.start, Grain.MONTH, habits.beginning_of_year_months)))


def _weekend_there(found: re.Match[str], _: Scene) -> Moment | None:
    return Moment(edge="weekend" if found["unit"].startswith("weekend") else "week")


RULES: tuple[Rule, ...] = (
    rule(
        "end beginning start middle mid rest remainder early late close",
        rf"{_FREE}(?:(?:at |by |in )?the )?(?:very )?(?P<edge>end|beginning|start|middle|rest|remainder|close)"
        rf"(?: of)?(?: the)? (?=\w)",
        _edge,
    ),
    rule(
        "later",
        r"(?<![\w./:-])(?P<edge>later) (?=this (?:week|month|year)(?!\w))",
        _edge,
    ),
    rule(
        "mid early late",
        rf"{_FREE}(?P<edge>mid|early|late)[ -](?:in )?(?=(?:next |this )?(?:{MONTH}|week|month|year|spring|summer"
        rf"|autumn|fall|winter)(?!\w))",
        _edge,
    ),
    rule("eow eom eoy bow bom boy", rf"{_FREE}(?:the )?(?P<edge>e|b)o(?P<unit>[wmy])(?!\w)", _short_edge),
    rule(
        "weekend week",
        rf"{_FREE}(?:the )?(?P<unit>weekend|week-end|week) (?:of|in) (?=the \d|\w+ )",
        _weekend_there,
    ),
)
