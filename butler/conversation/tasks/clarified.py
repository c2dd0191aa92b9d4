"""What comes of an answer to a question about a thought, and of a question nobody answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from butler.conversation.tasks.amending import tell
from butler.conversation.tasks.changing import By, Changed, Subject, change
from butler.conversation.tasks.phrases import moment, short
from butler.conversation.tasks.reading import rules_of
from butler.conversation.tasks.telling import ended
from butler.conversation.turn import Ports, Turn
from engine.tasks.amendments import Amendment
from engine.tasks.capture import NAMELESS_ALARMS, capture
from engine.tasks.clock_only import in_the_morning
from engine.tasks.due import Due
from engine.tasks.kinds import Kind
from store import clarifications, tasks, thoughts, traces
from store.clarifications import Clarification
from store.database import Store
from store.tasks import Task
from store.thoughts import Thought
from store.traces import TraceEntry


@dataclass(frozen=True)
class Answer:
    """What a person answered: a kind, a time, a title, or that it stays as it is."""

    kind: Kind | None = None
    due: Due | None = None
    title: str | None = None
    left: bool = False

    @property
    def text(self) -> str:
        """The answer as it is kept."""
        due = self.due.wording if self.due else None
        return self.title or due or (self.kind.value if self.kind else "as it is")


def apply_answer(ports: Ports, turn: Turn, row: Clarification, answer: Answer) -> None:
    """Do what was answered, once and in time; helped is an answer that changed what was understood."""
    thought = thoughts.get(ports.store, row.thought, user=turn.user) if row.thought is not None else None
    if row.outcome is not None or thought is None or turn.incoming.at >= row.expires_at:
        _too_late(ports, turn, row, thought)
        return
    subject = Subject(thought, _open(tasks.of_thought(ports.store, thought.id)))
    by: By = "press" if turn.pressed is not None else "talk"
    with ports.store.atomic():
        if not clarifications.answer(ports.store, row.id, answer.text, at=turn.incoming.at):
            _too_late(ports, turn, row, thought)
            return
        changed = _changed(ports, turn, subject, answer, by)
        clarifications.set_helped(ports.store, row.id, helped=changed.undo is not None)
    turn.outcome = "clarified"
    turn.trace(
        "clarify",
        "answered",
        component="tasks",
        outcome="helped" if changed.undo is not None else "as_understood",
        asks=row.asks,
        thought=thought.id,
        of_turn=row.turn,
        answer=answer.text,
        after_s=(turn.incoming.at - row.asked_at).total_seconds(),
        by=by,
    )
    tell(ports, turn, changed)


def expire_clarifications(store: Store, now: datetime) -> int:
    """File what nobody answered a question about as it was understood, and return how many that were."""
    with store.atomic():
        expired = clarifications.expire(store, now)
        for row in expired:
            if row.thought is not None:
                thoughts.settle(store, row.thought, "filed")
        traces.append(store, [_filed(row, now) for row in expired])
    return len(expired)


def _filed(row: Clarification, now: datetime) -> TraceEntry:
    return TraceEntry(
        trace_id=f"clarification-{row.id}",
        stage="clarify",
        component="tasks",
        created_at=now,
        turn=row.turn,
        decision="filed",
        outcome="unanswered",
        duration_ms=0.0,
        metadata={"asks": row.asks, "thought": row.thought, "after_s": (now - row.asked_at).total_seconds()},
    )


def _changed(ports: Ports, turn: Turn, subject: Subject, answer: Answer, by: By) -> Changed:
    thought, task = subject.thought, subject.task
    assert thought is not None
    if answer.title is not None:
        return change(ports, turn, subject, _titled(ports, turn, thought, answer.title), by)
    if answer.left or (answer.kind is not None and answer.kind is subject.kind):
        return Changed(_stays(thought, task), None, task.id if task else None)
    due = answer.due
    if due is not None and subject.kind is Kind.ALARM and thought.title in NAMELESS_ALARMS:
        due = in_the_morning(due, ports.settings.time_zone, moment(turn))
    return change(ports, turn, subject, Amendment(kind=answer.kind, due=due), by)


def _titled(ports: Ports, turn: Turn, thought: Thought, text: str) -> Amendment:
    """Return what a title says, which may hold a time and a priority of its own."""
    read = capture(
        text, kind=Kind(thought.kind), now=moment(turn), zone=ports.settings.time_zone, rules=rules_of(ports, turn.user)
    )
    if read is None or not read.title:
        return Amendment(title=text)
    return Amendment(title=read.title, due=read.due, priority=read.priority, project=read.project)


def _open(task: Task | None) -> Task | None:
    return task if task is not None and task.status == "open" else None


def _stays(thought: Thought, task: Task | None) -> str:
    if not thought.title:
        return "All right, I've written nothing down."
    number = f" (task {task.id})" if task is not None and task.status == "open" else ""
    return f"All right, it stays as it is: {ended(short(thought.title))}{number}"


def _too_late(ports: Ports, turn: Turn, row: Clarification, thought: Thought | None) -> None:
    turn.outcome = "answered_late"
    turn.trace("clarify", "too_late", component="tasks", outcome=row.outcome or "expired", thought=row.thought)
    if thought is None or thought.status == "removed":
        turn.say("That is gone already, so I changed nothing.")
        return
    task = _open(tasks.of_thought(ports.store, thought.id))
    how = f"Say for example “move task {task.id} to friday”." if task is not None else ""
    said = ended(short(thought.title)) if thought.title else ""
    kept = f"It is kept as it was understood: {said}" if said else "There was nothing to keep."
    turn.say(f"That question is over, so I changed nothing. {kept} {how}".strip())
