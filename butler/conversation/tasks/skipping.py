"""Leaving out one occurrence of a task that comes again: "skip swimming this wednesday"."""

from __future__ import annotations

import re
from dataclasses import replace

from butler.conversation.tasks.amending import tell
from butler.conversation.tasks.changing import Subject
from butler.conversation.tasks.moving_once import move_once
from butler.conversation.tasks.occurrences import MovedOnce, next_due, recurrence_of
from butler.conversation.tasks.phrases import due_of, moment, short
from butler.conversation.tasks.reading import mark_kept, rules_of
from butler.conversation.tasks.telling import ended
from butler.conversation.tasks.visible import open_tasks
from butler.conversation.tasks.windows import span_of
from butler.conversation.turn import Ports, Turn
from engine.tasks.due import Due, DueKind
from engine.tasks.matching import clear_match, find_tasks
from engine.tasks.times import read_time, wording_of
from engine.tasks.wall import local
from store import tasks, thoughts
from store.tasks import Task

_SKIP = re.compile(
    r"(?:please )?(?:skip|cancel|drop|leave out|call off) (?:the |my |our )?(?P<target>[^,.;:]{2,60}?)"
    r"(?: (?:just |only )?this (?:time|once|one)"
    r"| (?P<when>(?:on|this|next|today|tomorrow|tonight)\b[\w ]{0,30}))[\s.!]*",
    re.IGNORECASE,
)
_SURE = 0.75  # of two words one and a half


def skips_occurrence(ports: Ports, turn: Turn, said: str) -> bool:
    """Leave out the occurrence that words name of a task that comes again; False where they name none."""
    match = _SKIP.fullmatch(said.strip())
    if match is None:
        return False
    again = {task.id: task for task in open_tasks(ports, turn) if recurrence_of(task) is not None}
    clear = clear_match(find_tasks(match["target"], {number: task.title for number, task in again.items()}))
    if clear is None or clear.score < _SURE:
        return False
    task = tasks.get(ports.store, clear.task, user=turn.user) or again[clear.task]
    mark_kept(turn)
    if not _is_then(ports, turn, task, match["when"]):
        words = _words(ports, turn, task)
        turn.say(f"That is not on then: it comes next {words}. {short(task.title)} (task {task.id})")
        return True
    _skip(ports, turn, task)
    return True


def _is_then(ports: Ports, turn: Turn, task: Task, said: str | None) -> bool:
    """Tell whether the next occurrence is in the time that was said; without one it is meant."""
    zone = ports.settings.time_zone
    at = next_due(task, turn.incoming.at, zone)
    if said is None or at is None:
        return at is not None
    due = read_time(said, moment(turn), zone, rules_of(ports, turn.user).times)
    span = span_of(due, zone) if due is not None else None
    return span is not None and span[0] <= at < span[1]


def _skip(ports: Ports, turn: Turn, task: Task) -> None:
    zone, again, due = ports.settings.time_zone, recurrence_of(task), due_of(task.due)
    was = next_due(task, turn.incoming.at, zone)
    following = again.next_after(was, zone) if again is not None and was is not None else None
    if again is None or due is None or following is None:
        turn.say(f"It doesn't come again after that, so I left it: {ended(short(task.title))} (task {task.id})")
        return
    text = f"Left out {_words(ports, turn, task)}: {ended(short(task.title))} (task {task.id})"
    thought = thoughts.get(ports.store, task.thought, user=turn.user) if task.thought is not None else None
    day = local(following, zone)
    text = f"{text} It comes again on {day:%A}, {day.day} {day:%B}."
    once = MovedOnce(following, replace(due, recurrence=again))
    tell(ports, turn, move_once(ports, turn, Subject(thought, task), once, "talk", text=text))


def _words(ports: Ports, turn: Turn, task: Task) -> str:
    zone = ports.settings.time_zone
    at = next_due(task, turn.incoming.at, zone)
    if at is None:
        return "later"
    words = wording_of(Due(DueKind.DAY, "", day=local(at, zone).date()), turn.incoming.at, zone)
    return words if words in {"today", "tomorrow"} else f"on {words}"
