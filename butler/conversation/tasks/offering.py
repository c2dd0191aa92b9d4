"""Offering to write down what was not understood, where it sounds like something to do; never without being asked."""

from __future__ import annotations

import re
from dataclasses import replace

from butler.conversation.tasks.amending import change_effect
from butler.conversation.tasks.capturing import read, slots_of, trace_capture, write_down
from butler.conversation.tasks.noting import speak_of_written
from butler.conversation.tasks.phrases import for_when, short, when
from butler.conversation.tasks.reading import mark_kept, with_slots
from butler.conversation.tasks.visible import open_tasks
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.amendments import Amendment
from engine.tasks.capture import Capture
from engine.tasks.errands import is_errand
from engine.tasks.kind_reading import read_kind
from engine.tasks.kinds import Evidence, Kind
from engine.tasks.matching import clear_match, find_tasks
from engine.tasks.note_questions import is_question
from engine.understanding.interpretation import Interpretation, Reason

OFFER = "write_down"
_LASTS_S = 24 * 3600.0
_MOST_WORDS = 40
_NEEDS = re.compile(
    r"\b(?:needs?|wants?) (?:a|an|some|new|more|to be|\w+ing)\b"
    r"|\b(?:is|are) (?:broken|leaking|blocked|running out|empty|due|overdue|almost (?:out|gone|empty))\b"
    r"|\b(?:ran|run|running) out of\b|\b(?:doesn't|don't|won't) work\b|\bstopped working\b",
    re.IGNORECASE,
)
_DID = re.compile(
    r"(?:i|we)(?:'ve| have)? (?:just |finally |already )?"
    r"(?=\w+(?:ed|t|d|e)\b|went|saw|wrote|did|got|put|cut|took|rang)",
    re.IGNORECASE,
)
_MOST_WORDS_DONE = 10
_SURE = 0.75  # of two words one and a half
_STATED = frozenset({None, Reason.NOT_UNDERSTOOD, Reason.STATEMENT, Reason.UNSURE, Reason.UNKNOWN_NAME})


def write_errand(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Write down an errand that was taken for nothing else ("ring ana tomorrow"); False for any other text."""
    if found.reason not in {None, Reason.NOT_UNDERSTOOD, Reason.UNKNOWN_NAME} or not is_errand(found.text):
        return False
    captured = read(ports, turn, found.text, Kind.TASK)
    if captured is None or not captured.title:
        return False
    turn.outcome = "answered"
    trace_capture(turn, captured, 0.0)
    with_slots(turn, replace(found, intent="task_add", targets=(), slots={}), **slots_of(captured))
    write_down(ports, turn, captured)
    return True


def offer_to_write(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Say what was not understood and offer to write it down; False where it does not sound like something to do.

    What is only a statement about the home has to say that something is needed.
    """
    if found.reason not in _STATED or not sounds_like_something(found.text):
        return False
    if found.reason is Reason.STATEMENT and not _NEEDS.search(found.text):
        return False
    captured = read(ports, turn, found.text, Kind.TASK)
    if captured is None or not captured.title:
        return False
    outcome = turn.outcome
    options = [
        Option(label, {"kind": OFFER, "text": found.text, "as": kind.value})
        for label, kind in (("Task", Kind.TASK), ("Note", Kind.NOTE))
    ]
    turn.trace("offer", "write_down", component="tasks", confidence=captured.confidence, title=captured.title)
    moment = for_when(when(ports, turn, captured.due))
    text = f"I don't know how to do that. Shall I write it down{moment}: {short(captured.title)}?"
    turn.ask(OFFER, text, (*options, Option("Neither", {"kind": "leave"})), lasts_s=_LASTS_S)
    turn.outcome = outcome
    return True


def offer_to_tick_off(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Ask whether an open task is done that a text seems to say is ("I called mum"); False where none is meant."""
    if not _DID.match(found.text) or len(found.text.split()) > _MOST_WORDS_DONE:
        return False
    waiting = open_tasks(ports, turn)
    matches = find_tasks(_DID.sub("", found.text, count=1), {task.id: task.title for task in waiting})
    clear = clear_match(matches)
    if clear is None or clear.score < _SURE:
        return False
    task = next(task for task in waiting if task.id == clear.task)
    outcome = turn.outcome
    effect = change_effect(task, Amendment(done=True), "talk")
    turn.trace("offer", "tick_off", component="tasks", confidence=clear.score, task=task.id)
    options = (Option("Yes, it's done", effect), Option("No", {"kind": "leave"}))
    if task.thought is not None:
        speak_of_written(turn, task.thought, task.id)
    turn.ask(OFFER, f"Is that done: {short(task.title)}? (task {task.id})", options, lasts_s=_LASTS_S)
    turn.outcome = outcome
    return True


def sounds_like_something(text: str) -> bool:
    """Tell whether a text sounds like something to do: an errand, a duty, something that needs doing."""
    if len(text.split()) > _MOST_WORDS or text.rstrip().endswith("?") or is_question(text):
        return False
    reading = read_kind(text)
    to_do = reading.kind in {Kind.TASK, Kind.REMINDER} and reading.evidence is not Evidence.GUESS
    return to_do or _NEEDS.search(text) is not None


def write_offered(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Write down what a pressed button offers to."""
    kind = Kind(effect["as"])
    captured = read(ports, turn, str(effect["text"]), kind)
    if captured is None:
        turn.say("There is nothing in it to write down.")
        return
    meant = captured if captured.kind is kind else _as(captured, kind)
    trace_capture(turn, meant, 0.0)
    write_down(ports, turn, meant)
    mark_kept(turn)


def _as(captured: Capture, kind: Kind) -> Capture:
    due = captured.due if kind.is_due else None
    return Capture(captured.text, kind, captured.title, due, captured.priority, captured.project, 1.0)
