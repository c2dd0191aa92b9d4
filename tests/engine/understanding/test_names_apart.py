"""A thing whose name holds a day, a time or a "never" is switched by that name; what is not its name still counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.understanding.interpretation import Disposition, Interpretation, Reason
from engine.understanding.interpreter import Interpreter
from engine.understanding.names_apart import odd_name
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Entity, Snapshot

ODD = {
    "light.sunday": "Sunday Lamp",
    "light.noon": "Lamp at Noon",
    "light.lock": "Lock Light",
    "light.if": "If Lamp",
    "switch.never": "Never Land",
    "scene.tonight": "Tonight",
}


@pytest.fixture(scope="module")
def odd_house(house: Snapshot) -> Snapshot:
    """Return the golden house with things of odd names in it."""
    odd = tuple(Entity(entity_id, name, state="off") for entity_id, name in ODD.items())
    return replace(house, entities=(*house.entities, *odd))


def meaning(said: str, interpreter: Interpreter, house: Snapshot) -> Interpretation:
    """Return what a text means in a house."""
    return interpreter.understand(said, Situation(house))


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("turn on the Sunday Lamp", "light.sunday"),
        ("sunday lamp off", "light.sunday"),
        ("turn off the lamp at noon", "light.noon"),
        ("turn on the lock light", "light.lock"),
        ("turn on the if lamp", "light.if"),
        ("switch on never land", "switch.never"),
    ],
)
def test_an_odd_name_is_no_reason_not_to_act(
    said: str, target: str, interpreter: Interpreter, odd_house: Snapshot
) -> None:
    """The exact name of a thing is only its name."""
    meant = meaning(said, interpreter, odd_house)
    assert (meant.targets, meant.disposition) == ((target,), Disposition.ACT)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("don't turn on the sunday lamp", Reason.NEGATION),
        ("turn on the if lamp if it rains", Reason.CONDITION),
        ("turn off the floor lamp tonight", Reason.DEFERRED),
        ("turn on the floor lamp at noon", Reason.DEFERRED),
    ],
)
def test_the_other_words_still_veto(said: str, reason: Reason, interpreter: Interpreter, odd_house: Snapshot) -> None:
    """Only the name of what is meant is set apart, not that of a scene called "Tonight"."""
    meant = meaning(said, interpreter, odd_house)
    assert meant.disposition not in {Disposition.ACT, Disposition.CONFIRM} or meant.intent.startswith("schedule")
    assert meant.reason is reason or meant.intent == "schedule_cancel"


def test_two_odd_names_beside_each_other_are_two_targets(interpreter: Interpreter, odd_house: Snapshot) -> None:
    """What begins like a command and is a name begins no command."""
    meant = meaning("turn on sunday lamp and lock light", interpreter, odd_house)
    assert set(meant.targets) == {"light.sunday", "light.lock"}
    assert not meant.clauses


def test_only_names_that_would_veto_are_odd() -> None:
    """Most names are left as they are."""
    assert [odd_name(name) for name in ("Sunday Lamp", "Floor Lamp", "!!")] == [True, False, False]
