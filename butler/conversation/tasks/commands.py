"""What the slash commands of tasks, lists and projects do."""

from __future__ import annotations

import re

from butler.conversation.tasks.amending import amend_named, tell
from butler.conversation.tasks.asking import show_today
from butler.conversation.tasks.finding import Nothing, One, by_number
from butler.conversation.tasks.finishing import complete
from butler.conversation.tasks.moving import ask_when
from butler.conversation.tasks.noting import speak_of_written
from butler.conversation.tasks.views import show_found, show_tasks
from butler.conversation.turn import Ports, Turn
from engine.tasks.amendments import Amendment

_NUMBER = re.compile(r"\d{1,9}")
_NUMBERS = re.compile(r"#?\d{1,9}(?:(?:[\s,]+(?:and\s+)?)#?\d{1,9})*")
_MOST_AT_ONCE = 20


def tasks_command(ports: Ports, turn: Turn, words: str) -> None:
    """Show all tasks, one by its number, or those that words find."""
    if not words:
        show_tasks(ports, turn)
        return
    number = words.removeprefix("#")
    sought = by_number(ports, turn, int(number)) if _NUMBER.fullmatch(number) else None
    if sought is None:
        show_found(ports, turn, words)
    elif isinstance(sought, One):
        task = sought.task
        if task.thought is not None:
            speak_of_written(turn, task.thought, task.id)
        ask_when(ports, turn, task)
    elif isinstance(sought, Nothing):
        turn.say(sought.text)


def today_command(ports: Ports, turn: Turn) -> None:
    """Show what is due today."""
    show_today(ports, turn)


def done_command(ports: Ports, turn: Turn, words: str) -> None:
    """Note that tasks are done, by their numbers or the words of one."""
    if not words:
        turn.say("Which one is done? Write its number: /done 12. /tasks shows them all.")
        return
    if not _NUMBERS.fullmatch(words):
        amend_named(ports, turn, Amendment(target=words, done=True), "talk")
        return
    for number in dict.fromkeys(int(found) for found in re.findall(r"\d+", words)[:_MOST_AT_ONCE]):
        sought = by_number(ports, turn, number)
        if isinstance(sought, One):
            tell(ports, turn, complete(ports, turn, sought.task))
        elif isinstance(sought, Nothing):
            turn.say(sought.text)
