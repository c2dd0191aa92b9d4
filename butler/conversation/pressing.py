"""A press: what a button says is done if it is this person's, in time, and still to be answered."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation import wording
from butler.conversation.effects import apply_effect
from butler.conversation.judged import judges_anew
from butler.conversation.replying import settle, settle_aside
from butler.conversation.reports.presses import ASIDE
from butler.conversation.turn import Ports, Turn
from store import buttons


def pressed(ports: Ports, turn: Turn, button_id: str) -> None:
    """Do what a button says, if it is this person's, in time, and pressed for the first time.

    ✅ and ❌ may be pressed again by who thinks better of it.
    """
    turn.pressed = button_id
    button = buttons.get(ports.store, button_id)
    again = button is not None and button.used_at is not None and judges_anew(ports, button)
    problem = None
    if button is None:
        problem = wording.UNKNOWN_BUTTON
    elif button.user != turn.user or button.chat != turn.incoming.chat:
        problem = wording.OTHERS_BUTTON
    elif button.used_at is not None and not again:
        problem = wording.ANSWERED_BUTTON
    elif button.expired(turn.incoming.at):
        problem = wording.LATE_BUTTON
    if button is None or problem:
        turn.trace("press", "refused", outcome=problem)
        turn.outcome = "press_refused"
        turn.say(problem or wording.UNKNOWN_BUTTON)
        return
    if not again and not buttons.use(ports.store, button_id, at=turn.incoming.at, turn=turn.number):
        turn.say(wording.ANSWERED_BUTTON)
        return
    effect = button.payload["effect"]
    if effect["kind"] in ASIDE:
        settle_aside(turn, button_id)
    else:
        for sibling in button.payload["siblings"]:
            buttons.use(ports.store, sibling, at=turn.incoming.at, turn=turn.number)
        settle(ports, turn, button_id)
        _forget_question_of(turn, button_id)
    apply_effect(ports, turn, effect)


def _forget_question_of(turn: Turn, button_id: str) -> None:
    question = turn.dialogue.question
    if question and any(button == button_id for button, _ in question.buttons):
        turn.dialogue = replace(turn.dialogue, question=None)
