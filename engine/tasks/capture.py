"""The fast path: a text as a thought with its kind, title, time, priority and project, without any model.

The confidence is the probability that the kind is the one meant. It starts from what the kind rests on (a word that
says it, the sentence's shape, a guess; rules.toml holds the share of each that was right when measured on sentences
written without looking at this code) and is lowered by what makes a thought doubtful: a time that asks, more than
twelve words, a sentence that was taken for something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from engine.tasks.clock_only import in_the_morning
from engine.tasks.due import Due, DueKind, FoundTime
from engine.tasks.kind_reading import KindReading, read_kind
from engine.tasks.kinds import Ask, Evidence, Kind, Priority
from engine.tasks.priority import FoundPriority, read_priority
from engine.tasks.project_words import FoundProject, read_project
from engine.tasks.refused_times import RefusedTime, refused_date, refused_recurrence, refused_time
from engine.tasks.ring_times import rings_at
from engine.tasks.rules import TaskRules
from engine.tasks.slips import mended
from engine.tasks.times import find_time
from engine.tasks.titles import quoted, title_of
from engine.understanding.plain import plain

_QUOTES = re.compile(r"\"[^\"]{1,300}\"|(?<!\w)'(?:[^']|(?<=\w)'(?=\w)){1,300}'(?!\w)")
_COLON = re.compile(r":(?=\s)")
_PARTICLE = re.compile(
    r"(?:in\s+(?=(?:to(?:day|morrow|night)|at|on|for|by|this|next|every|\w+day)\b)"
    r"|(?:on|up|off|out|over|round)\s+(?=(?:to(?:day|morrow|night)|at|for|by|in)\b))",
    re.IGNORECASE,
)
_EVENING_OF = re.compile(  # what is called an evening, not when it is
    r"(?<![\w'])(?:parents'?|games?|quiz|date|movie|film|poker|pub|girls'?|boys'?|curry|pizza|open|bingo|board game) "
    r"(?:evening|night)(?!\w)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W_]")
_WAKES = re.compile(r"\b(?:wake|woken|get (?:me|us) up)\b", re.IGNORECASE)
_EMPTY = re.compile(r"(?:to|for|at|on|only|just|please|every|off|again)(?: (?:to|for|at|on|only|off))*", re.IGNORECASE)
NAMELESS_ALARMS = frozenset({"alarm", "wake up"})
"""Titles of alarms that say nothing of what they are for."""
_LONG_TITLE = 12
_BARE = 2


@dataclass(frozen=True)
class Capture:
    """A thought as it was understood; `rings_at` (UTC) is when a reminder or alarm rings, `asks` what is unclear.

    `refused` is the time that was said and cannot be.
    """

    text: str
    kind: Kind
    title: str
    due: Due | None = None
    priority: Priority = Priority.NORMAL
    project: str | None = None
    confidence: float = 0.0
    asks: tuple[Ask, ...] = ()
    rings_at: datetime | None = None
    refused: RefusedTime | None = None


@dataclass(frozen=True)
class _Parts:
    """A text taken apart, before it is decided what it is."""

    text: str
    project: FoundProject
    pressing: FoundPriority
    time: FoundTime | None
    quote: str | None
    refused: RefusedTime | None = None

    def without_time(self) -> str:
        if self.refused is not None:
            return self.refused.rest_of(self.pressing.rest)
        return self.time.rest_of(self.pressing.rest) if self.time else self.pressing.rest


@dataclass(frozen=True)
class _Moment:
    """What the reading depends on besides the text."""

    now: datetime
    zone: tzinfo
    rules: TaskRules


@dataclass(frozen=True)
class _Decision:
    """What a text was decided to be; `given` is what the sentence was taken for before it was read."""

    parts: _Parts
    kind: Kind
    given: Kind | None
    reading: KindReading

    @property
    def due(self) -> Due | None:
        return self.parts.time.due if self.parts.time else None

    def confidence(self, title: str, rules: TaskRules) -> float:
        """Return the probability that the kind is right, with what makes the thought doubtful."""
        value = rules.threshold(self._level())
        if self.given is not None and self.given.is_due != self.reading.kind.is_due and self.reading.evidence:
            value *= rules.threshold("disagreement")
        if self.due is not None and self.due.asks:
            value *= rules.threshold("unclear_time")
        words = title.count(" ") + 1
        if words > _LONG_TITLE:
            value *= rules.threshold("long_title")
        if words <= _BARE and self.given is None and self.due is None and not self.reading.evidence:
            value *= rules.threshold("bare")
        return round(value, 3)

    def _level(self) -> str:
        if self.reading.evidence is Evidence.GUESS and self.given is self.kind:
            return "shape"
        return self.reading.evidence.name.lower()


def capture(
    text: str, *, kind: Kind | None, now: datetime, zone: tzinfo, rules: TaskRules, projects: Sequence[str] = ()
) -> Capture | None:
    """Return the thought in a text, or None where there is not a word in it.

    `kind` is what the sentence was taken for; words that say otherwise ("idea: …") win. Nothing unclear is guessed
    away: it stands in `asks`, KIND before TITLE before WHEN.
    """
    said = " ".join(text.split())
    if not _LETTER.search(said):
        return None
    parts = _taken_apart(said, mended(said), _Moment(now, zone, rules), projects, rings=kind is not None and kind.rings)
    reading = read_kind(parts.without_time(), in_project=parts.project.name is not None, timed=parts.time is not None)
    decided = _decided(kind, reading)
    if decided.is_due:
        return _to_do(_Decision(parts, decided, kind, reading), _Moment(now, zone, rules))
    pressing = read_priority(parts.project.rest, rules, marks=False)
    parts = replace(parts, pressing=pressing, time=None, refused=None)
    return _written_down(
        _Decision(parts, decided, kind, read_kind(pressing.rest, in_project=bool(parts.project.name))), rules
    )


def _taken_apart(said: str, meant: str, moment: _Moment, projects: Sequence[str], *, rings: bool) -> _Parts:
    project = read_project(meant, projects)
    pressing = read_priority(project.rest, moment.rules)
    masked = _masked(pressing.rest)
    time = find_time(masked, moment.now, moment.zone, moment.rules.times)
    time = _without_particle(time, masked) if time else None
    refused = _refused(time, masked, moment, rings=rings)
    return _Parts(said, project, pressing, time if refused is None else None, quoted(pressing.rest), refused)


def _refused(time: FoundTime | None, text: str, moment: _Moment, *, rings: bool) -> RefusedTime | None:
    if time is None:
        return refused_time(text, now=moment.now, zone=moment.zone, rules=moment.rules, rings=rings)
    return refused_date(text, time) or (refused_recurrence(time) if rings else None)


def _masked(text: str) -> str:
    """Return the text, as long as it was, without the times in quotes or names, which are part of a title.

    The colon of "at 8: take the bins out" is no part of a clock's time.
    """
    quoteless = _QUOTES.sub(_crossed_out, text)
    return _COLON.sub(",", _EVENING_OF.sub(_crossed_out, quoteless))


def _crossed_out(found: re.Match[str]) -> str:
    return re.sub(r"\w", "x", found[0])


def _without_particle(time: FoundTime, text: str) -> FoundTime:
    """Return the time without the "in" of "let the plumber in tomorrow", which belongs to the verb."""
    start, end = (time.spans or ((time.start, time.end),))[0]
    particle = _PARTICLE.match(text, start, end)
    if particle is None:
        return time
    due = replace(time.due, wording=time.due.wording[len(particle[0]) :])
    return replace(time, due=due, start=particle.end(), spans=((particle.end(), end), *time.spans[1:]))


def _decided(kind: Kind | None, reading: KindReading) -> Kind:
    if kind is None or reading.evidence is Evidence.EXPLICIT or reading.kind is Kind.QUESTION:
        return reading.kind
    if not kind.is_due and not reading.kind.is_due and reading.evidence is Evidence.SHAPE:
        return reading.kind
    return kind


def _written_down(decision: _Decision, rules: TaskRules) -> Capture:
    """Return a note, idea or question: its times and exclamation marks are part of what is written down."""
    reading, parts = decision.reading, decision.parts
    title = title_of(reading.rest, duties=False) or title_of(reading.before, duties=False)
    confidence = decision.confidence(title, rules)
    asks = _asks(decision, title, confidence, rules)
    return Capture(
        parts.text, decision.kind, title, None, parts.pressing.priority, parts.project.name, confidence, asks
    )


def _to_do(decision: _Decision, moment: _Moment) -> Capture:
    """Return a task, reminder or alarm."""
    kind, parts, rules = decision.kind, decision.parts, moment.rules
    due = decision.due
    title = _title(decision)
    if kind is Kind.ALARM and title in NAMELESS_ALARMS and due is not None:
        due = in_the_morning(due, moment.zone, moment.now)
    rings = rings_at(due, moment.now, moment.zone, rules) if kind.rings else None
    confidence = decision.confidence(title, rules)
    asks = _asks(decision, title, confidence, rules)
    if (kind.rings and rings is None) or (due is not None and due.asks) or parts.refused is not None:
        asks = (*(ask for ask in asks if ask is not Ask.WHEN), Ask.WHEN)
    priority, project = parts.pressing.priority, parts.project.name
    return Capture(parts.text, kind, title, due, priority, project, confidence, asks, rings, parts.refused)


def _title(decision: _Decision) -> str:
    reading, parts = decision.reading, decision.parts
    quoted_first = reading.rest.lstrip(" \"'").startswith(parts.quote) if parts.quote is not None else False
    if parts.quote is not None and quoted_first and reading.evidence is Evidence.EXPLICIT:
        return parts.quote
    title = title_of(reading.rest) or title_of(reading.before)
    if decision.kind is Kind.ALARM and (not title or _EMPTY.fullmatch(title)):
        return "wake up" if _WAKES.search(parts.text) else "alarm"
    return title


def _asks(decision: _Decision, title: str, confidence: float, rules: TaskRules) -> tuple[Ask, ...]:
    words = f" {plain(decision.parts.text)} "
    left_open = {rule.asks for rule in rules.ambiguous if f" {rule.phrase} " in words}
    due = decision.due if decision.kind.is_due else None
    timed = due is not None and due.kind is not DueKind.OPEN
    unsure = confidence < rules.ask_below(decision.kind, decision.given, timed=timed) or Ask.KIND in left_open
    asked = {
        Ask.KIND: unsure and decision.reading.evidence is not Evidence.EXPLICIT,
        Ask.TITLE: not title or Ask.TITLE in left_open,
        Ask.WHEN: Ask.WHEN in left_open and decision.kind.is_due and not timed,
    }
    return tuple(ask for ask, is_open in asked.items() if is_open)
