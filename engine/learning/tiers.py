"""The tier of a change: 1 goes live by itself once tested, 2 waits for a person; there is no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, SynonymChange
from engine.learning.grounds import Grounds
from engine.learning.meanings import contains_phrase
from engine.learning.probes import synonym_probes
from engine.learning.reserved import GUARD_WORDS, LOCK_WORDS, words_of_phrase
from engine.learning.rules import rule_reason
from engine.understanding.interpretation import Disposition, Interpretation, Reason
from engine.understanding.targets import Scope, resolve
from engine.understanding.vetoing import why_not

_CONTROLS = frozenset(
    "affirm reject stop undo forget teach correction feedback_negative feedback_positive out_of_scope".split()
)
_LOSING = frozenset(
    "timer_cancel reminder_cancel alarm_cancel schedule_cancel list_remove list_clear task_complete".split()
)
_OPPOSITES = tuple(map(set, (("on", "off"), ("open", "close"), ("lock", "unlock"), ("increase", "decrease"))))
_READY = frozenset({Disposition.ACT, Disposition.CONFIRM})
_HELD_BACK = frozenset({Reason.NEGATION, Reason.CONDITION, Reason.DEFERRED, Reason.QUOTED})


@dataclass(frozen=True)
class Tier:
    """The tier of a change; `reason` is a clause that says why it is 2.

    `shadows`: it is 2 only because the phrase means something already, so that an admin's press on Replace approves it.
    """

    level: Literal[1, 2]
    reason: str | None = None
    shadows: bool = False


def tier_of(change: Change, grounds: Grounds) -> Tier:
    """Return the tier of a change: a word, a wording, a command or an example is of tier 1 unless LEARNING §3.1 says 2.

    It is raised by what is guarded, by the name of something real, and where it moves to another kind of thing what
    works already; whoever asks for it.
    """
    match change:
        case AliasChange():
            harm = _alias_reason(change, grounds)
        case SynonymChange():
            harm = _synonym_reason(change, grounds)
        case CommandChange():
            harm = _command_reason(change, grounds)
        case ExemplarChange():
            harm = _exemplar_reason(change, grounds)
        case _:
            return Tier(2, rule_reason(change))
    if harm:
        return Tier(2, harm)
    shadow = _shadow_reason(change, grounds) or _moved(change, grounds)
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


def _moved(change: Change, grounds: Grounds) -> str | None:
    """Return what a phrase that works today would no longer mean: it must not become another kind of thing unseen."""
    match change:
        case AliasChange():
            return _moved_name(change, grounds)
        case SynonymChange():
            pairs = synonym_probes(change, grounds)
            return next((why for pair in pairs if (why := _moved_saying(*pair, grounds))), None)
        case CommandChange():
            return _moved_saying(change.phrase, change.text, grounds)
    return None


def _moved_name(change: AliasChange, grounds: Grounds) -> str | None:
    taught = grounds.interpreter.knowledge.taught(change.owner)
    now = resolve(change.phrase, Scope(grounds.meanings.index, taught))
    if not now.targets:
        return None
    if change.kind == "entity":
        same = change.target.partition(".")[0] in {target.partition(".")[0] for target in now.targets}
    else:
        members = (grounds.snapshot.by_id[target].area for target in now.targets if target in grounds.snapshot.by_id)
        same = change.target in members
    named = ", ".join(_name(target, grounds) for target in now.targets[:3])
    return None if same else f"“{change.phrase}” now means {named}"


def _moved_saying(said: str, meant: str, grounds: Grounds) -> str | None:
    """Return what a saying does to the home today, where it would act on other kinds of things, or the other way."""
    now = grounds.understand(said)
    if not grounds.intents[now.intent].acts:
        return None
    then = grounds.understand(meant)
    if {now.slots.get("action"), then.slots.get("action")} in _OPPOSITES:
        return f"“{said}” asks for the opposite today"
    works = now.disposition in _READY and now.intent not in {part.intent for part in (then, *then.clauses)}
    return f"“{said}” works already, as {grounds.intents[now.intent].about}" if works else None


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
        or grounds.guards(clause.intent)
        or (grounds.intents[clause.intent].acts and any(grounds.guarded(target) for target in clause.targets))
    )


def _exemplar_reason(change: ExemplarChange, grounds: Grounds) -> str | None:
    wanted = grounds.intents[change.intent]
    if grounds.guards(change.intent):
        return f"{wanted.about} are guarded"
    if change.intent in _CONTROLS:
        return f"{wanted.about}: that decides over questions and lessons"
    named = next((name for name in grounds.guarded_names if contains_phrase(change.text, name)), None)
    if wanted.acts and (named or LOCK_WORDS & {*words_of_phrase(change.text)}):
        return f"“{change.text}” may be said of {named or 'what is guarded'}"
    return _exemplar_move(change, grounds)


def _exemplar_move(change: ExemplarChange, grounds: Grounds) -> str | None:
    now, wanted = grounds.understand(change.text), grounds.intents[change.intent]
    if wanted.acts and _HELD_BACK & {now.reason, why_not(change.text)}:
        return f"“{change.text}” holds something back as it is said today"
    if now.intent == change.intent or now.disposition not in _READY:
        return None
    about = grounds.intents[now.intent]
    sure = now.confidence >= grounds.interpreter.knowledge.thresholds["low_confidence"]
    elsewhere = about.domains != wanted.domains and (about.acts or sure)
    loses = sure and change.intent in _LOSING
    return f"“{change.text}” works already, as {about.about}" if elsewhere or loses else None


def _name(target: str, grounds: Grounds) -> str:
    entity = grounds.snapshot.by_id.get(target)
    return entity.name if entity else target
