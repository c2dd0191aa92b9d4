"""Finding a task by a few words for it."""

from __future__ import annotations

import pytest

from engine.tasks.matching import clear_match, find_tasks

TITLES = {
    3: "call mum",
    4: "book the dentist",
    7: "pay the council tax",
    8: "pay the rent",
    11: "fix the garden fence",
    12: "paint the garden fence",
    15: "email the landlord",
    16: "buy milk",
    17: "renew passport",
    21: "clean the gutters",
}


@pytest.mark.parametrize(
    ("words", "task"),
    [
        ("the dentist", 4),
        ("dentist", 4),
        ("the dentist task", 4),
        ("call mum", 3),
        ("Call Mum!", 3),
        ("mum", 3),
        ("the milk", 16),
        ("the council tax", 7),
        ("emailing the landlord", 15),
        ("emailed the landlord", 15),
        ("pasport", 17),
        ("passport renewal", 17),
        ("cleaning the gutters", 21),
        ("gutter", 21),
        ("paint the fence", 12),
        ("#8", 8),
        ("8", 8),
        ("task 11", 11),
    ],
)
def test_a_few_words_find_the_one_task_they_mean(words: str, task: int) -> None:
    match = clear_match(find_tasks(words, TITLES))
    assert match is not None
    assert match.task == task


@pytest.mark.parametrize("words", ["the fence", "garden fence", "pay"])
def test_words_for_several_tasks_find_them_all_so_that_a_person_is_asked(words: str) -> None:
    matches = find_tasks(words, TITLES)
    assert len(matches) > 1
    assert clear_match(matches) is None


@pytest.mark.parametrize("words", ["the piano", "", "the", "...", "99", "you", "dent"])
def test_words_for_no_task_find_none(words: str) -> None:
    assert clear_match(find_tasks(words, TITLES)) is None


def test_a_title_said_exactly_wins_over_longer_ones() -> None:
    titles = {1: "buy milk", 2: "buy milk and bread"}
    assert [match.task for match in find_tasks("buy milk", titles)] == [1]


def test_two_tasks_of_one_title_are_both_found_the_newer_first() -> None:
    titles = {1: "buy milk", 5: "Buy milk"}
    matches = find_tasks("buy milk", titles)
    assert [match.task for match in matches] == [5, 1]
    assert clear_match(matches) is None


def test_a_number_without_a_task_is_read_as_words() -> None:
    assert [match.task for match in find_tasks("24", {1: "oil the wd 24"})] == [1]
