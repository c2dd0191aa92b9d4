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

KEPT: Mapping[str, tuple[str, ...]] = {
    "reminder": (
        "remind me to turn off the oven",
        "remind me to turn off the heating and close the blinds at ten",
        "remind me to turn off the oven and lock the door at 10",
        "tonight remind me to lock the front door, close the blinds and turn off the kitchen light",
        "in half an hour remind me to open the study blind and switch the coffee machine off",
        "reminder in ten minutes: turn off the bathroom fan",
        "set a reminder to unlock the back door for the gardener at nine",
        "can you remind us to turn the water main off before we go",
        "make sure i lock the front door tonight",
        "i must open the garage door for the plumber at 4",
        "delete the turn off the oven reminder",
        "cancel the reminder to lock the door",
        "stop reminding me to close the blinds",
        "did i ask you to remind me to turn off the oven",
        "read out the reminder about the lights",
        "is there a reminder to lock the back door",
    ),
    "task": (
        "todo: fix the hall light",
        "todo turn off the water main before the holiday",
        "task: switch the bedroom light to led",
        "task: open the pool",
        "add fix the kitchen light to my tasks",
        "add turn off the sprinkler to my to do list",
        "put close the garage door properly on my to do list",
        "don't forget to lock the front door",
        "don't forget to turn off the lights before we go",
        "don't let me forget to close the windows",
        "buy a new tv",
        "buy a lamp for the study and two light bulbs",
        "the kitchen light needs a new bulb",
        "the garage door needs oil",
        "the hall project needs paint",
        "change the bulb in the bathroom",
        "change the lock on the back door",
        "replace the battery in the hall motion sensor",
        "replace the tv",
        "repair the bathroom fan this weekend",
        "descale the coffee machine",
        "get the thermostat looked at",
        "have the garage door serviced before winter",
        "ring the heating engineer",
        "call the electrician about the kitchen light",
        "paint the front door green",
        "open the letter from the bank tomorrow",
        "set up a meeting about the heating",
        "close the task about the blinds",
        "mark lock the shed as done",
        "mark turn off the water as done",
        "i've fixed the kitchen light, tick it off",
        "done with the curtains",
        "the garage is clean, mark it done",
        "move fix the hall light to friday",
        "move the heating service to monday",
        "make the garage door task urgent",
        "delete turn off the kitchen light from my tasks",
        "what do i have to do about the heating",
        "show me the task about the curtains",
        "cancel the window cleaner",
    ),
    "list": (
        "put a light on the shopping list",
        "add a lamp to the shopping list",
        "add milk, eggs and two lemons to the shopping list",
        "add a kitchen light bulb to the shopping list",
        "light bulbs, batteries and tape on the shopping list",
        "hoover bags on the shopping list",
        "add bedroom curtains to the washing list",
        "put the tv on the moving list",
        "put the coffee machine on the shopping list",
        "put batteries for the thermostat on the list",
        "packing list: passports, turn off the heating, lock the back door",
        "shopping list: light bulbs, turn off the kitchen light",
        "add turn off the water to my packing checklist",
        "start a list for the garden",
        "take the lamp off the shopping list",
        "take the curtains off the washing list",
        "remove the tv from the moving list",
        "clear the garage list",
        "what's on the garage list",
        "is fix the kitchen light still on my list",
        "was turn off the kitchen light on my list",
        "reading list: dune",
    ),
    "note": (
        "note that the hall light flickers",
        "note: the porch light is on a timer at the switch",
        "note: turn off the kitchen light",
        "idea: garden lights along the path",
        "idea: automatic curtains in the bedroom",
        "write down that the front door lock sticks",
        "make a note to replace the bedroom light",
        "question for the electrician: can the hall light be dimmed",
        "guest mode instructions for the babysitter, write them down",
        "keep in mind that the garage door opens by itself when it's windy",
    ),
    "timer": (
        "timer for the oven, 20 minutes",
        "oven timer 45 minutes",
        "timer for 10 minutes, then turn off the kitchen light",
        "10 minute timer and then turn off the kitchen light",
        "set a timer for the lights project",
    ),
    "alarm": (
        "wake me at seven and turn on the light",
        "alarm at six to open the garage",
        "don't wake me when you open the blinds tomorrow",
    ),
    "notice": (
        "tell me when the washing machine is done",
        "if the garage stays open for 10 minutes, tell me",
        "let me know when the back door is unlocked",
        "wake me when the garage door opens",
        "warn me if the kitchen window is open after ten",
    ),
    "schedule": (
        "turn off the kitchen light in 10 minutes",
        "turn off the oven in 10 minutes",
        "close the living room blinds at sunset",
        "when the sun goes down turn on the porch light",
        "every weekday at 7 turn on the kitchen light",
        "every other day, start the robot vacuum",
        "turn the heating on at 6",
        "turn the kitchen light on at 6 for ten minutes",
        "at half six, open the bedroom curtains",
        "ten minutes from now, turn off the television",
        "lock the front door at eleven tonight",
        "don't turn off the kitchen light in ten minutes after all",
        "have i got anything scheduled for the porch light",
    ),
}
"""By the first word of the intent that is right: what is kept, changed or read out, and never done at once."""

DOUBTFUL = (
    "i have to lock the front door",
    "i need to turn off the kitchen light",
    "i must close the living room blinds",
    "we need to turn the coffee machine off",
    "remember to open the curtains for the plants",
    "check the water main",
    "empty the vacuum",
    "vacuum the car",
    "blinds need measuring",
    "the garage",
    "lights",
    "move the lamp to the study",
    "we need a new vacuum",
    "start the dishwasher task",
    "fill the sprinkler tank",
)
"""What could be a command, something to do or neither: it is asked about."""

LEFT_ALONE = (
    "turn off the heating oil delivery",
    "cancel the heating oil",
    "stop the tv licence",
    "open a bank account",
    "close the deal with the estate agent",
    "lock in the mortgage rate",
    "lock the bike up at the station",
    "play tennis on saturday",
    "set the table for six",
    "turn thirty next year",
    "turn down the invitation",
    "switch the energy supplier before march",
    "dim sum on sunday with ana",
    "light the candles on the cake",
    "run a marathon",
    "the bathroom fan is filthy",
    "the front door squeaks",
    "i forgot to turn off the lights",
    "ask dave to turn off the lights",
    "tell the kids to switch the tv off at nine",
    "when i'm home turn on the light",
    "if it rains close the blinds",
    "turn on the kitchen light when i wake up",
    "if i'm not home by six, turn on the hall light",
    "movie night with the neighbours on friday",
    "good night kiss for leo",
    "a fan for the study would be nice",
)
"""What nobody asks of the home now, whatever it is taken for."""

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
