"""The wording of a question that an interpretation leaves open: it names real places and devices."""

from __future__ import annotations

from butler.conversation import wording
from butler.conversation.acting import entities_of
from butler.conversation.gone import gone_thing
from butler.conversation.imperatives import imperative
from butler.conversation.phrasing import joined, many, the
from butler.conversation.turn import Ports, Turn
from butler.conversation.unseen import is_unseen
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Interpretation, Reason

_SO_FAR = {False: ", so I've done nothing", True: ", so I've left that part"}
_NAMED_BY_PLACE = 12
_ONE_CHOICE = frozenset({Reason.GUARDED_INEXACT, Reason.MISSING_TARGET, Reason.AMBIGUOUS_NAME})


def question_text(ports: Ports, turn: Turn, found: Interpretation) -> str:
    """Return the question for what is missing or unknown; nothing is asked of a home that was never seen."""
    if is_unseen(turn):
        return ports.words(wording.UNREACHABLE)
    reason = found.reason or Reason.UNSURE
    asked = (
        _about_what_is_gone(ports, turn, found, reason)
        or _about_names(turn, found, reason)
        or _about_targets(turn, found, reason)
    )
    return asked or ports.words(wording.ASKS.get(reason, wording.ASK_AGAIN))


def _about_what_is_gone(ports: Ports, turn: Turn, found: Interpretation, reason: Reason) -> str | None:
    if reason not in {Reason.UNKNOWN_NAME, Reason.UNKNOWN_PLACE}:
        return None
    gone = gone_thing(ports, turn, found.mention)
    if gone is None:
        return None
    intent = INTENTS.get(found.intent)
    so = _SO_FAR[bool(turn.calls)] if intent and intent.acts else ""
    offer = _offer(found) if found.choices else "What should it mean now?"
    return f"“{found.mention}” was {the(gone)}, which is no longer in the home{so}. {offer}"


def _about_names(turn: Turn, found: Interpretation, reason: Reason) -> str | None:
    said = f"“{found.mention}”" if found.mention else "that"
    intent = INTENTS.get(found.intent)
    so = _SO_FAR[bool(turn.calls)] if intent and intent.acts else ""
    if reason is Reason.UNKNOWN_NAME or (reason is Reason.UNKNOWN_PLACE and found.choices):
        offer = _offer(found) if found.choices else "What is it called here, or which room is it in?"
        return f"I don't know anything called {said}{so}. {offer}"
    if reason is Reason.UNKNOWN_PLACE:
        return f"I don't know a place called {said}{so}. The rooms here are {_places(turn)}."
    if reason is Reason.UNSUPPORTED:
        return f"I can't do that with {said}{so}. {_offer(found) if found.choices else ''}".rstrip()
    if len(found.choices) == 1 and reason in _ONE_CHOICE:
        sure = "For something as important as that I need to be sure. " if reason is Reason.GUARDED_INEXACT else ""
        return f"{sure}{_offer(found)}"
    return None


def _about_targets(turn: Turn, found: Interpretation, reason: Reason) -> str | None:
    entities = entities_of(turn, found)
    if not entities:
        return None
    match reason:
        case Reason.MISSING_ACTION:
            return f"What should I do with {many(entities)}?"
        case Reason.MISSING_VALUE:
            return f"What should I set {many(entities)} to?"
        case Reason.UNSURE:
            return f"I'm not sure I understood. Shall I {imperative(found, entities)}?"
        case Reason.GUARDED:
            return f"Shall I {imperative(found, entities)}?"
        case _:
            return None


def _offer(found: Interpretation) -> str:
    if len(found.choices) == 1:
        return f"Do you mean {the(found.choices[0].label)}?"
    return "Do you mean one of these?"


def _places(turn: Turn) -> str:
    names = [area.name for area in turn.snapshot.areas]
    shown = names[:_NAMED_BY_PLACE]
    return joined([*shown, "more"] if len(names) > len(shown) else shown)
