"""What goes into a turn and what comes out of it, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from butler.home.port import Call
from engine.understanding.interpretation import Interpretation


class Role(StrEnum):
    """What a person may do: a guest uses the home, a resident teaches, an admin approves and rolls back."""

    ADMIN = "admin"
    RESIDENT = "resident"
    GUEST = "guest"


@dataclass(frozen=True)
class Person:
    """A user of Butler; `id` is case-sensitive."""

    id: str
    role: Role = Role.RESIDENT


@dataclass(frozen=True)
class Incoming:
    """One message or button press. Exactly one of `text` and `press` (a button id) is set; `at` is in UTC."""

    user: Person
    chat: str
    at: datetime
    text: str | None = None
    press: str | None = None
    reply_to: str | None = None
    edited: bool = False
    forwarded: bool = False
    addressed: bool = True


@dataclass(frozen=True)
class Button:
    """One answer to press; `id` is unique in the household and at most 64 bytes."""

    id: str
    label: str


@dataclass(frozen=True)
class Message:
    """One outgoing message: `to` is a chat, `text` is plain (channels escape it)."""

    id: str
    to: str
    text: str
    buttons: tuple[Button, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the message as the stdio contract shows it."""
        return {
            "id": self.id,
            "to": self.to,
            "text": self.text,
            "buttons": [{"id": button.id, "label": button.label} for button in self.buttons],
        }


@dataclass(frozen=True)
class Reply:
    """All that a turn led to: messages in order, the calls attempted, what was understood, and the turn's number."""

    messages: tuple[Message, ...] = ()
    calls: tuple[Call, ...] = ()
    interpretation: Interpretation | None = None
    turn: int | None = None
