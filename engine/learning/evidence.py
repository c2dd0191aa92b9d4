"""Whether a change does what it is for: its own words, understood with it."""

from __future__ import annotations

from dataclasses import replace

from engine.learning.catalogue import unknown_intent
from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, SynonymChange
from engine.learning.grounds import Grounds
from engine.learning.probes import AREA_PROBES, entity_probe, signature, synonym_probes
from engine.learning.rules import rule_shortfall
from engine.understanding.targets import Scope, resolve


def shortfall(change: Change, with_change: Grounds) -> str | None:
    """Return what is still misunderstood with the change in force, or None when it does what it is for."""
    match change:
        case AliasChange(kind="entity"):
            return _entity_shortfall(change, with_change)
        case AliasChange():
            return _area_shortfall(change, with_change)
        case SynonymChange():
            return _synonym_shortfall(change, with_change)
        case CommandChange():
            return _command_shortfall(change, with_change)
        case ExemplarChange():
            return _exemplar_shortfall(change, with_change)
        case _:
            return rule_shortfall(change, with_change)


def _exemplar_shortfall(change: ExemplarChange, grounds: Grounds) -> str | None:
    if unknown := unknown_intent(change, grounds.intents):
        return unknown
    found = grounds.understand(change.text)
    if found.intent == change.intent:
        return None
    return f"“{change.text}” is still about {grounds.intents[found.intent].about.partition(':')[0]}"


def _entity_shortfall(change: AliasChange, grounds: Grounds) -> str | None:
    entity = grounds.snapshot.by_id.get(change.target)
    if entity is None:
        return f"there is no {change.target} in the home"
    taught = grounds.interpreter.knowledge.taught(change.owner)
    found = resolve(change.phrase, Scope(grounds.meanings.index, taught))
    if found.targets != (change.target,):
        return f"“{change.phrase}” is still not {entity.name}"
    named = grounds.understand(entity_probe(change.target, entity.name))
    if named.targets != (change.target,):
        return None  # nothing can be said of it even by its own name, so the name is all there is to test
    said = entity_probe(change.target, change.phrase)
    understood = grounds.understand(said)
    same = (understood.intent, understood.targets, understood.disposition) == (
        named.intent,
        named.targets,
        named.disposition,
    )
    return None if same else f"“{said}” is still not understood"


def _area_shortfall(change: AliasChange, grounds: Grounds) -> str | None:
    area = grounds.snapshot.areas_by_id.get(change.target)
    if area is None:
        return f"there is no {change.target} in the home"
    for frame in AREA_PROBES:
        said = frame.format(change.phrase)
        named = grounds.understand(frame.format(area.name))
        if named.targets and signature(grounds.understand(said)) != signature(named):
            return f"“{said}” is still not understood"
    return None


def _synonym_shortfall(change: SynonymChange, grounds: Grounds) -> str | None:
    for taught, meant in synonym_probes(change, grounds):
        if signature(grounds.understand(taught)) != signature(grounds.understand(meant)):
            return f"“{taught}” still does not mean “{meant}”"
    return None


def _command_shortfall(change: CommandChange, grounds: Grounds) -> str | None:
    plainly = replace(grounds.understand(change.text), text="")
    said = replace(grounds.understand(change.phrase), text="")
    return None if signature(said) == signature(plainly) else f"“{change.phrase}” still does not mean “{change.text}”"
