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
    """One message or button press. One of `text`, `press` (a button id) and `medium` is set; times are in UTC.

    `reply_to` is the id of one of Butler's messages ("t12m0", "n5"), or "turn:12" for what the person wrote then.
    `receipt` is the row of the inbox that this came from; the answer then goes out through the outbox. `sent_at` is
    when the person wrote it, `medium` what it is if it is not written ("voice", "photo" and so on): where there is a
    `text` all the same, it is what was heard. `private` says that nobody else reads the chat.
    """

    user: Person
    chat: str
    at: datetime
    text: str | None = None
    press: str | None = None
    reply_to: str | None = None
    edited: bool = False
    forwarded: bool = False
    addressed: bool = True
    receipt: int | None = None
    sent_at: datetime | None = None
    medium: str | None = None
    private: bool = True

    @property
    def wordless(self) -> bool:
        """Whether there are no words to act on."""
        return self.medium is not None and self.text is None


@dataclass(frozen=True)
class Button:
    """One answer to press; `id` is unique in the household and at most 64 bytes."""

    id: str
    label: str


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """One outgoing message: `to` is a chat, `text` is plain (channels escape it)."""

    id: str
    to: str
    text: str
    buttons: tuple[Button, ...] = ()
    file: Attachment | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the message as the stdio contract shows it, without its file."""
        return {
            "id": self.id,
            "to": self.to,
            "text": self.text,
            "buttons": [{"id": button.id, "label": button.label} for button in self.buttons],
        }


@dataclass(frozen=True)
class Reply:
    """All that a turn led to: messages in order, the calls attempted, what was understood, its number and outcome."""

    messages: tuple[Message, ...] = ()
    calls: tuple[Call, ...] = ()
    interpretation: Interpretation | None = None
    turn: int | None = None
    outcome: str = "answered"
