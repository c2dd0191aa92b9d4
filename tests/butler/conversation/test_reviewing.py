"""`/review`: complaints, failed lessons and corrections nothing came of, each shown once and dealt with by a press."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from engine.learning.changes import AliasChange, to_payload
from engine.learning.household_golden import read_cases
from store import LearningWriter, Proposal, reviews, signals
from store.signals import NewSignal, SignalType
from tests.acceptance.family import ADA, BEN, RIA, Family

LIGHT = {"intent": "light_control", "slots": {"action": "on"}, "targets": ["light.desk_lamp"]}
DIM = {"intent": "light_control", "slots": {"action": "set", "brightness": 20}, "targets": ["light.desk_lamp"]}


def complain(family: Family, said: str = "turn on the desk lamp") -> None:
    family.say(said, RIA)
    family.say("that was wrong", RIA)


def fail_a_lesson(family: Family, word: str = "otto") -> int:
    change = to_payload(AliasChange(word, "entity", "light.desk_lamp"))
    at = family.clock.now()
    with closing(LearningWriter(family.app.store)) as writer:
        proposal = Proposal("alias", 1, word, change, source="voice_command", submitted_by=RIA)
        number = writer.propose(proposal, actor=RIA, at=at)
        writer.record_test(number, passed=False, results={"reasons": ["1 case that passed would fail"]}, at=at)
        writer.reject(number, actor="system", reason="1 case that passed would fail", at=at)
    return number


def correct_twice(family: Family, said: str, meant: dict[str, Any], taken: dict[str, Any]) -> None:
    """Have Ria say on two days what a sentence should have been: too little for a proposal of its own."""
    told = [
        NewSignal(
            SignalType.CORRECTION,
            said,
            RIA,
            900 + day,
            family.clock.now() - timedelta(days=day),
            meant,
            {"stage": "exemplar", "confidence": 0.9, "outcome": "acted", **taken},
            {"role": "resident", "of_turn": 900 + day, "evidence": "correction"},
        )
        for day in (2, 1)
    ]
    signals.add(family.app.store, told)


def test_nothing_is_for_review_at_first(family: Family) -> None:
    assert "Nothing is for review" in family.say("/review", ADA)


def test_a_complaint_is_shown_with_what_it_was_taken_for(family: Family) -> None:
    complain(family)
    told = family.say("/review", ADA)
    assert "1. “turn on the desk lamp” was said to be wrong by Ria (2026-11-21 10:00)" in told
    assert "I took it for the command to turn on the desk lamp" in told
    assert [button.label for button in family.messages[0].buttons] == ["1 Propose", "1 Close", "1 Add to golden"]


def test_what_is_closed_is_not_shown_again(family: Family) -> None:
    complain(family)
    family.say("/review", ADA)
    assert "Closed" in family.press("1 Close", ADA)
    assert "Nothing is for review" in family.say("/review", ADA)
    assert "settled already" in family.press("1 Add to golden", ADA)


def test_a_complaint_without_a_meaning_says_how_to_propose_one(family: Family) -> None:
    complain(family)
    family.say("/review", ADA)
    assert "can't tell what “turn on the desk lamp” should have been" in family.press("1 Propose", ADA)
    assert "For review" in family.say("/review", ADA)


def test_a_sentence_that_is_still_taken_wrongly_becomes_no_golden_case(family: Family) -> None:
    """It would hold fast what somebody said was wrong."""
    complain(family)
    family.say("/review", ADA)
    assert "haven't added it" in family.press("1 Add to golden", ADA)
    assert not family.app.config.data.golden.exists()


def test_what_was_meant_becomes_a_golden_case(family: Family) -> None:
    """It counts in the tests that follow."""
    complain(family)
    family.say("the bedside lamp", RIA)
    before = family.app.engine.knowledge
    family.say("/review", ADA)
    told = family.press("1 Add to golden", ADA)
    assert "“turn on the desk lamp” is the command to turn on the bedside lamp. It isn't taken so yet" in told
    (case,) = read_cases(family.app.config.data.golden)
    assert case.expected
    assert (case.utterance, case.expected.intent) == ("turn on the desk lamp", "light_control")
    assert case.expected.entities["device"] == ["light.bedside_lamp"]
    assert "Nothing is for review" in family.say("/review", ADA)
    assert family.app.engine.knowledge == before


def test_a_failed_lesson_is_shown_and_can_be_tried_again(family: Family) -> None:
    number = fail_a_lesson(family)
    told = family.say("/review", ADA)
    assert f"#{number}, taught by Ria (2026-11-21 10:00), failed its test: “otto” means the desk lamp." in told
    assert "1 case that passed would fail." in told
    assert "Add to golden" not in " ".join(button.label for button in family.messages[0].buttons)
    assert "It passed its test and is in use: “otto” means the desk lamp (#2)" in family.press("1 Propose", ADA)
    assert "Nothing is for review" in family.say("/review", ADA)
    assert "esk lamp is" in family.say("turn on otto", RIA)


def test_corrections_nothing_came_of_can_be_proposed(family: Family) -> None:
    """What they say it should have been is the proposal, and their signals are its evidence."""
    correct_twice(family, "brighten my evening reading nook", LIGHT, {"intent": "smalltalk", "targets": []})
    told = family.say("/review", ADA)
    assert "“brighten my evening reading nook” was put right by Ria" in told
    assert "it should have been the command to turn on the desk lamp. I learned nothing from it: 2 of 3 votes" in told
    proposed = family.press("1 Propose", ADA)
    number = int(proposed.partition("#")[2].split()[0].rstrip(").:"))
    known = family.app.engine.improvement(number)
    assert known
    assert len(known.signal_ids) == 2
    assert "Nothing is for review" in family.say("/review", ADA)


def test_values_that_need_a_pattern_have_no_proposal(family: Family) -> None:
    correct_twice(family, "turn the desk lamp cosy", DIM, LIGHT)
    family.say("/review", ADA)
    assert "can't tell" in family.press("1 Propose", ADA)
    family.say("/review", ADA)
    assert "Added to the golden cases" in family.press("1 Add to golden", ADA)
    (case,) = read_cases(family.app.config.data.golden)
    assert case.expected
    assert case.expected.entities["brightness"] == 20


def test_five_are_shown_and_the_rest_counted(family: Family) -> None:
    for word in "abel bonnie carlo doris edgar frida gunter".split():
        fail_a_lesson(family, word)
    told = family.say("/review", ADA)
    assert "For review, 7 in all:" in told
    assert "5. " in told
    assert "6. " not in told
    assert "2 more" in told


def test_what_is_old_is_no_longer_shown(family: Family) -> None:
    complain(family)
    fail_a_lesson(family)
    family.clock.move_to(family.clock.now() + timedelta(days=91))
    assert "Nothing is for review" in family.say("/review", ADA)


def test_a_matters_key_holds_nobodys_words(family: Family) -> None:
    """It outlives who is forgotten."""
    family.admit(BEN, "resident", "Ben")
    complain(family)
    family.say("/review", ADA)
    family.press("1 Close", ADA)
    (key,) = reviews.closed_keys(family.app.store)
    assert "lamp" not in key


@pytest.mark.parametrize("who", [RIA])
def test_it_is_for_admins(family: Family, who: str) -> None:
    complain(family)
    assert "for admins only" in family.say("/review", who)


def test_in_a_group_nothing_is_shown_of_what_people_said(family: Family) -> None:
    complain(family)
    told = family.say("/review", ADA, chat="telegram:-7")
    assert "private chat" in told
    assert "desk lamp" not in told
