"""Examples that misled others: taken back by the watch, they are learned again for their very words alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from engine.learning.changes import ChangeError, ExemplarChange, from_payload
from engine.learning.signals import KEPT
from engine.understanding.plain import plain
from store import Action, Status, improvements, observations, turns
from store.database import Store
from store.improvements import Improvement

_AGAINST = frozenset({"R", "C"})


@dataclass(frozen=True)
class Narrowed:
    """What is left of an improvement that was taken back, and why that may be learned."""

    was: Improvement
    change: ExemplarChange
    rationale: str


def narrowed(store: Store, at: datetime) -> Iterator[Narrowed]:
    """Yield what was not tried yet: examples taken back by the watch for turns in other words than their own."""
    known = {_key(change) for one in improvements.listing(store, kinds=("exemplar",)) if (change := _example(one))}
    for one in improvements.listing(store, {Status.ROLLED_BACK}, kinds=("exemplar",))[::-1]:
        change = _example(one)
        if change is None or change.verbatim or one.rolled_back_at is None or at - one.rolled_back_at > KEPT:
            continue
        alone = replace(change, verbatim=True)
        if _key(alone) not in known and _by_watch(store, one.number) and _misled_only_others(store, one.number, change):
            known.add(_key(alone))
            why = f"#{one.number} was taken back because it misled other words; these go on meaning what people said."
            yield Narrowed(one, alone, why)


def _example(one: Improvement) -> ExemplarChange | None:
    try:
        change = from_payload(one.proposed_value)
    except ChangeError:
        return None
    return change if isinstance(change, ExemplarChange) else None


def _key(change: ExemplarChange) -> tuple[str, str, bool]:
    return plain(change.text), change.intent, change.verbatim


def _by_watch(store: Store, number: int) -> bool:
    back = [entry for entry in improvements.audit(store, number) if entry.action is Action.ROLLED_BACK]
    return bool(back) and back[-1].actor == "system"


def _misled_only_others(store: Store, number: int, change: ExemplarChange) -> bool:
    against = [one.turn for one in observations.of_improvement(store, number) if one.outcome in _AGAINST]
    said = [found for turn in against if (found := turns.get(store, turn)) is not None]
    return bool(said) and all(one.text is not None and plain(one.text) != plain(change.text) for one in said)
