"""What is said of a thought or task that was changed; only what is so now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from butler.conversation.phrasing import opening
from butler.conversation.ringing.words import clock_words, recurrence_words
from butler.conversation.tasks.phrases import a_kind, due_of, for_when, short, when
from butler.conversation.tasks.telling import ended, noted_lead
from butler.conversation.turn import Ports, Turn
from engine.tasks.due import DueKind
from engine.tasks.kinds import Kind, Priority
from store import projects
from store.tasks import Task

NAMELESS = frozenset({"alarm", "wake up", "reminder"})
"""Titles that say nothing more than that something rings."""

_NOW: Mapping[str, str] = MappingProxyType(
    {
        Priority.LOW.value: "not pressing",
        Priority.NORMAL.value: "of normal priority",
        Priority.HIGH.value: "important",
        Priority.URGENT.value: "urgent",
    }
)


@dataclass(frozen=True)
class Difference:
    """What is other than before: the kind, the columns that changed with what they are now, the task as it is now.

    `untitled` says that there was nothing to write down before, `once` that it came again and again and does not now.
    """

    kind: Kind
    new_kind: bool
    values: Mapping[str, Any]
    title: str
    task: Task | None = None
    rings: datetime | None = None
    untitled: bool = False
    once: bool = False


def difference_text(ports: Ports, turn: Turn, now: Difference) -> str:
    """Return "Moved to Monday: call the dentist. (task 12)"."""
    told = _difference(ports, turn, now)
    return f"{told} It doesn't come again after that." if now.once else told


def _difference(ports: Ports, turn: Turn, now: Difference) -> str:
    number = f" (task {now.task.id})" if now.task is not None else ""
    said = f"{ended(short(now.title))}{number}"
    if now.rings is not None and now.kind.rings:
        at = _rings_words(ports, turn, now, now.rings)
        lead = f"your alarm is set {at}" if now.kind is Kind.ALARM else f"I'll remind you {at}"
        rest = {name: value for name, value in now.values.items() if name != "due"}
        if now.kind is Kind.ALARM and now.title in NAMELESS and not rest:
            return f"{opening(f'your alarm is set: {at}')}."
        return f"{opening(', '.join([lead, *_parts(ports, turn, rest)]))}: {said}"
    told = f"{opening(', '.join(_lead(ports, turn, now)))}: {said}"
    if now.rings is None:
        return told
    return f"{told} I'll remind you {clock_words(now.rings, turn.incoming.at, ports.settings.time_zone)}."


def _rings_words(ports: Ports, turn: Turn, now: Difference, at: datetime) -> str:
    """Return when a task rings: "at 17:00", "every weekday at 08:00, first on Monday at 08:00"."""
    here, zone = turn.incoming.at, ports.settings.time_zone
    due = due_of(now.task.due) if now.task is not None else None
    first = clock_words(at, here, zone)
    if due is None or due.recurrence is None:
        return first
    return f"{recurrence_words(due.recurrence, here, zone)}, first {first}"


def _lead(ports: Ports, turn: Turn, now: Difference) -> list[str]:
    if now.untitled:
        priority = Priority(now.values.get("priority", Priority.NORMAL.value))
        lead = noted_lead(ports, turn, now.kind, priority, due_of(now.values.get("due")))
        known = now.task.project_id if now.task is not None else None
        project = projects.get(ports.store, known) if known is not None else None
        return [f"{lead} in the project {short(project.name, 40)}" if project else lead]
    if not now.new_kind:
        return _parts(ports, turn, now.values) or ["changed"]
    moment = for_when(when(ports, turn, due_of(now.task.due))) if now.task else ""
    lead = f"{'noted' if now.task else 'kept'} as {a_kind(now.kind)}{moment}"
    rest = {name: value for name, value in now.values.items() if name not in {"due", "title"}}
    return [lead, *_parts(ports, turn, rest)]


def _parts(ports: Ports, turn: Turn, values: Mapping[str, Any]) -> list[str]:
    parts = []
    if "due" in values:
        parts.append(_moved(ports, turn, values["due"]))
    if "priority" in values:
        parts.append(f"now {_NOW[values['priority']]}")
    project = projects.get(ports.store, values["project_id"]) if values.get("project_id") is not None else None
    if project is not None:
        parts.append(f"now in the project {short(project.name, 40)}")
    if "title" in values:
        parts.append("renamed")
    return parts


def _moved(ports: Ports, turn: Turn, document: Mapping[str, Any] | None) -> str:
    due = due_of(document)
    words = when(ports, turn, due)
    if due is None or not words:
        return "without a date now"
    if due.by or due.kind is DueKind.RECURRENCE:
        return f"now {words}"
    return f"moved to {words}"
