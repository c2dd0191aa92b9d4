"""Questions about what there is to do and what was written down, answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from butler.conversation.phrasing import opening
from butler.conversation.ringing.asking import tell as tell_of_rings
from butler.conversation.tasks.next_due import show_next
from butler.conversation.tasks.phrases import is_overdue, moment, short
from butler.conversation.tasks.reading import KEPT, rules_of, with_slots
from butler.conversation.tasks.views import (
    Page,
    show_found,
    show_page,
    show_project,
    show_task,
    show_tasks,
    show_written,
)
from butler.conversation.tasks.visible import open_tasks, visible
from butler.conversation.tasks.windows import day_of, is_within, span_of
from butler.conversation.turn import Ports, Turn
from engine.tasks.kinds import Kind
from engine.tasks.matching import clear_match, find_tasks
from engine.tasks.queries import TaskQuery, parse_task_query
from engine.tasks.times import find_time
from engine.understanding.interpretation import Interpretation
from store import projects, tasks, thoughts
from store.rings import Kind as RingKind
from store.tasks import Task

_LATELY = timedelta(days=7)
_INSTANT = timedelta(microseconds=1)
_MOST_LOOKED_THROUGH = 200
_MOST_DONE = 15
_WRITTEN = frozenset({Kind.NOTE, Kind.IDEA, Kind.QUESTION})
_NUMBERED = re.compile(r"\b(?:task|to-?do) (?:number |no\.? )?#?(?P<number>\d{1,9})\b", re.IGNORECASE)
_QUESTION = re.compile(r"(?:when|is|are|do|did|have|what|which)\b", re.IGNORECASE)
_SURE = 0.75  # of two words one and a half
_RINGS: dict[Kind, RingKind] = {Kind.REMINDER: "reminder", Kind.ALARM: "alarm"}


def answer_query(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer a question about what there is to do, or what was written down."""
    numbered = _NUMBERED.search(found.text)
    if numbered is not None:
        show_task(ports, turn, int(numbered["number"]))
        return
    query = parse_task_query(
        found.text,
        now=moment(turn),
        zone=ports.settings.time_zone,
        rules=rules_of(ports, turn.user),
        projects=projects.names(ports.store),
    )
    with_slots(turn, found, time=query.label, project=query.project, title=query.words)
    turn.trace("tasks", "asked", component="tasks", label=query.label, words=query.words, project=query.project)
    show_asked(ports, turn, query)


