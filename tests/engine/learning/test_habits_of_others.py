"""Who may change what works for somebody else, and whose corrections count."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from engine.api import Engine
from engine.learning.changes import AliasChange
from engine.learning.household import Household
from engine.learning.outcomes import Failed, Held, Live, Option
from engine.learning.support import Support, support_of
from engine.understanding.interpreter import Interpreter
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import Store, improvements, signals, turns
from store.signals import NewSignal, SignalType
from tests.engine.learning.conftest import AT, Teacher
from tests.engine.learning.habits_of_three import went_well
from tests.engine.learning.lived import stored


@pytest.fixture
def lived_in(engine: Engine, store: Store, interpreter: Interpreter, house: Snapshot) -> Engine:
    """Return the engine of a household in which Bob has a habit."""
    engine._deployer.household = Household(store)
    for text in ("turn on the mirror", "turn off the mirror"):
        stored(store, interpreter, house, "bob", text, verdict="accepted")
    return engine


MIRROR = AliasChange("mirror", "entity", "light.bathroom")


def test_nobody_alone_changes_what_works_for_another(lived_in: Engine, by: Teacher, store: Store) -> None:
    """The lesson fails, and its record names the turns."""
    outcome = lived_in.lesson(MIRROR, by("ana"))
    assert isinstance(outcome, Failed)
    known = improvements.get(store, outcome.number)
    assert known is not None
    assert [case["turn"] for case in known.shadow_test_results["cases"]] == [1, 2]


def test_everybody_may_change_their_own_habit(lived_in: Engine, by: Teacher) -> None:
    """Bob's own press is enough for what Bob alone says."""
    assert isinstance(lived_in.lesson(MIRROR, by("bob")), Live)


def test_a_change_to_the_habits_of_others_waits_where_an_admin_must_decide_anyway(
    lived_in: Engine, by: Teacher, store: Store, house: Snapshot
) -> None:
    """What is held tells what it would cost, and an admin's approval settles it."""
    assert isinstance(lived_in.lesson(AliasChange("big bertha", "entity", "light.floor_lamp"), by("bob")), Live)
    found = lived_in.understand("turn on big bertha", Situation(house, "bob", AT))
    turns.append(store, went_well("bob", "turn on big bertha", AT, found))
    change = AliasChange("big bertha", "entity", "light.kitchen_main")
    held = lived_in.lesson(change, by("ana", answer=Option.REPLACE))
    assert isinstance(held, Held)
    known = improvements.get(store, held.number)
    assert known is not None
    assert known.shadow_test_results["given_up"] == 1
    assert isinstance(lived_in.approve(held.number, actor="root", at=AT, snapshot=house), Live)


def test_one_persons_many_corrections_are_one_voice_a_day(store: Store, by: Teacher, lived_in: Engine) -> None:
    """Votes are counted from the signals themselves; guests have none in what others share."""

    def signal(person: str, turn: int, at: datetime, role: str = "resident", **more: object) -> NewSignal:
        context = {"role": role, "evidence": "correction", **more}
        return NewSignal(SignalType.CORRECTION, "x", person, turn, at, {"intent": "light_control"}, None, context)

    ids = signals.add(
        store,
        [
            signal("ana", 1, AT),
            signal("ana", 2, AT + timedelta(minutes=5)),
            signal("ana", 3, AT + timedelta(days=1)),
            signal("bob", 4, AT, pressed=True),
            signal("guest", 5, AT, role="guest"),
        ],
    )
    outcome = lived_in.lesson(AliasChange("big bertha", "entity", "light.floor_lamp"), by("ana"))
    assert isinstance(outcome, Live)
    known = improvements.get(store, outcome.number)
    assert known is not None
    automatic = replace(known, source="automatic", submitted_by=None, signal_ids=ids)
    found = support_of(automatic, signals.get(store, ids))
    assert found == Support(3, frozenset({"ana", "bob"}), frozenset({"bob"}))
    first_two, midnight_between = signals.get(store, ids[:2]), timezone(timedelta(hours=11, minutes=58))
    assert support_of(automatic, first_two).votes == 1
    assert support_of(automatic, first_two, zone=midnight_between).votes == 2
    assert Household(store).support(outcome.number, approved=False) == Support(
        1, frozenset({"ana"}), frozenset({"ana"})
    )
