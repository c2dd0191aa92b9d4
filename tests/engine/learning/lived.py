"""Turns that went well, as they are understood one after the other or kept in a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from engine.learning.history import HistoryTurn
from engine.understanding.interpreter import Interpreter
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import Store, turns
from tests.engine.learning.conftest import AT
from tests.engine.learning.habits_of_three import went_well


def history_of(
    interpreter: Interpreter, house: Snapshot, said: Mapping[str, tuple[str, ...]]
) -> tuple[HistoryTurn, ...]:
    """Return what was said as turns that went well, each understood after the one before it."""
    found: list[HistoryTurn] = []
    for person, texts in said.items():
        previous = None
        for text in texts:
            at = AT + timedelta(minutes=len(found))
            heard = interpreter.understand(text, Situation(house, person, at, previous))
            stored = replace(went_well(person, text, at, heard, previous), press=None)
            turn = HistoryTurn.of(turns.Turn(**vars(stored), number=len(found) + 1))
            assert turn is not None
            found.append(turn)
            previous = heard if heard.targets else previous
    return tuple(found)


def stored(store: Store, interpreter: Interpreter, house: Snapshot, person: str, text: str, **more: object) -> int:
    """Keep a turn as it was understood, and return its number."""
    found = interpreter.understand(text, Situation(house, person, AT))
    return turns.append(store, replace(went_well(person, text, AT, found), **more))  # type: ignore[arg-type]  # fields by name
