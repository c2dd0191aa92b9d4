"""Tasks and what was written down as they are shown: a page with buttons, a project's, and what words find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from butler.conversation.tasks.amending import change_effect
from butler.conversation.tasks.finding import Nothing, One, by_number
from butler.conversation.tasks.noting import speak_of_written
from butler.conversation.tasks.phrases import kinds, label, short, task_line
from butler.conversation.tasks.visible import open_tasks, visible
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.amendments import Amendment
from engine.tasks.kinds import Kind
from store import projects, tasks, thoughts
from store.tasks import Task
from store.thoughts import Thought

PAGE = 5
_MOST_FOUND = 20
_MOST_TASKS = 200
_WRITTEN = (Kind.NOTE, Kind.IDEA, Kind.QUESTION)


@dataclass(frozen=True)
class Page:
    """What a page shows: a heading, the tasks from `start` on, and how the next page is asked for.

    `of_project` says that all of them are of the one project the heading names.
    """

    heading: str
    tasks: Sequence[Task]
    start: int = 0
    effect: Effect | None = None
    of_project: bool = False


def show_tasks(ports: Ports, turn: Turn, start: int = 0) -> None:
    """Show a page of all open tasks."""
    found = open_tasks(ports, turn)
    if not found:
        turn.say("There is nothing on your list. Tell me what to remember: “buy milk this weekend”.")
        return
    count = f"{len(found)} open tasks" if len(found) != 1 else "1 open task"
    show_page(ports, turn, Page(f"You have {count}:", found, start, {"kind": "task_page"}))


def show_project(ports: Ports, turn: Turn, name: str) -> None:
    """Show a person's open tasks of a project."""
    project = projects.by_key(ports.store, name)
    if project is None or project.status != "active":
        turn.say(f"There is no project “{short(name, 40)}” here.")
        return
    found = [task for task in open_tasks(ports, turn) if task.project_id == project.id]
    if not found:
        turn.say(f"You have nothing to do in the project {short(project.name, 40)}.")
        return
    show_page(ports, turn, Page(f"In the project {short(project.name, 40)}:", found, of_project=True))


def show_task(ports: Ports, turn: Turn, number: int) -> None:
    """Show one task by its number, with what can be done by a press."""
    sought = by_number(ports, turn, number)
    if isinstance(sought, One):
        show_page(ports, turn, Page("Here it is:", [sought.task]))
    elif isinstance(sought, Nothing):
        turn.say(sought.text)


def show_found(ports: Ports, turn: Turn, words: str) -> None:
    """Show what a person has to do or wrote down that holds these words."""
    waiting = visible(turn, tasks.search(ports.store, turn.user, words, limit=_MOST_FOUND))
    written = [thought for thought in _written(ports, turn, _WRITTEN) if _holds(thought, words)][:_MOST_FOUND]
    done = visible(turn, tasks.search(ports.store, turn.user, words, statuses=("done",), limit=PAGE))
    said = f"“{short(words, 60)}”"
    if not (waiting or written or done):
        turn.say(f"I find nothing with {said}.")
        return
    lines = [
        *([f"To do, with {said}:"] if waiting else []),
        *(task_line(ports, turn, task) for task in waiting),
        *([f"Written down, with {said}:"] if written else []),
        *(_thought_line(thought) for thought in written),
        *([f"Done, with {said}:"] if done else []),
        *(f"{task.id}. {short(task.title)}" for task in done),
    ]
    _speak_of_only(turn, waiting)
    turn.offer("\n".join(lines), tuple(_done_option(task) for task in waiting[:PAGE]))


def show_written(ports: Ports, turn: Turn, kind: Kind, words: str = "") -> None:
    """Show a person's notes, ideas or questions."""
    found = [thought for thought in _written(ports, turn, (kind,)) if _holds(thought, words)]
    if not found:
        turn.say(f"You have no {kinds(kind)}{f' with “{short(words, 60)}”' if words else ''} yet.")
        return
    left = len(found) - _MOST_FOUND
    more = [f"… and {left} older"] if left > 0 else []
    lines = [f"· {short(one.title)} ({kind.value} {one.id})" for one in found[:_MOST_FOUND]]
    turn.say("\n".join([f"Your {kinds(kind)}:", *lines, *more]))


def show_page(ports: Ports, turn: Turn, page: Page) -> None:
    """Show some tasks, each with what can be done by a press, and more of them on demand."""
    shown = page.tasks[page.start : page.start + PAGE] if page.effect is not None else page.tasks[:_MOST_FOUND]
    names = {} if page.of_project else {project.id: project.name for project in projects.active(ports.store)}
    lines = [task_line(ports, turn, task, names.get(task.project_id or 0)) for task in shown]
    left = len(page.tasks) - page.start - len(shown)
    options = [_done_option(task) for task in shown[:PAGE]]
    options.append(Option("Another day…", {"kind": "task_pick", "tasks": [task.id for task in shown[:PAGE]]}))
    if left > 0 and page.effect is not None:
        options.append(Option(f"{left} more", {**page.effect, "start": page.start + len(shown)}))
    _speak_of_only(turn, shown)
    more = [f"… and {left} more"] if left > 0 and page.effect is None else []
    turn.offer("\n".join([page.heading, *lines, *more]), tuple(options))


def show_next_page(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Show the page that a pressed button asks for."""
    left = len(open_tasks(ports, turn))
    show_tasks(ports, turn, effect["start"] if effect["start"] < left else 0)


def _done_option(task: Task) -> Option:
    return Option(f"✓ {task.id} {label(task.title)}", change_effect(task, Amendment(done=True)))


def _written(ports: Ports, turn: Turn, wanted: Sequence[Kind]) -> list[Thought]:
    named = [kind.value for kind in wanted]
    found = thoughts.of_user(ports.store, turn.user, kinds=named, statuses=("captured", "filed"), limit=_MOST_TASKS)
    return [thought for thought in visible(turn, found) if thought.title]


def _holds(thought: Thought, words: str) -> bool:
    said = f"{thought.title} {thought.text}".casefold()
    return all(word in said for word in words.casefold().split())


def _thought_line(thought: Thought) -> str:
    return f"· {short(thought.title)} ({thought.kind})"


def _speak_of_only(turn: Turn, shown: Sequence[Task]) -> None:
    """Let "it" mean the task that was shown, where it was the only one."""
    if len(shown) == 1 and shown[0].thought is not None:
        speak_of_written(turn, shown[0].thought, shown[0].id)


def _open(count: int) -> str:
    return "one open task" if count == 1 else f"{count} open tasks"
