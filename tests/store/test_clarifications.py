"""Butler asks a person one thing at a time, and what is not answered in time ends once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store import Store, StoreConstraint, clarifications, thoughts
from store.clarifications import NewClarification
from tests.store.conftest import NOW

DAY = timedelta(days=1)
WHEN = NewClarification("ana", "c", "when", "When is “soon”?", NOW, NOW + DAY, turn=2)


def ask(store: Store, user: str = "ana", **more: object) -> int:
    """Ask what is bound to be allowed."""
    number = clarifications.ask(store, replace(WHEN, user=user, **more))  # type: ignore[arg-type]  # fields by name
    assert number is not None
    return number


def test_one_question_is_open_a_person(store: Store) -> None:
    """A second one waits unless it is to take the first one's place; another person may be asked."""
    first = ask(store)
    assert clarifications.ask(store, replace(WHEN, chat="other")) is None
    ask(store, "bob")
    second = clarifications.ask(store, replace(WHEN, asks="kind"), supersede=True)
    found = clarifications.open_of(store, "ana")
    assert found is not None
    assert (found.id, found.asks) == (second, "kind")
    given_up = clarifications.get(store, first)
    assert given_up is not None
    assert (given_up.outcome, given_up.answered_at) == ("superseded", None)
    assert clarifications.count_open(store) == 2


def test_a_question_is_answered_once(store: Store) -> None:
    """The first press counts; whether it helped may be known later."""
    number = ask(store)
    assert not clarifications.set_helped(store, number, helped=True)
    answers = [clarifications.answer(store, number, text, at=NOW) for text in ("Today", "Tomorrow")]
    assert answers == [True, False]
    assert clarifications.set_helped(store, number, helped=False)
    found = clarifications.get(store, number)
    assert found is not None
    assert (found.answer, found.outcome, found.answered_at, found.helped) == ("Today", "answered", NOW, False)
    assert clarifications.expire(store, NOW + DAY) == []


def test_what_nobody_answers_is_given_out_once_for_filing(store: Store) -> None:
    """Not before its time; an answer that comes afterwards is too late."""
    number = ask(store)
    assert (clarifications.next_expiry(store), clarifications.expire(store, NOW)) == (NOW + DAY, [])
    (filed,) = clarifications.expire(store, NOW + DAY)
    assert (filed.id, filed.outcome) == (number, "filed")
    assert (clarifications.expire(store, NOW + DAY), clarifications.next_expiry(store)) == ([], None)
    assert not clarifications.answer(store, number, "Today", at=NOW + DAY)


def test_filing_that_fails_leaves_the_question_open(store: Store) -> None:
    """What it was about is filed in the same transaction, or not at all."""

    def file_wrongly() -> None:
        with store.atomic():
            clarifications.expire(store, NOW + DAY)
            thoughts.add(store, thoughts.NewThought("wish", "x", "x", "ana", "c", NOW))

    ask(store)
    with pytest.raises(StoreConstraint):
        file_wrongly()
    assert len(clarifications.expire(store, NOW + DAY)) == 1


def test_questions_nobody_answers_are_counted_back_from_the_last(store: Store) -> None:
    """An answer starts the count anew; what was given up or is open counts for nothing of the kind."""
    for _ in range(2):
        clarifications.close(store, ask(store), "filed")
    assert clarifications.unanswered_in_a_row(store, "ana") == 2
    clarifications.answer(store, ask(store), "Today", at=NOW)
    assert clarifications.unanswered_in_a_row(store, "ana") == 0
    clarifications.close(store, ask(store), "filed")
    ask(store)
    assert clarifications.unanswered_in_a_row(store, "ana") == 1
    assert len(clarifications.since(store, NOW)) == 5
    assert clarifications.since(store, NOW + DAY) == []


def test_a_question_ends_with_the_thought_it_was_about(store: Store) -> None:
    """A thought that was removed is asked about no more."""
    thought = thoughts.add(store, thoughts.NewThought("task", "x soon", "x", "ana", "c", NOW))
    number = ask(store, thought=thought)
    assert [one.id for one in clarifications.of_thought(store, thought)] == [number]
    assert [clarifications.give_up(store, thought), clarifications.give_up(store, thought)] == [1, 0]
    assert clarifications.open_of(store, "ana") is None
