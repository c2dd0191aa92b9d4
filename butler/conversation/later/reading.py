"""Reading what is wanted later, with what only the home and the talk around it know: names with times in them, waking.

"Turn on the Sunday Lamp at 7" means any day; what is to be done when somebody is woken, is so at the hour of waking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from butler.conversation.tasks.phrases import moment
from butler.conversation.tasks.reading import rules_of
from butler.conversation.turn import Ports, Turn
from engine.tasks.capture import capture
from engine.tasks.due import Due, DueKind
from engine.tasks.kinds import Kind
from engine.tasks.later import LaterRequest, read_later
from engine.tasks.later_order import in_order
from engine.tasks.times import find_time
from engine.tasks.wall import local
from engine.understanding.names_apart import odd_name, without_odd_names
from engine.understanding.plain import plain

FARTHEST = timedelta(days=2 * 366)
TOO_FAR = "That is too far away: I plan no more than two years ahead, so I've planned nothing."
_HALF_A_DAY = timedelta(hours=12)
_AFTER_WAKING = timedelta(hours=3)
_HALF_SAID = re.compile(r"\b(?:[ap]\.?m\b|1[3-9]|2[0-3]|0\d|morning|evening|afternoon|tonight|night|noon|midnight|in)")
_STANDS_IN = "gizmo"


def read_requests(ports: Ports, turn: Turn, text: str) -> tuple[LaterRequest, ...]:
    """Return what a sentence wants done in the home later."""
    names = _names_with_times(ports, turn, text)
    masked = in_order(text)
    for number, name in enumerate(names):
        masked = without_odd_names(masked, (name,), _stand_in(number))
    requests = read_later(masked, moment(turn), ports.settings.time_zone, rules_of(ports, turn.user).times)
    return tuple(_when_woken(ports, turn, _with_names(request, names)) for request in requests)


def too_far(request: LaterRequest, now: datetime) -> bool:
    """Tell whether something is wanted so far away that nobody would remember it."""
    begins = _begins(request.due) if request.due is not None else None
    return begins is not None and begins - now.date() > FARTHEST


def _begins(due: Due) -> date | None:
    first = due.at or due.day or due.start
    return first.date() if isinstance(first, datetime) else first


def _names_with_times(ports: Ports, turn: Turn, text: str) -> list[str]:
    """Return the names in a text that hold a time and more than that, the longest first."""
    said = f" {plain(text)} "
    names = {name for one in turn.snapshot.entities if one.exposed for name in (one.name, *one.aliases)}
    odd = [name for name in names if f" {plain(name)} " in said and odd_name(name)]
    return sorted((name for name in odd if not _is_time(ports, turn, name)), key=len, reverse=True)


def _is_time(ports: Ports, turn: Turn, name: str) -> bool:
    found = find_time(name, moment(turn), ports.settings.time_zone)
    return found is not None and found.end - found.start >= len(name.strip())


def _stand_in(number: int) -> str:
    return _STANDS_IN + chr(ord("a") + number % 26) * (1 + number // 26)


def _with_names(request: LaterRequest, names: Iterable[str]) -> LaterRequest:
    command = request.command
    for number, name in enumerate(names):
        command = re.sub(rf"\b{_stand_in(number)}\b", name.replace("\\", r"\\"), command)
    return replace(request, command=command)


def _when_woken(ports: Ports, turn: Turn, request: LaterRequest) -> LaterRequest:
    """Return a bare hour beside being woken in the half of the day of that: "wake me at 5 and open the blinds"."""
    due, clauses = request.due, turn.interpretation.clauses if turn.interpretation is not None else ()
    if due is None or due.at is None or due.kind is not DueKind.POINT or _HALF_SAID.search(plain(due.wording)):
        return request
    if not clauses or clauses[0].intent != "alarm_set":
        return request
    now, zone = moment(turn), ports.settings.time_zone
    alarm = capture(clauses[0].text, kind=Kind.ALARM, now=now, zone=zone, rules=rules_of(ports, turn.user))
    rings = alarm.due.at if alarm is not None and alarm.due is not None else None
    if rings is None:
        return request
    other = due.at + _HALF_A_DAY if due.at < rings else due.at - _HALF_A_DAY
    fits = rings <= other <= rings + _AFTER_WAKING and local(other, zone).date() == local(rings, zone).date()
    nearer = abs(other - rings) < abs(due.at - rings)
    return replace(request, due=replace(due, at=other)) if fits and nearer else request
