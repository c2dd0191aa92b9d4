"""The first turns that something newly learned changed carry ✅ and ❌, to know early whether it is right."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation.experiences import experience_of
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.understood import situation_of
from engine.learning.attribution import UNCHANGED, Attribution
from engine.learning.experience import WITNESSED, Happened


def attribution_of(ports: Ports, turn: Turn) -> Attribution:
    """Return what of the newly learned changed this turn, having asked whether it was right where that is wanted."""
    experience = experience_of(turn)
    if experience.found is None or not experience.learnable or experience.happened not in WITNESSED:
        return UNCHANGED
    changed = ports.engine.attribute(experience.found, situation_of(ports, turn, turn.previous), experience.text)
    if changed.charges:
        turn.trace("watch", "changed", component="engine", improvements=list(changed.changed_by))
    if changed.confirm and experience.happened is Happened.ACTED and turn.drafts:
        return replace(changed, confirm=_asked(turn))
    return replace(changed, confirm=False)


def _asked(turn: Turn) -> bool:
    """Put ✅ and ❌ under the last message, unless that asks something already; tell whether they are there."""
    last = turn.drafts[-1]
    if last.kind is not None or last.to is not None or last.file is not None:
        return False
    right = Option("✅", {"kind": "right", "turn": turn.number})
    wrong = Option("❌", {"kind": "wrong", "turn": turn.number})
    turn.drafts[-1] = replace(last, options=(*last.options, right, wrong))
    return True
