"""The analysis: what many small pieces of evidence say together, and what they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.embedding import HashedEncoder
from engine.learning.analysis import analyse
from engine.learning.analysis_grounds import AnalysisGrounds
from engine.learning.changes import AliasChange
from engine.learning.drafts import Draft
from engine.learning.golden import GoldenSet
from engine.learning.grounds import Grounds
from engine.understanding.interpreter import Interpreter
from engine.understanding.snapshot import Snapshot
from tests.engine.learning.said_wrong import WORD, Said, changes, history, three


@pytest.fixture
def against(house: Snapshot, interpreter: Interpreter, encoder: HashedEncoder, golden: GoldenSet) -> AnalysisGrounds:
    few = replace(golden, cases=golden.cases[:40], must_not_act=())
    return AnalysisGrounds(Grounds(house, interpreter), encoder, few)


@pytest.fixture
def said(against: AnalysisGrounds) -> Said:
    return Said(against)


def test_three_votes_for_what_a_word_names_give_an_alias_with_its_evidence(
    said: Said, against: AnalysisGrounds
) -> None:
    """The draft says what, on which signals, by whom, with how many votes, and why."""
    signals = three(said)
    known = replace(against, names={"ana": "Ana", "ben": "Ben"})
    assert analyse(signals, known).drafts == (
        Draft(
            WORD,
            tuple(sorted(signal.id for signal in signals)),
            3,
            ("ana", "ben"),
            "3 corrections by Ana and Ben said so: “zorblax” is “Floor Lamp”.",
        ),
    )


def test_two_votes_are_too_few_and_are_left_for_people_to_look_at(said: Said, against: AnalysisGrounds) -> None:
    """Nothing is drafted."""
    found = analyse(three(said)[:2], against)
    assert found.drafts == ()
    assert [one.votes for one in found.for_review] == [2]


def test_a_person_has_one_vote_a_day(said: Said, against: AnalysisGrounds) -> None:
    """A joke repeated all evening is one vote."""
    assert changes([said.wrong("turn on the zorblax") for _ in range(9)], against) == []


def test_the_day_is_the_households_day(said: Said, against: AnalysisGrounds) -> None:
    """Shortly before and after midnight in Berlin are two days there, and one in UTC."""
    first = said.wrong("turn on the zorblax")
    at = datetime(2026, 11, 2, 22, 50, tzinfo=UTC)
    times = (at, at + timedelta(minutes=20))
    evening = [replace(first, id=f"e{n}", created_at=when, context={"of_turn": n}) for n, when in enumerate(times)]
    more = [said.wrong("turn on the zorblax", day=5)]
    assert changes([*evening, *more], against) == []
    assert changes([*evening, *more], replace(against, zone=ZoneInfo("Europe/Berlin"))) != []


def test_a_press_is_as_good_as_teaching(said: Said, against: AnalysisGrounds) -> None:
    """One correction that its speaker confirmed suffices, and it is the household's."""
    found = analyse([said.wrong("turn on the zorblax", pressed=True)], against).drafts
    assert [draft.change for draft in found] == [WORD]
    assert found[0].explicit


def test_a_choice_on_buttons_is_evidence_and_no_teaching(said: Said, against: AnalysisGrounds) -> None:
    """Though a button was pressed for it."""
    assert changes([said.wrong("turn on the zorblax", evidence="choice", pressed=True)], against) == []


def test_what_only_one_person_says_becomes_their_own(said: Said, against: AnalysisGrounds) -> None:
    """Three votes of one person make a personal word."""
    signals = [said.wrong("turn on the zorblax", day=day) for day in range(3)]
    assert changes(signals, against) == [replace(WORD, scope="personal", owner="ana")]


def test_guests_do_not_count(said: Said, against: AnalysisGrounds) -> None:
    """Neither alone nor with others."""
    alone = [said.wrong("turn on the zorblax", by="gil", day=day, role="guest") for day in range(5)]
    assert changes(alone, against) == []
    assert changes([*alone, *three(said)[:2]], against) == []


def test_turns_that_were_confirmed_good_do_not_count(said: Said, against: AnalysisGrounds) -> None:
    """Their signals are dropped."""
    signals = three(said)
    assert changes(signals, replace(against, verdicts={1: "confirmed"})) == []


