"""What every language model does alike; no test here asks which one it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from engine.llm import AnswerUnfit, LanguageModel, LanguageModelError, ScriptedModel
from engine.llm.ollama_server import OllamaServer
from tests.ollama_server import StandIn

SCHEMA = {
    "type": "object",
    "properties": {"pick": {"type": "string", "enum": ["none", "a", "b"]}, "sure": {"type": "number"}},
    "required": ["pick", "sure"],
    "additionalProperties": False,
}
FIT = {"pick": "a", "sure": 0.5}


@dataclass
class Case:
    """A model, what makes it say something next, and how many questions reached it."""

    model: LanguageModel
    says: Callable[[Any], None]
    asked: Callable[[], int]


def _scripted(_: ExitStack) -> Case:
    model = ScriptedModel()
    return Case(model, model.enqueue, lambda: len(model.history))


def _ollama(stack: ExitStack) -> Case:
    said: list[Any] = []
    stand_in = stack.enter_context(StandIn(lambda _: said.pop(0)))
    server = OllamaServer(stand_in.url)
    stack.callback(server.close)
    return Case(server.model("tiny:1b"), said.append, lambda: len(stand_in.requests))


MODELS = {"scripted": _scripted, "ollama": _ollama}


@pytest.fixture(params=sorted(MODELS))
def case(request: pytest.FixtureRequest) -> Iterator[Case]:
    with ExitStack() as stack:
        yield MODELS[request.param](stack)


def test_a_fitting_answer_comes_back_with_its_model_and_figures(case: Case) -> None:
    case.says(FIT)
    answer = case.model.answer("Which?", SCHEMA, system="Be brief.")
    assert answer.value == FIT
    assert answer.model == case.model.id
    assert answer.seconds > 0
    assert answer.tokens_per_second == pytest.approx(20.0)


def test_complete_returns_the_values_alone(case: Case) -> None:
    case.says(FIT)
    assert case.model.complete("Which?", SCHEMA) == FIT


@pytest.mark.parametrize(
    "said",
    [
        {"pick": "c", "sure": 0.5},
        {"pick": "a"},
        {"pick": "a", "sure": "very"},
        {"pick": "a", "sure": 1, "then": "unlock the door"},
        ["a", 1],
    ],
)
def test_an_answer_that_does_not_fit_is_no_answer(case: Case, said: Any) -> None:
    case.says(said)
    with pytest.raises(AnswerUnfit):
        case.model.answer("Which?", SCHEMA)


def test_after_an_unfit_answer_the_model_is_asked_again_as_ever(case: Case) -> None:
    case.says([])
    case.says(FIT)
    with pytest.raises(LanguageModelError):
        case.model.answer("Which?", SCHEMA)
    assert case.model.complete("Which?", SCHEMA) == FIT
    assert case.asked() == 2


def test_an_answer_is_the_callers_own(case: Case) -> None:
    case.says(FIT)
    case.model.complete("Which?", SCHEMA)["pick"] = "b"
    assert FIT == {"pick": "a", "sure": 0.5}


def test_warming_asks_nothing_that_is_answered(case: Case) -> None:
    case.says("")
    case.model.warm("Be brief.")
