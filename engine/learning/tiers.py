"""The tier of a change: 1 goes live by itself once tested, 2 waits for a person; there is no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, SynonymChange
from engine.learning.grounds import Grounds
from engine.learning.meanings import contains_phrase
from engine.learning.reserved import GUARD_WORDS, LOCK_WORDS, words_of_phrase
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.targets import Scope, resolve

_GUARDED_INTENTS = frozenset({"lock_control", "valve_control"})


@dataclass(frozen=True)
class Tier:
    """The tier of a change; `reason` is a clause that says why it is 2.

    `shadows`: it is 2 only because the phrase means something already, so that an admin's press on Replace approves it.
    """

    level: Literal[1, 2]
    reason: str | None = None
    shadows: bool = False


def tier_of(change: Change, grounds: Grounds) -> Tier:
    """Return the tier of a change: all types built so far are of tier 1 unless LEARNING §3.1 raises them."""
    match change:
        case AliasChange():
            harm = _alias_reason(change, grounds)
        case SynonymChange():
            harm = _synonym_reason(change, grounds)
        case CommandChange():
            harm = _command_reason(change, grounds)
        case ExemplarChange():
            harm = _exemplar_reason(change, grounds)
    if harm:
        return Tier(2, harm)
    shadow = _shadow_reason(change, grounds) or _moved_domain(change, grounds)
    return Tier(2, shadow, shadows=True) if shadow else Tier(1)


def _shadow_reason(change: Change, grounds: Grounds) -> str | None:
    home = None if isinstance(change, ExemplarChange) else grounds.meanings.of_home(change.phrase)
    if home and not (isinstance(change, AliasChange) and home.targets == (change.target,)):
        return f"“{change.phrase}” is the name of {home.text} already"
    return None


def _alias_reason(change: AliasChange, grounds: Grounds) -> str | None:
    if change.kind == "entity" and grounds.guarded(change.target):
        return f"{_name(change.target, grounds)} is guarded"
    return None


def _moved_domain(change: Change, grounds: Grounds) -> str | None:
    """Return what a phrase that works today would no longer mean: it must not become another kind of thing unseen."""
    if not isinstance(change, AliasChange) or change.kind != "entity":
        return None
    taught = grounds.interpreter.knowledge.taught(change.owner)
    now = resolve(change.phrase, Scope(grounds.meanings.index, taught))
    domains = {target.partition(".")[0] for target in now.targets}
    if domains and change.target.partition(".")[0] not in domains:
        return f"“{change.phrase}” now means {', '.join(_name(target, grounds) for target in now.targets)}"
    return None


def _synonym_reason(change: SynonymChange, grounds: Grounds) -> str | None:
    words = {*words_of_phrase(change.replacement), *words_of_phrase(change.phrase)}
    if words & LOCK_WORDS:
        return f"“{change.replacement}” may be said of what is guarded"
    names = [name for name in grounds.guarded_names if contains_phrase(change.replacement, name)]
    names += [name for name in grounds.guarded_names if contains_phrase(name, change.replacement)]
    return f"“{change.replacement}” may be said of {names[0]}" if names else None


def _command_reason(change: CommandChange, grounds: Grounds) -> str | None:
    meant = grounds.understand(change.text)
    if any(_is_guarded(clause, grounds) for clause in (meant, *meant.clauses)):
        return f"“{change.text}” has a guarded part"
    if set(words_of_phrase(change.phrase)) & GUARD_WORDS:
        return f"“{change.phrase}” holds something back as it is said today"
    return None


def _is_guarded(clause: Interpretation, grounds: Grounds) -> bool:
    return (
        clause.disposition is Disposition.CONFIRM
        or clause.intent in _GUARDED_INTENTS
        or (grounds.intents[clause.intent].acts and any(grounds.guarded(target) for target in clause.targets))
    )


def _exemplar_reason(change: ExemplarChange, grounds: Grounds) -> str | None:
    wanted = grounds.intents[change.intent]
    if change.intent in _GUARDED_INTENTS:
        return f"{wanted.about} are guarded"
    now = grounds.understand(change.text)
    works = now.disposition in {Disposition.ACT, Disposition.CONFIRM} and now.intent != change.intent
    if works and grounds.intents[now.intent].domains != wanted.domains:
        return f"“{change.text}” works already, as {grounds.intents[now.intent].about}"
    return None


def _name(target: str, grounds: Grounds) -> str:
    entity = grounds.snapshot.by_id.get(target)
    return entity.name if entity else target
