"""Dropping a task in words that may as well be something to do: "drop the car wash", "cancel the gym"."""

from __future__ import annotations

import re

from butler.conversation.tasks.amending import amend_named, change_effect
from butler.conversation.tasks.offering import OFFER
from butler.conversation.tasks.phrases import short
from butler.conversation.tasks.visible import open_tasks
from butler.conversation.turn import Option, Ports, Turn
from engine.tasks.amendments import Amendment
from engine.tasks.matching import find_tasks
from engine.understanding.interpretation import Interpretation
from store.tasks import Task

_DROP = re.compile(
    r"(?:please )?(?P<verb>drop|scrap|ditch|call off|delete|remove|cancel|bin|skip|forget(?: about)?) "
    r"(?:the|my|our) (?P<target>[^,.;:]{2,60}?)(?: please)?[\s.!]*",
    re.IGNORECASE,
)
_NOT_WANTED = frozenset({"drop", "scrap", "ditch", "call off"})
_GOES_ON = re.compile(r"\b(?:off|at|to|into|from|in|by|with|on|for|and|round|over|home)\b", re.IGNORECASE)
_SURE = 0.75  # of two words one and a half
_MOST_WORDS = 3
_LASTS_S = 3_600.0


def drops_task(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Take off the task that words to drop something name, or ask what is meant; False where it is something to do.

    Of a task that begins with the same word ("cancel the gym membership") it is asked whether it is done.
    """
    match = _DROP.fullmatch(found.text.strip())
    if match is None:
        return False
    verb, target = match["verb"].casefold(), match["target"].strip()
    waiting = open_tasks(ports, turn)
    likely = [one for one in find_tasks(target, {task.id: task.title for task in waiting}) if one.score >= _SURE]
    doubtful = [task for task in waiting for one in likely if task.id == one.task and _begins(task, verb)]
    if doubtful:
        _ask_whether_done(turn, doubtful[0])
        return True
    if likely:
        amend_named(ports, turn, Amendment(target, drop=True), "talk")
        return True
    if verb not in _NOT_WANTED or len(target.split()) > _MOST_WORDS or _GOES_ON.search(target):
        return False
    _ask_whether_to_do(turn, found.text, target)
    return True


def _begins(task: Task, verb: str) -> bool:
    return task.title.casefold().startswith(verb)


def _ask_whether_done(turn: Turn, task: Task) -> None:
    """Ask whether what is on the list is done, or not to be done."""
    options = (
        Option("It's done", change_effect(task, Amendment(done=True), "talk")),
        Option("Take it off", change_effect(task, Amendment(drop=True), "talk")),
        Option("Leave it", {"kind": "leave"}),
    )
    text = f"That is on your list: {short(task.title)}. (task {task.id}) Is it done, or shall I take it off?"
    turn.trace("amend", "done_or_dropped", component="tasks", task=task.id)
    turn.ask(OFFER, text, options, lasts_s=_LASTS_S)
    turn.outcome = "asked"


def _ask_whether_to_do(turn: Turn, said: str, target: str) -> None:
    """Say that there is nothing to drop, and offer to write the words down."""
    options = (
        Option("Write it down", {"kind": OFFER, "text": said, "as": "task"}),
        Option("No", {"kind": "leave"}),
    )
    shown = short(said.strip(" .!"), 60)
    text = f"You have no open task like “{short(target, 60)}”. Shall I write it down as something to do: {shown}?"
    turn.trace("amend", "nothing_to_drop", component="tasks", words=target)
    turn.ask(OFFER, text, options, lasts_s=_LASTS_S)
    turn.outcome = "asked"
