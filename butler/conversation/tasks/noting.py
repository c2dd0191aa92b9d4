"""A thought as it is kept: its row, the task it becomes, the project it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from butler.conversation.dialogue import Written
from butler.conversation.messages import Role
from butler.conversation.tasks.phrases import moment
from butler.conversation.turn import Effect, Ports, Turn
from engine.tasks.capture import Capture
from engine.tasks.due import Due, DueKind
from engine.tasks.kinds import Kind
from engine.tasks.wall import instant_of
from store import projects, tasks, thoughts
from store.projects import Project
from store.tasks import NewTask
from store.thoughts import NewThought

_LITTLE = timedelta(seconds=1)


@dataclass(frozen=True)
class Noted:
    """What was written down: the thought, the task it became and the project it belongs to, if any."""

    thought: int
    captured: Capture
    task: int | None = None
    project: Project | None = None
    founded: bool = False

    @property
    def undo(self) -> Effect:
        """How it is taken back."""
        return {"kind": "capture", "thought": self.thought, "task": self.task}


def is_to_do(kind: Kind) -> bool:
    """Tell whether a thought of this kind is something to do."""
    return kind is Kind.TASK or kind.rings


def note(ports: Ports, turn: Turn, captured: Capture) -> Noted:
    """Keep a thought, and the task it is; to be called within the transaction that records it with the turn."""
    project, founded = project_of(ports, turn, captured.project)
    to_do = is_to_do(captured.kind) and bool(captured.title)
    due = captured.due.to_document() if captured.due else None
    thought = thoughts.add(
        ports.store,
        NewThought(
            kind=captured.kind.value,
            text=captured.text,
            title=captured.title,
            user=turn.user,
            chat=turn.incoming.chat,
            created_at=turn.incoming.at,
            due=due,
            priority=captured.priority.value,
            project_id=project.id if project else None,
            confidence=captured.confidence,
            turn=turn.number,
            status="task" if to_do else "captured",
        ),
    )
    task = _task(ports, turn, captured, thought, project) if to_do else None
    return Noted(thought, captured, task, project, founded)


def speak_of_written(turn: Turn, thought: int, task: int | None) -> None:
    """Let "it" mean this thought or task from now on."""
    written = Written(thought, task, turn.number, turn.incoming.at)
    turn.dialogue = replace(turn.dialogue, written=written)


def project_of(ports: Ports, turn: Turn, name: str | None) -> tuple[Project | None, bool]:
    """Return the household's project of a name, and whether it is new; guests found none."""
    if not name or not projects.key_of(name):
        return None, False
    known = projects.by_key(ports.store, name)
    if known is None and turn.incoming.user.role is Role.GUEST:
        return None, False
    founded = known is None or known.status != "active"
    return projects.find_or_add(ports.store, name, turn.user, turn.incoming.at), founded


def due_at(due: Due | None, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the instant a task is sorted by, in UTC: a point, the start of a day, the end of a range, the next."""
    if due is None:
        return None
    if due.kind is DueKind.RECURRENCE and due.recurrence is not None:
        return due.recurrence.next_after(now, zone)
    if due.kind is DueKind.RANGE and due.end is not None:
        return due.end if isinstance(due.end, datetime) else instant_of(due.end, time(), zone) - _LITTLE
    return instant_of(due.day, time(), zone) if due.day is not None else due.at


def _task(ports: Ports, turn: Turn, captured: Capture, thought: int, project: Project | None) -> int:
    return tasks.add(
        ports.store,
        NewTask(
            title=captured.title,
            user=turn.user,
            chat=turn.incoming.chat,
            created_at=turn.incoming.at,
            thought=thought,
            due=captured.due.to_document() if captured.due else None,
            due_at=due_at(captured.due, moment(turn), ports.settings.time_zone),
            priority=captured.priority.value,
            project_id=project.id if project else None,
        ),
    )
