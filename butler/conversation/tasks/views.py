"""Tasks as they are shown: a page of them with buttons, today's, those of a project, and what words find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from butler.conversation.tasks.amending import change_effect
from butler.conversation.tasks.noting import speak_of_written
from butler.conversation.tasks.phrases import is_overdue, kinds, label, moment, short, task_line
from butler.conversation.tasks.reading import rules_of, with_slots
from butler.conversation.tasks.windows import day_of, is_within
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.amendments import Amendment
from engine.tasks.kinds import Kind
from engine.tasks.queries import TaskQuery, parse_task_query
from engine.understanding.interpretation import Interpretation
from store import projects, tasks, thoughts
from store.tasks import Task
from store.thoughts import Thought

PAGE = 5
_MOST_FOUND = 20
_MOST_TASKS = 200
_WRITTEN = (Kind.NOTE, Kind.IDEA, Kind.QUESTION)


@dataclass(frozen=True)
class Page:
    """What a page shows: a heading, the tasks from `start` on, and how the next page is asked for."""

    heading: str
    tasks: Sequence[Task]
    start: int = 0
    effect: Effect | None = None


def answer_query(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer a question about what there is to do, or what was written down."""
    query = parse_task_query(
        found.text,
        moment(turn),
        ports.settings.time_zone,
        rules=rules_of(ports),
        projects=projects.names(ports.store),
    )
    with_slots(turn, found, time=query.label, project=query.project, title=query.words)
    if query.kind is not None and query.kind in _WRITTEN:
        show_written(ports, turn, query.kind, query.words or "")
    elif query.project:
        show_project(ports, turn, query.project)
    elif query.words:
        show_found(ports, turn, query.words)
    else:
        show_window(ports, turn, query)


def show_tasks(ports: Ports, turn: Turn, start: int = 0) -> None:
    """Show a page of all open tasks."""
    found = tasks.open_of(ports.store, turn.user)
    if not found:
        turn.say("There is nothing on your list. Tell me what to remember: “buy milk this weekend”.")
        return
    count = f"{len(found)} open tasks" if len(found) != 1 else "1 open task"
    show_page(ports, turn, Page(f"You have {count}:", found, start, {"kind": "task_page"}))


def show_today(ports: Ports, turn: Turn) -> None:
    """Show what is due today, and what is overdue."""
    start, end = day_of(turn.incoming.at, ports.settings.time_zone)
    found = [task for task in tasks.open_of(ports.store, turn.user) if _today(ports, turn, task, start, end)]
    if not found:
        waiting = tasks.count_open(ports.store, turn.user)
        more = f" /tasks shows the {_open(waiting)} without a date or for later." if waiting else ""
        turn.say(f"Nothing is due today.{more}")
        return
    show_page(ports, turn, Page("Today:", found))


def show_window(ports: Ports, turn: Turn, query: TaskQuery) -> None:
    """Show what is due in a stretch of time; all that is open where none was said."""
    if query.start is None and query.end is None:
        show_tasks(ports, turn)
        return
    zone = ports.settings.time_zone
    everything = tasks.open_of(ports.store, turn.user)
    found = [task for task in everything if is_within(task, query.start, query.end, zone)]
    said = query.label or "then"
    if not found:
        undated = [task for task in everything if task.due_at is None]
        more = f" {_open(len(undated)).capitalize()} without a date: /tasks shows them." if undated else ""
        turn.say(f"There is nothing for {said}.{more}")
        return
    show_page(ports, turn, Page(f"For {said}:", found))


def show_project(ports: Ports, turn: Turn, name: str) -> None:
    """Show a person's open tasks of a project."""
    project = projects.by_key(ports.store, name)
    if project is None or project.status != "active":
        turn.say(f"There is no project “{short(name, 40)}” here.")
        return
    found = [task for task in tasks.of_project(ports.store, project.id) if task.user == turn.user]
    if not found:
        turn.say(f"You have nothing to do in the project {short(project.name, 40)}.")
        return
    show_page(ports, turn, Page(f"In the project {short(project.name, 40)}:", found))


def show_found(ports: Ports, turn: Turn, words: str) -> None:
    """Show what a person has to do or wrote down that holds these words."""
    open_tasks = tasks.search(ports.store, turn.user, words, limit=_MOST_FOUND)
    written = [thought for thought in _written(ports, turn, _WRITTEN) if _holds(thought, words)][:_MOST_FOUND]
    done = tasks.search(ports.store, turn.user, words, statuses=("done",), limit=PAGE)
    said = f"“{short(words, 60)}”"
    if not (open_tasks or written or done):
        turn.say(f"I find nothing with {said}.")
        return
    lines = [
        *([f"To do, with {said}:"] if open_tasks else []),
        *(task_line(ports, turn, task) for task in open_tasks),
        *([f"Written down, with {said}:"] if written else []),
        *(_thought_line(thought) for thought in written),
        *([f"Done, with {said}:"] if done else []),
        *(f"{task.id}. {short(task.title)}" for task in done),
    ]
    _speak_of_only(turn, open_tasks)
    turn.offer("\n".join(lines), tuple(_done_option(task) for task in open_tasks[:PAGE]))


def show_written(ports: Ports, turn: Turn, kind: Kind, words: str = "") -> None:
    """Show a person's notes, ideas or questions."""
    found = [thought for thought in _written(ports, turn, (kind,)) if _holds(thought, words)]
    if not found:
        turn.say(f"You have no {kinds(kind)}{f' with “{short(words, 60)}”' if words else ''} yet.")
        return
    left = len(found) - _MOST_FOUND
    more = [f"… and {left} older"] if left > 0 else []
    turn.say("\n".join([f"Your {kinds(kind)}:", *(f"· {short(one.title)}" for one in found[:_MOST_FOUND]), *more]))


def show_page(ports: Ports, turn: Turn, page: Page) -> None:
    """Show some tasks, each with what can be done by a press, and more of them on demand."""
    shown = page.tasks[page.start : page.start + PAGE] if page.effect is not None else page.tasks[:_MOST_FOUND]
    names = {project.id: project.name for project in projects.active(ports.store)}
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
    start = effect["start"] if effect["start"] < tasks.count_open(ports.store, turn.user) else 0
    show_tasks(ports, turn, start)


def _done_option(task: Task) -> Option:
    return Option(f"✓ {task.id} {label(task.title)}", change_effect(task, Amendment(done=True)))


def _today(ports: Ports, turn: Turn, task: Task, start: datetime, end: datetime) -> bool:
    return is_overdue(ports, turn, task) or is_within(task, start, end, ports.settings.time_zone)


def _written(ports: Ports, turn: Turn, wanted: Sequence[Kind]) -> list[Thought]:
    named = [kind.value for kind in wanted]
    found = thoughts.of_user(ports.store, turn.user, kinds=named, statuses=("captured", "filed"), limit=_MOST_TASKS)
    return [thought for thought in found if thought.title]


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
