"""Forgetting a taught word: it is quoted first, and waits for a press."""

from __future__ import annotations

from butler.conversation import wording
from butler.conversation.messages import Role
from butler.conversation.taught import taught_words
from butler.conversation.turn import Option, Ports, Turn
from engine.understanding.home_index import key_of
from engine.understanding.lesson import Forget
from engine.understanding.plain import plain


def forget(ports: Ports, turn: Turn, lesson: Forget) -> None:
    """Quote what would be forgotten, and wait for a press."""
    turn.trace("lesson", "forget", phrase=lesson.phrase)
    wanted = {plain(lesson.phrase), key_of(lesson.phrase), plain(lesson.phrase).removeprefix("my ")}
    words = [word for word in taught_words(ports, turn) if {plain(word.phrase), key_of(word.phrase)} & wanted]
    if turn.incoming.user.role is not Role.ADMIN and any(word.rule and not word.personal for word in words):
        words = [word for word in words if word.personal or not word.rule]
        if not words:
            turn.outcome = "refused"
            turn.say(f"“{lesson.phrase}” is a rule for everybody. An admin can take it back with /rollback.")
            return
    if turn.incoming.user.role is Role.GUEST and any(not word.personal for word in words):
        words = [word for word in words if word.personal]
        if not words:
            turn.outcome = "refused"
            turn.say(ports.words(wording.GUESTS_OWN_WORDS))
            return
    if not words:
        turn.outcome = "nothing_to_forget"
        turn.say(f"Nobody taught me “{lesson.phrase}”, so there is nothing to forget. /aliases lists what I know.")
        return
    quoted = "; ".join(word.text() for word in words)
    turn.ask(
        "forget",
        f"I would forget this: {quoted}. Shall I?",
        (
            Option("Yes, forget it", {"kind": "forget", "improvements": [word.number for word in words]}),
            Option("No", {"kind": "leave"}),
        ),
        about=f"forgetting “{lesson.phrase}”",
    )
