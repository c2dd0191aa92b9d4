"""Utterances that show whether a change does what it is for, and whether names still mean what they name."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from types import MappingProxyType

from engine.learning.changes import SynonymChange
from engine.learning.grounds import Grounds
from engine.understanding.interpretation import Interpretation
from engine.understanding.snapshot import Entity, Snapshot

PROBES: Mapping[str, str] = MappingProxyType(
    {
        "light": "turn on {}",
        "switch": "turn on {}",
        "input_boolean": "turn on {}",
        "fan": "turn on {}",
        "climate": "turn on {}",
        "media_player": "turn on {}",
        "cover": "open {}",
        "valve": "open {}",
        "lock": "lock {}",
        "vacuum": "start {}",
        "scene": "activate {}",
        "script": "run {}",
    }
)
QUESTION = "what is the state of {}"
AREA_PROBES = ("turn on the lights in {}", "turn off everything in {}", "which lights are on in {}")
_NAME_FRAMES = ("turn on {}", "turn off {}", "what is the state of {}")


def entity_probe(entity_id: str, name: str) -> str:
    """Return an utterance that speaks of one entity by a name."""
    return PROBES.get(entity_id.partition(".")[0], QUESTION).format(name)


def signature(found: Interpretation) -> Hashable:
    """Return what matters of an interpretation: intent, slots, targets, disposition, of every clause."""
    slots = tuple(sorted((name, repr(value)) for name, value in found.slots.items()))
    clauses = tuple(signature(clause) for clause in found.clauses)
    return found.intent, slots, found.targets, found.disposition, clauses


def synonym_probes(change: SynonymChange, grounds: Grounds) -> tuple[tuple[str, str], ...]:
    """Return pairs of utterances that must mean the same: with the phrase, and with its replacement."""
    frames = ["{}", *_NAME_FRAMES, *(f"{{}} {name}" for name in _sample(grounds.snapshot))]
    pairs = ((frame.format(change.phrase), frame.format(change.replacement)) for frame in frames)
    return tuple(dict.fromkeys(pairs))


def _sample(snapshot: Snapshot) -> Iterable[str]:
    """One name a domain, so that a verb has something to be said of."""
    first: dict[str, Entity] = {}
    for entity in snapshot.entities:
        if entity.exposed and entity.domain in PROBES:
            first.setdefault(entity.domain, entity)
    return [f"the {entity.name.casefold()}" for entity in first.values()]
