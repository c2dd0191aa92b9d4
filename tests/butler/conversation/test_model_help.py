"""A turn with a language model's help: asked about, explained, learned from, and never worse for one that fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.learning.golden import GoldenSet
from engine.llm import Models, ModelTimedOut, ScriptedModel
from engine.understanding.interpreter import Interpreter
from store import signals, traces, turns
from store.signals import SignalType
from tests.butler.conversation.conftest import START, Chat
from tests.butler.conversation.modelled import household
from tests.engine.fallback.paraphrasing import NOTHING

WAKE = "wake the bedside lamp"
LAMP = {**NOTHING, "intent": "light_control", "action": "on", "device": "light.bedside_lamp"}


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel(id="tiny:1b")


@pytest.fixture
def chat(interpreter: Interpreter, golden: GoldenSet, tmp_path: Path, model: ScriptedModel) -> Iterator[Chat]:
    with household(tmp_path, interpreter, golden, Models.single(model)) as one:
        yield one


def kinds(chat: Chat) -> list[SignalType]:
    return [one.type for one in signals.since(chat.store, START)]


def test_what_a_model_understood_is_asked_about_and_done_after_a_yes(chat: Chat, model: ScriptedModel) -> None:
    model.enqueue(LAMP)
    assert "Shall I turn on the bedside lamp?" in chat.say(WAKE)
    assert chat.last.calls == ()
    assert chat.state("light.bedside_lamp") == "off"
    chat.press("Yes")
    assert chat.state("light.bedside_lamp") == "on"


def test_never_mind_leaves_everything_as_it_is(chat: Chat, model: ScriptedModel) -> None:
    model.enqueue(LAMP)
    chat.say(WAKE)
    chat.press("Never mind")
    assert chat.state("light.bedside_lamp") == "off"


def test_why_says_that_a_model_was_asked_and_which(chat: Chat, model: ScriptedModel) -> None:
    model.enqueue(LAMP)
    chat.say(WAKE)
    told = chat.say("/why")
    assert "the language model read it (stage: llm)" in told
    assert "I asked the language model tiny:1b (0.5 s): I went by what it said." in told


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (NOTHING, "it took it for nothing I can do"),
        (ModelTimedOut("tiny:1b", 4), "it gave no answer I could use"),
        ({**LAMP, "action": "dock"}, "its answer made no sense"),
    ],
)
def test_why_says_what_came_of_an_answer_that_was_no_use(
    chat: Chat, model: ScriptedModel, answer: Any, told: str
) -> None:
    model.enqueue(answer)
    chat.say(WAKE)
    assert told in chat.say("/why")


def test_why_says_nothing_of_a_model_that_was_not_asked(chat: Chat) -> None:
    chat.say("turn on the bedside lamp")
    assert "language model" not in chat.say("/why")


def test_the_trace_names_the_model_its_seconds_and_its_speed(chat: Chat, model: ScriptedModel) -> None:
    model.enqueue(LAMP)
    chat.say(WAKE)
    (entry,) = [one for one in traces.by_turn(chat.store, chat.last.turn or 0) if one.stage == "llm"]
    assert (entry.component, entry.decision, entry.duration_ms) == ("tiny:1b", "used", 500)
    assert entry.metadata is not None
    assert (entry.model, entry.metadata["tokens_per_second"]) == ("tiny:1b", 20)
    assert entry.metadata["without"][0] == "light_control"
    (understood,) = [one for one in traces.by_turn(chat.store, chat.last.turn or 0) if one.stage == "understand"]
    assert (understood.component, understood.decision) == ("llm", "light_control")


def test_a_turn_that_a_model_understood_raises_its_signal(chat: Chat, model: ScriptedModel) -> None:
    model.enqueue(LAMP)
    chat.say(WAKE)
    chat.press("Yes")
    assert SignalType.LLM_FALLBACK in kinds(chat)


@pytest.mark.parametrize("answer", [ModelTimedOut("tiny:1b", 4), {**LAMP, "action": "dock"}, "{"])
def test_nothing_is_learned_from_a_turn_in_which_the_model_failed(
    chat: Chat, model: ScriptedModel, answer: Any
) -> None:
    model.enqueue(answer)
    chat.say(WAKE)
    assert kinds(chat) == []
    row = turns.get(chat.store, chat.last.turn or 0)
    assert row is not None
    assert not row.learnable


def test_a_turn_in_which_the_model_fails_is_what_it_is_without_one(
    chat: Chat, model: ScriptedModel, interpreter: Interpreter, golden: GoldenSet, tmp_path: Path
) -> None:
    """Word for word."""
    with household(tmp_path / "alone", interpreter, golden, None) as alone:
        assert chat.say(WAKE) == alone.say(WAKE)
    assert len(model.history) == 1


def test_a_model_is_asked_once_a_turn_and_never_for_answers_and_lessons(chat: Chat, model: ScriptedModel) -> None:
    model.enqueue(LAMP, LAMP)
    chat.say(WAKE)
    chat.say("never mind")
    chat.say("remember that sun means the porch light")
    chat.say("what do you mean")
    assert len([one for one in model.history if "bedside" in one.prompt.splitlines()[-1]]) == 1
    assert not [one for one in model.history if "remember" in one.prompt.splitlines()[-1]]


def test_what_came_late_is_answered_without_a_model(chat: Chat, model: ScriptedModel) -> None:
    """There may be a hundred such messages, and none waits for a guess."""
    model.enqueue(LAMP)
    assert chat.say(WAKE, sent_at=START - timedelta(hours=3))
    assert model.history == []
