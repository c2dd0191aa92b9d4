"""Another day for a task by presses: which one, then when."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation.dialogue import close
from butler.conversation.tasks.amending import amend_task, change_effect, tell
from butler.conversation.tasks.noting import speak_of_written
from butler.conversation.tasks.phrases import label, moment, short
from butler.conversation.tasks.reading import mark_kept, rules_of
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.amendments import Amendment
from engine.tasks.due import Due, DueKind
from engine.tasks.times import read_time
from store import tasks
from store.tasks import Task

MOVE = "move"
DAYS = ("Today", "Tomorrow", "This weekend", "Next week")
_NEVER_MIND = Option("Never mind", {"kind": "leave"})
_NO_DATE = Due(DueKind.OPEN, "no date")


def pick_task(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Ask which of the tasks that were shown is for another day."""
    found = [tasks.get(ports.store, number, user=turn.user) for number in effect["tasks"]]
    left = [task for task in found if task is not None and task.status == "open"]
    if not left:
        turn.say("None of those is open any more.")
    elif len(left) == 1:
        ask_when(ports, turn, left[0])
    else:
        options = [Option(f"{task.id}. {label(task.title)}", {"kind": "task_when", "task": task.id}) for task in left]
        turn.ask("choose", "Which one is for another day?", (*options, _NEVER_MIND), about="another day")


def pick_day(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Ask for when the task of a pressed button is."""
    task = tasks.get(ports.store, effect["task"], user=turn.user)
    if task is None or task.status != "open":
        turn.say("That task is not open any more.")
        return
    ask_when(ports, turn, task)


def ask_when(ports: Ports, turn: Turn, task: Task) -> None:
    """Ask for when a task is to be; a day in words does as well."""
    options = [Option(day, change_effect(task, Amendment(due=due))) for day in DAYS if (due := _due(ports, turn, day))]
    dateless = [Option("No date", change_effect(task, Amendment(due=_NO_DATE)))] if task.due else []
    text = f"When should it be: {short(task.title)}? (task {task.id})"
    if task.thought is not None:
        speak_of_written(turn, task.thought, task.id)
    turn.ask(MOVE, text, (*options, *dateless, _NEVER_MIND))


def take_day(ports: Ports, turn: Turn) -> bool:
    """Take a text that is only a time for the new day of the task that was asked about; False when it is none."""
    question, written = turn.dialogue.question, turn.dialogue.written
    if question is None or question.kind != MOVE or written is None or written.task is None:
        return False
    due = read_time(turn.text, moment(turn), ports.settings.time_zone, rules_of(ports, turn.user).times)
    task = tasks.get(ports.store, written.task, user=turn.user)
    if due is None or due.asks or task is None or task.status != "open":
        return False
    close(ports.store, question, at=turn.incoming.at, turn=turn.number)
    turn.dialogue = replace(turn.dialogue, question=None)
    turn.trace("open_question", MOVE, outcome="answered")
    tell(ports, turn, amend_task(ports, turn, task, Amendment(due=due), "talk"))
    mark_kept(turn)
    return True


def _due(ports: Ports, turn: Turn, day: str) -> Due | None:
    return read_time(day.lower(), moment(turn), ports.settings.time_zone, rules_of(ports, turn.user).times)
