"""Calling off a task by a word of it, where the words were taken for something planned in the home."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation.later.changing import meant
from butler.conversation.later.listing import visible
from butler.conversation.tasks.amending import amend_named, slots_of
from butler.conversation.tasks.amendment_reading import amendment_in
from butler.conversation.tasks.finding import Nothing, find
from butler.conversation.tasks.reading import with_slots
from butler.conversation.tasks.skipping import skips_occurrence
from butler.conversation.turn import Ports, Turn
from engine.tasks.planned_words import names_number, read_change
from engine.understanding.interpretation import Interpretation


def calls_off_task(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Take off the task that a sentence names, where nothing planned goes by those words; False where none does."""
    if skips_occurrence(ports, turn, found.text):
        return True
    wanted = amendment_in(ports, turn, found.text, after_capture=False, intent="task_amend")
    if wanted is None or not wanted.drop or not wanted.target or names_number(found.text):
        return False
    change = read_change(found.text)
    planned, _ = meant(ports, turn, visible(ports, turn), change.number, change.words)
    if planned or isinstance(find(ports, turn, wanted.target), Nothing):
        return False
    with_slots(turn, replace(found, intent="task_amend"), **slots_of(wanted))
    amend_named(ports, turn, wanted, "talk")
    return True
