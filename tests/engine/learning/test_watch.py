"""What goes live is watched: each turn it changed speaks for it or against it, and what was wrong is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.api import Engine
from engine.embedding import HashedEncoder
from engine.learning.changes import CommandChange, ExemplarChange, SynonymChange
from engine.learning.documents import to_document
from engine.learning.experience import Later, Saying
from engine.learning.watching import WINDOW, Without, said_of
from engine.understanding.interpretation import Choice, Disposition, Interpretation
from engine.understanding.snapshot import Snapshot
from store import Status, Store, improvements, turns
from store.turns import NewTurn
from tests.engine.learning.household import Household
from tests.engine.learning.watched import ASK, BERTHA, HIJACK, OTHER, RIGHT, audited, hijacked, outcomes, status

GROCERIES = "the groceries need writing down somewhere"


@pytest.fixture
def household(engine: Engine, store: Store, encoder: HashedEncoder, house: Snapshot) -> Household:
    return Household(engine, store, encoder, house)


def test_a_correction_to_what_it_would_have_been_takes_the_change_back_at_once(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    assert status(household, number) is Status.ROLLED_BACK
    assert household.meaning(ASK).targets == ("light.floor_lamp",)
    assert audited(household, number)[-1] == "rolled_back system"


def test_the_reason_and_the_notice_carry_the_evidence(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    reason = improvements.audit(household.store, number)[-1].details["reason"]
    assert f"turn {turn} R" in reason
    assert "E = 23.1" in reason
    (taken,) = household.told
    assert (taken.numbers, taken.reason) == ((number,), reason)
    assert taken.evidence == (f"#{number}, turn {turn}, said by bob: taken back",)


def test_other_corrections_take_three(household: Household) -> None:
    number = household.deploy(HIJACK)
    seen = []
    for _ in range(3):
        household.about(household.say(ASK), Saying.CORRECTION, OTHER)
        household.wait(minutes=5)
        seen.append(status(household, number))
    assert seen == [Status.APPLIED, Status.APPLIED, Status.ROLLED_BACK]
    assert outcomes(household, number) == "CCC"


def test_praise_is_acceptance(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.PRAISE, user="bob")
    assert outcomes(household, number) == "A"


def test_silence_is_acceptance_after_two_minutes(household: Household) -> None:
    number, _ = hijacked(household)
    household.wait(seconds=WINDOW.total_seconds())
    household.look()
    assert outcomes(household, number) == "-"
    household.wait(seconds=1)
    household.look()
    assert outcomes(household, number) == "A"


def test_the_next_turn_of_the_same_person_is_acceptance_where_nothing_was_asked(household: Household) -> None:
    number = household.deploy(HIJACK, source="voice_command", submitted_by="ana")
    household.say(ASK)
    household.say("turn on the mirror light", "bob")
    assert outcomes(household, number) == "-"
    household.say("turn on the mirror light")
    assert outcomes(household, number) == "A"


def test_an_answer_with_buttons_waits_for_them_though_another_turn_comes_between(household: Household) -> None:
    number, turn = hijacked(household)
    household.say("turn on the mirror light", "bob")
    assert outcomes(household, number) == "-"
    household.about(turn, Saying.PRAISE, user="bob")
    assert outcomes(household, number) == "A"


def test_a_press_on_wrong_is_decided_by_what_the_person_then_does(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.PRESS, user="bob")
    assert status(household, number) is Status.APPLIED
    household.say(RIGHT, "bob")
    assert outcomes(household, number) == "R"
    assert status(household, number) is Status.ROLLED_BACK


def test_a_press_on_wrong_and_then_something_else_is_a_plain_correction(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.PRESS, user="bob")
    household.say(OTHER, "bob")
    assert outcomes(household, number) == "C"


def test_a_press_on_wrong_and_then_silence_is_a_plain_correction(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.PRESS, user="bob")
    household.wait(seconds=200)
    household.look()
    assert outcomes(household, number) == "-"
    household.wait(seconds=60)
    household.look()
    assert outcomes(household, number) == "C"


def test_a_complaint_nobody_asked_for_waits_where_something_else_would_have_been_answered(household: Household) -> None:
    number = household.deploy(BERTHA)
    household.about(household.say("turn on big bertha", "bob"), Saying.COMPLAINT, user="bob")
    assert outcomes(household, number) == "-"
    assert status(household, number) is Status.APPLIED
    household.say(OTHER, "bob")
    assert outcomes(household, number) == "C"


@pytest.mark.parametrize(("answers", "outcome"), [(False, "R"), (True, None)])
def test_a_complaint_lands_where_nothing_would_have_been_answered(*, answers: bool, outcome: str | None) -> None:
    without = Without(["light_control", {}, []], acts=False, answers=answers)
    assert said_of(without, Later(1, Saying.COMPLAINT)) == outcome
    assert said_of(without, Later(1, Saying.PRESS)) == "R"


@pytest.mark.parametrize("saying", [Saying.UNDO, Saying.PRESS])
def test_what_would_have_done_nothing_is_landed_on_by_undoing_alone(household: Household, saying: Saying) -> None:
    number = household.deploy(BERTHA)
    household.about(household.say("turn on big bertha", "bob"), saying, user="bob")
    assert outcomes(household, number) == "R"
    assert status(household, number) is Status.ROLLED_BACK


def test_who_taught_a_word_may_undo_its_use_and_keeps_the_word(household: Household) -> None:
    number = household.deploy(BERTHA, source="voice_command", submitted_by="ana")
    household.about(household.say("turn on big bertha"), Saying.UNDO)
    assert outcomes(household, number) == "C"
    assert status(household, number) is Status.APPLIED


@pytest.mark.parametrize(("words", "outcome"), [(RIGHT, "R"), (OTHER, "C")])
def test_another_wording_counts_by_where_it_lands(household: Household, words: str, outcome: str) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.REPHRASE, words, "bob")
    assert outcomes(household, number) == outcome


def test_a_choice_answers_the_question_a_turn_asked(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.CHOICE, OTHER, "bob")
    assert outcomes(household, number) == "A"


def test_a_question_that_would_not_have_been_asked_is_reverted_by_the_choice(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.CHOICE, RIGHT, "bob")
    assert outcomes(household, number) == "R"


def test_a_choice_that_would_have_been_offered_anyway_is_no_evidence_against_the_change() -> None:
    asked = Interpretation(
        "x", "light_control", disposition=Disposition.ASK, choices=(Choice("Desk", ("light.desk",)),)
    )
    without = Without.of(asked, asked, version=1, milliseconds=(1.0, 1.0))
    meant = Interpretation("x", "light_control", targets=("light.desk",), disposition=Disposition.ACT)
    assert said_of(without, Later(1, Saying.CHOICE, meant)) == "A"
    assert said_of(without, Later(1, Saying.CORRECTION, meant)) == "R"


def test_only_the_change_that_was_wrong_goes(household: Household) -> None:
    good = household.deploy(SynonymChange("zap", "turn on"))
    number = household.deploy(HIJACK)
    turn = household.say("zap the floor lamp", "bob")
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    assert (status(household, good), status(household, number)) == (Status.APPLIED, Status.ROLLED_BACK)
    assert (outcomes(household, good), outcomes(household, number)) == ("C", "R")


def test_changes_that_are_redundant_with_each_other_go_together(household: Household) -> None:
    first = household.deploy(ExemplarChange(GROCERIES, "list_add"))
    second = household.deploy(ExemplarChange(f"{GROCERIES} now", "list_add"))
    household.about(household.say(GROCERIES, "bob"), Saying.PRESS, user="bob")
    (taken,) = household.told
    assert taken.numbers == (first, second)
    assert head_digest(household) == household.engine.digest()


def head_digest(household: Household) -> str:
    return household.workshop.in_force.refresh().head.digest


def test_nothing_counts_from_what_cannot_be_learned_from(household: Household) -> None:
    number, _ = hijacked(household)
    household.say("turn on the mirror light", "bob", learnable=False)
    assert outcomes(household, number) == "-"


def test_saying_the_same_twice_changes_nothing(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.PRAISE, user="bob")
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    assert outcomes(household, number) == "A"
    assert household.look() == ()
    assert status(household, number) is Status.APPLIED


def test_a_word_that_others_build_on_goes_alone_and_says_so(household: Household) -> None:
    number = household.deploy(BERTHA)
    command = household.deploy(CommandChange("movie time", "turn off big bertha"))
    household.about(household.say("turn on big bertha", "bob"), Saying.PRESS, user="bob")
    (taken,) = household.told
    assert taken.numbers == (number,)
    assert f"built upon by #{command}" in taken.reason


def test_where_much_is_corrected_anyway_the_households_own_rate_is_what_counts(household: Household) -> None:
    for at in range(250):
        turns.append(household.store, spoken(household, "corrected" if at % 5 < 2 else None))
    number = household.deploy(HIJACK)
    for _ in range(3):
        household.about(household.say(ASK), Saying.CORRECTION, OTHER)
        household.wait(minutes=5)
    assert outcomes(household, number) == "CCC"
    assert status(household, number) is Status.APPLIED


def spoken(household: Household, verdict: str | None) -> NewTurn:
    found = to_document(household.meaning("turn on the mirror light"))
    row = NewTurn("ana", "ana", household.now - timedelta(days=1), text="hm", interpretation=found, outcome="acted")
    return replace(row, verdict=verdict)  # type: ignore[arg-type]  # verdicts by name
