"""Talk that could be of the home or of something to do: nothing is switched that should not be, and doubt asks."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from butler.home.demo import packaged_house
from engine.understanding.handlers import ROUTES
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.interpreter import Interpreter
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from tests.engine.understanding.mixed_talk import DOUBTFUL, KEPT, LEFT_ALONE

ORDERS: Mapping[str, str] = {
    "turn off the kitchen light": "light.kitchen",
    "close the living room blinds": "cover.living_room_blinds",
    "i'd like the porch light on": "light.porch",
    "i need to see, turn on the hall light": "light.hall",
    "start the robot vacuum": "vacuum.robot",
    "turn off the kitchen light and remind me to buy a bulb": "light.kitchen",
    "add milk to the shopping list and turn off the kitchen light": "light.kitchen",
    "turn on the desk lamp, then remind me in ten minutes to turn it off": "light.desk_lamp",
    "turn off the bathroom fan and set a timer for ten minutes": "fan.bathroom",
    "when you can, turn on the bedroom light": "light.bedroom",
}
"""Orders that stand right beside all that, with what they are about."""


@pytest.fixture(scope="module")
def home() -> Snapshot:
    """Return the demo home."""
    return packaged_house().snapshot


def moved(meant: Interpretation) -> set[str]:
    """Return what would be switched, at once or after a press that confirms it."""
    ready = {Disposition.ACT, Disposition.CONFIRM}
    acting = [one for one in meant.clauses or (meant,) if INTENTS[one.intent].acts and one.disposition in ready]
    return {target for one in acting for target in one.targets}


def test_there_are_more_than_a_hundred_and_fifty_sentences() -> None:
    said = [sentence for sentences in KEPT.values() for sentence in sentences] + [*DOUBTFUL, *LEFT_ALONE]
    assert len(set(said)) == len(said) >= 150


@pytest.mark.parametrize(("kind", "said"), [(kind, said) for kind, texts in KEPT.items() for said in texts])
def test_what_is_to_be_kept_goes_to_whoever_keeps_it(
    interpreter: Interpreter, home: Snapshot, kind: str, said: str
) -> None:
    """The whole sentence is one thing of the right kind, and nothing is switched."""
    meant = interpreter.understand(said, Situation(home))
    assert moved(meant) == set()
    assert (ROUTES[meant.intent], len(meant.clauses)) == (kind, 0)
    assert meant.disposition in {Disposition.ACT, Disposition.NONE}


@pytest.mark.parametrize("said", DOUBTFUL)
def test_real_doubt_asks(interpreter: Interpreter, home: Snapshot, said: str) -> None:
    meant = interpreter.understand(said, Situation(home))
    assert moved(meant) == set()
    assert meant.disposition is Disposition.ASK


@pytest.mark.parametrize("said", LEFT_ALONE)
def test_what_nobody_asks_of_the_home_is_left_alone(interpreter: Interpreter, home: Snapshot, said: str) -> None:
    meant = interpreter.understand(said, Situation(home))
    assert moved(meant) == set()
    assert meant.disposition is not Disposition.CONFIRM


@pytest.mark.parametrize(("said", "device"), ORDERS.items())
def test_an_order_beside_all_that_is_still_one(
    interpreter: Interpreter, home: Snapshot, said: str, device: str
) -> None:
    """What is asked for now is done, also next to something that is to be kept."""
    assert moved(interpreter.understand(said, Situation(home))) == {device}
