"""A word in letters of two alphabets looks like another word, and is not taught."""

import pytest

from engine.learning.wordings import odd_characters


@pytest.mark.parametrize("word", ["glіm", "dеsk lamp", "turn οn", "kitсhen"])
def test_letters_that_only_look_alike_are_named(word: str) -> None:
    assert odd_characters(word) == "letters of two alphabets in one word"


@pytest.mark.parametrize("word", ["glim", "лампа", "desk лампа", "λάμπα", "café", "灯", "lamp 2", "größe"])
def test_words_of_one_alphabet_each_are_fine(word: str) -> None:
    assert odd_characters(word) is None
