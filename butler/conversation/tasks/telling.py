"""What is said of something that was written down, was changed or is done; only what is so."""

from __future__ import annotations

from butler.conversation.tasks.noting import Noted
from butler.conversation.tasks.phrases import for_when, short, when
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.due import Due
from engine.tasks.kinds import Kind, Priority

UNDO = "Undo"
"""The label of the button that takes something back."""
_KEPT = {Kind.NOTE: "Note kept", Kind.IDEA: "Idea kept", Kind.QUESTION: "Question kept"}
_PRESSING = {Priority.LOW: "as not pressing", Priority.HIGH: "as important", Priority.URGENT: "as urgent"}


def noted_text(ports: Ports, turn: Turn, noted: Noted) -> str:
    """Return "Noted for this weekend: buy milk. (task 12)", or "Idea kept: paint the hall."."""
    captured = noted.captured
    lead = noted_lead(ports, turn, captured.kind, captured.priority, captured.due)
    if noted.project is not None:
        lead = f"{lead} in the {'new ' if noted.founded else ''}project {short(noted.project.name, 40)}"
    said = f"{lead}: {ended(short(captured.title))}"
    return f"{said} (task {noted.task})" if noted.task is not None else said


def noted_lead(ports: Ports, turn: Turn, kind: Kind, priority: Priority, due: Due | None) -> str:
    """Return what stands before a title that was written down: "Noted as urgent for this weekend"."""
    pressing = f" {_PRESSING[priority]}" if priority in _PRESSING else ""
    return f"{_KEPT.get(kind, 'Noted')}{pressing}{for_when(when(ports, turn, due))}"


def ended(text: str) -> str:
    """Return a text with a full stop, where it ends with nothing of that kind."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def undo_option(turn: Turn, undo: Effect) -> Option:
    """Return the button that takes something back."""
    return Option(UNDO, {"kind": "take_back_written", "turn": turn.number, "undo": dict(undo)})
