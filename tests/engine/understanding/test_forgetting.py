"""Words are forgotten, and what was done is taken back, in many wordings."""

from __future__ import annotations

import pytest

from engine.understanding.lessons import Forget, Undo, parse_lesson
from tests.engine.understanding.house import knows

FORGOTTEN = (
    ("stop using 'snug'", "snug"),
    ("stop using Bertha for the floor lamp", "Bertha"),
    ("please stop treating snug as the living room", "snug"),
    ("don't use “snug” any more", "snug"),
    ("forget liv room", "liv room"),
    ("forget what liv room means", "liv room"),
    ("unlearn snug", "snug"),
    ("stop calling the lamp Bertha", "Bertha"),
    ("stop calling it 'Bertha'", "Bertha"),
    ("don't call it the floor lamp any more", "floor lamp"),
    ("stop calling the floor lamp Bertha", "Bertha"),
    ("snug doesn't mean anything any more", "snug"),
    ("remove the nickname Bertha", "Bertha"),
    ('forget "liv room"', "liv room"),
    ("please forget that snug means living room", "snug"),
    ("forget the word snug", "snug"),
    ("snug no longer means living room", "snug"),
    ("delete the alias snug", "snug"),
    ("forget about snug", "snug"),
    ("can you forget Bertha?", "Bertha"),
    ("don't call the floor lamp Bertha any more", "Bertha"),
    ("forget what I told you about snug", "snug"),
    ("forget my lamp", "my lamp"),
    ("Bertha is not the floor lamp any more", "Bertha"),
)
TAKEN_BACK = (
    "undo",
    "undo that",
    "take that back",
    "put it back",
    "revert that",
    "change it back",
    "that was a mistake, undo it",
    "oops undo",
    "put it back how it was",
    "undo it please",
    "undo the last thing",
    "turn it back",
    "that was wrong, put it back",
    "can you undo that?",
)


@pytest.mark.parametrize(("text", "phrase"), FORGOTTEN)
def test_a_word_is_forgotten_in_many_wordings(text: str, phrase: str) -> None:
    assert parse_lesson(text, after_action=False, vocabulary=knows) == Forget(phrase)


@pytest.mark.parametrize("text", ["stop calling me names", "don't call it a day", "stop calling it silly"])
def test_what_is_no_word_of_the_house_is_not_forgotten(text: str) -> None:
    assert not isinstance(parse_lesson(text, after_action=False, vocabulary=knows), Forget)


@pytest.mark.parametrize("text", TAKEN_BACK)
@pytest.mark.parametrize("after_action", [False, True])
def test_what_was_done_is_taken_back_in_many_wordings(text: str, *, after_action: bool) -> None:
    assert parse_lesson(text, after_action=after_action, vocabulary=knows) == Undo()
