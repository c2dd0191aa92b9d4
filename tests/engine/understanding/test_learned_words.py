"""Words that were learned as they stand are done; one among them that nobody can read is no reason to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.understanding.interpretation import Disposition, Stage
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import Exemplar
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot

ODD = "frobnicate off the kitchen light"


def with_example(interpreter: Interpreter, text: str, intent: str) -> Interpreter:
    return interpreter.with_knowledge(replace(interpreter.knowledge, learned=(Exemplar(text, intent, 1),)))


def test_a_word_nobody_can_read_is_asked_about_until_the_words_are_learned(
    interpreter: Interpreter, house: Snapshot
) -> None:
    assert interpreter.understand(ODD, Situation(house)).disposition is Disposition.ASK
    found = with_example(interpreter, ODD, "light_control").understand(ODD, Situation(house))
    assert (found.disposition, found.stage, found.slots["action"]) == (Disposition.ACT, Stage.EXEMPLAR, "off")


@pytest.mark.parametrize("text", ["blorp off the kitchen light", "frobnicate off the hall light", f"don't {ODD}"])
def test_other_words_are_asked_about_as_before(interpreter: Interpreter, house: Snapshot, text: str) -> None:
    """Only the very words that were learned are done; and what forbids still forbids."""
    found = with_example(interpreter, ODD, "light_control").understand(text, Situation(house))
    assert found.disposition is not Disposition.ACT


def test_a_guarded_thing_still_takes_its_press(interpreter: Interpreter, house: Snapshot) -> None:
    text = "frobnicate and unlock the front door"
    found = with_example(interpreter, text, "lock_control").understand(text, Situation(house))
    assert found.disposition is not Disposition.ACT
