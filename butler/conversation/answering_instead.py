"""Answering words anew as what they were meant to be, and taking back what the guess did where that still stands."""

from __future__ import annotations

from butler.conversation.mentions import sentence_to_keep
from butler.conversation.responding import respond
from butler.conversation.tasks.phrases import short
from butler.conversation.tasks.reading import KEPT
from butler.conversation.turn import Ports, Turn
from butler.conversation.undoing import take_back
from butler.home.port import Call
from engine.learning.documents import from_document
from engine.learning.experience import Later, Saying
from engine.understanding.handlers import HandlerRisk, handler_of
from engine.understanding.interpretation import Interpretation
from store import turns
from store.turns import Turn as TurnRow

_MOST_TURNS = 200
_STAYS = "What I did first stays, because more was done since; its “Undo” still takes it back."


def answer_instead(ports: Ports, turn: Turn, judged: TurnRow, found: Interpretation) -> None:
    """Answer `found`; once something came of it, take back what turn `judged` did.

    It is a correction where what was offered is what was done. Where the answer was something else, or there was
    nothing to do, all that was said is that the guess was wrong.
    """
    turn.outcome = "answered"
    turn.interpretation = turn.understood = found
    stands = _stands(ports, turn, judged)
    respond(ports, turn, found)
    outcome, acted = turn.outcome, turn.outcome in {"acted", "acted_in_part"}
    wrote = any(deed.turn == turn.number for deed in turn.dialogue.deeds)
    only_tells = _only_tells(found) and outcome == "answered"
    came = only_tells or wrote or acted
    if came:
        _take_back(ports, turn, judged, stands=stands)
        turn.outcome = outcome
    if came and outcome != KEPT and not (wrote and _only_tells(found)):
        turn.later = Later(judged.number, Saying.CORRECTION, found, pressed=True)
    else:
        turn.later = Later(judged.number, Saying.PRESS, pressed=True)
    keep = sentence_to_keep(turn, from_document(judged.interpretation), found)
    if came and keep is not None:
        turn.offer(f"Shall I remember that for “{short(judged.interpretation['text'])}”?", (keep,))


def _only_tells(found: Interpretation) -> bool:
    """Tell whether something is only asked or said by what was meant."""
    parts = found.clauses or (found,)
    return all(p.intent.endswith("_query") or handler_of(p.intent, {}).risk < HandlerRisk.KEEPS for p in parts)


def _stands(ports: Ports, turn: Turn, judged: TurnRow) -> bool:
    """Tell whether what a turn did is still the last that was done: here, and with the same things of the home."""
    deeds = turn.dialogue.deeds
    if not deeds or deeds[-1].turn != judged.number:
        return False
    touched = frozenset(judged.prior_states or ())
    since = [one for one in turns.recent(ports.store, _MOST_TURNS) if one.number > judged.number and one.calls]
    calls = (Call.from_json(call) for one in since for call in one.calls or ())
    return not any(touched.intersection(call.entity_ids) for call in calls)


def _take_back(ports: Ports, turn: Turn, judged: TurnRow, *, stands: bool) -> None:
    """Take back what a turn did, to be told before what came instead; where more was done since, say that it stays."""
    done = [deed for deed in turn.dialogue.deeds[::-1] if deed.turn == judged.number and deed.improvement is None]
    told = len(turn.drafts)
    for deed in done if stands else ():
        take_back(ports, turn, deed)
    turn.drafts[:] = [*turn.drafts[told:], *turn.drafts[:told]]
    buttons = [button["label"] for message in judged.reply or () for button in message.get("buttons", ())]
    if not stands and judged.verdict != "undone" and (done or "Undo" in buttons):
        turn.say(_STAYS)
