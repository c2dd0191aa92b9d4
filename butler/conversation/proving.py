"""✅ and ❌ under an answer: where something newly learned changed it, and where its words were doubted before.

Beside them is offered what was meant by the same words then.
"""

from __future__ import annotations

from dataclasses import replace

from butler.conversation.acting import entities_of
from butler.conversation.experiences import experience_of
from butler.conversation.imperatives import imperative
from butler.conversation.messages import Role
from butler.conversation.phrasing import joined
from butler.conversation.tasks.phrases import short
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.understood import situation_of
from engine.learning.attribution import UNCHANGED, Attribution
from engine.learning.doubts import Instead
from engine.learning.experience import WITNESSED, Happened
from engine.understanding.intents import INTENTS
from engine.understanding.plain import plain

_LONGEST = 40  # of what a button says was meant


def attribution_of(ports: Ports, turn: Turn) -> Attribution:
    """Return what of the newly learned changed this turn, having asked whether it was right where that is wanted."""
    experience = experience_of(turn)
    if experience.found is None or not experience.learnable or experience.happened not in WITNESSED:
        return UNCHANGED
    situation = situation_of(ports, turn, turn.previous)
    changed = ports.engine.attribute(experience.found, situation, experience.text, turn.incoming.chat)
    if changed.charges:
        turn.trace("watch", "changed", component="engine", improvements=list(changed.changed_by))
    instead = () if turn.incoming.user.role is Role.GUEST else _offers(turn, changed)
    if experience.happened is Happened.ASKED:
        _offer(turn, instead)
        return replace(changed, confirm=False)
    asks = experience.happened is Happened.ACTED or (experience.happened is Happened.ANSWERED and not changed.charges)
    right = Option("✅", {"kind": "right", "turn": turn.number})
    wrong = Option("❌", {"kind": "wrong", "turn": turn.number})
    return replace(changed, confirm=changed.confirm and asks and _offer(turn, (right, wrong, *instead)))


def _offers(turn: Turn, changed: Attribution) -> tuple[Option, ...]:
    """Return what was meant by the same words before, in other words than these.

    Only who said something in this chat sees it again as it was said; of others it is told what was done in the home.
    """
    said = dict.fromkeys(words for one in changed.instead if (words := _words(turn, one)))
    effect = {"kind": "instead", "turn": turn.number}
    return tuple(Option(f"I meant “{short(text, _LONGEST)}”", {**effect, "wanted": text}) for text in said)


def _words(turn: Turn, one: Instead) -> str | None:
    if one.own:
        return one.found.text if plain(one.found.text) != plain(turn.text) else None
    parts = one.found.clauses or (one.found,)
    home = all(INTENTS[part.intent].acts and part.targets for part in parts if part.intent in INTENTS)
    known = all(target in turn.snapshot.by_id for part in parts for target in part.targets)
    return joined(imperative(part, entities_of(turn, part)) for part in parts) if home and known else None


def _offer(turn: Turn, options: tuple[Option, ...]) -> bool:
    """Put options under the last message, unless that asks something else already; tell whether they are there."""
    last = turn.drafts[-1] if turn.drafts else None
    choosing = last is not None and last.kind == "choose" and turn.outcome == "asked"
    if not options or last is None or (last.kind is not None and not choosing):
        return False
    if last.to is not None or last.file is not None:
        return False
    # "Never mind" stays the last.
    shown = (*last.options[:-1], *options, last.options[-1]) if choosing else (*last.options, *options)
    turn.drafts[-1] = replace(last, options=shown)
    return True
