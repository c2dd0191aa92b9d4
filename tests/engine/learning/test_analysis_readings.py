"""The analysis of what nobody named: near names, what a model reads, examples and sentence patterns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.embedding import HashedEncoder
from engine.learning.analysis import analyse
from engine.learning.analysis_grounds import AnalysisGrounds
from engine.learning.changes import AliasChange, ExemplarChange, PatternChange
from engine.learning.clusters import Radii
from engine.learning.documents import to_document
from engine.learning.golden import GoldenSet
from engine.learning.grounds import Grounds
from engine.learning.understander import Situation
from engine.llm import ModelUnreachable, ScriptedModel
from engine.understanding.interpretation import Stage
from engine.understanding.interpreter import Interpreter
from engine.understanding.snapshot import Snapshot
from store.signals import SignalType
from tests.engine.learning.said_wrong import FLOOR_LAMP, WORD, Said, changes, three


@pytest.fixture
def against(house: Snapshot, interpreter: Interpreter, encoder: HashedEncoder, golden: GoldenSet) -> AnalysisGrounds:
    few = replace(golden, cases=golden.cases[:40], must_not_act=())
    return AnalysisGrounds(Grounds(house, interpreter), encoder, few)


@pytest.fixture
def said(against: AnalysisGrounds) -> Said:
    return Said(against)


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
    wide = ExemplarChange("The snurgle wants a frobnication!!", "light_control")
    assert changes(signals, replace(against, closed=(wide, replace(wide, verbatim=True)))) == []


def test_words_whose_example_failed_may_still_mean_what_was_said_of_them(said: Said, against: AnalysisGrounds) -> None:
    """As an example of nothing but themselves, and by votes of their own."""
    text = "the snurgle wants a frobnication"
    meant = "turn on the living room light"
    signals = three(said, text, meant=meant, kind=SignalType.LOW_CONFIDENCE)
    closed = replace(against, closed=(ExemplarChange(text, "light_control"),))
    found = analyse(signals, closed).drafts
    assert [draft.change for draft in found] == [ExemplarChange(text, "light_control", verbatim=True)]
    assert found[0].votes == 3
    few = [*signals[:2], said.wrong("the snurgle wants two frobnications", meant, kind=SignalType.LOW_CONFIDENCE)]
    assert changes(few, closed) == []


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


def test_an_example_that_would_sink_a_golden_sentence_is_not_proposed(said: Said, against: AnalysisGrounds) -> None:
    """However many say so: the pair of intents is judged, and what stood in the way is told."""
    by_example = next(
        case
        for case in against.golden.cases
        if case.expected and not case.context and against.understand(case.utterance, None).stage is Stage.EXEMPLAR
    )
    found = analyse(three(said, by_example.utterance, meant=FLOOR_LAMP), against)
    assert found.drafts == ()
    assert f"without harm, as “{by_example.utterance}” would be misunderstood" in found.for_review[0].reason
