"""How thoughts and tasks stand in a sentence: their title, when they are due, how pressing they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from butler.conversation.tasks.occurrences import next_due, recurrence_of
from butler.conversation.turn import Ports, Turn
from engine.tasks.due import Due, DueKind, Every
from engine.tasks.kinds import Kind, Priority
from engine.tasks.times import wording_of
from engine.tasks.wall import local
from store.tasks import Task

_LONGEST_TITLE = 120
_LONGEST_LABEL = 28
_NAMES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TASK: "a task",
        Kind.REMINDER: "a reminder",
        Kind.ALARM: "an alarm",
        Kind.NOTE: "a note",
        Kind.IDEA: "an idea",
        Kind.QUESTION: "a question",
    }
)
_PLURALS: Mapping[Kind, str] = MappingProxyType({kind: f"{kind.value}s" for kind in Kind})
_TIED = (
    "by ",
    "every ",
    "at ",
    "in ",
    "on ",
    "after ",
    "before ",
    "from ",
    "until ",
    "between ",
    "during ",
    "the first ",
)


def moment(turn: Turn) -> datetime:
    """Return when the words of a turn were said, which is what "tomorrow" counts from."""
    return turn.incoming.sent_at or turn.incoming.at


def short(text: str, most: int = _LONGEST_TITLE) -> str:
    """Return a title as it is shown: cut at a word where it is very long."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{(cut.rpartition(' ')[0] if ' ' in cut[most // 2 :] else cut).rstrip(' ,;:')}…"


def label(text: str) -> str:
    """Return a title as it fits on a button."""
    return short(text, _LONGEST_LABEL)


def a_kind(kind: Kind) -> str:
    """Return a kind with its article: "a note", "an idea"."""
    return _NAMES[kind]


def kinds(kind: Kind) -> str:
    """Return a kind in the plural."""
    return _PLURALS[kind]


def due_of(document: Mapping[str, Any] | None) -> Due | None:
    """Return the due that a row holds, or None."""
    return Due.from_document(document) if document else None


def when(ports: Ports, turn: Turn, due: Due | None) -> str:
    """Return when something is due in words ("this weekend"), empty where no time was said."""
    if due is None or due.kind is DueKind.OPEN:
        return ""
    return wording_of(due, turn.incoming.at, ports.settings.time_zone)


def for_when(words: str) -> str:
    """Return the words as they stand behind "Noted": " for this weekend", ", by Friday", ", every Monday"."""
    if not words:
        return ""
    return f", {words}" if words.startswith(_TIED) else f" for {words}"


def number(task: Task) -> str:
    """Return the number people type, as it stands behind a sentence."""
    return f"(task {task.id})"


def task_line(ports: Ports, turn: Turn, task: Task, project: str | None = None) -> str:
    """Return a task as it stands in a list: "12. buy milk · this weekend · urgent"."""
    parts = [f"{task.id}. {short(task.title)}", _due_words(ports, turn, task)]
    if task.priority != Priority.NORMAL.value:
        parts.append("low priority" if task.priority == Priority.LOW.value else _pressing(task.priority))
    if project:
        parts.append(project)
    if is_overdue(ports, turn, task):
        parts.append("overdue")
    return " · ".join(part for part in parts if part)


def _due_words(ports: Ports, turn: Turn, task: Task) -> str:
    """Return when a task is due: "this weekend", "every Monday, next today"."""
    words, again = when(ports, turn, due_of(task.due)), recurrence_of(task)
    now, zone = turn.incoming.at, ports.settings.time_zone
    at = next_due(task, now, zone) if again is not None else None
    if again is None or at is None or again.every in {Every.HOUR, Every.MINUTE}:
        return words
    wall = local(at, zone)
    usual = not again.times or wall.time() in again.times
    coming = Due(DueKind.DAY, "", day=wall.date()) if usual else Due(DueKind.POINT, "", at=at)
    return f"{words}, next {wording_of(coming, now, zone)}"


def is_overdue(ports: Ports, turn: Turn, task: Task) -> bool:
    """Tell whether the time of a task is over: its instant, its day or its range."""
    due = due_of(task.due)
    if due is None or task.due_at is None or due.kind is DueKind.RECURRENCE:
        return False
    if due.kind is DueKind.DAY and due.day is not None:
        return due.day < turn.incoming.at.astimezone(ports.settings.time_zone).date()
    return task.due_at < turn.incoming.at


def _pressing(priority: str) -> str:
    return "urgent" if priority == Priority.URGENT.value else "important"
