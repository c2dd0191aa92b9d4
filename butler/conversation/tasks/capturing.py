"""Writing down what a person wants to remember or to do, with a short answer that says what was understood."""

from __future__ import annotations

import re
from typing import Any

from butler.conversation.keeping import kept
from butler.conversation.ringing.setting import keep_ringing
from butler.conversation.tasks.clarifying import ask_about
from butler.conversation.tasks.noting import Noted, note, speak_of_written
from butler.conversation.tasks.phrases import moment
from butler.conversation.tasks.reading import mark_kept, rules_of, with_slots
from butler.conversation.tasks.telling import noted_text, undo_option
from butler.conversation.taught import said_rules
from butler.conversation.turn import Ports, Turn
from engine.tasks.capture import Capture, capture
from engine.tasks.kinds import Ask, Kind, Priority
from engine.understanding.interpretation import Interpretation
from store import projects, work

_SLOW_PRIORITY = 50
_UNSURE = 0.8
_EXAMPLE = "remind me tomorrow at 5 to call mum"
_OFTEN = "remind me every hour to drink something"
_EMPTY = re.compile(r"\w+ (?:it|that|this|them|those)(?: (?:off|up|down|on|back|away))?", re.IGNORECASE)


def take_down(ports: Ports, turn: Turn, found: Interpretation, kind: Kind | None) -> None:
    """Write down what a sentence says, or ask what it is that should be."""
    started = ports.timer()
    captured = read(ports, turn, found.text, kind)
    if captured is None or _EMPTY.fullmatch(captured.title):
        turn.outcome = "asked"
        turn.say("I don't know what that is about. What should I write down?")
        return
    with_slots(turn, found, **slots_of(captured))
    trace_capture(turn, captured, (ports.timer() - started) * 1000)
    _trace_rules(ports, turn, found.text)
    write_down(ports, turn, captured)


def read(ports: Ports, turn: Turn, text: str, kind: Kind | None) -> Capture | None:
    """Return the thought in a text."""
    return capture(
        text,
        kind=kind,
        now=moment(turn),
        zone=ports.settings.time_zone,
        rules=rules_of(ports, turn.user),
        projects=projects.names(ports.store),
    )


def write_down(ports: Ports, turn: Turn, captured: Capture) -> None:
    """Write down a thought that was understood, say so, and ask what is unclear about it."""
    if captured.kind.rings and captured.title:
        keep_ringing(ports, turn, captured)
        return
    if captured.kind.rings and captured.refused is not None:
        turn.outcome = "asked"
        example = _OFTEN if captured.refused.instead else _EXAMPLE
        turn.say(f"{captured.refused.reason} What shall I remind you of? Say for example “{example}”.")
        return
    with ports.store.unflushed():
        noted = note(ports, turn, captured)
        text = noted_text(ports, turn, noted) if captured.title else ""
        kept(ports, turn, text or "I was about to ask what to write down.", noted.undo)
        _for_later(ports, turn, noted)
    mark_kept(turn)
    _trace_written(turn, noted)
    speak_of_written(turn, noted.thought, noted.task)
    if captured.asks:
        ask_about(ports, turn, noted, f"{text} {captured.refused.reason}".strip() if captured.refused else text)
    else:
        turn.offer(text, (undo_option(turn, noted.undo),))


def slots_of(captured: Capture) -> dict[str, Any]:
    """Return what was understood of a thought, as the slots of an interpretation."""
    return {
        "title": captured.title,
        "kind": captured.kind.value,
        "time": captured.due.wording if captured.due else None,
        "priority": captured.priority.value if captured.priority is not Priority.NORMAL else None,
        "project": captured.project,
    }


def trace_capture(turn: Turn, captured: Capture, duration_ms: float) -> None:
    """Log what a thought was understood to be."""
    turn.trace(
        "capture",
        captured.kind.value,
        component="tasks",
        outcome="asks" if captured.asks else "understood",
        confidence=captured.confidence,
        duration_ms=duration_ms,
        title=captured.title,
        due=captured.due.to_document() if captured.due else None,
        priority=captured.priority.value,
        project=captured.project,
        asks=[ask.value for ask in captured.asks],
    )


def _trace_rules(ports: Ports, turn: Turn, text: str) -> None:
    """Log which learned rules the words of a thought are read by."""
    for word in said_rules(ports, turn, text):
        turn.trace("rule", word.text(), component="tasks", phrase=word.phrase, improvement=word.number)


def _trace_written(turn: Turn, noted: Noted) -> None:
    project = noted.project.id if noted.project else None
    turn.trace(
        "written",
        noted.captured.kind.value,
        component="tasks",
        project_id=project,
        thought=noted.thought,
        task=noted.task,
    )


def _for_later(ports: Ports, turn: Turn, noted: Noted) -> None:
    """Have the slow path look at what the fast one is unsure of."""
    captured = noted.captured
    if captured.title and (captured.confidence < _UNSURE or Ask.WHEN in captured.asks):
        subject = f"thought:{noted.thought}"
        work.put(ports.store, "task_analysis", subject, priority=_SLOW_PRIORITY, at=turn.incoming.at)
