"""What a sentence about home actions for later asks for: to plan one, to hear of them, to pause or delete some."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation.later.changing import change_planned
from butler.conversation.later.listing import tell_planned
from butler.conversation.later.setting import plan_later
from butler.conversation.tasks.phrases import moment
from butler.conversation.tasks.reading import rules_of
from butler.conversation.turn import Ports, Turn
from butler.conversation.understood import understand
from engine.tasks.later import read_later
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation

_NOW = frozenset({Disposition.ACT, Disposition.CONFIRM})


def answer_later(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Do what a sentence about home actions for later asks for."""
    match found.intent:
        case "schedule_query":
            tell_planned(ports, turn)
        case "schedule_cancel":
            change_planned(ports, turn, found.text)
        case _:
            plan_later(ports, turn, found)


def for_a_while(ports: Ports, turn: Turn, found: Interpretation) -> Interpretation | None:
    """Return the command that a sentence wants done now and for so long; None for any other sentence."""
    if found.intent != "schedule_set":
        return None
    requests = read_later(found.text, moment(turn), ports.settings.time_zone, rules_of(ports).times)
    if len(requests) != 1 or not requests[0].begins_now:
        return None
    meant = understand(ports, turn, requests[0].command)
    if meant.clauses or not INTENTS[meant.intent].acts or meant.disposition not in _NOW or not meant.targets:
        return None
    return replace(meant, text=found.text, slots={**meant.slots, "duration": requests[0].lasts_s})
