"""Which turns are history, and what is the same outcome."""

from __future__ import annotations

from dataclasses import replace

from engine.learning.changes import AliasChange
from engine.learning.documents import plain_json, to_document
from engine.learning.experience import meant_document
from engine.learning.fold import ActiveChange, fold
from engine.learning.history import HistoryTurn
from engine.learning.household import Household
from engine.understanding.interpretation import Disposition
from engine.understanding.interpreter import Interpreter
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import Store, turns
from store.turns import NewTurn
from tests.engine.learning.conftest import AT
from tests.engine.learning.lived import history_of, stored


def test_a_corrected_turn_passes_once_it_comes_out_as_it_was_meant(
    store: Store, interpreter: Interpreter, house: Snapshot
) -> None:
    """A correction that names what was meant is a gain for a change that mends it; one that does not is no check."""
    meant = interpreter.understand("turn on the kitchen light", Situation(house))
    number = stored(store, interpreter, house, "ana", "turn on the floor")
    turns.judge(store, number, "corrected", plain_json(meant_document(meant)))
    stored(store, interpreter, house, "bob", "turn on the floor lamp", verdict="disputed")
    history = Household(store).history()
    assert [(turn.turn, turn.accepted) for turn in history] == [(number, False)]
    change = AliasChange("floor", "entity", "light.kitchen_main")
    changed = interpreter.with_knowledge(fold(interpreter.knowledge.base, (ActiveChange(1, change),)))
    assert "would be" in history[0].fault(interpreter.understand("turn on the floor", Situation(house)))
    assert history[0].fault(changed.understand("turn on the floor", Situation(house))) == ""


def test_asking_where_it_acted_is_another_outcome(interpreter: Interpreter, house: Snapshot) -> None:
    """The same meaning that is only asked about is not what the person had."""
    (turn,) = history_of(interpreter, house, {"ana": ("turn on the floor lamp",)})
    found = interpreter.understand("turn on the floor lamp", Situation(house))
    assert turn.fault(found) == ""
    assert turn.fault(replace(found, disposition=Disposition.ASK)) == "would come to ask, not act"


def test_slots_are_the_same_before_and_after_they_were_stored(interpreter: Interpreter, house: Snapshot) -> None:
    """Tuples come back as lists and say the same."""
    found = interpreter.understand("turn on the floor lamp", Situation(house))
    found = replace(found, slots={**found.slots, "item": ("milk", "eggs")})
    stored_turn = turns.Turn("ana", "ana", AT, "x", interpretation=plain_json(to_document(found)), number=1)
    turn = HistoryTurn.of(stored_turn)
    assert turn is not None
    assert turn.fault(found) == ""


def test_a_turn_nobody_learns_from_is_no_history(store: Store, interpreter: Interpreter, house: Snapshot) -> None:
    """What an outage spoilt, questions and lessons bind nobody."""
    stored(store, interpreter, house, "ana", "turn on the floor lamp", learnable=False)
    stored(store, interpreter, house, "ana", "turn off the floor lamp", outcome="asked")
    turns.append(store, NewTurn("ana", "ana", AT, "hello", outcome="answered"))
    assert Household(store).history() == ()
