"""What is said about a task that is there: moved, done, renamed, made urgent; by its number, its words or "it"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from butler.conversation.tasks.amendment_reading import amendment_in
from butler.conversation.tasks.changing import By, Changed, Subject, change
from butler.conversation.tasks.finding import Nothing, One, Several, find, find_thought, is_number
from butler.conversation.tasks.finishing import complete, drop, remove
from butler.conversation.tasks.item_words import on_list
from butler.conversation.tasks.list_changing import take_off
from butler.conversation.tasks.moving_once import move_once
from butler.conversation.tasks.noting import speak_of_written
from butler.conversation.tasks.occurrences import moved_once
from butler.conversation.tasks.phrases import label, moment, short
from butler.conversation.tasks.reading import with_slots
from butler.conversation.tasks.telling import undo_option
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.amendments import Amendment
from engine.tasks.due import Due
from engine.tasks.kinds import Kind, Priority
from engine.tasks.list_names import DEFAULT_LIST
from engine.tasks.matching import only_holds
from engine.understanding.interpretation import Interpretation
from store import lists, tasks, thoughts
from store.tasks import Task
from store.thoughts import Thought

_ALL = re.compile(
    r"(?:everything|them all|all|(?:all|each|every one) (?:of )?(?:the |my |our )?(?:open )?"
    r"(?:tasks?|things?|of them|to-?dos?))",
    re.IGNORECASE,
)


def amend_spoken(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Do what a sentence says about a task that is there."""
    fresh = turn.dialogue.wrote_last
    wanted = amendment_in(ports, turn, found.text, after_capture=fresh, intent=found.intent)
    if wanted is None:
        turn.outcome = "asked"
        turn.trace("amend", "unclear", component="tasks", intent=found.intent)
        turn.say("What should I change about which task? Say for example “move task 12 to monday”, or “done with 12”.")
        return
    with_slots(turn, found, **slots_of(wanted))
    amend_named(ports, turn, wanted, "talk")


def amend_named(ports: Ports, turn: Turn, wanted: Amendment, by: By) -> None:
    """Change the task that an amendment names, or ask which one is meant."""
    if wanted.target and _ALL.fullmatch(wanted.target.strip()):
        turn.say("I do that one at a time, so that nothing goes by mistake: press its button under /tasks.")
        return
    sought = find(ports, turn, wanted.target)
    if isinstance(sought, One) and wanted.drop and only_holds(wanted.target or "", sought.task.title):
        _ask_which(turn, Several((sought.task,)), wanted)
    elif isinstance(sought, One):
        tell(ports, turn, amend_task(ports, turn, sought.task, wanted, by))
    elif isinstance(sought, Several):
        _ask_which(turn, sought, wanted)
    elif is_number(wanted.target):
        _tell_nothing(ports, turn, sought)
    elif wanted.done and wanted.target and _taken_off_list(ports, turn, wanted.target):
        return
    elif not (wanted.target and amend_thought_named(ports, turn, wanted, by)):
        _tell_nothing(ports, turn, sought)


def amend_thought_named(ports: Ports, turn: Turn, wanted: Amendment, by: By) -> bool:
    """Change the one note, idea or question that an amendment names; False where it names none, or several."""
    thought = find_thought(ports, turn, wanted.target or "")
    if thought is None:
        return False
    tell(ports, turn, amend_thought(ports, turn, thought, wanted, by))
    return True


def amend_thought(ports: Ports, turn: Turn, thought: Thought, wanted: Amendment, by: By) -> Changed:
    """Change what is no task: a note that is moved to a day becomes one."""
    if wanted.done:
        return Changed("That is no task, so there is nothing to tick off. “Delete it” has it gone.", None)
    if wanted.drop:
        return remove(ports, turn, thought)
    if wanted.kind is None and (wanted.due is not None or wanted.shift is not None):
        wanted = replace(wanted, kind=Kind.TASK)
    return change(ports, turn, Subject(thought), wanted, by)


def amend_task(ports: Ports, turn: Turn, task: Task, wanted: Amendment, by: By) -> Changed:
    """Change one open task, as it stands in the store."""
    task = tasks.get(ports.store, task.id, user=turn.user) or task
    if wanted.done:
        return complete(ports, turn, task)
    if wanted.drop:
        return drop(ports, turn, task)
    thought = thoughts.get(ports.store, task.thought, user=turn.user) if task.thought is not None else None
    once = moved_once(task, wanted, moment(turn), ports.settings.time_zone)
    if once is not None:
        return move_once(ports, turn, Subject(thought, task), once, by)
    return change(ports, turn, Subject(thought, task), wanted, by)


