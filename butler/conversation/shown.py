"""A message that was sent, read back by its id: its text, its buttons, and the turn it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from butler.conversation.dialogue import Question
from store import buttons, notices, turns
from store.database import Store

_OF_TURN = re.compile(r"t(?P<turn>\d{1,15})m\d+$")
_IN_TURN = re.compile(r"t(?P<turn>\d{1,15})m\d+(?:b\d+)?$")
_NOTICE = re.compile(r"n(?P<number>\d{1,15})$")
_BUTTON = re.compile(r"(?P<message>(?:t\d+m\d+|n\d+))b\d+$")


@dataclass(frozen=True)
class Shown:
    """A message as it was shown: `turn` is None for a notice, `kind` is that of a question or empty."""

    text: str
    buttons: tuple[tuple[str, str], ...]
    turn: int | None = None
    kind: str = ""

    @property
    def question(self) -> Question | None:
        """What a typed answer to this message is held against; None for a message without buttons."""
        return Question(self.kind, "", self.buttons) if self.buttons else None


def turn_of(message_id: str) -> int | None:
    """Return the turn of a message or button by its id ("t12m0", "t12m0b1", "turn:12" for what the person wrote)."""
    if message_id.startswith("turn:"):
        number = message_id.removeprefix("turn:")
        return int(number) if number.isdecimal() and len(number) <= 15 else None
    match = _IN_TURN.match(message_id)
    return int(match["turn"]) if match else None


def message_of(button_id: str) -> str | None:
    """Return the id of the message that a button stands under."""
    match = _BUTTON.match(button_id)
    return match["message"] if match else None


def shown_message(store: Store, message_id: str) -> Shown | None:
    """Return a message of Butler's by its id, or None."""
    match = _NOTICE.match(message_id)
    if match:
        notice = notices.get(store, int(match["number"]))
        if notice is None:
            return None
        pairs = tuple((f"{message_id}b{at}", str(button["label"])) for at, button in enumerate(notice.buttons))
        return Shown(notice.text, pairs)
    if not _OF_TURN.match(message_id):
        return None
    return _of_turn(store, message_id)


def _of_turn(store: Store, message_id: str) -> Shown | None:
    number = turn_of(message_id)
    row = turns.get(store, number) if number is not None else None
    for message in (row.reply if row else None) or ():
        if message["id"] == message_id:
            pairs = tuple((str(button["id"]), str(button["label"])) for button in message["buttons"])
            return Shown(str(message["text"]), pairs, number, _kind(store, pairs))
    return None


def _kind(store: Store, pairs: tuple[tuple[str, str], ...]) -> str:
    first = buttons.get(store, pairs[0][0]) if pairs else None
    return str(first.payload.get("kind") or "") if first else ""
