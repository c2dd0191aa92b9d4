"""The scripted language model: it says what it was told, and remembers what it was asked."""

import pytest

from engine.llm import LanguageModel, ModelTimedOut, ModelUnreachable, ScriptedModel

SCHEMA = {"type": "object"}


def test_answers_come_in_their_order() -> None:
    model = ScriptedModel({"n": 1})
    model.enqueue({"n": 2})
    assert [model.complete("?", SCHEMA), model.complete("?", SCHEMA)] == [{"n": 1}, {"n": 2}]


def test_an_enqueued_error_is_raised_once() -> None:
    model: LanguageModel = ScriptedModel(ModelTimedOut("scripted", 3), {"n": 1})
    with pytest.raises(ModelTimedOut, match="within 3 seconds"):
        model.complete("?", SCHEMA)
    assert model.complete("?", SCHEMA) == {"n": 1}


def test_a_model_with_nothing_to_say_is_unreachable() -> None:
    with pytest.raises(ModelUnreachable):
        ScriptedModel().complete("?", SCHEMA)


def test_every_question_is_remembered_also_one_that_failed() -> None:
    model = ScriptedModel({"n": 1})
    model.complete("first", SCHEMA, system="be brief", timeout_s=2.0, seed=7)
    with pytest.raises(ModelUnreachable):
        model.complete("second", SCHEMA)
    asked = model.history[0]
    assert (asked.prompt, asked.schema, asked.system, asked.timeout_s, asked.seed) == (
        "first",
        SCHEMA,
        "be brief",
        2,
        7,
    )
    assert [question.prompt for question in model.history] == ["first", "second"]


def test_changing_an_answer_does_not_change_what_was_enqueued() -> None:
    script = {"items": [1]}
    model = ScriptedModel(script)
    model.complete("?", SCHEMA)["items"].append(2)
    assert script == {"items": [1]}
