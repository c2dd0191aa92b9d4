"""What a reply speaks of: the question it answers, or the earlier turn that it means."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation.dialogue import NO_WORDS, YES_WORDS, Question
from butler.conversation.shown import message_of, shown_message, turn_of
from butler.conversation.turn import Ports, Turn
from engine.learning.documents import from_document
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Interpretation
from engine.understanding.plain import plain
from store import turns

_RIGHT, _WRONG = "✅", "❌"


def answer_to_reply(ports: Ports, turn: Turn) -> str | None:
    """Return the button that the text names under the message it is a reply to; None when it names none."""
    replied = turn.incoming.reply_to
    shown = shown_message(ports.store, replied) if replied is not None else None
    question = shown.question if shown else None
    return None if question is None else question.answer(turn.text) or _short_answer(question, turn.text)


def replies_elsewhere(turn: Turn) -> bool:
    """Tell whether the text is a reply to something that belongs to another turn than the open question."""
    question = turn.dialogue.question
    if turn.incoming.reply_to is None or question is None or not question.buttons:
        return False
    asked_in = turn_of(message_of(question.buttons[0][0]) or "")
    return turn_of(turn.incoming.reply_to) != asked_in


def speak_of(ports: Ports, turn: Turn) -> None:
    """Let what follows ("undo", "why", "no, I meant …") speak of the turn replied to, if it is this person's."""
    number = turn_of(turn.incoming.reply_to or "")
    row = turns.get(ports.store, number) if number is not None else None
    if row is None or row.number == turn.number or (row.user, row.chat) != (turn.user, turn.incoming.chat):
        return
    turn.about = row.number
    turn.trace("reply", "of_turn", of_turn=row.number)
    found = from_document(row.interpretation) if row.interpretation else None
    if row.number == turn.dialogue.attempt_turn:
        # It is spoken of now, however long ago it was; what a correction did to it since is kept.
        turn.dialogue = replace(turn.dialogue, attempt_at=turn.incoming.at)
        return
    if found is None:
        return
    last = found.clauses[-1] if found.clauses else found
    turn.dialogue = replace(turn.dialogue, previous=last)
    if _is_command(last):
        turn.dialogue = turn.dialogue.attempted(last, row.number, turn.incoming.at)


def settle(ports: Ports, turn: Turn, button_id: str) -> None:
    """Note which button a message was answered with, so that it can be shown so."""
    message = message_of(button_id)
    shown = shown_message(ports.store, message) if message else None
    if message and shown:
        turn.settled[message] = dict(shown.buttons).get(button_id)


def settle_aside(turn: Turn, button_id: str) -> None:
    """Note that a message loses a button that answers nothing, and keeps the others."""
    message = message_of(button_id)
    if message:
        turn.settled[message] = None


def settle_dropped(turn: Turn, question: Question) -> None:
    """Note that a message's question is no longer open."""
    message = message_of(question.buttons[0][0]) if question.buttons else None
    if message:
        turn.settled.setdefault(message, None)


def _is_command(found: Interpretation) -> bool:
    intent = INTENTS.get(found.intent)
    return intent is not None and intent.acts


def _short_answer(question: Question, text: str) -> str | None:
    """Return the one button whose label begins with what was said, or that a yes or no stands for."""
    said = plain(text)
    begun = [button for button, label in question.buttons if said and plain(label).split()[:1] == [said]]
    if len(begun) == 1:
        return begun[0]
    sign = _RIGHT if said in YES_WORDS or text.strip() == _RIGHT else _WRONG if said in NO_WORDS else text.strip()
    signed = [button for button, label in question.buttons if sign and label.strip().startswith(sign)]
    return signed[0] if len(signed) == 1 else None