def test_what_was_taught_at_once_is_not_proposed_again(said: Said, against: AnalysisGrounds) -> None:
    """A correction that taught its word already is no evidence for teaching it."""
    assert changes(three(said, learned=4), against) == []


def test_what_was_decided_about_never_comes_back(said: Said, against: AnalysisGrounds) -> None:
    """The same word for the same thing, whoever's it would be and however it is written."""
    closed = replace(against, closed=(AliasChange("The Zorblax", "entity", "light.floor_lamp", "personal", "ana"),))
    assert changes(three(said), closed) == []
    other = replace(against, closed=(replace(WORD, target="light.hall"),))
    assert changes(three(said), other) == [WORD]


def test_words_that_came_to_nothing_count_once_two_votes_say_what_they_name(
    said: Said, against: AnalysisGrounds
) -> None:
    """Two corrections and two turns without a word of what was meant are four votes."""
    silent = [said.wrong("turn off the zorblax", None, by="cara", day=day) for day in (4, 5)]
    told = three(said)[:2]
    assert changes(silent, against) == []
    assert [draft.votes for draft in analyse([*told, *silent], against).drafts] == [4]


def test_a_word_that_others_mean_differently_is_not_the_households(said: Said, against: AnalysisGrounds) -> None:
    """Three votes for one thing and two for another are no agreement."""
    others = [said.wrong("turn on the zorblax", "turn on the kitchen light", by=who, day=6) for who in ("cara", "dan")]
    assert changes([*three(said), *others], against) == []


def test_a_word_that_works_for_others_takes_two_people(said: Said, against: AnalysisGrounds) -> None:
    """One person cannot take from another what works for them; two can."""
    works = (history(against, "turn on the zorblax", "turn on the kitchen light", by="dan", day=-3, number=900),)
    one = [said.wrong("turn on the zorblax", day=day) for day in range(3)]
    explicit = [said.wrong("turn on the zorblax", pressed=True)]
    assert changes(explicit, replace(against, history=works)) == []
    assert changes(three(said), replace(against, history=works)) == [WORD]
    assert changes(one, against) == [replace(WORD, scope="personal", owner="ana")]


def test_a_word_that_goes_on_working_is_left_alone(said: Said, against: AnalysisGrounds) -> None:
    """More than four times as many turns that nobody minds, since the first correction, outweigh the votes."""
    works = tuple(
        history(against, "turn on the zorblax", "turn on the kitchen light", by="dan", day=day, number=900 + day)
        for day in range(1, 14)
    )
    assert changes(three(said), replace(against, history=works[:12])) == [WORD]
    assert changes(three(said), replace(against, history=works)) == []


def test_the_owners_press_changes_what_worked_for_them_alone(said: Said, against: AnalysisGrounds) -> None:
    """Whoever is the only one to say it may change what it means."""
    works = tuple(
        history(against, "turn on the zorblax", "turn on the kitchen light", by="ana", day=-day, number=900 + day)
        for day in range(1, 14)
    )
    known = replace(against, history=works)
    assert changes([said.wrong("turn on the zorblax", pressed=True)], known) == [WORD]
    assert changes([said.wrong("turn on the zorblax", day=day) for day in range(3)], known) == []


def test_my_things_are_ones_own(said: Said, against: AnalysisGrounds) -> None:
    """What two people call theirs are two words."""
    mine = [said.wrong("turn on my zorblax", by="ana", day=day) for day in range(3)]
    yours = [said.wrong("turn on my zorblax", "turn on the kitchen light", by="ben", day=day) for day in range(3)]
    assert {(one.phrase, one.owner, one.meaning) for one in changes([*mine, *yours], against)} == {
        ("zorblax", "ana", "light.floor_lamp"),
        ("zorblax", "ben", "light.kitchen_main"),
    }
    pressed = [said.wrong("turn on my zorblax", by="ana", pressed=True)]
    assert changes(pressed, against) == [replace(WORD, scope="personal", owner="ana")]


def test_a_room_may_have_another_name(said: Said, against: AnalysisGrounds) -> None:
    """What names all lights of a room names the room."""
    signals = three(said, "turn on the lights in the zorblax", meant="turn on the lights in the living room")
    assert changes(signals, against) == [AliasChange("zorblax", "area", "living_room")]
