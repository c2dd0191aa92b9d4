"""What a question about tasks asks for: "what do I have to do this weekend", "when is the passport task due"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TypeVar

from engine.tasks.due import Due
from engine.tasks.kinds import Kind, Priority
from engine.tasks.project_words import known_name
from engine.tasks.rules import TaskRules
from engine.tasks.slips import mended
from engine.tasks.times import find_time
from engine.tasks.titles import without_lead, without_trail
from engine.tasks.wall import instant_of
from engine.understanding.plain import plain

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class TaskQuery:
    """What is asked for; every part narrows it, and none means all that is open.

    `start` and `end` (exclusive) are UTC instants, with the `label` they were said with ("this weekend"). `overdue`
    has an `end` only. `words` are to be found in titles. `next` asks for the next one alone, `done` for what was done.
    """

    start: datetime | None = None
    end: datetime | None = None
    label: str | None = None
    project: str | None = None
    words: str | None = None
    kind: Kind | None = None
    priority: Priority | None = None
    overdue: bool = False
    next: bool = False
    done: bool = False


_NOW_S = 60
_TIE = re.compile(r"(?:(?:due|for|on|about)\s+)+", re.IGNORECASE)
_UNTIL = re.compile(r"(?:due )?(?:by|before|until|till|til|up to)\b", re.IGNORECASE)
_OF_DAY = re.compile(r"\b(\w+day|today|tomorrow|tonight|week|month|weekend)'s\b", re.IGNORECASE)
_OVERDUE = re.compile(r"\b(?:overdue|over due|past due|late|missed)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(?:what(?:'s| is| should i| shall i| could i| can i| do i)?(?: do| tackle| my| up| due| coming up| comes)? "
    r"next|what(?: do i do| should i do| shall i do)? now|next (?:thing|task|reminder|"
    r"one|alarm|job)|do next|tackle next|start with|"
    r"tackle first|do first)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:what (?:have|did|has) (?:i|we) (?:get )?(?:done|do|finish(?:ed)?|complete[d]?)|(?:completed|finished|"
    r"closed) (?:tasks|things|jobs))\b",
    re.IGNORECASE,
)
_PRIORITIES = (
    (Priority.URGENT, re.compile(r"\b(?:urgent|top priority)\b", re.IGNORECASE)),
    (Priority.HIGH, re.compile(r"\b(?:important|high(?:er|est)?(?:[ -]priority)|priorities)\b", re.IGNORECASE)),
    (Priority.LOW, re.compile(r"\blow(?:est|er)?[ -]priority\b", re.IGNORECASE)),
)
_KINDS = (
    (Kind.REMINDER, re.compile(r"\b(?:remind(?:ers?|ing)?|nudge)\b", re.IGNORECASE)),
    (Kind.ALARM, re.compile(r"\balarms?\b", re.IGNORECASE)),
    (Kind.NOTE, re.compile(r"\bnotes?\b", re.IGNORECASE)),
    (Kind.IDEA, re.compile(r"\bideas?\b", re.IGNORECASE)),
    (Kind.QUESTION, re.compile(r"\b(?:open |my |our )questions\b", re.IGNORECASE)),
    (Kind.TASK, re.compile(r"\b(?:tasks?|to[- ]?dos|todo|to[- ]?do list|chores?|jobs?)\b", re.IGNORECASE)),
)
_PROJECT = re.compile(
    r"\b(?:(?:for|on|in|of|with) )?(?:the |my |our )?(?P<name>(?!(?:the|my|our|left|open|to|do|on|for|"
    r"in)\b)[\w'&-]+(?: (?!(?:the|my|our)\b)[\w'&-]+){0,2}?) project\b"
    r"|#(?P<tag>[^\W\d_][\w-]{0,40})",
    re.IGNORECASE,
)
_SUBJECTS = tuple(
    re.compile(wording, re.IGNORECASE)
    for wording in (
        r"\b(?:about|regarding|to do with|containing|mentioning|concerning) (?:the |my |our )?(?P<words>[^,]{1,80})",
        (
            r"\bwhen (?:is|are|was|were)(?: it| you)? (?:the |my |our )?(?P<words>.{1,80}?) (?:task |todo |reminder |"
            r"alarm )?"
            r"(?:due|for|set|happening|going off)\b"
        ),
        (
            r"\b(?:do i|do we|have i|did i|have i got|did i write|is there)(?: still| already)?"
            r"(?: got| have| add| put| set| make| write down)?(?: to)? (?:a |any |an )?(?:task|reminder|note|alarm|"
            r"todo)s? "
            r"(?:set |there )?(?:to|for|about) (?:the |my |our )?(?P<words>[^,]{1,80})"
        ),
        r"\bwhen do (?:i|we) (?:have to|need to|must) (?P<words>[^,]{2,80})",
        r"\b(?:do|did) (?:i|we) (?:still )?(?:have to|need to) (?!do\b)(?P<words>[^,]{2,80})",
        (
            r"\b(?:find|search|search for|look for|look up|show me|show) (?:the |my |our )(?P<words>.{2,60}?)"
            r" (?:task|todo|note|idea|reminder)s?$"
        ),
        (
            r"\b(?:find|search for|search|look for|look up) (?:the |my |our )?(?:tasks? |notes? |reminders? )?"
            r"(?:for |about |with )?(?P<words>.{2,60})$"
        ),
        (
            r"\b(?:is|are|was) (?:the |my |our )?(?P<words>.{2,80}?) (?:still |already )?(?:on|in|open|due|done|"
            r"finished)\b"
        ),
    )
)
_NO_WORDS = re.compile(
    r"(?:the |my |our |a |an |any |all |of |open |next |new )*(?:tasks?|to[- ]?dos?|to[- ]?do lists?|reminders?|"
    r"notes?|ideas?|alarms?|things?|thing|anything|something|nothing|everything|it|that|them|"
    r"these|those|one|list|jobs?|chores?|there|left|me|you|i|we|today|tomorrow|do|finish|get done|complete|tackle|"
    r"open|urgent|important|overdue|new|"
    r"old|current|next|all)?(?: left| open| there)?",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"[\s,]+(?:task|todo|reminder|note|please|yet|still|already|on my (?:list|to[- ]?dos?)|on the list|in there|set|"
    r"due|at all|again)$",
    re.IGNORECASE,
)


def parse_task_query(
    text: str, *, now: datetime, zone: tzinfo, rules: TaskRules, projects: Sequence[str] = ()
) -> TaskQuery:
    """Return what a question about tasks, reminders or notes asks for; one that says nothing asks for all."""
    said = _OF_DAY.sub(r"\1", mended(without_trail(without_lead(" ".join(text.split()))).rstrip(" ?.!")))
    back = _DONE.search(said) is not None
    found = find_time(said, now, zone, rules.times, looking_back=back)
    rest = found.rest_of(said) if found else said
    start, end = _span(found.due, now, zone) if found else (None, None)
    overdue = _OVERDUE.search(rest) is not None
    project = _named_project(rest, projects)
    return TaskQuery(
        start=None if overdue else start,
        end=now if overdue else end,
        label="overdue" if overdue else _TIE.sub("", found.due.wording) if found and end else None,
        project=project,
        words=None if project else _words(rest),
        kind=_first(_KINDS, rest),
        priority=_first(_PRIORITIES, rest),
        overdue=overdue,
        next=_NEXT.search(rest) is not None,
        done=back,
    )


def _span(due: Due, now: datetime, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """Return the UTC instants a time reaches over: a point the whole of its day, "by friday" all that is before it."""
    if due.at is not None and abs((due.at - now).total_seconds()) < _NOW_S:
        return None, None
    first: date | datetime | None = due.start or due.day or (due.at.astimezone(zone).date() if due.at else None)
    if first is None:
        return None, None
    last = due.end or (first + timedelta(days=1))
    until = _UNTIL.match(due.wording) is not None
    return None if until else _instant(first, zone), _instant(last, zone)


def _instant(moment: date | datetime, zone: tzinfo) -> datetime:
    return moment if isinstance(moment, datetime) else instant_of(moment, time(0), zone)


def _first(rows: Sequence[tuple[_Value, re.Pattern[str]]], said: str) -> _Value | None:
    return next((value for value, words in rows if words.search(said)), None)


def _named_project(said: str, projects: Sequence[str]) -> str | None:
    match = _PROJECT.search(said)
    if match is not None:
        return known_name((match["name"] or match["tag"]).replace("_", " "), projects)
    words = f" {plain(said)} "
    return next(
        (name for name in projects if f" for the {plain(name)} " in words or f" for {plain(name)} " in words), None
    )


def _words(said: str) -> str | None:
    found = (subject.search(said) for subject in _SUBJECTS)
    words = next((match["words"] for match in found if match), None)
    for _ in range(3):
        words = _TRAILING.sub("", words).strip(" ,.?") if words else None
    return None if not words or _NO_WORDS.fullmatch(words) else words
