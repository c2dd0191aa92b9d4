"""Against whatever server OLLAMA_HOST names: `OLLAMA_HOST=… pytest -m real_llm`. BUTLER_REAL_MODEL may name a model.

These tests are left out unless they are asked for; then a missing server is a failure, no skip.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from butler.home import packaged_house
from engine.fallback import ModelStage
from engine.llm import ModelMissing, Models
from engine.llm.ollama_model import OllamaModel
from engine.llm.ollama_server import OllamaServer
from engine.understanding.interpretation import Disposition
from engine.understanding.interpreter import Interpreter
from engine.understanding.situation import Situation

pytestmark = pytest.mark.real_llm
PATIENCE_S = 120.0
SCHEMA = {
    "type": "object",
    "properties": {"animal": {"type": "string", "enum": ["none", "cat", "fish"]}, "legs": {"type": "integer"}},
    "required": ["animal", "legs"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def server() -> Iterator[OllamaServer]:
    host = os.environ.get("OLLAMA_HOST")
    assert host, "OLLAMA_HOST names no server to try"
    one = OllamaServer(host)
    yield one
    one.close()


@pytest.fixture(scope="module")
def model(server: OllamaServer) -> OllamaModel:
    named = os.environ.get("BUTLER_REAL_MODEL")
    names = [one.name for one in server.installed()]
    assert named or names, "the server has no model"
    return server.model(named or names[0])


def test_the_server_lists_its_models(server: OllamaServer) -> None:
    assert all(one.name for one in server.installed())


def test_a_question_gets_an_answer_that_fits_its_schema(model: OllamaModel) -> None:
    model.warm("You answer in JSON.", timeout_s=PATIENCE_S)
    answer = model.answer("Which of them purrs?", SCHEMA, system="You answer in JSON.", timeout_s=PATIENCE_S)
    assert answer.value["animal"] in {"none", "cat", "fish"}
    assert answer.model == model.id
    assert answer.seconds > 0


def test_the_same_question_and_seed_get_the_same_answer(model: OllamaModel) -> None:
    said = [model.complete("Which swims?", SCHEMA, timeout_s=PATIENCE_S, seed=3) for _ in range(2)]
    assert said[0] == said[1]


def test_a_model_that_is_not_there_is_missing(server: OllamaServer) -> None:
    with pytest.raises(ModelMissing):
        server.model("no-such-model:0b").complete("?", SCHEMA)


def test_a_question_of_the_llm_stage_gets_an_answer_that_fits(model: OllamaModel, interpreter: Interpreter) -> None:
    """Whatever it says of a command, nothing acts on its word alone."""
    home, text = packaged_house().snapshot, "wake the bedside lamp"
    situation = Situation(home)
    stage = ModelStage(Models.single(model, wait_s=PATIENCE_S))
    stage.warm(interpreter.knowledge, {})
    alone = interpreter.understand(text, situation)
    helped = stage.help(alone, text, situation, interpreter.knowledge, {})
    assert helped.asked is not None
    assert helped.asked.model == model.id
    assert helped.found.disposition is Disposition.ASK
