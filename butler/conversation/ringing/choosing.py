"""Which of what waits to ring a sentence means: by its title, by when it rings, or all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo

from rapidfuzz import fuzz

from engine.tasks.due import Due, DueKind, Recurrence, TimeMapping
from engine.tasks.times import find_time
from engine.tasks.wall import instant_of, local
from engine.understanding.plain import plain
from store.rings import Ring

_ALIKE = 80.0  # of 100, as rapidfuzz counts: a slip of a letter in a word of five
_HALF = 12  # hours: which half of the day is seldom said
_DIGITS = 4
_HALF_SAID = re.compile(r"\d ?[ap]\.?m\b|noon|midnight", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|every|everything|both)\b|\b(?:reminders|alarms|timers)\b", re.IGNORECASE)
_SAYING_NOTHING = frozenset(
    (
        "cancel stop delete remove clear kill end scrap drop turn switch off disable dont don't do not no never remind"
        " me us my our the that this a an all every both of about to for at on in with i we have has want need any"
        " anymore reminder reminders alarm alarms timer timers please set called named wake up oclock o'clock it one"
        " what when which is are there how long left much time remaining show list tell read can could you will would"
        " reminding waking ringing get rid call ring rings go goes next mine more from now"
    ).split()
)


def meant(
    text: str, waiting: Sequence[Ring], now: datetime, zone: tzinfo, mappings: Sequence[TimeMapping] = ()
) -> list[Ring]:
    """Return those of what waits that a sentence may mean, in their order; all of them where it names none."""
    found = find_time(text, now, zone, mappings)
    in_time = list(waiting) if found is None else _in_time(waiting, found.due, now, zone)
    words = naming_words(found.rest_of(text) if found is not None else text)
    if words.isdecimal() and found is None:
        return [ring for ring in waiting if local(ring.due_at, zone).hour % _HALF == int(words[:_DIGITS]) % _HALF]
    if words:
        titled = [ring for ring in waiting if fits(words, ring)]
        both = [ring for ring in titled if ring in in_time]
        return both or titled
    return in_time


def means_all(text: str) -> bool:
    """Tell whether a sentence speaks of all there is of a kind."""
    return bool(_ALL.search(text))


def naming_words(text: str) -> str:
    """Return the words of a sentence that can be part of a title."""
    return " ".join(word for word in plain(text).split() if word not in _SAYING_NOTHING)


def fits(words: str, ring: Ring) -> bool:
    """Tell whether words can mean the title of what waits; a slip of the pen does not matter."""
    title = plain(ring.title)
    return bool(title) and fuzz.token_set_ratio(words, title) >= _ALIKE


def _in_time(waiting: Sequence[Ring], due: Due, now: datetime, zone: tzinfo) -> list[Ring]:
    exactly = [ring for ring in waiting if due.at is not None and ring.due_at == due.at]
    return exactly or [ring for ring in waiting if rings_in(ring, due, now, zone)]


def rings_in(ring: Ring, due: Due, now: datetime, zone: tzinfo) -> bool:
    """Tell whether what waits rings at the time that was said: its instant, its clock time, its day."""
    there = local(ring.due_at, zone)
    if due.kind is DueKind.POINT and due.at is not None:
        said = local(due.at, zone)
        half = 2 * _HALF if _HALF_SAID.search(due.wording) else _HALF
        same_clock = (there.hour % half, there.minute) == (said.hour % half, said.minute)
        return ring.due_at == due.at or (
            same_clock and (there.date() == said.date() or said.date() <= _soon(now, zone))
        )
    if due.kind is DueKind.DAY and due.day is not None:
        return there.date() == due.day
    if due.kind is DueKind.RANGE:
        start, end = _instant(due.start, zone), _instant(due.end, zone)
        return (start is None or ring.due_at >= start) and (end is None or ring.due_at < end)
    if due.recurrence is not None:
        return _recurs_so(ring, due.recurrence)
    return True


def _soon(now: datetime, zone: tzinfo) -> date:
    """Return the last day that a clock time on its own may have been read as."""
    return date.fromordinal(local(now, zone).date().toordinal() + 1)


def _recurs_so(ring: Ring, said: Recurrence) -> bool:
    if ring.recurrence is None:
        return False
    known = Recurrence.from_document(ring.recurrence)
    same_times = not said.times or said.times == known.times
    return same_times and (said.every, said.weekdays or known.weekdays) == (known.every, known.weekdays)


def _instant(bound: date | datetime | None, zone: tzinfo) -> datetime | None:
    if bound is None or isinstance(bound, datetime):
        return bound
    return instant_of(bound, time(), zone)
