"""Taking several lessons back at once, and putting them in use again."""

from __future__ import annotations

import pytest

from tests.butler.conversation.conftest import Chat


@pytest.fixture
def taught(chat: Chat) -> Chat:
    """Return a chat with a word of Ana's and two of Ben's."""
    chat.say("when I say bertha I mean the floor lamp")
    chat.say("when I say clara I mean the desk lamp", who="ben")
    chat.say("when I say dora I mean the hall light", who="ben")
    return chat


def in_use(chat: Chat) -> list[int]:
    return [active.number for active in chat.engine.words("ana")]


def test_all_since_one_is_shown_and_waits_for_a_press(taught: Chat) -> None:
    before = taught.engine.digest()
    told = taught.say("/rollback since 2 a bad week", who="adm")
    assert "all 2 things learned since #2" in told
    assert "clara" in told
    assert "bertha" not in told
    assert taught.engine.digest() == before
    assert "Rolled back #2 and #3" in taught.press("Yes", who="adm")
    assert in_use(taught) == [1]
    assert "rolled back by adm: a bad week" in taught.say("/improvement 3", who="adm")


def test_all_that_a_person_taught_is_shown_and_waits_for_a_press(taught: Chat) -> None:
    assert "that ben taught me" in taught.say("/rollback by ben he has moved out", who="adm")
    taught.press("Yes", who="adm")
    assert in_use(taught) == [1]
    assert "rolled back by adm: he has moved out" in taught.say("/improvement 2", who="adm")


def test_no_leaves_all_as_it_is(taught: Chat) -> None:
    taught.say("/rollback by ben", who="adm")
    taught.press("No", who="adm")
    assert in_use(taught) == [1, 2, 3]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("by eve", "“eve” is nobody I know"),
        ("by adm", "nothing in use that adm taught me"),
        ("since 9", "nothing in use learned since #9"),
        ("everything", "Which one?"),
        ("by", "Which one?"),
    ],
)
def test_what_cannot_be_taken_back_is_said(taught: Chat, said: str, answer: str) -> None:
    assert answer in taught.say(f"/rollback {said}", who="adm")
    assert in_use(taught) == [1, 2, 3]


def test_redo_puts_back_what_one_press_or_command_took(taught: Chat) -> None:
    """The knowledge is what it was before."""
    before = taught.engine.digest()
    taught.say("/rollback 1", who="adm")
    assert "#1 is in use again" in taught.press("Redo", who="adm")
    assert taught.engine.digest() == before
    taught.say("/rollback since 1", who="adm")
    taught.press("Yes", who="adm")
    assert in_use(taught) == []
    taught.press("Redo all", who="adm")
    assert taught.engine.digest() == before
    taught.say("/rollback #2", who="adm")
    assert "#2 is in use again" in taught.say("/redo 2", who="adm")
    assert taught.engine.digest() == before


def test_redo_of_what_was_not_taken_back_says_so(taught: Chat) -> None:
    assert "it is applied" in taught.say("/redo 1", who="adm")
    assert "no improvement #77" in taught.say("/redo 77", who="adm")


def test_who_forgets_a_word_of_theirs_is_offered_no_redo(taught: Chat) -> None:
    """Putting back is for admins."""
    taught.say("forget bertha")
    assert "Redo" not in taught.labels
