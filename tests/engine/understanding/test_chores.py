"""Chores said as orders are something to do, what the home may do is not; of several requests none is lost."""

from __future__ import annotations

import pytest

from butler.home.demo import packaged_house
from engine.understanding.interpretation import Disposition, Reason, Stage
from engine.understanding.interpreter import Interpreter
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Entity, Snapshot

HOME = packaged_house().snapshot
CHORES = (
    "water the plants every tuesday",
    "call mum",
    "fix the tap",
    "take out the trash tonight",
    "please take the bins out",
    "feed the cat at 6",
    "do the dishes",
    "walk the dog before work",
    "clean the windows",
    "ring the dentist about the bill",
    "fix the kitchen light",
    "pay the gas bill by friday",
)
NONE = (
    "can you feed the cat",
    "feed the cat?",
    "clean the kitchen",
    "call the floor lamp big bertha",
    "phone dad and put him on speaker",
    "fix the bug in my spreadsheet formula",
    "call me captain",
    "don't feed the cat",
    "water heater off",
    "did you feed the cat",
)


@pytest.mark.parametrize("said", CHORES)
def test_a_chore_is_something_to_do(interpreter: Interpreter, said: str) -> None:
    found = interpreter.understand(said, Situation(HOME))
    assert (found.intent, found.stage, found.disposition) == ("task_add", Stage.PATTERN, Disposition.ACT)
    assert found.targets == ()


@pytest.mark.parametrize("said", NONE)
def test_what_only_sounds_like_a_chore_is_none(interpreter: Interpreter, said: str) -> None:
    assert interpreter.understand(said, Situation(HOME)).intent != "task_add"


def test_what_the_home_has_by_that_name_is_the_homes(interpreter: Interpreter) -> None:
    """A switch called "plants" may be meant, so it is no chore without a question."""
    plants = Entity("switch.plants", "Plants")
    home = Snapshot(HOME.floors, HOME.areas, (*HOME.entities, plants))
    found = interpreter.understand("water the plants", Situation(home))
    assert found.stage is not Stage.PATTERN or found.intent != "task_add"


@pytest.mark.parametrize(
    ("said", "intents"),
    [
        ("put milk on the shopping list and remind me to call mum at 5", ["list_add", "reminder_set"]),
        ("remind me to call mum at 5 and put milk and eggs on the shopping list", ["reminder_set", "list_add"]),
        ("set an alarm for 7 and remind me to buy bread at 6", ["alarm_set", "reminder_set"]),
        ("set a timer for 5 minutes and turn on the kitchen light", ["timer_set", "light_control"]),
        ("buy stamps and remind me to call mum at 5", ["task_add", "reminder_set"]),
        ("turn off the kitchen light and order a pizza", ["light_control", "out_of_scope"]),
        ("stop the timer and turn off the kitchen light", ["timer_cancel", "light_control"]),
        ("call the plumber and turn off the hall light", ["task_add", "light_control"]),
        ("we're out of milk and remind me to call mum at 5", ["list_add", "reminder_set"]),
        ("turn off the hall light and tell me when the garage door opens", ["light_control", "notice_set"]),
        ("is the front door locked and let me know when it opens", ["state_query", "notice_set"]),
        ("turn on the flux capacitor and tell me when it's done", ["switch_control", "notice_set"]),
    ],
)
def test_of_several_requests_none_is_lost(interpreter: Interpreter, said: str, intents: list[str]) -> None:
    found = interpreter.understand(said, Situation(HOME))
    assert [clause.intent for clause in found.clauses] == intents


@pytest.mark.parametrize(
    "said",
    [
        "remind me to buy milk and put it on the table",
        "remind me to turn off the heating and close the blinds at ten",
        "add milk to the shopping list and eggs",
        "buy a lamp for the study and two light bulbs",
        "dad already bought bin bags so cross them off the shopping list",
        "note: call mum and remind me to buy milk",
    ],
)
def test_what_is_one_request_stays_one(interpreter: Interpreter, said: str) -> None:
    assert interpreter.understand(said, Situation(HOME)).clauses == ()


def test_what_to_tell_of_names_what_was_switched(interpreter: Interpreter) -> None:
    """Beside a command "it" is what that is about, unless it speaks of the sky."""
    found = interpreter.understand("turn off the kitchen light please and tell me when it's on", Situation(HOME))
    assert [clause.text for clause in found.clauses][1:] == ["tell me when the kitchen light is on"]
    rain = interpreter.understand("turn off the kitchen light and tell me when it gets dark", Situation(HOME))
    assert [clause.text for clause in rain.clauses][1:] in ([], ["tell me when it gets dark"])


@pytest.mark.parametrize(
    "said",
    [
        "tell me when the garage door opens and turn off the hall light",
        "let me know when the front door is unlocked and then lock the back door",
        "if the front door opens turn on the hall light and tell me when it closes",
    ],
)
def test_what_is_to_be_done_upon_it_too_is_not_passed_over(interpreter: Interpreter, said: str) -> None:
    """Nothing is done upon a condition, so that it is said instead of only telling."""
    found = interpreter.understand(said, Situation(HOME))
    assert (found.disposition, found.reason, found.clauses) == (Disposition.REFUSE, Reason.CONDITION, ())
