"""What goes live is watched: taken back when the turns it changed speak against it, completed when they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.api import Engine
from engine.embedding import HashedEncoder
from engine.learning import pausing
from engine.learning.changes import AliasChange, CommandChange, ExemplarChange, SynonymChange
from engine.learning.documents import to_document
from engine.learning.experience import Later, Saying
from engine.learning.fold import ActiveChange, in_order
from engine.learning.watch import Watch
from engine.learning.watching import WINDOW, Without, said_of
from engine.understanding.interpretation import Choice, Disposition, Interpretation
from engine.understanding.snapshot import Snapshot
from store import Status, Store, facts, improvements, observations, turns
from store.turns import NewTurn
from tests.engine.learning.household import Household

HIJACK = SynonymChange("floor lamp", "kitchen light")
BERTHA = AliasChange("big bertha", "entity", "light.floor_lamp")
ASK = "turn on the floor lamp"
RIGHT = "turn on the standing lamp"
OTHER = "turn on the desk lamp"
GROCERIES = "the groceries need writing down somewhere"


@pytest.fixture
def household(engine: Engine, store: Store, encoder: HashedEncoder, house: Snapshot) -> Household:
    return Household(engine, store, encoder, house)


def status(household: Household, number: int) -> Status:
    found = improvements.get(household.store, number)
    assert found is not None
    return found.status


def audited(household: Household, number: int) -> list[str]:
    return [f"{entry.action} {entry.actor}" for entry in improvements.audit(household.store, number)]


def outcomes(household: Household, number: int) -> str:
    return "".join(one.outcome or "-" for one in observations.of_improvement(household.store, number))


def hijacked(household: Household, user: str = "bob") -> tuple[int, int]:
    """Deploy a word that turns on another lamp, let somebody meet it, and return the improvement and the turn."""
    number = household.deploy(HIJACK)
    return number, household.say(ASK, user)


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


@pytest.mark.parametrize("saying", [Saying.UNDO, Saying.PRESS, Saying.COMPLAINT])
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


def test_what_was_redone_is_watched_afresh(household: Household) -> None:
    number, turn = hijacked(household)
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    redo_untested(household, number)
    household.watch.hourly(household.now)
    assert status(household, number) is Status.APPLIED
    again = household.say(ASK, "bob")
    household.about(again, Saying.CORRECTION, RIGHT, "bob")
    assert status(household, number) is Status.ROLLED_BACK
    assert [taken.numbers for taken in household.told] == [(number,), (number,)]


def redo_untested(household: Household, number: int) -> None:
    workshop, change = household.workshop, HIJACK
    now = workshop.in_force.refresh()
    active = in_order((*now.active, ActiveChange(number, change)))
    digest = now.folded(active, 0).digest(household.encoder.id)
    expected = now.head.digest
    head = workshop.writer.redo(number, expected_head_digest=expected, new_digest=digest, actor="ana", at=household.now)
    workshop.in_force.adopt(head, active)


class Killed(BaseException):
    """The process ends here."""


def test_a_rollback_that_a_kill_cut_off_is_finished_by_the_next_look(household: Household) -> None:
    number, turn = hijacked(household)
    writer = household.workshop.writer

    def kill(step: str) -> None:
        if step == "before_commit":
            raise Killed

    writer._on_step = kill
    with pytest.raises(Killed):
        household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    writer._on_step = lambda _: None
    assert status(household, number) is Status.APPLIED
    household.watch = Watch(household.workshop, household.encoder)
    assert [taken.numbers for taken in household.look()] == [(number,)]
    assert status(household, number) is Status.ROLLED_BACK
    assert household.look() == ()


def test_a_notice_that_a_kill_cut_off_is_returned_again_and_a_told_one_is_not(household: Household) -> None:
    number, turn = hijacked(household)
    household.watch.told = lambda _: None  # type: ignore[method-assign]  # the process ends before it tells anybody
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    again = Watch(household.workshop, household.encoder)
    untold = again.look(household.now)
    assert [taken.numbers for taken in untold] == [(number,)]
    again.told(untold)
    assert facts.get(household.store, "watch_told") == str(untold[0].audit)
    assert Watch(household.workshop, household.encoder).look(household.now) == ()


def test_what_nobody_was_told_of_is_returned_again_by_a_later_hour(household: Household) -> None:
    number, turn = hijacked(household)
    told, household.watch.told = household.watch.told, lambda _: None  # type: ignore[method-assign]  # it failed
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    assert household.watch.hourly(household.now) == ()
    household.wait(hours=1)
    untold = household.watch.hourly(household.now)
    assert [taken.numbers for taken in untold] == [(number,)]
    told(untold)
    household.wait(hours=1)
    assert household.watch.hourly(household.now) == ()


def test_while_learning_is_paused_nothing_is_taken_back_and_afterwards_it_is(household: Household) -> None:
    number, turn = hijacked(household)
    pausing.pause(household.store, "ana", household.now)
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    assert status(household, number) is Status.APPLIED
    pausing.resume(household.store, "ana", household.now)
    household.look()
    assert status(household, number) is Status.ROLLED_BACK


def test_what_a_person_took_back_meanwhile_is_left_alone(household: Household) -> None:
    number, turn = hijacked(household)
    household.engine.roll_back(number, actor="ana", at=household.now, reason="no")
    household.about(turn, Saying.CORRECTION, RIGHT, "bob")
    assert household.told == []
    assert audited(household, number)[-1] == "rolled_back ana"


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


def test_five_good_turns_in_a_day_complete_a_change_with_its_figures(household: Household) -> None:
    number = household.deploy(BERTHA)
    for _ in range(5):
        household.say("turn on big bertha", "bob")
        household.wait(minutes=5)
    household.wait(hours=23)
    assert household.watch.complete(household.now) == ()
    household.wait(hours=1)
    assert household.watch.complete(household.now, accuracy=0.99) == (number,)
    assert household.watch.complete(household.now) == ()
    found = improvements.get(household.store, number)
    assert found is not None
    results = found.monitoring_results
    assert (found.status, results["changed_turns"], results["outcomes"]) == (
        Status.COMPLETED,
        5,
        {"R": 0, "C": 0, "A": 5},
    )
    assert "unused" not in results
    assert results["figures"]["accuracy"] == {"before": 1.0, "during": 0.99, "level": "ok"}
    assert results["figures"]["turns"]["during"] == 5
    assert audited(household, number)[-1] == "monitoring_complete system"


def test_a_change_whose_last_turn_is_undecided_is_not_completed_yet(household: Household) -> None:
    household.deploy(BERTHA)
    for _ in range(5):
        household.say("turn on big bertha", "bob")
        household.wait(minutes=5)
    household.wait(hours=24)
    household.say("turn on big bertha", "bob")
    assert household.watch.complete(household.now) == ()


def test_a_change_that_is_hardly_used_is_on_probation_for_thirty_days(household: Household) -> None:
    number = household.deploy(BERTHA)
    household.say("turn on big bertha", "bob")
    household.wait(days=29)
    assert household.watch.complete(household.now) == ()
    assert status(household, number) is Status.APPLIED
    household.wait(days=1)
    assert household.watch.complete(household.now) == (number,)
    found = improvements.get(household.store, number)
    assert found is not None
    assert (found.monitoring_results["unused"], found.monitoring_results["changed_turns"]) == (True, 1)


def test_a_harmful_a_harmless_and_an_unused_change_each_find_their_end(household: Household) -> None:
    """The clock is moved by hand, a look every hour and a completion every day, evidence only from turns."""
    harmful, harmless = household.deploy(HIJACK), household.deploy(BERTHA)
    unused = household.deploy(AliasChange("sparky", "entity", "light.desk"))
    evidence_at, back_at = None, None
    for hour in range(31 * 24):
        household.wait(hours=1)
        household.told += household.watch.hourly(household.now)
        back_at = back_at or (household.now if status(household, harmful) is Status.ROLLED_BACK else None)
        if hour % 4 == 0 and hour < 24:
            household.say("turn on big bertha", "ana")
        if hour == 5:
            household.about(household.say(ASK, "bob"), Saying.UNDO, user="bob")
        if hour == 5:
            household.wait(minutes=1)
            household.say(RIGHT, "bob")
            evidence_at = household.now
        if hour % 24 == 23:
            household.watch.complete(household.now)
    assert evidence_at is not None
    assert back_at is not None
    assert back_at - evidence_at <= timedelta(hours=1)
    assert audited(household, harmful)[-1] == "rolled_back system"
    assert audited(household, harmless)[-1] == "monitoring_complete system"
    assert audited(household, unused)[-1] == "monitoring_complete system"
    ends = {number: improvements.get(household.store, number) for number in (harmless, unused)}
    assert ends[harmless] is not None
    assert ends[unused] is not None
    assert "unused" not in ends[harmless].monitoring_results
    assert ends[unused].monitoring_results["unused"] is True
    assert ends[unused].monitoring_end - ends[unused].monitoring_start >= timedelta(days=30)
    assert [taken.numbers for taken in household.told] == [(harmful,)]
