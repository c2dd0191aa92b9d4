"""What a model understood one day needs no model the next: said, confirmed, learned at night, understood alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.learning.changes import ExemplarChange, from_payload
from engine.learning.golden import GoldenSet
from engine.llm import Models, ScriptedModel
from engine.understanding.interpretation import Stage
from engine.understanding.interpreter import Interpreter
from store.signals import SignalType, since
from tests.butler.conversation.conftest import START, Chat
from tests.butler.conversation.modelled import household
from tests.engine.fallback.paraphrasing import reading_rightly

DAY = 24 * 3600
SAID = {
    "snuff out the dining table light": ("light.turn_off", "light.dining_table"),
    "study blind to half mast": ("cover.set_cover_position", "cover.study_blind"),
    "pipe down, kitchen speaker": ("media_player.volume_set", "media_player.kitchen_speaker"),
}


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel(always=reading_rightly)


@pytest.fixture
def chat(interpreter: Interpreter, golden: GoldenSet, tmp_path: Path, model: ScriptedModel) -> Iterator[Chat]:
    with household(tmp_path, interpreter, golden, Models.single(model)) as one:
        yield one


def confirmed(chat: Chat, text: str, who: str) -> None:
    assert chat.say(text, who)
    assert "Yes" in chat.labels
    chat.press("Yes", who)


def learned(chat: Chat) -> set[str]:
    changes = [from_payload(one.proposed_value) for one in chat.engine.history()]
    return {change.text for change in changes if isinstance(change, ExemplarChange)}


def test_words_that_a_model_explained_are_understood_without_it_after_the_night(
    chat: Chat, model: ScriptedModel
) -> None:
    """Day one with the model, a night, and day two in which nobody asks it, and the words are simply done."""
    for text in SAID:
        for who in ("ana", "ben", "adm"):
            confirmed(chat, text, who)
    asked = len(model.history)
    assert asked == 3 * len(SAID)
    assert {one.type for one in since(chat.store, START)} == {SignalType.LLM_FALLBACK}
    chat.wait(16 * 3600)
    night = chat.engine.nightly(chat.home.snapshot(), chat.clock["now"])
    assert len(night.live) == len(SAID), night
    assert learned(chat) == set(SAID)
    chat.wait(5 * 3600)
    for text, (service, entity_id) in SAID.items():
        chat.home.reset()
        chat.say(text, "gus")
        found = chat.last.interpretation
        assert found is not None
        assert found.stage is Stage.EXEMPLAR
        assert [(call.service, call.entity_ids) for call in chat.last.calls] == [(service, (entity_id,))]
    assert len(model.history) == asked


def test_what_a_model_understood_and_nobody_confirmed_is_not_learned(chat: Chat) -> None:
    """Its word alone is no evidence."""
    for who in ("ana", "ben", "adm"):
        chat.say("study blind to half mast", who)
        chat.press("Never mind", who)
    chat.wait(16 * 3600)
    assert chat.engine.nightly(chat.home.snapshot(), chat.clock["now"]).proposed == ()


def test_at_night_the_model_for_names_is_asked_and_only_among_real_things(chat: Chat, model: ScriptedModel) -> None:
    """What it says is for people to look at."""
    for who in ("ana", "ben", "adm"):
        chat.say("turn on the zorblax", who)
    asked = len(model.history)
    chat.wait(16 * 3600)
    assert chat.engine.nightly(chat.home.snapshot(), chat.clock["now"]).proposed == ()
    real = {entity.entity_id for entity in chat.home.snapshot().entities}
    for question in model.history[asked:]:
        assert set(question.schema["properties"]["entity"]["enum"]) <= {*real, "none"}
    assert len(model.history) == asked + 1
