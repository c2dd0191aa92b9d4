"""Patterns, routing, wordings and thresholds: held for a person, tested, taken back, and never tampered with."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from engine.api import Engine, LessonContext
from engine.learning.baseline import Rescorer, binding_of, measure
from engine.learning.changes import (
    Change,
    ExemplarChange,
    ModelChoiceChange,
    PatternChange,
    RoutingChange,
    TemplateChange,
    ThresholdChange,
    to_payload,
)
from engine.learning.fold import ActiveChange, fold
from engine.learning.golden import GoldenSet
from engine.learning.grounds import Grounds
from engine.learning.outcomes import AlreadyKnown, Failed, Held, Live, Refused, RolledBack
from engine.learning.shadow import Arms, Candidate, full_shadow_test, shadow_test
from engine.learning.suite import Arm, Suite
from engine.learning.tiers import tier_of
from engine.understanding.interpretation import Stage
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import DEFAULT_THRESHOLDS, BaseKnowledge
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import LearningWriter, NewRow, Proposal, RowRefused, Store, improvements
from store.status import Action, Status
from tests.engine.learning.conftest import AT, Teacher

GIMME = PatternChange("gimme {target}", "light_control", {"action": "on"})
DECLINE = RoutingChange("lock_control", "decline")
HOWDY = TemplateChange("greeting", "Howdy, what will it be?")
SURER = ThresholdChange("low_confidence", 0.75)
LARGER = ModelChoiceChange("understand", "qwen2.5:3b")
ALL: tuple[Change, ...] = (GIMME, DECLINE, HOWDY, SURER, LARGER)
by_type = pytest.mark.parametrize("change", ALL, ids=lambda change: change.type)


@pytest.fixture
def suggested(engine: Engine, house: Snapshot) -> Callable[..., Any]:
    def suggest(change: Change, person: str = "ana", role: Any = "resident") -> Any:
        return engine.suggest(change, LessonContext(person, "user_suggestion", "why not", house, AT, role=role))

    return suggest


def states(engine: Engine, change: Change) -> bool:
    """Tell whether a change shows in the knowledge in force."""
    knowledge = engine.knowledge
    match change:
        case PatternChange():
            return [p.template for p in knowledge.patterns] == [change.template]
        case RoutingChange():
            return knowledge.routing == {change.intent: change.handler}
        case TemplateChange():
            return knowledge.templates == {change.key: change.text}
        case ThresholdChange():
            return knowledge.thresholds[change.name] == change.value
        case ModelChoiceChange():
            return engine.chosen_models == {change.job: change.model}
        case _:
            return False


@by_type
def test_a_rule_waits_for_an_admin_and_is_exactly_undone(
    engine: Engine, suggested: Callable[..., Any], house: Snapshot, change: Change
) -> None:
    """Held, approved, in force, rolled back to the digest it had, and redone."""
    before = engine.digest()
    held = suggested(change)
    assert isinstance(held, Held)
    assert (engine.digest(), states(engine, change)) == (before, False)
    assert isinstance(engine.approve(held.number, actor="adm", at=AT, snapshot=house), Live)
    live = engine.digest()
    assert states(engine, change)
    assert live != before
    assert isinstance(engine.roll_back(held.number, actor="adm", at=AT, reason="no"), RolledBack)
    assert (engine.digest(), states(engine, change)) == (before, False)
    assert isinstance(engine.redo(held.number, actor="adm", at=AT, snapshot=house), Live)
    assert (engine.digest(), states(engine, change)) == (live, True)


@by_type
def test_a_rule_is_of_tier_2_whoever_asks(
    engine: Engine, suggested: Callable[..., Any], grounds: Grounds, store: Store, change: Change
) -> None:
    assert tier_of(change, grounds).level == 2
    held = suggested(change, "adm", "admin")
    assert isinstance(held, Held)
    found = improvements.get(store, held.number)
    assert found
    assert (found.tier, found.status, found.source) == (2, Status.PENDING, "user_suggestion")


@by_type
def test_a_rule_survives_a_restart(
    open_engine: Callable[[Store], Engine], store: Store, house: Snapshot, change: Change
) -> None:
    first = open_engine(store)
    held = first.suggest(change, LessonContext("ana", "user_suggestion", None, house, AT))
    assert isinstance(held, Held)
    first.approve(held.number, actor="adm", at=AT, snapshot=house)
    again = open_engine(store)
    assert states(again, change)
    assert again.digest() == first.digest()


def test_guests_suggest_nothing(suggested: Callable[..., Any]) -> None:
    assert isinstance(suggested(HOWDY, "gus", "guest"), Refused)


def test_what_is_so_already_is_refused_or_known(engine: Engine, suggested: Callable[..., Any], house: Snapshot) -> None:
    assert isinstance(suggested(ThresholdChange("act", DEFAULT_THRESHOLDS["act"])), Refused)
    assert isinstance(suggested(RoutingChange("smalltalk", "talk")), Refused)
    held = suggested(HOWDY)
    engine.approve(held.number, actor="adm", at=AT, snapshot=house)
    assert isinstance(suggested(HOWDY), Refused | AlreadyKnown)


def test_a_pattern_is_understood_once_it_is_in_force(
    engine: Engine, suggested: Callable[..., Any], house: Snapshot
) -> None:
    held = suggested(GIMME)
    engine.approve(held.number, actor="adm", at=AT, snapshot=house)
    found = engine.understand("gimme the kitchen light", Situation(house))
    assert (found.intent, found.stage, found.used) == ("light_control", Stage.PATTERN, (held.number,))


def test_a_pattern_that_has_no_effect_fails_its_test(suggested: Callable[..., Any]) -> None:
    """What ships reads the words first, so the suggestion would be untrue."""
    failed = suggested(PatternChange("turn on {target}", "light_control", {"action": "off"}))
    assert isinstance(failed, Failed)
    assert "still not understood so" in " ".join(failed.reasons)


def test_the_later_of_two_about_the_same_counts(base: BaseKnowledge) -> None:
    other = PatternChange("gimme {target}", "fan_control", {"action": "on"})
    both = [
        ActiveChange(1, GIMME),
        ActiveChange(2, other),
        ActiveChange(3, SURER),
        ActiveChange(4, ThresholdChange("low_confidence", 0.8)),
    ]
    knowledge = fold(base, both)
    assert [(p.intent, p.improvement) for p in knowledge.patterns] == [("fan_control", 2)]
    assert knowledge.thresholds["low_confidence"] == 0.8
    assert fold(base, both[:1] + both[2:3]).patterns[0].intent == "light_control"


@pytest.mark.parametrize(
    "change",
    [
        GIMME,
        PatternChange("[please] (what|which) {name}", "list_query"),
        PatternChange("<put> the lights {target}", "light_control", {"action": "off"}),
        PatternChange("what time is {title}", "smalltalk"),
        SURER,
        ThresholdChange("understood", 0.7),
        ThresholdChange("act", 0.95),
        ThresholdChange("intent:light_control", 0.95),
        ThresholdChange("intent:cover_control", 0.7),
    ],
    ids=str,
)
def test_the_short_test_says_what_the_whole_test_says(
    interpreter: Interpreter, golden: GoldenSet, house: Snapshot, encoder: Any, change: Change
) -> None:
    """Running only what a change can reach finds every case that it makes worse or better."""
    added = ActiveChange(1, change)
    suite = Suite(golden, house)
    without = Arm.of(interpreter, golden)
    baseline = measure(suite, without, binding_of(suite, interpreter.knowledge, encoder.id), ())
    changed = interpreter.with_knowledge(fold(interpreter.knowledge.base, [added], version=1))
    grounds = Grounds(house, changed, (added,))
    candidate = Candidate(suite, baseline, Arms(without, Arm.of(changed, golden)), added, grounds)
    short, whole = shadow_test(candidate, Rescorer()), full_shadow_test(candidate)
    assert {case.id for case in short.comparison.worse} == {case.id for case in whole.comparison.worse}
    assert {case.id for case in short.comparison.better} == {case.id for case in whole.comparison.better}
    assert [r for r in short.reasons if "slower" not in r] == [r for r in whole.reasons if "slower" not in r]
    assert short.run < whole.run


TAMPERED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a handler that may do more": ("routing", "greeting", {"handler": "home_command"}),
    "a sentence that claims": ("template", "greeting", {"text": "Done, it is on."}),
    "no such sentence": ("template", "token", {"text": "Hello"}),
    "a guess that acts": ("threshold", "act", {"value": 0.01}),
    "a threshold of another kind": ("threshold", "confirm_seconds", {"value": 600}),
    "everything means on": ("pattern", "{target}", {"intent": "light_control", "slots": {"action": "on"}}),
    "an action nobody knows": ("pattern", "zap {target}", {"intent": "light_control", "slots": {"action": "burn"}}),
    "a type not built": ("keyword_rule", "x", {"y": "z"}),
    "one field too many": ("routing", "smalltalk", {"handler": "help", "tier": 3}),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_row_is_refused_at_load_with_an_audit_row(
    open_engine: Callable[[Store], Engine], store: Store, house: Snapshot, name: str
) -> None:
    """A sound row is changed in the file: nothing of it is in force, and that is on record."""
    engine = open_engine(store)
    clean = engine.digest()
    held = engine.suggest(HOWDY, LessonContext("ana", "user_suggestion", None, house, AT))
    assert isinstance(held, Held)
    engine.approve(held.number, actor="adm", at=AT, snapshot=house)
    kind, key, payload = TAMPERED[name]
    sql = "UPDATE knowledge_rows SET type = ?, key = ?, payload = ?"
    store.database.fetch(sql, (kind, key, json.dumps(payload)))
    again = open_engine(store)
    assert again.digest() == clean
    assert again.knowledge.templates == {}
    refused = [entry for entry in improvements.audit(store, held.number) if entry.action is Action.APPLY_FAILED]
    assert len(refused) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE improvements SET tier = 3",
        "UPDATE improvements SET tier = 1",
        "UPDATE improvements SET improvement_type = 'role'",
    ],
)
def test_a_tampered_tier_or_type_is_refused_at_load_and_at_deploy(
    open_engine: Callable[[Store], Engine], store: Store, house: Snapshot, sql: str
) -> None:
    """A rule under a tier that would need no person is as good as none."""
    engine = open_engine(store)
    clean = engine.digest()
    context = LessonContext("ana", "user_suggestion", None, house, AT)
    live, held = engine.suggest(HOWDY, context), engine.suggest(DECLINE, context)
    assert isinstance(live, Held)
    assert isinstance(held, Held)
    engine.approve(live.number, actor="adm", at=AT, snapshot=house)
    store.database.fetch(sql)
    again = open_engine(store)
    assert again.digest() == clean
    with pytest.raises(RowRefused):
        again.approve(held.number, actor="adm", at=AT, snapshot=house)
    assert again.digest() == clean
    for number in (live.number, held.number):
        assert Action.APPLY_FAILED in [entry.action for entry in improvements.audit(store, number)]


def test_a_tampered_proposal_is_refused_when_it_is_approved(engine: Engine, store: Store, house: Snapshot) -> None:
    held = engine.suggest(DECLINE, LessonContext("ana", "user_suggestion", None, house, AT))
    assert isinstance(held, Held)
    worse = {**to_payload(DECLINE), "intent": "greeting", "handler": "home_command"}
    store.database.fetch("UPDATE improvements SET proposed_value = ?", (json.dumps(worse),))
    assert isinstance(engine.approve(held.number, actor="adm", at=AT, snapshot=house), Failed)
    assert engine.knowledge.routing == {}
    assert improvements.audit(store, held.number)[-1].action is Action.APPLY_FAILED


def test_the_system_approves_nothing_of_tier_2(store: Store) -> None:
    """Not even by a mistake in the program: the writer itself refuses."""
    writer = LearningWriter(store)
    proposal = Proposal("threshold", 2, "act", to_payload(SURER))
    number = writer.propose(proposal, actor="system", at=AT)
    writer.record_test(number, passed=True, results={}, at=AT)
    with pytest.raises(RowRefused, match="person's approval"):
        writer.approve(number, actor="system", at=AT)
    writer.close()


def test_a_rule_cannot_ride_on_an_improvement_of_tier_1(store: Store) -> None:
    writer = LearningWriter(store)
    number = writer.propose(
        Proposal("exemplar", 1, "x", to_payload(ExemplarChange("x", "help"))), actor="system", at=AT
    )
    writer.record_test(number, passed=True, results={}, at=AT)
    writer.approve(number, actor="system", at=AT)
    row = NewRow("threshold", "act", {"value": 0.6})
    with pytest.raises(RowRefused, match="takes a person"):
        writer.deploy(number, [row], expected_head_digest="", new_digest="d", actor="system", at=AT)
    assert improvements.audit(store, number)[-1].action is Action.APPLY_FAILED
    writer.close()


def test_a_lesson_by_talk_may_be_a_rule_too(engine: Engine, by: Teacher) -> None:
    """Whatever path a rule takes in, it waits."""
    assert isinstance(engine.lesson(HOWDY, by("adm", role="admin")), Held)
