"""What is said where nothing is done; of a security alarm also how it stands, as that is what can be told of it."""

from __future__ import annotations

from butler.conversation.acting import refusal
from butler.conversation.describing import described
from butler.conversation.phrasing import opening, the, verb
from butler.conversation.turn import Ports, Turn
from engine.understanding.interpretation import Interpretation, Reason
from engine.understanding.panel_orders import orders_to_arm

_NO_PANEL = "I know of no security alarm in this home, so I've changed nothing."
_WAKING = "For an alarm that wakes you, say “cancel my alarm at 7”."


def refused_text(ports: Ports, turn: Turn, found: Interpretation) -> str:
    """Return why nothing is done."""
    told = ports.words(refusal(found))
    if found.reason is not Reason.READ_ONLY or not orders_to_arm(found.text):
        return told
    panels = [turn.snapshot.by_id[i] for i in found.targets if i in turn.snapshot.by_id]
    if not panels:
        return f"{_NO_PANEL} {_WAKING}"
    states = (f"{opening(the(one.name))} {verb([one.name])} {described(one)}." for one in panels)
    return " ".join([told, *(states if turn.reachable else ()), _WAKING])
