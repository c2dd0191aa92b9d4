"""Whose evidence is doubted: people whose corrections, once learned, others had to put right again and again."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from engine.learning.evidence_votes import is_pressed
from store import Action, Status, Store, improvements, signals
from store.improvements import Improvement
from store.status import IN_FORCE

_WINDOW = timedelta(days=90)
_LEAST = 2
_SHARE = 0.1  # of what a person's presses led to; of what is right the watch takes back one in a hundred
_SYSTEM = "system"


def doubted(store: Store, at: datetime) -> frozenset[str]:
    """Return the people of whose presses two and a tenth or more led to what the watch took back within 90 days.

    What they say is no evidence until then: one who errs or lies by habit would else be believed every time anew, and
    each time somebody else would meet the harm first.
    """
    back = Counter[str]()
    for one in improvements.listing(store, {Status.ROLLED_BACK}):
        if one.rolled_back_at and at - one.rolled_back_at <= _WINDOW and _by_watch(store, one):
            back.update(_pressed_for(store, one))
    if not any(count >= _LEAST for count in back.values()):
        return frozenset()
    stood = Counter[str]()
    for one in improvements.listing(store, IN_FORCE):
        stood.update(_pressed_for(store, one))
    return frozenset(
        person for person, count in back.items() if count >= _LEAST and count >= _SHARE * (count + stood[person])
    )


def _by_watch(store: Store, found: Improvement) -> bool:
    entries = [entry for entry in improvements.audit(store, found.number) if entry.action == Action.ROLLED_BACK]
    return bool(entries) and entries[-1].actor == _SYSTEM


def _pressed_for(store: Store, found: Improvement) -> frozenset[str]:
    """Return who alone stands behind an improvement by a press; where several agree nobody is to blame."""
    said = signals.get(store, found.signal_ids) if found.signal_ids else []
    people = {one.speaker for one in said if one.speaker and one.expected is not None}
    pressed = {one.speaker for one in said if one.speaker and is_pressed(one)}
    return frozenset(pressed) if len(people) == 1 else frozenset()