def amend_pressed(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Change the task of a pressed button."""
    task = tasks.get(ports.store, effect["task"], user=turn.user)
    if task is None or task.status != "open":
        turn.say(_over(task))
        return
    if task.thought is not None:
        speak_of_written(turn, task.thought, task.id)
    tell(ports, turn, amend_task(ports, turn, task, amendment_of(effect["change"]), effect.get("by", "press")))


def tell(ports: Ports, turn: Turn, changed: Changed) -> None:
    """Say what became of a change, with a button that takes it back."""
    if changed.undo is None:
        turn.say(changed.text)
        return
    task = tasks.get(ports.store, changed.task, user=turn.user) if changed.task is not None else None
    if task is not None and task.thought is not None and task.status == "open":
        speak_of_written(turn, task.thought, task.id)
    turn.offer(changed.text, (undo_option(turn, changed.undo),))


def change_effect(task: Task, wanted: Amendment, by: By = "press") -> Effect:
    """Return the effect of a button that changes a task."""
    return {"kind": "task_change", "task": task.id, "change": document_of(wanted), "by": by}


def document_of(wanted: Amendment) -> dict[str, Any]:
    """Return an amendment as JSON values."""
    return {
        "due": wanted.due.to_document() if wanted.due else None,
        "priority": wanted.priority.value if wanted.priority else None,
        "kind": wanted.kind.value if wanted.kind else None,
        "title": wanted.title,
        "project": wanted.project,
        "done": wanted.done,
        "drop": wanted.drop,
        "shift_s": wanted.shift.total_seconds() if wanted.shift is not None else None,
    }


def amendment_of(document: Effect) -> Amendment:
    """Return the amendment of a document."""
    return Amendment(
        due=Due.from_document(document["due"]) if document["due"] else None,
        priority=Priority(document["priority"]) if document["priority"] else None,
        kind=Kind(document["kind"]) if document["kind"] else None,
        title=document["title"],
        project=document["project"],
        done=document["done"],
        drop=document["drop"],
        shift=timedelta(seconds=document["shift_s"]) if document["shift_s"] is not None else None,
    )


def slots_of(wanted: Amendment) -> dict[str, Any]:
    """Return what an amendment says, as the slots of an interpretation."""
    return {
        "title": wanted.target or wanted.title,
        "time": wanted.due.wording if wanted.due else None,
        "priority": wanted.priority.value if wanted.priority else None,
        "kind": wanted.kind.value if wanted.kind else None,
        "project": wanted.project,
    }


def _ask_which(turn: Turn, sought: Several, wanted: Amendment) -> None:
    options = [Option(f"{task.id}. {label(task.title)}", change_effect(task, wanted, "talk")) for task in sought.tasks]
    turn.trace("amend", "several", component="tasks", tasks=[task.id for task in sought.tasks])
    said = f"“{short(wanted.target, 60)}”" if wanted.target else "that"
    leave = Option("None of these", {"kind": "leave"})
    asked = "Which task do you mean?" if len(sought.tasks) > 1 else "Do you mean this one?"
    turn.ask("choose", asked, (*options, leave), about=said)


def _tell_nothing(ports: Ports, turn: Turn, sought: Nothing) -> None:
    turn.outcome = "nothing_found"
    turn.trace("amend", "nothing_found", component="tasks")
    waiting = tasks.count_open(ports.store, turn.user)
    turn.say(sought.text if waiting else f"{sought.text} There is nothing on your list.")


def _taken_off_list(ports: Ports, turn: Turn, said: str) -> bool:
    """Take something off the shopping list that is said to be done with; False where it is not on it."""
    if len(on_list(lists.items(ports.store, DEFAULT_LIST), said)) != 1:
        return False
    take_off(ports, turn, DEFAULT_LIST, [said])
    return True


def _over(task: Task | None) -> str:
    if task is None:
        return "I don't know that task any more, so I did nothing."
    became = "done" if task.status == "done" else "off your list"
    return f"That is {became} already: {short(task.title)}. (task {task.id})"
