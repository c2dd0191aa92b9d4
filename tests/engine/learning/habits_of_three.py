"""Four weeks in a home of three: what Ana, Bob and Cleo say every day, as turns that went well."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from engine.api import Engine
from engine.learning.documents import plain_json, to_document
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import Store, turns
from store.turns import NewTurn

BEGAN = datetime(2026, 10, 20, 6, 30, tzinfo=UTC)
HABITS = {
    "ana": (
        "switch on the bedside",
        "turn off the bedside",
        "is the garage door shut",
        "good morning",
        "put the coffee maker on",
        "set the thermostat to 21",
        "turn the kitchen light down a bit",
        "dim the pendant to 30 percent",
        "close the curtains",
        "what's the temperature outside",
        "add oat milk to the shopping list",
        "remind me to water the ferns tomorrow at nine",
        "movie night",
        "pause the tv",
        "turn on the counter lights",
        "start the hoover",
        "turn everything off in the kitchen",
    ),
    "bob": (
        "turn on the desk",
        "turn off the desk",
        "lights on in the study",
        "lights off in the study",
        "open the study blind halfway",
        "play some jazz in the kitchen",
        "louder",
        "turn the kitchen radio down",
        "set a timer for eleven minutes",
        "how long is left on the timer",
        "lock the front door",
        "turn on the extractor",
        "is the back door locked",
        "turn the porch on",
        "switch the pendant off",
        "what do I have to do today",
        "set the standing lamp to warm white",
    ),
    "cleo": (
        "turn on the star",
        "turn off the star",
        "nursery lights at ten percent",
        "turn on the ceiling fan",
        "set the ceiling fan to low",
        "lower the blinds",
        "raise the blinds",
        "turn the telly off",
        "volume to 15 on the tv",
        "turn off all the lights in the lounge",
        "are any lights on downstairs",
        "put bananas on the shopping list",
        "note that the plumber rang",
        "cool the bedroom to 19",
        "turn on the sprinkler",
        "bedtime",
        "switch off the mirror light",
    ),
}


def live_in(engine: Engine, store: Store, house: Snapshot, *, days: int = 28, seed: int = 5) -> int:
    """Let the three talk for some weeks, and return how many turns went well; nobody complains about any."""
    chance = random.Random(seed)
    before: dict[str, Interpretation | None] = dict.fromkeys(HABITS)
    kept = 0
    for day in range(days):
        for person, sayings in HABITS.items():
            for nth, text in enumerate(chance.sample(sayings, 6)):
                at = BEGAN + timedelta(days=day, hours=nth * 2, minutes=chance.randrange(50))
                found = engine.understand(text, Situation(house, person, at, before[person]))
                if found.disposition in {Disposition.ACT, Disposition.CONFIRM}:
                    verdict: turns.Verdict | None = "accepted" if day < days - 2 else None
                    turns.append(store, replace(went_well(person, text, at, found, before[person]), verdict=verdict))
                    before[person], kept = found, kept + 1
    return kept


def went_well(
    person: str, text: str, at: datetime, found: Interpretation, previous: Interpretation | None = None
) -> NewTurn:
    """Return a turn that nobody said anything against."""
    return NewTurn(
        person,
        person,
        at,
        text,
        interpretation=plain_json(to_document(found)),
        outcome="acted" if found.targets else "answered",
        verdict="accepted",
        role="resident",
        previous=plain_json(to_document(previous)) if previous else None,
    )


def texts(people: Iterable[str] = HABITS) -> frozenset[str]:
    """Return everything some of them say."""
    return frozenset(text for person in people for text in HABITS[person])
