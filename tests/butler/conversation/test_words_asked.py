"""What a word means is told, and a plain sentence that may give a room another name is asked about, never learned."""

from __future__ import annotations

import pytest

from engine.understanding.equating import Equated, read_equation
from tests.butler.conversation.conftest import Chat

HOME = frozenset({"bedroom", "kitchen", "kitchen light", "garage", "floor lamp", "office"})


def known(phrase: str) -> bool:
    """Tell whether a phrase is a name of a small home."""
    return phrase in HOME


@pytest.mark.parametrize(
    ("said", "phrase", "meaning"),
    [
        ("the den is the bedroom", "den", "bedroom"),
        ("The bedroom is our snug.", "snug", "bedroom"),
        ("by the way the tall lamp is the floor lamp", "tall lamp", "floor lamp"),
    ],
)
def test_a_sentence_that_equates_a_new_name_with_a_known_one_may_name_it(said: str, phrase: str, meaning: str) -> None:
    assert read_equation(said, known) == Equated(phrase, meaning)


@pytest.mark.parametrize(
    "said",
    [
        "the kitchen is the warmest room",
        "the bedroom is the kitchen",
        "the den is the study",
        "the problem is the kitchen light",
        "the broken lamp is the floor lamp",
        "the garage is the best room in the house",
        "the office is the other room",
        "is the den the bedroom?",
        "the den is the bedroom?",
        "the kitchen is the place to be",
        "the den is in the garage",
    ],
)
def test_plain_talk_names_nothing(said: str) -> None:
    assert read_equation(said, known) is None


def test_a_name_is_learned_only_by_a_press(chat: Chat) -> None:
    assert chat.say("the den is the bedroom") == "Shall I call the bedroom “den” as well?"
    assert chat.engine.knowledge.aliases == ()
    assert chat.say("yes").startswith("Got it. From now on “den” is the bedroom")
    chat.say("turn on the den light")
    assert chat.state("light.bedroom") == "on"


def test_guests_are_not_asked_for_names(chat: Chat) -> None:
    chat.say("the den is the bedroom", "gus")
    assert chat.labels == []


def test_what_a_taught_word_means_is_told_with_who_taught_it(chat: Chat) -> None:
    chat.say("when i say snug i mean the living room")
    told = chat.say("what does snug mean?")
    assert told.startswith("“snug” means the living room. I learned that from ana on 21 November 2026")
    assert chat.say("what do you mean by “snug”") == told
    assert chat.say("what does snug do?") == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("what does snug mean", "I was taught no word “snug”."),
        ("what does kitchen mean", "“kitchen” is a place in this home"),
        ("what does standing lamp mean", "“standing lamp” is the floor lamp in this home"),
    ],
)
def test_a_word_that_nobody_taught_is_said_to_be_none(chat: Chat, said: str, told: str) -> None:
    assert chat.say(said).startswith(told)
