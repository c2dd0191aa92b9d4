"""✅ and ❌ under an answer: the last of them counts, however often somebody thinks better of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from butler.conversation import wording
from butler.conversation.answering_instead import answer_instead
from butler.conversation.correcting import put_in_place
from butler.conversation.dialogue import CORRECTABLE
from butler.conversation.messages import Role
from butler.conversation.open_questions import drop_question
from butler.conversation.phrasing import joined
from butler.conversation.rolling import redo_option
from butler.conversation.turn import Ports, Turn
from butler.conversation.understood import understand, would_act
from engine.learning.documents import from_document
from engine.learning.experience import Later, Saying
from engine.understanding.interpretation import Interpretation
from store import Action, Status, improvements, observations, turns
from store.buttons import Button

Effect = Mapping[str, Any]
_SAYS: Mapping[str, str] = MappingProxyType({"right": "confirmed", "wrong": "disputed"})


def judges_anew(ports: Ports, button: Button) -> bool:
    """Tell whether ✅ or ❌, pressed before, says something else than the last press under its answer."""
    effect = button.payload["effect"]
    says = _SAYS.get(effect["kind"])
    judged = turns.get(ports.store, effect["turn"]) if says else None
    return judged is not None and judged.verdict in _SAYS.values() and judged.verdict != says


def judge_right(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Take an answer as right, and say so if it had been taken back as wrong."""
    number = effect["turn"]
    if not _judge(ports, turn, number, Saying.PRAISE, ports.words(wording.PRAISED)):
        return
    if turn.dialogue.attempt_turn == number:
        turn.dialogue = replace(turn.dialogue, meant=False)
    gone = _taken_back(ports, number)
    if not gone:
        return
    which, them = joined(f"#{one}" for one in gone), "it" if len(gone) == 1 else "them"
    told = f"I had taken {which} back meanwhile, because that answer was said to be wrong."
    if turn.incoming.user.role is Role.ADMIN:
        turn.offer(f"{told} “Redo” puts {them} in use again.", (redo_option(gone),))
    else:
        turn.say(f"{told} An admin can put {them} in use again with /redo {gone[0]}.")


def judge_wrong(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Take an answer as wrong, and ask what was meant."""
    number = effect["turn"]
    if _judge(ports, turn, number, Saying.PRESS, ports.words(wording.WHAT_WAS_MEANT)):
        turn.dialogue = replace(turn.dialogue, meant=turn.dialogue.attempt_turn == number)


def meant_instead(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Put an answer right with what was meant: by the same words before, or another reading of them."""
    judged, number = turns.get(ports.store, effect["turn"]), effect["turn"]
    if judged is None or judged.user != turn.user or not judged.interpretation:
        turn.say(ports.words(wording.NOTHING_BEFORE))
        return
    late = turn.incoming.at - judged.at > CORRECTABLE
    if late or judged.verdict == "corrected":
        turn.say(wording.LATE_BUTTON if late else wording.ANSWERED_BUTTON)
        return
    drop_question(ports, turn)
    found = _wanted(ports, turn, effect)
    attempt = turn.dialogue.attempt if turn.dialogue.attempt_turn == number else None
    if found is None:
        turn.say("What that would touch is no longer in the home, so I did nothing.")
    elif attempt is not None and would_act(found):
        put_in_place(ports, turn, attempt, found)
    else:
        answer_instead(ports, turn, judged, found)


def _wanted(ports: Ports, turn: Turn, effect: Effect) -> Interpretation | None:
    """Return what a button says was meant; None where something it is about is gone."""
    if "wanted" in effect:
        return understand(ports, turn, effect["wanted"])
    found = from_document(effect["meant"])
    return found if all(target in turn.snapshot.by_id for target in found.targets) else None


def _judge(ports: Ports, turn: Turn, number: int, saying: Saying, said: str) -> bool:
    judged = turns.get(ports.store, number)
    if judged is None or judged.user != turn.user:
        turn.say(ports.words(wording.NOTHING_BEFORE))
        return False
    if judged.verdict == "corrected":
        turn.say(wording.ANSWERED_BUTTON)
        return False
    praised = saying is Saying.PRAISE
    turn.trace("feedback", "confirmed" if praised else "disputed", of_turn=number)
    turn.later = Later(number, saying, pressed=True)
    turn.outcome = "feedback_positive" if praised else "feedback_negative"
    turn.say(said)
    return True


def _taken_back(ports: Ports, number: int) -> list[int]:
    """Return the improvements that changed a turn and that the watch took out of force."""
    return [one.improvement for one in observations.of_turn(ports.store, number) if _by_watch(ports, one.improvement)]


def _by_watch(ports: Ports, number: int) -> bool:
    known = improvements.get(ports.store, number)
    if known is None or known.status is not Status.ROLLED_BACK:
        return False
    last = [one for one in improvements.audit(ports.store, number) if one.action is Action.ROLLED_BACK][-1:]
    return any(one.actor == "system" for one in last)
