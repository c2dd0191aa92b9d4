"""A message that may have been lost is shown once more when its person presses for it."""

from __future__ import annotations

from store import buttons, inbox, outbox
from store.outbox import Outgoing
from tests.butler.conversation.conftest import START, Chat
from tests.butler.conversation.crashing import killed_at, pressed, restarted

BUTTON = "n1b0"


def lost(chat: Chat, text: str = "The kitchen light is on.") -> int:
    """Keep a message of which nobody knows whether it arrived, with the button that shows it again."""
    said = {"text": text, "buttons": []}
    number = outbox.add(chat.store, Outgoing("telegram", "home", "ana", said, START, START, message="t9m0"))
    outbox.claim(chat.store, number, START)
    outbox.unsure(chat.store, number, "the line broke", START)
    effect = {"kind": "again", "outbox": number}
    payload = {"effect": effect, "siblings": [BUTTON]}
    buttons.add(chat.store, [buttons.Button(BUTTON, "ana", "home", payload, START)])
    return number


def waiting(chat: Chat) -> list[str]:
    """Return the texts that are still to be sent."""
    counted = outbox.counts(chat.store).waiting
    rows = [row for row in (outbox.get(chat.store, number) for number in range(1, 50)) if row is not None]
    texts = [str(row.payload["text"]) for row in rows if row.state == "waiting"]
    assert len(texts) == counted
    return texts


def test_it_is_sent_as_it_was(chat: Chat) -> None:
    lost(chat)
    pressed(chat, 7, BUTTON)
    assert waiting(chat) == ["The kitchen light is on."]


def test_a_kill_before_the_turn_is_finished_does_not_send_it_twice(chat: Chat) -> None:
    """The press is dealt with anew after the restart, and counts once."""
    lost(chat)
    with killed_at(inbox, "done"):
        pressed(chat, 7, BUTTON)
    again = restarted(chat)
    assert waiting(again) == []
    pressed(again, 7, BUTTON)
    assert waiting(again) == ["The kitchen light is on."]


def test_what_is_not_anybodys_own_is_not_shown(chat: Chat) -> None:
    number = lost(chat)
    with chat.store.atomic():
        chat.store.database.fetch("UPDATE outbox SET user = 'ben' WHERE id = ?", (number,))
    assert "don't have that message any more" in str(pressed(chat, 7, BUTTON).messages)
