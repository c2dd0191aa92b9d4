"""People teach, correct, praise and complain in many ways that work, and ordinary talk does none of it."""

from __future__ import annotations

import pytest

from store import turns
from tests.acceptance.household import ADMIN, Household
from tests.acceptance.small_talk import SMALL_TALK

FLOOR_LAMP, OFFICE, TABLE = "light.floor_lamp", ("light.desk_lamp",), "light.dining_table"
TEACHING: tuple[tuple[str, str, str | tuple[str, ...]], ...] = (
    ("remember that 'big bertha' means the floor lamp", "turn on big bertha", FLOOR_LAMP),
    ("when I say bertha, I mean the floor lamp", "turn on bertha", FLOOR_LAMP),
    ("bertha is what we call the floor lamp", "switch on bertha", FLOOR_LAMP),
    ("call the floor lamp Big Bertha", "turn big bertha on", FLOOR_LAMP),
    ("let's call the floor lamp Bertha from now on", "turn on bertha please", FLOOR_LAMP),
    ("by bertha I mean the standing lamp", "turn on bertha", FLOOR_LAMP),
    ("hey butler, from now on bertha is the floor lamp, ok?", "butler, turn on bertha", FLOOR_LAMP),
    ("could you please remember that bertha is the floor lamp?", "could you turn on bertha?", FLOOR_LAMP),
    ("the floor lamp is called bertha", "turn on the bertha", FLOOR_LAMP),
    ("bertha = floor lamp", "turn on bertha", FLOOR_LAMP),
    ("learn: bertha -> floor lamp", "turn on bertha", FLOOR_LAMP),
    ("we call the floor lamp bertha", "turn on bertha", FLOOR_LAMP),
    ("bertha is short for the floor lamp", "turn on bertha", FLOOR_LAMP),
    ("nickname the floor lamp bertha", "turn on bertha", FLOOR_LAMP),
    ("another name for the floor lamp is bertha", "turn on bertha", FLOOR_LAMP),
    ("my reader is the floor lamp", "turn on my reader", FLOOR_LAMP),
    ("for me the glow means the floor lamp", "turn on the glow", FLOOR_LAMP),
    ("the den is what we call the study", "turn on the lights in the den", OFFICE),
    ("when I say the den I mean the study", "turn on the den lights", OFFICE),
    ("treat the den as the study", "turn on all the lights in the den", OFFICE),
    ("when I say fire up I mean turn on", "fire up the floor lamp", FLOOR_LAMP),
    ("zap means turn on", "zap the floor lamp", FLOOR_LAMP),
    ("supper means turn on the dining table light", "supper", TABLE),
    ("when I say supper, turn on the pendant", "supper!", TABLE),
    ("supper time means turn on the pendant and turn on the floor lamp", "supper time", (TABLE, FLOOR_LAMP)),
    ("if I say lumos turn on the floor lamp", "lumos", FLOOR_LAMP),
    ("don't forget that bertha means the floor lamp", "turn on bertha", FLOOR_LAMP),
    ("when we ask for bertha we want the floor lamp", "turn on bertha", FLOOR_LAMP),
    ("rename the floor lamp to bertha", "turn on bertha", FLOOR_LAMP),
    ("I call the floor lamp bertha", "turn on bertha", FLOOR_LAMP),
    ("let bertha mean the floor lamp", "turn on bertha", FLOOR_LAMP),
)

CORRECTIONS = (
    "no, I meant the bedroom light",
    "not that one, the bedroom light",
    "wrong light, I wanted the bedroom light",
    "I said the bedroom light",
    "no, the bedroom light",
    "not the kitchen light, the bedroom light",
    "sorry, I meant the bedroom light",
    "wrong one, the bedroom light please",
    "that's the wrong light. the bedroom light!",
    "I meant the bedroom light, not the kitchen light",
    "oops, I meant bedroom light",
    "actually I meant the bedroom light",
    "no no, bedroom light",
    "I wanted the bedroom light",
    "the bedroom light, not the kitchen light",
    "it should have been the bedroom light",
    "no that's not what I meant, I meant the bedroom light",
    "nope, bedroom light",
    "I asked for the bedroom light",
    "the bedroom light instead",
    "wait, the bedroom light I mean",
    "you got the wrong one, I said bedroom light",
    "not this one, I wanted the bedroom light",
    "no, turn on the bedroom light instead",
    "what I meant was the bedroom light",
)
COMPLAINTS = (
    "that was wrong",
    "that's not right",
    "that was not what I wanted",
    "you got that wrong",
    "wrong",
    "nope, that's wrong",
    "that's not what I asked for",
    "not what I meant",
    "you misunderstood me",
    "that's incorrect",
    "bad butler",
    "I didn't ask for that",
    "👎",
)
PRAISES = (
    "perfect",
    "thanks, that's perfect",
    "well done",
    "exactly what I wanted",
    "great job",
    "that's right",
    "good job butler",
    "nice one",
    "spot on",
    "awesome, thanks",
    "just what I wanted",
    "you got it right",
    "👍",
)


