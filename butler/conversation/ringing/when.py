"""The question when something shall ring, and the answers that are offered to it."""

from __future__ import annotations

from butler.conversation.turn import Ports, Turn
from engine.tasks.kinds import Kind
from engine.tasks.wall import local

_EVENING_HOUR = 18
_NEVER_MIND = ("Without a time", "No date")


def when_question(kind: Kind) -> str:
    """Return the question when a reminder or an alarm shall ring."""
    return "When shall I wake you?" if kind is Kind.ALARM else "When shall I remind you?"


def when_answers(ports: Ports, turn: Turn) -> list[tuple[str, str]]:
    """Return what is offered as an answer, each as a label and the time it means in words."""
    evening = [("This evening", f"today at {_EVENING_HOUR}:00")]
    over = local(turn.incoming.at, ports.settings.time_zone).hour >= _EVENING_HOUR - 1
    return [
        ("In an hour", "in an hour"),
        *([] if over else evening),
        ("Tomorrow morning", "tomorrow at 9:00"),
        _NEVER_MIND,
    ]
