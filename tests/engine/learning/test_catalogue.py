"""The intents an engine knows are given to it; examples of another one are refused wherever they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType

import pytest

from engine.api import Engine
from engine.embedding import HashedEncoder
from engine.learning.changes import ExemplarChange, to_payload
from engine.learning.golden import GoldenSet
from engine.learning.outcomes import Failed, Live, Refusal, Refused
from engine.understanding.intents import INTENTS
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from store import Action, LearningWriter, Proposal, Store, improvements
from tests.engine.learning.conftest import AT, Teacher

STARS = ExemplarChange("which stars are out tonight", "stargazing")
GROCERIES = ExemplarChange("the groceries need writing down somewhere", "list_add")
NARROWER = MappingProxyType({name: intent for name, intent in INTENTS.items() if name != "list_add"})


def test_an_example_of_an_unknown_intent_teaches_nothing(engine: Engine, by: Teacher) -> None:
    outcome = engine.lesson(STARS, by())
    assert isinstance(outcome, Refused)
    assert outcome.reason is Refusal.MEANING_NOT_FOUND
    assert engine.history() == []


def test_a_held_example_of_an_unknown_intent_fails_when_it_is_approved(
    engine: Engine, store: Store, by: Teacher
) -> None:
    writer = LearningWriter(store)
    held = Proposal("exemplar", 2, STARS.text, to_payload(STARS), None, None, source="automatic", submitted_by="ana")
    number = writer.propose(held, actor="ana", at=AT)
    writer.close()
    outcome = engine.approve(number, actor="admin", at=AT, snapshot=by().snapshot)
    assert isinstance(outcome, Failed)
    assert "stargazing" in outcome.reasons[-1]
    assert engine.knowledge.learned == ()


@pytest.fixture
def narrow(
    golden: GoldenSet, encoder: HashedEncoder, base: BaseKnowledge, interpreter: Interpreter
) -> Iterator[Callable[[Store], Engine]]:
    """Open engines that have one intent less."""
    opened: list[Engine] = []

    def build(knowledge: Knowledge, _: object) -> Interpreter:
        return interpreter.with_knowledge(knowledge)

    def open_one(store: Store) -> Engine:
        opened.append(Engine.open(store, encoder, golden, at=AT, base=base, build=build, intents=NARROWER))
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.close()


def test_what_was_learned_of_an_intent_that_is_no_more_is_left_out_with_an_audit_row(
    engine: Engine, store: Store, by: Teacher, narrow: Callable[[Store], Engine]
) -> None:
    outcome = engine.lesson(GROCERIES, by())
    assert isinstance(outcome, Live)
    assert narrow(store).knowledge.learned == ()
    refused = [entry for entry in improvements.audit(store) if entry.action == Action.APPLY_FAILED]
    assert ["list_add" in entry.details["refused"] for entry in refused] == [True]
