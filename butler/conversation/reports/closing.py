"""What becomes of an insight's messages once it is decided: their buttons go, and what waits to be sent is dropped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from butler.conversation.reports.messages import NOTICE
from butler.conversation.shown import message_of
from butler.conversation.turn import Ports, Turn
from store import buttons, notices, outbox, people
from store.database import Store
from store.insights import Insight

_WAITING = "the insight was decided meanwhile"


def close_messages(ports: Ports, turn: Turn, insight: Insight, label: str) -> None:
    """Take the buttons off every message of an insight, whoever got it, and show there what was decided."""
    by = people.name_of(ports.store, turn.user)
    with ports.store.atomic():
        for user, message in withdraw(ports.store, insight, turn.user, turn.incoming.at, turn=turn.number):
            turn.settled.setdefault(message, label if user == turn.user else f"{label} ({by})")
            if user == turn.user and message.startswith("n"):
                notices.answer(ports.store, int(message[1:]), label, turn.incoming.at)


def withdraw(
    store: Store, insight: Insight, user: str, at: datetime, *, turn: int | None = None
) -> list[tuple[str, str]]:
    """Use up all buttons of an insight and drop its messages that wait; return whose messages were sent.

    Looked at is what `user` got, who decided, and those it was delivered to.
    """
    sent = []
    for whose in dict.fromkeys([user, *insight.delivered_to]):
        for message in _messages(store, insight.id, whose, at, turn):
            waiting = [part for part in outbox.of_message(store, message) if part.state == "waiting"]
            for part in waiting:
                outbox.drop(store, part.id, _WAITING, at)
            if not waiting:
                sent.append((whose, message))
    return sent


def answered_in_words(ports: Ports, turn: Turn, insight: Insight, label: str) -> None:
    """Log that somebody answered a notice by words, as a press under it is logged."""
    told = [one for one in notices.of_user(ports.store, turn.user) if one.kind == NOTICE and _is_of(one, insight.id)]
    under: dict[str, Any] = {}
    if told:
        after_s = (turn.incoming.at - told[-1].created_at).total_seconds()
        under = {"notice": told[-1].number, "notice_kind": NOTICE, "after_s": after_s}
    turn.trace("press", label, outcome="said", insight=insight.id, **under)


def _is_of(notice: notices.Notice, number: int) -> bool:
    return any(button["effect"].get("insight") == number for button in notice.buttons)


def _messages(store: Store, number: int, user: str, at: datetime, turn: int | None) -> list[str]:
    """Use up an insight's buttons that are somebody's, and return the messages they stand under."""
    mine = [one for one in buttons.of_user(store, user) if one.payload.get("effect", {}).get("insight") == number]
    for button in mine:
        buttons.use(store, button.id, at=at, turn=turn)
    return list(dict.fromkeys(message for one in mine if (message := message_of(one.id)) is not None))
