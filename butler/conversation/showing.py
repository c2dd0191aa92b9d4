"""What waits in the outbox for people on this machine: their channel takes it, shows it, and says when it has.

What must not be lost is shown once more, and says so, where the process ended in between.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from butler.conversation.messages import Button, Message
from butler.conversation.wording import SENT_AGAIN
from store import facts, outbox
from store.database import Store

LOCAL = "local"
_SHOWING = "local.showing"  # the fact that has the repeatable rows of which nobody has said yet that they were shown


def taken_messages(store: Store, now: datetime) -> Iterator[Message]:
    """Take from the outbox what is due for people on this machine: their channel shows it now."""
    while due := outbox.due(store, LOCAL, now):
        for queued in due:
            if _taken(store, queued, now):
                yield _message(queued)


def were_shown(store: Store) -> None:
    """Note that all that was taken has been shown."""
    if facts.get(store, _SHOWING) is not None:
        facts.remove(store, _SHOWING)


def show_again(store: Store, now: datetime) -> None:
    """Have what may never have been shown, because the process ended before that, shown once more."""
    with store.atomic():
        for number in json.loads(facts.get(store, _SHOWING) or "[]"):
            row = outbox.get(store, number)
            if row is not None and row.payload.get("text"):
                payload = {**row.payload, "text": _marked(row.payload)}
                outbox.add(store, outbox.as_outgoing(row, payload=payload, created_at=now, due_at=now))
        were_shown(store)


def _taken(store: Store, queued: outbox.Queued, now: datetime) -> bool:
    with store.atomic():
        taken = outbox.claim(store, queued.id, now) and outbox.sent(store, queued.id, None, now)
        if taken and queued.repeatable:
            showing = json.loads(facts.get(store, _SHOWING) or "[]")
            facts.put(store, _SHOWING, json.dumps([*showing, queued.id]))
    return taken


def _message(queued: outbox.Queued) -> Message:
    shown = tuple(Button(button, label) for button, label in queued.payload["buttons"])
    return Message(queued.message or f"o{queued.id}", queued.chat, queued.payload["text"], shown)


def _marked(payload: Any) -> str:
    text = str(payload["text"])
    return text if text.startswith(SENT_AGAIN) else f"{SENT_AGAIN}\n{text}"
