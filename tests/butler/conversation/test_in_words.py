"""What slash commands do is there for whoever asks in words, within the same rights."""

from __future__ import annotations

import pytest

from butler.conversation.in_words import command_in_words
from tests.butler.conversation.conftest import Chat


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("what did you learn?", "/aliases"),
        ("so what have you learned so far", "/aliases"),
        ("which words did we teach you", "/aliases"),
        ("what names do you know", "/aliases"),
        ("do you have any suggestions for us?", "/report"),
        ("any suggestions", "/report"),
        ("What do you know about me?", "/mydata"),
        ("delete my data", "/forgetme"),
        ("forget everything you know about me", "/forgetme"),
    ],
)
def test_a_command_is_asked_for_in_words(text: str, command: str) -> None:
    assert command_in_words(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "what do you know about the weather",
        "what did you do",
        "forget snug",
        "delete my list",
        "remind me to delete my data from the old phone",
        "any milk left?",
        "note: what have you learned",
    ],
)
def test_other_talk_is_no_command(text: str) -> None:
    assert command_in_words(text) is None


def test_what_was_learned_is_told_to_whoever_asks(chat: Chat) -> None:
    assert chat.say("what have you learned?") == chat.say("/aliases")
    chat.say("when I say snug I mean the living room")
    assert "snug" in chat.say("what did you learn")


def test_asking_in_words_drops_no_open_question_where_it_only_reads(chat: Chat) -> None:
    chat.say("unlock the front door")
    chat.say("what have you learned")
    assert chat.say("yes") == "Front door is unlocked."


def test_being_forgotten_is_asked_about_first(chat: Chat) -> None:
    assert chat.say("delete my data") == chat.say("/forgetme")
    assert chat.labels
