"""What a turn sends through the outbox: its messages, and the keyboards that lost their buttons by it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from butler.conversation.messages import Message
from butler.conversation.showing import LOCAL
from butler.conversation.shown import shown_message
from butler.conversation.turn import Draft, Ports, Turn
from store import buttons, inbox, outbox
from store.database import Store
from store.outbox import Outgoing

TELEGRAM = "telegram"
_PICTURES = frozenset({"image/png", "image/jpeg"})


def channel_of(turn: Turn, *, unasked: bool) -> str | None:
    """Return the channel whose outbox the turn's messages go to; None when they are handed back to the caller."""
    if turn.incoming.receipt is not None:
        return TELEGRAM
    if not unasked:
        return None
    return TELEGRAM if turn.incoming.chat.startswith(f"{TELEGRAM}:") else LOCAL


def post(ports: Ports, turn: Turn, said: Sequence[tuple[Draft, Message]], channel: str) -> None:
    """Put the turn's messages into the outbox, behind the edits of what it answered or dropped."""
    for message_id, label in turn.settled.items():
        _edit(ports.store, turn, message_id, label)
    answered = _answered_message(ports.store, turn)
    for draft, message in said:
        here = message.to == turn.incoming.chat
        outbox.add(
            ports.store,
            Outgoing(
                channel=channel,
                chat=message.to,
                user=turn.user,
                payload=_payload(message),
                created_at=turn.incoming.at,
                due_at=turn.incoming.at,
                message=message.id,
                kind=_kind(message),
                reply_to=answered if here else None,
                forget=draft.fleeting,
            ),
        )


def _answered_message(store: Store, turn: Turn) -> int | None:
    """Return the channel's number of what the person wrote: where several people talk, an answer points at it."""
    if turn.incoming.private or turn.incoming.receipt is None:
        return None
    received = inbox.get(store, turn.incoming.receipt)
    return received.message if received and turn.incoming.press is None else None


def _kind(message: Message) -> str:
    if message.file is None:
        return "message"
    return "photo" if message.file.mime in _PICTURES else "document"


def _payload(message: Message) -> dict[str, Any]:
    file = message.file
    return {
        "text": message.text,
        "buttons": [[button.id, button.label] for button in message.buttons],
        "chosen": None,
        "file": {"name": file.name, "mime": file.mime, "base64": base64.b64encode(file.content).decode("ascii")}
        if file
        else None,
    }


def _edit(store: Store, turn: Turn, message_id: str, label: str | None) -> None:
    """Have a message that went out shown with what was chosen, and only the buttons that still do something."""
    sent = [part for part in outbox.of_message(store, message_id) if part.channel == TELEGRAM and part.kind != "edit"]
    shown = shown_message(store, message_id)
    if not sent or shown is None:
        return
    live = set(buttons.remaining(store, [button for button, _ in shown.buttons], turn.incoming.at))
    left = [[button, name] for button, name in shown.buttons if button in live]
    outbox.add(
        store,
        Outgoing(
            channel=TELEGRAM,
            chat=sent[-1].chat,
            user=sent[-1].user,
            payload={"text": shown.text, "buttons": left, "chosen": label, "file": None},
            created_at=turn.incoming.at,
            due_at=turn.incoming.at,
            kind="edit",
            edits=message_id,
        ),
    )
