"""What was not understood and sounds like something to do is offered to be written down, never written unasked."""

from __future__ import annotations

import pytest

from butler.conversation.tasks.offering import sounds_like_something
from store import tasks, thoughts
from tests.butler.conversation.conftest import Chat

ERRANDS = (
    "repot the monstera",
    "the printer stopped working",
    "my bike has a flat tyre and needs fixing",
    "fix the tap",
)


@pytest.mark.parametrize(
    "text",
    ["call the dentist", "I need to renew my passport", "the gutter needs cleaning", "the dishwasher is leaking"],
)
def test_errands_duties_and_needs_sound_like_something(text: str) -> None:
    assert sounds_like_something(text)


@pytest.mark.parametrize(
    "text", ["the sky is blue", "why is the sky blue?", "good night", "should I call the dentist?", "qwer asdf", ""]
)
def test_talk_and_questions_do_not(text: str) -> None:
    assert not sounds_like_something(text)


def offered(chat: Chat) -> bool:
    return chat.labels == ["Task", "Note", "Neither"]


@pytest.fixture
def unsure(chat: Chat) -> Chat:
    """Return a chat in which something was offered: the first of some errands that is not understood."""
    for text in ERRANDS:
        chat.say(text)
        if offered(chat):
            return chat
    pytest.fail("nothing was offered: say something that is not understood")


def test_nothing_is_written_down_unasked(unsure: Chat) -> None:
    assert unsure.last.outcome in {"not_understood", "refused"}
    shown = unsure.last.turn
    assert [one for one in thoughts.of_user(unsure.store, "ana") if one.turn == shown] == []


@pytest.mark.parametrize("answer", ["Task", "task", "yes", "a task", "no, that's a task"])
def test_task_writes_it_down(unsure: Chat, answer: str) -> None:
    before = len(tasks.open_of(unsure.store, "ana"))
    said = unsure.press(answer) if answer == "Task" else unsure.say(answer)
    assert said.startswith("Noted")
    assert len(tasks.open_of(unsure.store, "ana")) == before + 1


def test_neither_leaves_it(unsure: Chat) -> None:
    before = len(thoughts.of_user(unsure.store, "ana"))
    unsure.press("Neither")
    assert len(thoughts.of_user(unsure.store, "ana")) == before


def test_a_new_command_lets_it_go(unsure: Chat) -> None:
    assert unsure.say("turn on the kitchen light") == "Kitchen light is on."


def test_the_word_for_another_kind_is_about_the_offer_and_not_about_what_was_written_before(unsure: Chat) -> None:
    assert unsure.say("no, that's a note").startswith("Note kept:")


def test_what_seems_to_be_done_is_asked_about(chat: Chat) -> None:
    """Saying that it was done in passing ticks nothing off by itself."""
    chat.say("task: telephone great aunt wilhelmina")
    said = chat.say("I telephoned great aunt wilhelmina")
    if not said.startswith("Done:"):
        assert said == "Is that done: telephone great aunt wilhelmina? (task 1)"
        assert chat.say("yes") == "Done: telephone great aunt wilhelmina. (task 1)"
    assert tasks.open_of(chat.store, "ana") == []
