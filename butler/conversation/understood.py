"""Asking the engine: what a text means now, and what a phrase names in this home."""

from __future__ import annotations

from butler.conversation.turn import Ports, Turn
from engine.understanding.flattening import written_out
from engine.understanding.home_index import Place, key_of
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.nouns import NOUNS
from engine.understanding.plain import plain
from engine.understanding.situation import Situation
from engine.understanding.targets import Resolution, Scope, resolve

_TRIALS = ("{phrase} the {name}", "turn the {name} {phrase}", "set the {name} to {phrase}")
_MOST_WORDING_WORDS = 3


def understand(ports: Ports, turn: Turn, text: str, previous: Interpretation | None = None) -> Interpretation:
    """Return what `text` means as this person says it now; `previous` is what "it" speaks of."""
    if previous is None and text in turn.readings:
        return turn.readings[text]
    found = ports.engine.understand(text, situation_of(ports, turn, previous or turn.dialogue.previous))
    if previous is None:
        turn.readings[text] = found
    return found


def situation_of(ports: Ports, turn: Turn, previous: Interpretation | None) -> Situation:
    """Return what this person's words are understood in; `previous` is what "it" speaks of."""
    return Situation(
        snapshot=turn.snapshot,
        speaker=turn.user,
        now=turn.incoming.at.astimezone(ports.settings.time_zone),
        previous=previous,
        risk=ports.settings.risk,
    )


def would_act(found: Interpretation) -> bool:
    """Tell whether an interpretation is a command that could be carried out, at once or after a press."""
    if found.clauses:
        return all(would_act(clause) for clause in found.clauses)
    intent = INTENTS.get(found.intent)
    may = found.disposition in {Disposition.ACT, Disposition.CONFIRM}
    return bool(intent and intent.acts and may and found.targets)


def named(ports: Ports, turn: Turn, phrase: str) -> Resolution:
    """Return what a phrase names in this home, with this person's taught words."""
    return resolve(phrase, _scope(ports, turn))


def place_named(ports: Ports, turn: Turn, phrase: str) -> Place | None:
    """Return the area or floor that a phrase is the name of, exactly."""
    return ports.indexes.of(turn.snapshot).places.get(key_of(phrase))


def is_vocabulary(ports: Ports, turn: Turn, phrase: str) -> bool:
    """Tell whether a phrase, exactly as it stands, names something here or is a command."""
    if not key_of(phrase):
        return False
    if is_name(ports, turn, phrase) or ports.engine.knowledge.command(plain(phrase), turn.user):
        return True
    whole = written_out(phrase, ports.engine.knowledge, turn.user)
    return would_act(understand(ports, turn, whole)) or (
        len(phrase.split()) <= _MOST_WORDING_WORDS and is_wording(ports, turn, phrase)
    )


def is_wording(ports: Ports, turn: Turn, phrase: str) -> bool:
    """Tell whether a phrase is one that commands are made of, by trying it on a light of this home."""
    light = next((e for e in turn.snapshot.entities if e.domain == "light" and e.exposed), None)
    if light is None or set(plain(phrase).split()) & NOUNS.keys():
        return False
    for trial in _TRIALS:
        found = understand(ports, turn, trial.format(phrase=phrase, name=light.name))
        exact = found.stage is Stage.PATTERN and found.disposition is Disposition.ACT
        if exact and found.targets == (light.entity_id,):
            return True
    return False


def is_name(ports: Ports, turn: Turn, phrase: str) -> bool:
    """Tell whether a phrase, exactly as it stands, is the name of a thing or place here, or a taught one."""
    return _scope(ports, turn).names(phrase)


def _scope(ports: Ports, turn: Turn) -> Scope:
    return Scope(ports.indexes.of(turn.snapshot), ports.engine.knowledge.taught(turn.user))