def answer_about_task(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Answer a question that names an open task ("when is the rent due"); False where it names none."""
    if not _QUESTION.match(found.text):
        return False
    query = parse_task_query(
        found.text, now=moment(turn), zone=ports.settings.time_zone, rules=rules_of(ports, turn.user), projects=()
    )
    waiting = {task.id: task.title for task in open_tasks(ports, turn)}
    clear = clear_match(find_tasks(query.words, waiting)) if query.words else None
    if clear is None or clear.score < _SURE:
        return False
    turn.outcome = KEPT
    turn.trace("tasks", "asked", component="tasks", words=query.words, task=clear.task)
    show_task(ports, turn, clear.task)
    return True


def show_asked(ports: Ports, turn: Turn, query: TaskQuery) -> None:
    """Show what a question asks for."""
    if query.kind in _WRITTEN and query.kind is not None:
        show_written(ports, turn, query.kind, query.words or "")
    elif query.kind in _RINGS and query.kind is not None and not query.words:
        tell_of_rings(ports, turn, _RINGS[query.kind])
    elif query.done:
        _show_done(ports, turn, query)
    elif query.project:
        show_project(ports, turn, query.project)
    elif query.next and query == TaskQuery(next=True, kind=query.kind):
        show_next(ports, turn)
    elif query.words:
        show_found(ports, turn, query.words)
    else:
        _show_some(ports, turn, query)


def show_lately(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Show what a person wrote down lately, or in the stretch of time that was said."""
    zone = ports.settings.time_zone
    said = find_time(found.text, moment(turn), zone, rules_of(ports, turn.user).times, looking_back=True)
    span = span_of(said.due, zone) if said is not None else None
    start, end = span or (turn.incoming.at - _LATELY, turn.incoming.at)
    theirs = visible(turn, thoughts.of_user(ports.store, turn.user, limit=_MOST_LOOKED_THROUGH))
    written = [one for one in theirs if start <= one.created_at < max(end, start) + _INSTANT and one.title]
    label = said.due.wording if said is not None and span else "in the last week"
    with_slots(turn, found, time=said.due.wording if said else None)
    if not written:
        turn.say(f"You wrote nothing down {label}.")
        return
    lines = [f"· {short(one.title)} ({one.kind})" for one in written[:_MOST_DONE]]
    turn.say("\n".join([f"Written down {label}:", *lines]))


def show_today(ports: Ports, turn: Turn) -> None:
    """Show what is due today, and what is overdue."""
    start, end = day_of(turn.incoming.at, ports.settings.time_zone)
    show_asked(ports, turn, TaskQuery(start=start, end=end, label="today"))


def _show_some(ports: Ports, turn: Turn, query: TaskQuery) -> None:
    """Show the open tasks of a stretch of time, of a priority, overdue, or the next; all where nothing narrows it."""
    everything = open_tasks(ports, turn)
    if query == TaskQuery(kind=query.kind) or not everything:
        show_tasks(ports, turn)
        return
    found = [task for task in everything if _is_asked_for(ports, turn, query, task)]
    if query.next:
        found = sorted(found, key=_pressing)[:1]
    if found:
        show_page(ports, turn, Page(f"{_heading(query)}:", found))
        return
    undated = sum(task.due_at is None for task in everything)
    dateless = "one open task has" if undated == 1 else f"{undated} open tasks have"
    more = f" {opening(dateless)} no date: /tasks shows them." if undated and query.label else ""
    turn.say(f"{_nothing(query)}{more}")


def _is_asked_for(ports: Ports, turn: Turn, query: TaskQuery, task: Task) -> bool:
    if query.priority is not None and task.priority != query.priority.value:
        return False
    if query.overdue:
        return is_overdue(ports, turn, task)
    if query.start is None and query.end is None:
        return True
    within = is_within(task, query.start, query.end, ports.settings.time_zone)
    return within or (_is_today(ports, turn, query.start, query.end) and is_overdue(ports, turn, task))


def _is_today(ports: Ports, turn: Turn, start: datetime | None, end: datetime | None) -> bool:
    return (start, end) == day_of(turn.incoming.at, ports.settings.time_zone)


def _pressing(task: Task) -> tuple[bool, float, int]:
    ranks = {"urgent": 0, "high": 1, "normal": 2, "low": 3}
    return task.due_at is None, task.due_at.timestamp() if task.due_at else ranks[task.priority], ranks[task.priority]


def _show_done(ports: Ports, turn: Turn, query: TaskQuery) -> None:
    since = query.start or turn.incoming.at - _LATELY
    found = [
        task
        for task in visible(turn, tasks.done_of(ports.store, turn.user, since))
        if query.end is None or (task.done_at is not None and task.done_at < query.end)
    ]
    if not found:
        turn.say("Nothing was ticked off then." if query.label else "Nothing was ticked off in the last week.")
        return
    turn.say("\n".join([f"Done {query.label or 'in the last week'}:", *_done_lines(found)]))


def _done_lines(found: Sequence[Task]) -> list[str]:
    left = len(found) - _MOST_DONE
    lines = [f"· {short(task.title)} ({task.id})" for task in found[:_MOST_DONE]]
    return [*lines, f"… and {left} more"] if left > 0 else lines


def _heading(query: TaskQuery) -> str:
    if query.next:
        return "Next"
    if query.priority is not None:
        return opening(f"{query.priority.value} {query.label or ''}".strip())
    return opening(query.label or "To do")


def _nothing(query: TaskQuery) -> str:
    if query.overdue:
        return "Nothing is overdue."
    if query.priority is not None:
        return "There is nothing like that on your list."
    return f"There is nothing to do {query.label}." if query.label else "There is nothing to do."
