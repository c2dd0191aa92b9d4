"""What the watch will take back once a turn ends: told from what that turn says, before it is recorded."""

from __future__ import annotations

from datetime import datetime

from engine.learning.experience import Later
from engine.learning.pausing import paused
from engine.learning.watch_case import Case
from engine.learning.watched import Watched
from engine.learning.watching import Without, said_of
from store import Store, improvements, observations


def taken_back_by(store: Store, later: Later, person: str, at: datetime) -> frozenset[int]:
    """Return the improvements that what `person` says of an earlier turn is enough to take out of force."""
    if paused(store) is not None:
        return frozenset()
    found: set[int] = set()
    for one in observations.of_turn(store, later.of_turn):
        watched = Watched.of(improvements.get(store, one.improvement))
        if watched is None or one.outcome is not None or not one.without:
            continue
        outcome = said_of(Without.from_json(one.without), later, taught=watched.taught_by == person)
        if outcome is not None and Case.of(store, watched).after(store, one.turn, outcome, at).reached:
            found.add(one.improvement)
    return frozenset(found)
