"""The /suggest command: what a person suggests is tested at once, and goes live or waits for an admin."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from butler.conversation.dialogue import Deed
from butler.conversation.journal import about_to_learn
from butler.conversation.messages import Role
from butler.conversation.notices import waiting_lesson
from butler.conversation.suggesting import Suggester, deciding
from butler.conversation.suggestions import SuggestionError, parse
from butler.conversation.turn import Ports, Turn
from engine.learning import outcomes

ROLES: Mapping[Role, Literal["admin", "resident", "guest"]] = MappingProxyType(
    {Role.ADMIN: "admin", Role.RESIDENT: "resident", Role.GUEST: "guest"}
)


def suggest(ports: Ports, turn: Turn, text: str) -> None:
    """Take in the suggestion that stands behind the command, and say what came of it."""
    role = ROLES[turn.incoming.user.role]
    by = Suggester(ports.engine, ports.store, turn.snapshot, turn.user, role, turn.incoming.at, turn.number)
    try:
        said = parse(text)
        change = by.change(said)
    except SuggestionError as error:
        turn.trace("suggest", "unreadable")
        turn.say(str(error))
        return
    about_to_learn(ports, turn)
    outcome = by.suggest(change, said.note)
    turn.readings.clear()
    kind = type(outcome).__name__.lower()
    turn.trace("suggest", kind, component="engine", type=change.type, phrase=change.phrase, meaning=change.meaning)
    turn.outcome = f"suggestion_{kind}"
    if isinstance(outcome, outcomes.Live):
        turn.improvements.append(outcome.number)
        turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, outcome.number))
    told = by.told(change, outcome)
    if not isinstance(outcome, outcomes.Held):
        turn.say(told)
        return
    if not outcome.known:
        asking = by.asking(change, outcome, said.note)
        ports.notify(waiting_lesson(outcome.number, asking, but=turn.user), turn.incoming.at)
    if turn.incoming.user.role is Role.ADMIN:
        turn.offer(told, deciding(outcome.number))
    else:
        turn.say(told)
