"""Taking a lesson back by "undo": at once while it is only its teacher's affair, else asked about or left alone."""

from __future__ import annotations

from butler.conversation.dialogue import Deed
from butler.conversation.phrasing import joined
from butler.conversation.rolling import roll_back
from butler.conversation.shown import turn_of
from butler.conversation.taught import TaughtWord, taught_words
from butler.conversation.turn import Option, Ports, Turn
from engine.understanding.plain import plain
from store import improvements, people, turns

_ASIDE = frozenset({"conflict", "teach_target"})


def is_undo(command: str) -> bool:
    """Tell whether a slash command is the one that takes back what was done last."""
    return command.casefold().partition("@")[0].split() == ["/undo"]


def only_drops_question(turn: Turn) -> bool:
    """Tell whether "undo" speaks of the lesson that was only asked about, and of nothing that was done before it."""
    question = turn.dialogue.question
    if turn.about is not None or question is None or question.kind not in _ASIDE or not question.buttons:
        return False
    if question.expired(turn.incoming.at):
        return False
    asked_in, deeds = turn_of(question.buttons[0][0]), turn.dialogue.deeds
    return asked_in is not None and (not deeds or deeds[-1].turn < asked_in)


def take_back_lesson(ports: Ports, turn: Turn, deed: Deed, number: int) -> None:
    """Take a lesson back that nobody else has built a habit on; where somebody has, ask first."""
    phrase = _phrase(ports, number)
    newer = _newer(ports, turn, phrase, number)
    if newer is not None:
        turn.dialogue = turn.dialogue.undone(deed.turn, number)
        turn.outcome = "nothing_to_undo"
        turn.say(f"{newer.text()} by now, which came after your lesson #{number}, so I've taken nothing back.")
        return
    others = turns.others_with(ports.store, number, since=deed.turn, but=turn.user)
    if others:
        _ask(ports, turn, phrase, number, others)
        return
    turn.dialogue = turn.dialogue.undone(deed.turn, number)
    roll_back(ports, turn, number, "undone by the person who taught it")


def _phrase(ports: Ports, number: int) -> str:
    known = improvements.get(ports.store, number)
    value = known.proposed_value if known else None
    return str(value.get("phrase") or "") if isinstance(value, dict) else ""


def _newer(ports: Ports, turn: Turn, phrase: str, number: int) -> TaughtWord | None:
    """Return what the phrase was taught to mean since, in place of improvement #number; None where that still holds."""
    same = [word for word in taught_words(ports, turn) if phrase and plain(word.phrase) == plain(phrase)]
    if not same or any(word.number == number for word in same):
        return None
    later = [word for word in same if word.number > number]
    return later[-1] if later else None


def _ask(ports: Ports, turn: Turn, phrase: str, number: int, others: list[str]) -> None:
    names = joined(people.name_of(ports.store, user) for user in others)
    have = "has" if len(others) == 1 else "have"
    what = f"“{phrase}”" if phrase else f"#{number}"
    turn.trace("undo", "lesson_shared", of=number, others=len(others))
    turn.ask(
        "forget",
        f"{names} {have} counted on {what} since you taught me that (#{number}). Shall I forget it for everybody?",
        (
            Option("Yes, forget it", {"kind": "forget", "improvements": [number]}),
            Option("No", {"kind": "leave"}),
        ),
        about=f"forgetting {what}",
    )
