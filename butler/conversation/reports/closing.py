"""What becomes of an insight's messages once it is decided: their buttons go, and what waits to be sent is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from butler.conversation.reports.messages import NOTICE
from butler.conversation.shown import message_of
from butler.conversation.turn import Ports, Turn
from store import buttons, notices, outbox, people
from store.insights import Insight

_WAITING = "the insight was decided meanwhile"


def close_messages(ports: Ports, turn: Turn, insight: Insight, label: str) -> None:
    """Take the buttons off every message of an insight, whoever got it, and show there what was decided."""
    by = people.name_of(ports.store, turn.user)
    for user in dict.fromkeys([turn.user, *insight.delivered_to]):
        shown = label if user == turn.user else f"{label} ({by})"
        for message in _messages(ports, turn, insight.id, user):
            waiting = [part for part in outbox.of_message(ports.store, message) if part.state == "waiting"]
            for part in waiting:
                outbox.drop(ports.store, part.id, _WAITING, turn.incoming.at)
            if not waiting:
                turn.settled.setdefault(message, shown)
            if user == turn.user:
                _answer(ports, turn, message, label)


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


def _messages(ports: Ports, turn: Turn, number: int, user: str) -> Iterator[str]:
    """Use up an insight's buttons and give each message they stand under once."""
    seen = set()
    for button in buttons.of_user(ports.store, user):
        effect = button.payload.get("effect", {})
        if effect.get("insight") != number:
            continue
        buttons.use(ports.store, button.id, at=turn.incoming.at, turn=turn.number)
        message = message_of(button.id)
        if message is not None and message not in seen:
            seen.add(message)
            yield message


def _answer(ports: Ports, turn: Turn, message: str, label: str) -> None:
    if message.startswith("n"):
        notices.answer(ports.store, int(message[1:]), label, turn.incoming.at)
