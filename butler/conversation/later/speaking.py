"""What a sentence about home actions for later asks for: to plan one, to hear of them, to pause or delete some."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation.later.changing import change_planned, meant
from butler.conversation.later.listing import tell_planned, visible
from butler.conversation.later.moving import move_planned
from butler.conversation.later.noticing import change_notices
from butler.conversation.later.reading import read_requests
from butler.conversation.later.setting import plan_later
from butler.conversation.turn import Ports, Turn
from butler.conversation.understood import understand
from engine.tasks.planned_words import names_number, read_change, speaks_of_notices
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation

_NOW = frozenset({Disposition.ACT, Disposition.CONFIRM})


def answer_later(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Do what a sentence about home actions for later asks for."""
    match found.intent:
        case "schedule_query":
            _tell(ports, turn, found.text)
        case "schedule_cancel":
            change_planned(ports, turn, found.text)
        case _:
            plan_later(ports, turn, found)


def _tell(ports: Ports, turn: Turn, text: str) -> None:
    """Tell what is planned of what a question names, or all there is."""
    words, planned = read_change(text).words, visible(ports, turn)
    named = meant(ports, turn, planned, None, words)[0] if words and planned else []
    tell_planned(ports, turn, named or None)


def schedules_command(ports: Ports, turn: Turn, rest: str) -> None:
    """Tell what is planned and watched for, or change what the words behind the command name."""
    if rest.strip():
        change_planned(ports, turn, rest)
    else:
        tell_planned(ports, turn)


def take_number(ports: Ports, turn: Turn) -> bool:
    """Take a text that only changes one planned action or notice by its number; False for any other."""
    if move_planned(ports, turn):
        return True
    if turn.dialogue.question is not None or not names_number(turn.text):
        return False
    turn.trace("later", "changed_by_number")
    if speaks_of_notices(turn.text):
        change_notices(ports, turn, turn.text)
    else:
        change_planned(ports, turn, turn.text)
    return True


def for_a_while(ports: Ports, turn: Turn, found: Interpretation) -> Interpretation | None:
    """Return the command that a sentence wants done now and for so long; None for any other sentence."""
    if found.intent != "schedule_set":
        return None
    requests = read_requests(ports, turn, found.text)
    if len(requests) != 1 or not requests[0].begins_now:
        return None
    meant = understand(ports, turn, requests[0].command)
    if meant.clauses or not INTENTS[meant.intent].acts or meant.disposition not in _NOW or not meant.targets:
        return None
    return replace(meant, text=found.text, slots={**meant.slots, "duration": requests[0].lasts_s})
