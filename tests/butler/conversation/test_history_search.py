"""`/history` with words in any order, and what it says of words it does not know."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from butler.conversation.history_search import NotUnderstoodError, search_of
from store import Status, people
from tests.butler.conversation.conftest import START, Chat

LOCAL = ZoneInfo("Europe/Berlin")


@pytest.fixture
def taught(chat: Chat) -> Chat:
    """Return a chat with an alias of Ana's, a command of Ben's and an alias of Ben's that was taken back."""
    people.admit(chat.store, "ana", "resident", name="Ana Maria", username="anam", at=START)
    chat.say("when I say bertha I mean the floor lamp")
    chat.say("when I say movie time I mean turn off the kitchen light", who="ben")
    chat.say("when I say clara I mean the desk lamp", who="ben")
    chat.say("/rollback 3", who="adm")
    return chat


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("", [3, 2, 1]),
        ("rolled back", [3]),
        ("Rolled-Back aliases", [3]),
        ("taken back by ben", [3]),
        ("in use", [2, 1]),
        ("ben", [3, 2]),
        ("Ana Maria", [1]),
        ("@anam", [1]),
        ("alias", [3, 1]),
        ("commands of ben since 2026-11-21", [2]),
        ("since 2026-11-21 ben command applied", [2]),
        ("since today", [3, 2, 1]),
        ("since 2026-11-22", []),
        ("exemplar", []),
        ("adm", []),
        ("applied rolled back", [3, 2, 1]),
    ],
)
def test_words_in_any_order_find(taught: Chat, said: str, numbers: list[int]) -> None:
    lines = taught.say(f"/history {said}", who="adm").splitlines()
    assert [int(line[1]) for line in lines if line.startswith("#")] == numbers


@pytest.mark.parametrize(
    ("said", "named"),
    [("ben nonsense", "nonsense"), ("since noon", "noon"), ("since", "no date"), ("alias by nobody", "nobody")],
)
def test_what_is_not_understood_is_named_with_the_right_form(taught: Chat, said: str, named: str) -> None:
    told = taught.say(f"/history {said}", who="adm")
    assert named in told
    assert "/history [status] [person] [kind] [since DATE]" in told


def test_a_name_that_several_have_is_asked_about(taught: Chat) -> None:
    people.admit(taught.store, "telegram:7", "guest", name="Ben", username=None, at=START)
    people.admit(taught.store, "telegram:8", "guest", name="Ben", username=None, at=START)
    assert "telegram:7 or telegram:8" in taught.say("/history ben", who="adm")


def test_a_day_begins_at_the_households_midnight(taught: Chat) -> None:
    search = search_of(taught.store, "since 2026-11-21", LOCAL, START)
    assert search.since == datetime(2026, 11, 20, 23, 0, tzinfo=UTC)


def test_statuses_add_up_and_a_wrong_word_is_an_error(taught: Chat) -> None:
    search = search_of(taught.store, "pending approved", LOCAL, START)
    assert search.statuses == frozenset({Status.PENDING, Status.APPROVED})
    with pytest.raises(NotUnderstoodError):
        search_of(taught.store, "purple", LOCAL, START)


def test_more_than_fit_are_said_to_be_there(chat: Chat) -> None:
    names = "abe bea cal dot eve fay gus hal ida jon kim lou max ned ola pia".split()
    for name in names:
        chat.say(f"when I say {name}wick I mean the floor lamp")
    told = chat.say("/history", who="adm")
    assert told.count("\n#") == 15
    assert "There is more" in told