def outcome(household: Household, turn: int) -> str:
    """Return what the record says came of a turn."""
    found = turns.get(household.app.store, turn)
    assert found is not None
    return str(found.outcome)


def verdict(household: Household, turn: int) -> str | None:
    """Return what the record says was said of a turn later."""
    found = turns.get(household.app.store, turn)
    assert found is not None
    return found.verdict


def test_there_are_as_many_wordings_as_are_promised() -> None:
    assert len({lesson for lesson, _, _ in TEACHING}) >= 25
    assert len(set(CORRECTIONS)) >= 15
    assert min(len(set(COMPLAINTS)), len(set(PRAISES))) >= 8
    assert len(set(SMALL_TALK)) >= 60


@pytest.mark.parametrize(("lesson", "command", "moved"), TEACHING, ids=[lesson for lesson, _, _ in TEACHING])
def test_a_wording_of_teaching_is_live_in_the_next_message(
    shared: Household, lesson: str, command: str, moved: str | tuple[str, ...]
) -> None:
    """The answer bears the lesson's number, the next message uses it, and a rollback leaves no trace."""
    shared.ask({"op": "reset"})
    before = shared.digest
    told = shared.say(lesson)
    number = told.rpartition("(#")[2].partition(")")[0]
    assert number.isdigit(), told
    shared.say(command)
    assert shared.called == sorted((moved,) if isinstance(moved, str) else moved)
    shared.say(f"/rollback {number}", ADMIN)
    assert shared.digest == before


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_a_wording_of_correction_undoes_and_does_the_right_thing(shared: Household, correction: str) -> None:
    """The wrong light is as it was, the right one is on, and the turn it speaks of is marked."""
    shared.ask({"op": "reset"})
    before = shared.digest
    shared.say("turn on the kitchen light")
    wrong = shared.last["turn"]
    shared.say(correction)
    assert (shared.state("light.kitchen"), shared.state("light.bedroom")) == ("off", "on")
    assert verdict(shared, wrong) == "corrected"
    assert shared.digest == before


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_a_complaint_is_noted_asks_what_was_meant_and_undoes_nothing(shared: Household, complaint: str) -> None:
    shared.ask({"op": "reset"})
    shared.say("turn on the desk lamp")
    wrong = shared.last["turn"]
    assert "What did you mean?" in shared.say(complaint)
    assert shared.called == []
    assert shared.state("light.desk_lamp") == "on"
    assert verdict(shared, wrong) == "disputed"


@pytest.mark.parametrize("praise", PRAISES)
def test_praise_confirms_the_turn_it_speaks_of(shared: Household, praise: str) -> None:
    shared.ask({"op": "reset"})
    shared.say("turn on the desk lamp")
    right = shared.last["turn"]
    shared.say(praise)
    assert shared.called == []
    assert verdict(shared, right) == "confirmed"


@pytest.mark.parametrize("after_action", [False, True], ids=["out of the blue", "right after an action"])
@pytest.mark.parametrize("talk", SMALL_TALK)
def test_ordinary_talk_teaches_corrects_and_undoes_nothing(shared: Household, talk: str, after_action: bool) -> None:
    """Also right after an action, which it neither takes back nor praises nor disputes."""
    shared.ask({"op": "reset"})
    before = shared.knowledge
    acted = None
    if after_action:
        shared.say("turn on the desk lamp")
        acted = shared.last["turn"]
    states = shared.app.home.states()
    assert shared.say(talk)
    assert shared.called == []
    assert shared.app.home.states() == states
    assert shared.knowledge == before
    assert not outcome(shared, shared.last["turn"]).startswith(("lesson", "correct", "feedback", "nothing_before"))
    if acted is not None:
        assert verdict(shared, acted) is None


@pytest.mark.parametrize("word", ["perfect", "that was wrong", "wrong", "great job"])
def test_feedback_long_after_an_action_is_talk(shared: Household, word: str) -> None:
    """It speaks of an action only right after it."""
    shared.ask({"op": "reset"})
    shared.say("turn on the desk lamp")
    acted = shared.last["turn"]
    shared.say("what time is it")
    shared.advance(121)
    shared.say(word)
    assert verdict(shared, acted) is None


def test_a_correction_after_which_nothing_is_known_says_so(shared: Household) -> None:
    """With nothing before it there is nothing to put right."""
    shared.ask({"op": "reset"})
    assert "nothing before this" in shared.say("not that one, the bedroom light")
    assert shared.called == []
