"""What is on the household's calendars, which Butler only reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from butler.conversation import wording
from butler.conversation.messages import Role
from butler.conversation.phrasing import opening
from butler.conversation.spans import Span, day_words, span_of, today
from butler.conversation.tasks.phrases import short
from butler.conversation.turn import Ports, Turn
from butler.home.errors import HomeError
from butler.home.offers import Appointment, HomeCalendars, offers_of
from engine.tasks.wall import local
from engine.understanding.interpretation import Interpretation
from engine.understanding.plain import plain

_FAR = timedelta(days=60)
_MOST = 12
_LONGEST = 80
_SEARCH = re.compile(r"\b(?:when(?:'s|s)?|what (?:time|day)|which day|how long until)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_EMPTY_WORDS = frozenset(
    "a about again an and any anything appointment appointments agenda are at be busy calendar calender date diary do "
    "does event events first for free from get go going got has have he her his how i in is it just long me meet "
    "meeting meetings my next of on or our plan plans please remind run schedule she tell the then there they thing "
    "things this through time to until us was we what whats when whens which with you your day".split()
)


@dataclass(frozen=True)
class _Asked:
    """What is asked for: a span of time, or what is `next` with these words in its name."""

    span: Span
    words: frozenset[str] = frozenset()
    next: bool = False


@dataclass(frozen=True)
class _Book:
    """The calendars of a home."""

    home: HomeCalendars
    ids: Sequence[str]


def answer_calendar(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Answer a question about the calendar; return False where this home has no calendars to offer."""
    calendars = [e.entity_id for e in turn.snapshot.entities if e.domain == "calendar" and e.exposed]
    home = offers_of(ports.home).calendars
    if not calendars or home is None:
        return False
    if turn.incoming.user.role is Role.GUEST:
        turn.outcome = "refused"
        turn.say(ports.words(wording.ABOVE_ROLE[Role.RESIDENT], what="the calendar"))
    elif not turn.reachable:
        turn.say(ports.words(wording.UNREACHABLE))
    else:
        turn.say(_text(ports, turn, _Book(home, calendars), _asked(ports, turn, found.text)))
    return True


def _asked(ports: Ports, turn: Turn, text: str) -> _Asked:
    span = span_of(ports, turn, text)
    rest = span.rest if span else text
    is_search = _SEARCH.search(text) is not None
    is_next = is_search or re.search(r"\bnext\b", rest, re.IGNORECASE) is not None
    said = _WORD.findall(plain(rest).replace("'s", ""))
    words = frozenset(word for word in said if word not in _EMPTY_WORDS and len(word) > 1)
    if span is not None:
        return _Asked(span, words if is_search else frozenset(), is_search)
    if not is_next:
        return _Asked(today(ports, turn))
    return _Asked(Span(turn.incoming.at, turn.incoming.at + _FAR, "the next two months", ""), words, next=True)


def _text(ports: Ports, turn: Turn, book: _Book, asked: _Asked) -> str:
    try:
        there = list(book.home.appointments(book.ids, asked.span.start, asked.span.end))
    except HomeError:
        return "I couldn't read the calendar just now."
    if asked.words:
        there = [one for one in there if asked.words & set(plain(one.summary).split())]
    if not there:
        about = f" about {' '.join(sorted(asked.words))}" if asked.words else ""
        return f"There is nothing{about} on the calendar for {asked.span.wording}."
    return _listed(ports, turn, there[:1] if asked.next else there)


def _listed(ports: Ports, turn: Turn, there: Sequence[Appointment]) -> str:
    days: dict[str, list[str]] = {}
    for one in there[:_MOST]:
        days.setdefault(_day(ports, turn, one.start), []).append(_line(ports, one))
    lines = [f"{opening(day)}: {'; '.join(of_day)}." for day, of_day in days.items()]
    left = len(there) - _MOST
    return "\n".join([*lines, *([f"… and {left} more."] if left > 0 else [])])


def _day(ports: Ports, turn: Turn, start: date | datetime) -> str:
    day = local(start, ports.settings.time_zone).date() if isinstance(start, datetime) else start
    return day_words(day, ports, turn)


def _line(ports: Ports, one: Appointment) -> str:
    name = short(one.summary, _LONGEST)
    where = f" ({short(one.place, _LONGEST)})" if one.place else ""
    if not isinstance(one.start, datetime) or not isinstance(one.end, datetime):
        return f"{name}, all day{where}"
    zone = ports.settings.time_zone
    return f"{local(one.start, zone):%H:%M}–{local(one.end, zone):%H:%M} {name}{where}"
