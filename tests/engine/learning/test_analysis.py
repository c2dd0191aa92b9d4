"""The analysis: what many small pieces of evidence say together, and what they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.embedding import HashedEncoder
from engine.learning.analysis import analyse
from engine.learning.analysis_grounds import AnalysisGrounds
from engine.learning.changes import AliasChange, Change, ExemplarChange, PatternChange
from engine.learning.clusters import Radii
from engine.learning.documents import to_document
from engine.learning.drafts import Draft
from engine.learning.experience import meant_document
from engine.learning.golden import GoldenSet
from engine.learning.grounds import Grounds
from engine.learning.history import HistoryTurn, essence
from engine.learning.understander import Situation
from engine.llm import ModelUnreachable, ScriptedModel
from engine.understanding.interpreter import Interpreter
from engine.understanding.snapshot import Snapshot
from store.signals import Signal, SignalType

AT = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
FLOOR_LAMP = "turn on the floor lamp"
WORD = AliasChange("zorblax", "entity", "light.floor_lamp")


@pytest.fixture
def against(house: Snapshot, interpreter: Interpreter, encoder: HashedEncoder, golden: GoldenSet) -> AnalysisGrounds:
    few = replace(golden, cases=golden.cases[:40], must_not_act=())
    return AnalysisGrounds(Grounds(house, interpreter), encoder, few)


class Said:
    """Makes the signals of turns as they would have been recorded."""

    def __init__(self, against: AnalysisGrounds) -> None:
        self.against = against
        self.turn = 0

    def wrong(
        self,
        text: str,
        meant: str | None = FLOOR_LAMP,
        *,
        by: str = "ana",
        day: int = 0,
        evidence: str = "correction",
        kind: SignalType = SignalType.ENTITY_FAIL,
        **more: Any,
    ) -> Signal:
        """Return the signal of a turn that fell short; without `meant` nobody said what it should have been."""
        self.turn += 1
        found = self.against.understand(text, by)
        expected = meant_document(self.against.understand(meant, by)) if meant else None
        context = {"role": "resident", "of_turn": self.turn, "evidence": evidence if meant else None, **more}
        actual = to_document(found) | {"outcome": "asked"}
        at = AT + timedelta(days=day, minutes=self.turn)
        name = f"sig-{self.turn}-{kind.value}-{evidence}"
        return Signal(name, kind, text, context, expected, actual, by, self.turn, at, processed=False, improvement=None)


@pytest.fixture
def said(against: AnalysisGrounds) -> Said:
    return Said(against)


def three(said: Said, text: str = "turn on the zorblax", **more: Any) -> list[Signal]:
    """Return the same shortfall from two people on three days."""
    return [said.wrong(text, by=who, day=day, **more) for day, who in enumerate(("ana", "ben", "ana"))]


def changes(signals: Sequence[Signal], against: AnalysisGrounds) -> list[Change]:
    return [draft.change for draft in analyse(signals, against).drafts]


def history(against: AnalysisGrounds, text: str, meant: str, *, by: str, day: int, number: int) -> HistoryTurn:
    found = against.understand(meant, by)
    return HistoryTurn(number, by, text, AT + timedelta(days=day), essence(found), ("act",))


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
    """More than twice as many turns that nobody minds, since the first correction, outweigh the votes."""
    works = tuple(
        history(against, "turn on the zorblax", "turn on the kitchen light", by="dan", day=day, number=900 + day)
        for day in range(1, 8)
    )
    assert changes(three(said), replace(against, history=works[:6])) == [WORD]
    assert changes(three(said), replace(against, history=works)) == []


def test_the_owners_press_changes_what_worked_for_them_alone(said: Said, against: AnalysisGrounds) -> None:
    """Whoever is the only one to say it may change what it means."""
    works = tuple(
        history(against, "turn on the zorblax", "turn on the kitchen light", by="ana", day=-day, number=900 + day)
        for day in range(1, 8)
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


def test_a_name_that_is_nearly_another_needs_nobody_to_explain_it(said: Said, against: AnalysisGrounds) -> None:
    """Three unresolved turns, and one thing that is called nearly so."""
    signals = three(said, "turn on the porch lantern", meant=None)
    found = analyse(signals, against).drafts
    assert [draft.change for draft in found] == [AliasChange("porch lantern", "entity", "light.porch")]
    assert "the one name that is near" in found[0].rationale


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"entity": "light.floor_lamp"}, "nobody said what “zorblax” is; scripted takes it for “Floor Lamp”"),
        ({"entity": "light.of_my_life"}, "nobody said what “zorblax” is"),
        ({"entity": "none"}, "nobody said what “zorblax” is"),
        (ModelUnreachable("scripted", "gone"), "nobody said what “zorblax” is"),
    ],
)
def test_what_only_a_model_says_is_for_people_to_look_at(
    said: Said, against: AnalysisGrounds, answer: Any, reason: str
) -> None:
    """It is asked among the real things alone; an invented one is nothing, and its silence breaks nothing."""
    model = ScriptedModel(answer)
    found = analyse(three(said, meant=None), replace(against, model=model))
    assert found.drafts == ()
    assert [one.reason for one in found.for_review] == [reason]
    (question,) = model.history
    real = {entity.entity_id for entity in against.grounds.snapshot.entities}
    assert set(question.schema["properties"]["entity"]["enum"]) <= {*real, "none"}


def test_what_a_model_understood_counts_where_the_turns_were_accepted(said: Said, against: AnalysisGrounds) -> None:
    """Its reading is a label then, and the people who let it stand have the votes."""
    meant = to_document(against.understand(FLOOR_LAMP, None))
    read = [
        replace(one, type=SignalType.LLM_FALLBACK, actual=meant)
        for one in three(said, "the zorblax wants a frobnication", meant=None)
    ]
    assert changes(read, against) == []
    accepted = replace(against, verdicts=dict.fromkeys(range(1, 4), "accepted"))
    found = analyse(read, accepted).drafts
    assert [type(draft.change) for draft in found] in ([ExemplarChange], [AliasChange])
    assert [(draft.votes, draft.people) for draft in found] == [(3, ("ana", "ben"))]


def test_examples_are_the_words_people_used(said: Said, against: AnalysisGrounds) -> None:
    """Each is an example of the intent that was meant, and understood so with it."""
    text = "the snurgle wants a frobnication"
    signals = three(said, text, meant="turn on the living room light", kind=SignalType.LOW_CONFIDENCE)
    found = changes(signals, against)
    assert found == [ExemplarChange(text, "light_control")]
    trial = against.trying(ExemplarChange(text, "light_control"))
    assert trial.understand(text, Situation(against.grounds.snapshot)).intent == "light_control"


def test_right_intents_with_wrong_values_give_a_sentence_pattern(said: Said, against: AnalysisGrounds) -> None:
    """What named the thing becomes a wildcard, and the admins decide."""
    things = ("floor lamp", "desk lamp", "night light")
    rows = enumerate(zip(things, ("ana", "ben", "ana"), strict=True))
    signals = [
        said.wrong(f"the {thing} light show", f"turn on the {thing}", by=who, day=day) for day, (thing, who) in rows
    ]
    found = analyse(signals, replace(against, radii=Radii(labelled=0.3)))
    assert [draft.change for draft in found.drafts] == [
        PatternChange("{target} light show", "light_control", {"action": "on"})
    ]


def test_a_closed_example_closes_what_is_nearly_the_same(said: Said, against: AnalysisGrounds) -> None:
    """Turning one down is turning the other down."""
    text = "the snurgle wants a frobnication"
    signals = three(said, text, meant="turn on the living room light", kind=SignalType.LOW_CONFIDENCE)
    closed = replace(against, closed=(ExemplarChange("The snurgle wants a frobnication!!", "light_control"),))
    assert changes(signals, closed) == []


def test_what_is_understood_by_now_is_no_evidence(said: Said, against: AnalysisGrounds) -> None:
    """A word in force is not proposed again."""
    trying = against.trying(WORD)
    known = replace(against, grounds=replace(against.grounds, interpreter=trying))
    assert changes(three(said), known) == []


def test_complaints_are_for_people_to_look_at(said: Said, against: AnalysisGrounds) -> None:
    """They change nothing by themselves."""
    signals = [said.wrong(FLOOR_LAMP, None, day=day, kind=SignalType.FEEDBACK) for day in range(4)]
    found = analyse(signals, against)
    assert found.drafts == ()
    assert [one.utterance for one in found.for_review] == [FLOOR_LAMP] * 4


def test_nothing_comes_of_nothing(against: AnalysisGrounds) -> None:
    """No signals, no drafts, nothing to look at."""
    assert analyse((), against).drafts == ()
