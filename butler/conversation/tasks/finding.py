"""Which task a person means: by its number, by words of its title, or the one last spoken of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from butler.conversation.tasks.phrases import short
from butler.conversation.tasks.visible import open_tasks, visible
from butler.conversation.turn import Ports, Turn
from engine.tasks.matching import clear_match, find_tasks
from store import tasks, thoughts
from store.tasks import Task
from store.thoughts import Thought

_NUMBER = re.compile(r"(?:task |number |no\.? |nr\.? )*#?(\d{1,9})", re.IGNORECASE)
MOST_OFFERED = 5
_MOST_SEARCHED = 500


@dataclass(frozen=True)
class One:
    """The task that is meant."""

    task: Task


@dataclass(frozen=True)
class Several:
    """Tasks that may be meant, the likeliest first."""

    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Nothing:
    """No task is meant; `text` says why."""

    text: str


Sought = One | Several | Nothing


def find(ports: Ports, turn: Turn, target: str | None) -> Sought:
    """Return which of a person's open tasks is meant; without words, the one last spoken of."""
    if target is None or not target.strip():
        return _spoken_of(ports, turn)
    number = _NUMBER.fullmatch(target.strip())
    if number:
        return by_number(ports, turn, int(number[1]))
    waiting = {task.id: task for task in open_tasks(ports, turn)}
    ranked = find_tasks(target, {number: task.title for number, task in waiting.items()})
    clear = clear_match(ranked)
    known = tuple(waiting[match.task] for match in ([clear] if clear else ranked[:MOST_OFFERED]))
    if not known:
        return Nothing(f"You have no open task like “{short(target, 60)}”.")
    return One(known[0]) if len(known) == 1 else Several(known)


def by_number(ports: Ports, turn: Turn, number: int) -> Sought:
    """Return a person's open task of a number; among others, only one that was written down there."""
    task = tasks.get(ports.store, number, user=turn.user)
    if task is None or not visible(turn, [task]):
        return Nothing(f"You have no task {number}.")
    if task.status == "done":
        return Nothing(f"That is done already: {short(task.title)}. (task {number})")
    if task.status == "dropped":
        return Nothing(f"That was taken off your list: {short(task.title)}. (task {number})")
    return One(task)


def is_number(target: str | None) -> bool:
    """Tell whether a task is spoken of by its number."""
    return target is not None and _NUMBER.fullmatch(target.strip()) is not None


def find_thought(ports: Ports, turn: Turn, words: str) -> Thought | None:
    """Return the one note, idea or question of a person that words mean, or None."""
    theirs = thoughts.of_user(
        ports.store, turn.user, kinds=("note", "idea", "question"), statuses=("captured", "filed"), limit=_MOST_SEARCHED
    )
    known = {thought.id: thought for thought in visible(turn, theirs)}
    clear = clear_match(find_tasks(words, {number: thought.title for number, thought in known.items()}))
    return known[clear.task] if clear else None


def _spoken_of(ports: Ports, turn: Turn) -> Sought:
    written = turn.dialogue.written
    task = tasks.get(ports.store, written.task, user=turn.user) if written and written.task is not None else None
    if task is not None and task.status == "open":
        return One(task)
    return Nothing("Which task do you mean? Say its number or a word of it; /tasks shows them all.")
